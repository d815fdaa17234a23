"""Rows of a run that are of one file or of one person, said on each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..render.table import Row

_MOST_NAMED = 3
_NAME_WORDS = 2


def marked(rows: Sequence[Row]) -> list[Row]:
    """The same rows, each with the others that it is like: by content, e-mail, account or name."""
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        for sign in _signs(row):
            groups[sign].append(place)
    return [
        row.model_copy(update={"same_as": told}) if (told := _told(place, rows, groups)) else row
        for place, row in enumerate(rows)
    ]


def _signs(row: Row) -> Iterator[tuple[str, str]]:
    """What tells that two rows belong together, the surest first."""
    if row.id:
        yield "content", row.id
    if row.report is None:
        return
    person = row.report.candidate
    for email in person.emails:
        yield "e-mail", email.casefold()
    if person.github is not None:
        yield "GitHub account", person.github.login.casefold()
    words = sorted((person.name or "").casefold().split())
    if len(words) >= _NAME_WORDS:
        yield "name", " ".join(words)


def _told(place: int, rows: Sequence[Row], groups: dict[tuple[str, str], list[int]]) -> str:
    named = {place}
    parts = []
    for kind, value in _signs(rows[place]):
        members = groups[kind, value]
        others = [n for n in members[: _MOST_NAMED + len(named)] if n not in named]
        if others:
            named.update(others)
            parts.append(f"same {kind}: {', '.join(rows[n].source for n in others[:_MOST_NAMED])}")
    return "; ".join(parts)
