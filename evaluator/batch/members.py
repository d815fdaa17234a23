"""A report as it is written, of which some members change and the rest stays letter by letter."""

from __future__ import annotations

from ..report import CandidateReport, RolePart, json_without_words

_BORDER = ',\n  "'
"""What parts the members of a report: no text holds it, nor anything within a member."""
_PLAIN = ',"{}":'
_NAMES, _OF_PART = tuple(CandidateReport.model_fields), tuple(RolePart.model_fields)


def with_part(written: str, part: RolePart) -> str | None:
    """A report's canonical JSON with another role's part; None where it is written otherwise than we write."""
    pieces = written.split(_BORDER)
    names = [piece.partition('": ')[0] for piece in pieces]
    told = "," + part.model_dump_json(indent=2).removeprefix("{").removesuffix("\n}")
    if any(names.count(name) != 1 for name in _OF_PART):
        return None
    at = [names.index(name) for name in _OF_PART]
    if at != sorted(at) or at[-1] == len(pieces) - 1:
        return None
    for place, member in zip(at, told.split(_BORDER)[1:], strict=True):
        pieces[place] = member
    return _BORDER.join(pieces)


def row_with_part(row: str, part: RolePart) -> str | None:
    """A report on one line, with what tables show of another role's part."""
    told = f",{json_without_words(part)}"
    pieces, at = [], 0
    for name in _OF_PART:
        there, new = _place(row, name), _place(told, name, _OF_PART)
        if there is None or new is None or there[0] < at:
            return None
        pieces += [row[at : there[0]], told[new[0] : new[1]]]
        at = there[1]
    return "".join((*pieces, row[at:]))


def members_of(written: str, *wanted: str) -> list[str] | None:
    """Members of a report's canonical JSON; None where one of them is not told once."""
    told = [piece.partition('": ') for piece in written.removesuffix("\n}\n").split(_BORDER)]
    found = [[value for name, _, value in told if name == one] for one in wanted]
    return [value for (value,) in found] if all(len(each) == 1 for each in found) else None


def _place(row: str, name: str, names: tuple[str, ...] = _NAMES) -> tuple[int, int] | None:
    """Where a member stands, its comma and name among it; no text holds such a name with its quotes and comma."""
    mark = _PLAIN.format(name)
    start = row.find(mark)
    if start < 0 or row.find(mark, start + 1) >= 0:
        return None
    following = (row.find(_PLAIN.format(n), start) for n in names[names.index(name) + 1 :])
    return start, next((at for at in following if at >= 0), len(row))
