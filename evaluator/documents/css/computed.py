"""Computed values of an element: variables put in, ``inherit`` and its like resolved, animations at their end."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

import tinycss2

from .cascade import Cascade, Declarations, Declared
from .conditions import parts_at_commas
from .declarations import PENDING, UNKNOWN, filled
from .harmless import is_harmless, is_plain
from .keyframes import Frame
from .names import NAMES, WIDE

_INHERITED = {
    "color": "canvastext", "-webkit-text-fill-color": "currentcolor", "visibility": "visible", "font-size": "medium",
    "line-height": "normal", "letter-spacing": "normal", "word-spacing": "normal", "text-indent": "0",
    "font-family": "serif", "white-space": "normal", "direction": "ltr", "-webkit-text-security": "none",
    "-webkit-text-stroke-width": "0", "color-scheme": "normal", "writing-mode": "horizontal-tb",
}  # fmt: skip
"""With their initial values."""
_CALLS = frozenset(["var", "env", "attr", "if", "inherit", "random-item"])
_SAFE_AREAS = "safe-area-inset-"
_CALL = re.compile(r"\(|/\*")
_DEEP = 10
_LONG = 4_000
_SOON = 15.0
"""Seconds after which an animation has ended for whoever looks at a page."""


class Computed(NamedTuple):
    """What holds for one element."""

    values: Declarations
    variables: Declarations
    doubt: str | None
    """The property that is not understood."""


class _Invalid(Exception):
    """A variable that is not there."""


class _Unclear(Exception):
    """A function that this reader does not know."""


def computed(
    declared: Declared, inherited: Declarations, outer: Declarations, cascade: Cascade
) -> Computed:
    """Values of an element.

    Args:
        declared: winning declarations.
        inherited: custom properties of the element around.
        outer: computed values of the element around.
        cascade: of the page.
    """
    if declared.is_settled:
        return Computed(declared.values, inherited, None)
    values, doubt = _animated(declared, cascade)
    variables = _variables(values, inherited, cascade.registered)
    found: Declarations = {}
    for name, value in values.items():
        if name.startswith("--"):
            continue
        value = _with_variables(name, value, variables, quirks=cascade.page.quirks)
        if value in WIDE:
            if value == "revert-layer":
                value = UNKNOWN
            elif not _resolve(name, value, outer, found):
                continue
            else:
                value = found[name]
        found[name] = value
        if value == UNKNOWN or (name in NAMES.risky and not is_plain(name, value)):
            doubt = doubt or name
    if values.get("all") in {"initial", "unset", "inherit"} and "display" not in found:
        found["display"] = UNKNOWN if values["all"] == "inherit" else "inline"
    return Computed(found, variables, doubt)


def _resolve(name: str, value: str, outer: Declarations, found: Declarations) -> bool:
    """Put in what a keyword of every property stands for; False where nothing needs to be said."""
    if name == "display" and value != "revert":
        found[name] = outer.get(name, UNKNOWN) if value == "inherit" else "inline"
    elif value == "initial" and name in _INHERITED:
        found[name] = _INHERITED[name]
    elif value == "inherit" and name not in _INHERITED and name in outer:
        found[name] = outer[name]
    else:
        return False
    return True


def _variables(values: Declarations, inherited: Declarations, registered: set[str]) -> Declarations:
    own = {name: value for name, value in values.items() if name.startswith("--")}
    if not own:
        return inherited
    known = {**inherited, **own}
    made = dict(inherited)
    for name, value in own.items():
        if name in registered:
            made[name] = UNKNOWN
        elif value.lower() in WIDE:
            if value.lower() == "initial":
                made.pop(name, None)
        elif not _CALL.search(value):
            made[name] = value
        else:
            try:
                made[name] = _substituted(value, {**known, name: UNKNOWN}, 0)
            except _Invalid:
                made.pop(name, None)
            except _Unclear:
                made[name] = UNKNOWN
    return made


def _with_variables(name: str, value: str, variables: Declarations, *, quirks: bool) -> str:
    """A value without ``var()``; ``unset`` where it turns out to be none."""
    if "(" not in value:
        return value
    prefix, text = "", value
    if value.startswith(PENDING):
        _, shorthand, text = value.split(PENDING, 2)
        prefix = f"{PENDING}{shorthand}{PENDING}"
    elif not any(
        call in value.lower() for call in ("var(", "env(", "attr(", "if(", "--", "inherit(")
    ):
        return value
    try:
        text = _substituted(text, variables, 0)
    except _Invalid:
        return "unset"
    except _Unclear:
        return UNKNOWN
    return filled(name, prefix + text, quirks=quirks)


def _substituted(text: str, variables: Declarations, depth: int) -> str:
    if text == UNKNOWN or depth > _DEEP or len(text) > _LONG:
        raise _Unclear
    return "".join([_one(node, variables, depth) for node in _parsed(text)]).strip()


@lru_cache(maxsize=1_024)
def _parsed(text: str) -> tuple[Any, ...]:
    return tuple(tinycss2.parse_component_value_list(text, skip_comments=True))


def _one(node: Any, variables: Declarations, depth: int) -> str:
    if node.type == "() block":
        inner = "".join([_one(child, variables, depth) for child in node.content])
        return f"({inner})"
    if node.type != "function":
        return str(tinycss2.serialize([node]))
    name = node.lower_name
    if name in _CALLS or name.startswith("--"):
        return _called(name, list(node.arguments), variables, depth)
    inner = "".join([_one(child, variables, depth) for child in node.arguments])
    return f"{node.name}({inner})"


def _called(name: str, arguments: list[Any], variables: Declarations, depth: int) -> str:
    first, *rest = parts_at_commas(arguments)
    told = [node for node in first if node.type not in {"whitespace", "comment"}]
    if name not in {"var", "env"} or not told or told[0].type != "ident":
        raise _Unclear
    key = told[0].value
    if name == "var" and key in variables:
        return _substituted(variables[key], {**variables, key: UNKNOWN}, depth + 1)
    if name == "env" and key.startswith(_SAFE_AREAS):
        return "0px"
    if not rest:
        raise _Invalid
    start = next(
        i for i, node in enumerate(arguments) if node.type == "literal" and node.value == ","
    )
    return _substituted(tinycss2.serialize(arguments[start + 1 :]), variables, depth + 1)


def _animated(declared: Declared, cascade: Cascade) -> tuple[Declarations, str | None]:
    """Values once animations have run, and why that cannot be told."""
    values = declared.values
    if not cascade.frames or "animation-name" not in values:
        return values, None
    lists = {
        name: [part.strip() for part in value.split(",")]
        for name, value in values.items()
        if name.startswith("animation-")
    }
    made, doubt = dict(values), None
    for place, name in enumerate(lists["animation-name"]):
        if name in WIDE or "(" in name or PENDING in values["animation-name"]:
            doubt = "animation-name"
            continue
        told = {key: parts[place % len(parts)] for key, parts in lists.items()}
        frames = _frames(name, cascade)
        risky = any(
            not is_harmless(one.name, one.value) for frame in frames for one in frame.declared
        )
        if not risky:
            continue
        if not _ends(told):
            doubt = doubt or "animation"
        elif told.get("animation-fill-mode") in {"forwards", "both"}:
            last = [one for frame in frames if "100%" in frame.places for one in frame.declared]
            made.update({o.name: o.value for o in last if o.name not in declared.important})
    return made, doubt


def _frames(name: str, cascade: Cascade) -> list[Frame]:
    known = {key.lower(): frames for key, frames in cascade.frames.items()}
    return known.get(name.strip("'\"").lower(), [])


def _ends(told: Declarations) -> bool:
    """Whether an animation runs forwards and is over within seconds."""
    seconds = 0.0
    count = told.get("animation-iteration-count", "1")
    for name in ("animation-duration", "animation-delay"):
        text = told.get(name, "0s")
        unit = 0.001 if text.endswith("ms") else 1.0
        try:
            amount = float(text.removesuffix("ms").removesuffix("s")) * unit
            seconds += amount * (float(count) if name.endswith("duration") else 1.0)
        except ValueError:
            return False
    return (
        seconds <= _SOON
        and float(count) >= 1
        and float(count).is_integer()
        and told.get("animation-direction", "normal") == "normal"
        and told.get("animation-play-state", "running") == "running"
    )
