"""Whether a browser of today has what ``@supports`` asks for."""

from __future__ import annotations

from typing import Any

import tinycss2

from .declarations import UNKNOWN, expanded
from .names import NAMES, WIDE
from .selectors import Parser
from .validity import is_judged
from .values import length


def is_supported(node: Any) -> bool | None:
    """Answers one feature, as :func:`~evaluator.documents.css.conditions.holds` asks; never no: browsers grow."""
    if node.type == "function":
        return _has_selector(node) if node.lower_name == "selector" else None
    if node.type != "() block" or any(n.type == "literal" and n.value == ";" for n in node.content):
        return None
    found = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
    if len(found) != 1 or found[0].type != "declaration":
        return None
    return _has_value(found[0].lower_name, tinycss2.serialize(found[0].value).strip())


def _has_selector(node: Any) -> bool | None:
    parser = Parser(forgiving=False)
    found = parser.rule(list(node.arguments))
    if found is None or len(found) != 1 or not parser.is_settled:
        return None
    # Browsers keep rules for any name of this kind, and still say that they don't know it.
    return None if found[0].pseudo.startswith("-webkit-") else True


def _has_value(name: str, value: str) -> bool | None:
    if name.startswith("--"):
        return True
    asked = NAMES.supported.get(name)
    if asked is not None:
        lowered = "".join(value.lower().split())
        is_size = "<length>" in asked and length(lowered) is not None and not lowered.isdigit()
        return True if is_size or lowered in asked or lowered in WIDE else None
    kept = expanded(name, value)
    return True if kept and UNKNOWN not in kept.values() and all(map(is_judged, kept)) else None
