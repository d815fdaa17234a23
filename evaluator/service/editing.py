"""The form in which a person edits an opening, and the role that comes of what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..errors import UsageError
from ..models.vocabulary import DIMENSIONS, LEVEL_NAMES, Axis, Dimension
from ..roles.model import MOST_REQUIREMENTS, UNSCORED, Importance, Kind, Requirement, RoleProfile
from ..wording import level_name
from .openings import LONGEST_TITLE

LONGEST = 400
_HEAVIEST, _MOST_YEARS = 100.0, 60.0
NAMED = frozenset({Kind.TOOL, Kind.YEARS, Kind.LANGUAGE, Kind.CERTIFICATE, Kind.DOMAIN})
_NEEDS_NAMES = frozenset({Kind.TOOL, Kind.LANGUAGE})
KINDS = {
    Kind.TOOL: "tool, programming language or method",
    Kind.DIMENSION: "kind of work, with a level",
    Kind.YEARS: "years of work",
    Kind.LANGUAGE: "spoken language",
    Kind.EDUCATION: "degree",
    Kind.CERTIFICATE: "certificate",
    Kind.DOMAIN: "trade or industry",
    Kind.PLACE: "place",
    Kind.PERMIT: "permit to work",
    Kind.OTHER: "something for a person to judge",
}
DEGREES = ("bachelor", "master", "doctorate")
NEEDS = {Importance.MUST: "must have", Importance.NICE: "nice to have"}
LEVELS = tuple((level, level_name(level)) for level in range(1, len(LEVEL_NAMES)))
WORK = [(axis.value, [d.value for d in DIMENSIONS[axis]]) for axis in Axis]


class Line(NamedTuple):
    """One requirement as the form shows it: as it was sent, or as it is kept.

    Attributes:
        prefix: of the names of its fields.
        kept: the requirement.
        problem: why what was sent cannot be taken; empty where it can.
    """

    prefix: str
    kept: Requirement
    text: str
    need: str
    weight: str
    level: str
    years: str
    names: str
    is_removed: bool = False
    problem: str = ""

    @property
    def kind(self) -> str:
        """In words."""
        return KINDS[self.kept.kind]

    @property
    def has_names(self) -> bool:
        """Whether any one of some names meets it."""
        return self.kept.kind in NAMED

    @property
    def default_weight(self) -> str:
        """What it weighs when nobody says."""
        return "2" if self.need == Importance.MUST.value else "1"


class Added(NamedTuple):
    """The fields of a requirement that is to be added, as they were sent."""

    values: Mapping[str, str]
    problem: str = ""

    def get(self, name: str) -> str:
        """One field; empty where nothing was sent."""
        return self.values.get(f"new-{name}", "").strip()


def lines_of(role: RoleProfile) -> list[Line]:
    """Every requirement of a role as the form shows it."""
    return [
        Line(
            prefix=f"r{number}",
            kept=r,
            text=r.text,
            need=r.need.value,
            weight="" if r.weight is None else f"{r.weight:g}",
            level=str(r.level or ""),
            years="" if r.years is None else f"{r.years:g}",
            names=", ".join(r.names),
        )
        for number, r in enumerate(role.checked, start=1)
    ]


def sent(role: RoleProfile, given: Mapping[str, str]) -> list[Line]:
    """The same as somebody sent it, each with what is wrong with it."""
    return [_sent(line, given) for line in lines_of(role)]


def _sent(line: Line, given: Mapping[str, str]) -> Line:
    def of(name: str, before: str) -> str:
        return " ".join(given.get(f"{line.prefix}-{name}", before).split())

    changed = line._replace(
        text=of("text", line.text),
        need=of("need", line.need),
        weight=of("weight", line.weight),
        level=of("level", line.level),
        years=of("years", line.years),
        names=of("names", line.names),
        is_removed=f"{line.prefix}-remove" in given,
    )
    try:
        _requirement(changed)
    except UsageError as error:
        return changed._replace(problem=error.message)
    return changed


def edited(role: RoleProfile, lines: Sequence[Line], given: Mapping[str, str]) -> RoleProfile:
    """The role as it was sent.

    Raises:
        UsageError: something of it cannot be taken.
    """
    title = " ".join(given.get("title", role.title).split())
    if not title or len(title) > LONGEST_TITLE:
        message = f"An opening has a title of at most {LONGEST_TITLE} characters."
        raise UsageError(message)
    if any(line.problem for line in lines):
        message = "Something cannot be taken as it stands; it is marked below."
        raise UsageError(message)
    by_id = {line.kept.id: _requirement(line) for line in lines if not line.is_removed}
    own = [by_id[r.id] for r in role.requirements if r.id in by_id]
    if (more := added(role, Added(given))) is not None:
        own.append(more)
    rest = [r for r in by_id.values() if r.id not in {k.id for k in role.requirements}]
    needs, weights = _levels(own, rest)
    if needs is None:
        own, needs, weights = [*own, *rest], {}, {}
    if not own and not needs:
        message = "An opening needs at least one requirement."
        raise UsageError(message, hint="Delete the opening if it is not needed any more.")
    if len(own) > MOST_REQUIREMENTS:
        message = f"An opening asks for at most {MOST_REQUIREMENTS} things."
        raise UsageError(message)
    update = {"title": title, "requirements": tuple(own), "needs": needs, "weights": weights}
    return RoleProfile.model_validate({**role.model_dump(), **update})


def _levels(
    own: Sequence[Requirement], rest: Sequence[Requirement]
) -> tuple[dict[Dimension, int] | None, dict[Dimension, float]]:
    """What a role asks for as levels alone, if it can still be said so; None where it has to be spelled out."""
    implied = Importance.NICE if own else Importance.MUST
    needs: dict[Dimension, int] = {}
    weights: dict[Dimension, float] = {}
    for r in rest:
        is_plain = r.dimension is not None and r.level is not None and r.need is implied
        if not is_plain or r.dimension is None or r.level is None:
            return None, {}
        if r.text != _of_level(r.dimension, r.level):
            return None, {}
        needs[r.dimension] = r.level
        weights[r.dimension] = r.weighs
    return needs, weights


def _requirement(line: Line) -> Requirement:
    """One line as a requirement.

    Raises:
        UsageError: it is none.
    """
    r = line.kept
    names = r.names if line.names == ", ".join(r.names) else _names(line.names)
    update: dict[str, object] = {
        "text": _text(_told(line)),
        "need": _need(line.need),
        "weight": _number(line.weight, "A weight is a number", _HEAVIEST),
    }
    if r.kind is Kind.DIMENSION:
        update["level"] = _level(line.level)
    if r.kind is Kind.YEARS:
        update["years"] = _number(line.years, "Years are a number", _MOST_YEARS, is_needed=True)
    if r.kind in NAMED:
        update["names"] = _enough(names, r.kind)
    return r.model_copy(update=update)


def _told(line: Line) -> str:
    """Words that only repeat the level follow it."""
    d, before = line.kept.dimension, line.kept.level
    if d and before and line.text == _of_level(d, before):
        return _of_level(d, _level(line.level))
    return line.text


def _of_level(dimension: Dimension, level: int) -> str:
    return f"{dimension.value}: {level_name(level)}, or more"


def added(role: RoleProfile, new: Added) -> Requirement | None:
    """The requirement that somebody adds; None where nothing was filled in.

    Raises:
        UsageError: it is none.
    """
    kind = next((k for k in Kind if k.value == new.get("kind")), None)
    if kind is None:
        filled = ("text", "names", "years", "degree", "dimension")
        if not any(new.get(name) for name in filled):
            return None
        message = "Say what kind of requirement you add."
        raise UsageError(message)
    names, text = _names_added(kind, new), ""
    years = level = dimension = None
    if kind is Kind.YEARS:
        years = _number(new.get("years"), "Years are a number", _MOST_YEARS, is_needed=True)
        text = " of ".join(filter(None, (f"{years:g} years", " / ".join(names))))
    elif kind is Kind.DIMENSION:
        dimension, level = _dimension(new.get("dimension")), _level(new.get("level"))
        text = _of_level(dimension, level)
    return Requirement(
        id=_free(role), text=_text(new.get("text") or text or " / ".join(names)), kind=kind,
        need=_need(new.get("need")), weight=_number(new.get("weight"), "A weight is a number", _HEAVIEST),
        names=names, years=years, dimension=dimension, level=level,
    )  # fmt: skip


def _names_added(kind: Kind, new: Added) -> tuple[str, ...]:
    if kind is not Kind.EDUCATION:
        return _enough(_names(new.get("names")), kind) if kind in NAMED else ()
    if new.get("degree") not in DEGREES:
        message = "Choose the degree that is asked for."
        raise UsageError(message)
    return (new.get("degree"),)


def _dimension(given: str) -> Dimension:
    try:
        return Dimension(given)
    except ValueError:
        message = "Choose the kind of work that is asked for."
        raise UsageError(message) from None


def _free(role: RoleProfile) -> str:
    taken = {r.id for r in role.checked}
    return next(f"a{n}" for n in range(1, len(taken) + 2) if f"a{n}" not in taken)


def _text(text: str) -> str:
    if not 0 < len(text) <= LONGEST:
        message = f"Say what is asked for, in at most {LONGEST} characters."
        raise UsageError(message)
    return text


def _need(given: str) -> Importance:
    try:
        return Importance(given)
    except ValueError:
        message = "Say whether it is a must or nice to have."
        raise UsageError(message) from None


def _level(given: str) -> int:
    if given.isascii() and given.isdecimal() and 0 < int(given[:3]) < len(LEVEL_NAMES):
        return int(given)
    message = "Choose the level that is asked for."
    raise UsageError(message)


def _number(given: str, what: str, most: float, *, is_needed: bool = False) -> float | None:
    if not given and not is_needed:
        return None
    try:
        number = float(given.replace(",", "."))
    except ValueError:
        number = 0.0
    if not 0 < number <= most:  # what is no number compares with nothing
        message = f"{what} above 0, up to {most:g}."
        raise UsageError(message)
    return number


def _names(given: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(given)))


def _parts(given: str) -> Iterator[str]:
    for part in given.split(","):
        name = " ".join(part.split())[:LONGEST]
        if name:
            yield name


def _enough(names: tuple[str, ...], kind: Kind) -> tuple[str, ...]:
    if not names and kind in _NEEDS_NAMES:
        message = "Name what is asked for; any one of several names is enough."
        raise UsageError(message)
    return names


def parted(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """In the groups in which people read them: musts, what is welcome, and what is never scored."""
    scored = [line for line in lines if line.kept.kind not in UNSCORED]
    groups = [
        (heading, [line for line in scored if line.kept.need is need])
        for need, heading in ((Importance.MUST, "Must have"), (Importance.NICE, "Nice to have"))
    ]
    listed = [line for line in lines if line.kept.kind in UNSCORED]
    return [group for group in (*groups, ("For a person to check, never scored", listed)) if group[1]]  # fmt: skip
