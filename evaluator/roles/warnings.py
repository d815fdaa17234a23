"""What in an advert must not be scored, contradicts itself, or cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from ..text.instructions import holds_instruction
from .advert_words import forms, kinds, words
from .beginnings import Forms
from .model import Kind, Requirement, RoleFlag, RoleFlagKind
from .names import known_names

_LONGEST_QUOTE = 1000
_MANY_YEARS = 5


@lru_cache(4096)
def is_order(sentence: str) -> bool:
    """Whether a sentence of an advert addresses a program instead of applicants."""
    return holds_instruction(sentence) or orders_verdict(sentence)


@cache
def _orders() -> Forms:
    return Forms(words("says", "orders"))


@lru_cache(4096)
def orders_verdict(sentence: str) -> bool:
    """Whether a sentence says which verdict it should be given."""
    return any(_orders().finditer(sentence, sentence.lower()))


def warnings_of(sentence: str) -> Iterator[RoleFlag]:
    """A flag for each ground that must not decide about a person."""
    for ground in kinds("refused"):
        match = forms(ground, "refused").search(sentence)
        if match:
            yield RoleFlag(
                kind=RoleFlagKind.NOT_SCORED,
                message=f"“{match.group()}” refers to {ground}, which must not affect the result; it is not scored.",
                quote=sentence[:_LONGEST_QUOTE],
            )


def contradictions(requirements: Iterable[Requirement]) -> Iterator[RoleFlag]:
    """Requirements that contradict each other."""
    by_names: dict[tuple[str, ...], list[Requirement]] = {}
    for r in requirements:
        if r.kind is Kind.YEARS:
            by_names.setdefault(tuple(sorted(r.names)), []).append(r)
    for same in by_names.values():
        if len({r.years for r in same}) > 1:
            told = " and ".join(f"“{r.quote}”" for r in same)
            yield RoleFlag(
                kind=RoleFlagKind.CONTRADICTION,
                message=f"Different numbers of years are asked for the same thing: {told}.",
                quote=same[0].quote or "",
            )


def impossible_years(requirements: Iterable[Requirement], year: int) -> Iterator[RoleFlag]:
    """More years than all of the named tools exist."""
    for r in requirements:
        ages = [
            year - known.since if (known := known_names().get(n)) and known.since else None
            for n in r.names
        ]
        if r.years is None or not ages or None in ages:
            continue
        oldest = max(age for age in ages if age is not None)
        if r.years > oldest:
            yield RoleFlag(
                kind=RoleFlagKind.TOO_MANY_YEARS,
                message=f"{r.years:g} years with {' / '.join(r.names)} are asked for; it has existed for about {oldest} years.",
                quote=r.quote or "",
            )


def opposed(
    title: str, sentences: Sequence[str], requirements: Iterable[Requirement]
) -> Iterator[RoleFlag]:
    """What an advert says in one place, or in its title, and takes back in another."""

    def first(kind: str) -> str | None:
        return next((s for s in sentences if forms(kind).search(s)), None)

    anywhere, attendance = first("anywhere"), first("attendance")
    if anywhere and attendance and anywhere != attendance:
        yield _opposed(anywhere, attendance)
    beginner = title if forms("beginner").search(title) else None
    many = next((r.quote for r in requirements if (r.years or 0) >= _MANY_YEARS), None)
    if beginner and many:
        yield _opposed(beginner, many)


def _opposed(one: str, other: str) -> RoleFlag:
    return RoleFlag(
        kind=RoleFlagKind.CONTRADICTION,
        message=f"“{one}” and “{other}” contradict each other.",
        quote=one[:_LONGEST_QUOTE],
    )
