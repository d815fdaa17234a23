"""A report as it is written, of which some members change and the rest stays letter by letter."""

from __future__ import annotations

from ..report import CandidateReport, RolePart

_INDENTED, _PLAIN = ',\n  "{}": ', ',"{}":'
_NAMES, _OF_PART = tuple(CandidateReport.model_fields), tuple(RolePart.model_fields)


def with_part(written: str, part: RolePart) -> str | None:
    """A report's canonical JSON with another role's part; None where it is written otherwise than we write."""
    told = part.model_dump_json(indent=2)
    return _spliced(written, ",\n" + told.removeprefix("{\n").removesuffix("\n}"), _INDENTED)


def row_with_part(row: str, part: RolePart) -> str | None:
    """The same for a report on one line."""
    told = part.model_dump_json()
    return _spliced(row, "," + told.removeprefix("{").removesuffix("}"), _PLAIN)


def member_of(written: str, name: str) -> str | None:
    """One member of a report's canonical JSON; None where it is not told once."""
    found = _place(written, name, _INDENTED)
    return written[found[0] : found[1]].partition(": ")[2] if found else None


def _spliced(written: str, part: str, form: str) -> str | None:
    pieces, at = [], 0
    for name in _OF_PART:
        there, new = _place(written, name, form), _place(part, name, form, _OF_PART)
        if there is None or new is None or there[0] < at:
            return None
        pieces += [written[at : there[0]], part[new[0] : new[1]]]
        at = there[1]
    return "".join((*pieces, written[at:]))


def _place(
    written: str, name: str, form: str, names: tuple[str, ...] = _NAMES
) -> tuple[int, int] | None:
    """Where a member stands, its comma and name among it; no text holds such a name with its quotes and comma."""
    mark = form.format(name)
    start = written.find(mark)
    if start < 0 or written.find(mark, start + 1) >= 0:
        return None
    following = (written.find(form.format(n), start) for n in names[names.index(name) + 1 :])
    end = next((at for at in following if at >= 0), len(written.removesuffix("\n}\n")))
    return start, end
