"""What the lines of a head say together: employer, title, place and dates, in any order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .dates import Period
from .line_features import (
    ABBREVIATED,
    CELL_BORDER,
    CITY_CODE,
    COMMA_BORDER,
    EDGE,
    LineFeatures,
    find_period,
    label_of,
    without_date,
    without_period,
)
from .studies import place_at_end, study_parts
from .vocabulary import has_any, is_large, names_degree, vocabulary, words_of

_DASH_BORDER = re.compile(
    r"(?<=[\u3040-\u9fff])\s+(?=[\u3040-\u9fff])|\s+[–—―-]+\s+|\s*[–—]\s*(?=[^\W\d_a-zß-ÿ])|\s+//\s+|\s*;\s+"
)
_AT_BORDER = re.compile(r"\s+(?:at|@|bei|chez|presso|with|w)\s+(?=[^\W\d_a-zß-ÿ])|\s*@\s*")
_NO_EMPLOYER = re.compile(
    r"(?:gpa|grade|cgpa|score|link|https?|www|note)\b|\S+@\S+|\S+\.\w{2,4}/\S*", re.I
)
_OPENING = re.compile(
    r"^(?:(?:currently|presently|i am|i was)\s+)?(?:working|worked|employed|serving|served|joined|associated)\s+(?:as|at|in|with|for)(?:\s+(?:an?|the))?\s*",
    re.I,
)
_GRADE = re.compile(r"\s*\((?:GPA|CGPA|Grade|Note|Score)\b[^)]{0,30}\)", re.I)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.I)
_PLACE_WORDS, _TOWN_WORDS = 5, 2
_SUBJECT = 4
"""Letters of what somebody studies, at least."""
_OF = frozenset({"of", "de", "der", "des", "do", "da", "di", "du", "for", "für", "la"})
_LEAD_IN = re.compile(r"^(?:at|@|bei|chez|in|for|with|from)\s+", re.I)


@dataclass(slots=True)
class Fields:
    """What the lines of a head say together."""

    employer: str | None = None
    title: str | None = None
    place: str | None = None
    period: Period | None = None
    rest: list[str] = field(default_factory=list)
    """What is no title and no place and names no kind of employer."""
    after_title: str | None = None
    """The same, where it follows a title after a comma: a team, or the employer."""
    before_place: str | None = None
    """The same, where a place follows it."""


def fields_of(
    looks: Sequence[LineFeatures], *, study: bool = False, project: bool = False
) -> Fields:
    """Employer, title, place and dates of the lines of a head, in any order.

    Args:
        looks: the lines.
        study: whether degrees stand for titles and schools for employers.
        project: whether a name that is left over is the project's and not an employer's.
    """
    fields = Fields()
    labelled = sum(look.label is not None for look in looks) > 1
    for look in looks:
        fields.period = fields.period or look.period
        kind = look.label or "within"
        if kind.startswith("bare "):
            kind = kind.removeprefix("bare ") if labelled else "within"
        if kind != "within":
            _take_labelled(fields, kind, look)
        elif look.bare:
            _take_line(fields, _URL.sub("", look.bare), study)
    _settle(fields, study=study, project=project)
    return fields


def _settle(fields: Fields, *, study: bool, project: bool) -> None:
    """Give what is left over to the fields that nothing was found for."""
    if project and fields.title is None and fields.rest:
        fields.title = fields.rest.pop(0)
    if fields.employer and fields.place and not (study or fields.title):
        # With the employer and the place known, what is left says as what.
        names = (part for part in fields.rest if part.casefold() not in vocabulary().labels)
        fields.title = next(names, None)
    if fields.employer is None:
        left = [p for p in (fields.before_place, fields.after_title, *fields.rest) if p]
        fields.employer = left[0] if left else None
        if study and fields.title is None and len(left) > 1:
            fields.title = left[1]
    elif study and fields.title is None and fields.rest:
        fields.title = fields.rest[0]
    if fields.after_title and fields.title and fields.after_title != fields.employer:
        fields.title = f"{fields.title}, {fields.after_title}"
    _settle_place(fields, study=study)


def _settle_place(fields: Fields, *, study: bool) -> None:
    """A town beside no country is known by its position; a name before a country may be the employer."""
    if fields.employer is None:
        first, _, rest = (fields.place or "").partition(",")
        stands_in = vocabulary().placeholders[1].fullmatch(fields.place or "")
        if rest and not stands_in and first.lower() not in vocabulary().places:
            fields.employer, fields.place = first.strip(), rest.strip()
        return
    if fields.place is not None:
        return
    last = fields.rest[-1] if fields.rest else ""
    taken = {fields.employer, fields.after_title, fields.title}
    if last and not study and last not in taken and len(words_of(last)) <= _TOWN_WORDS:
        fields.place = last
        return
    place = place_at_end(fields.employer)
    name = fields.employer[: len(fields.employer) - len(place)].strip(EDGE)
    linked = not name or name.split()[-1].lower() in _OF
    if place and not linked and has_any(words_of(name), vocabulary().employers, large=True):
        fields.employer, fields.place = name, place


def _take_labelled(fields: Fields, kind: str, look: LineFeatures) -> None:
    value = look.value
    found = find_period(value)
    if found:
        value = without_period(value, found[1])
    value = value.strip(EDGE)
    if not value:
        return
    if kind in {"employer", "study"} and not fields.employer:
        parts = _with_places(COMMA_BORDER.split(value))
        fields.employer = next((text for is_place, text in parts if not is_place), value)
        fields.place = fields.place or next((text for is_place, text in parts if is_place), None)
    elif kind == "title" and not fields.title:
        fields.title = value
    elif kind == "place":
        fields.place = fields.place or value


def _take_line(fields: Fields, bare: str, study: bool) -> None:
    """Give the parts of a line to the fields: between bars, else dashes, else commas."""
    parts = _around_placeholder(fields, bare)
    if parts is not None:
        for around in parts:
            _take_line(fields, without_date(around)[0] if study else around, study)
        return
    cells = [p.strip(EDGE) for p in CELL_BORDER.split(bare) if any(map(str.isalnum, p))]
    if len(cells) > 1:
        _take_cells(fields, cells, study)
        return
    for part in _DASH_BORDER.split("".join(cells)):
        for piece in _AT_BORDER.split(part):
            for text in study_parts(piece) if study else (piece.strip(EDGE),):
                if text:
                    _take(fields, text, study)


def _around_placeholder(fields: Fields, bare: str) -> list[str] | None:
    """What stands around words in place of an employer's or a place's name; None where there are none."""
    name, place = vocabulary().placeholders
    match = name.search(bare)
    if match:
        # It tells where the title ends and the place begins.
        fields.employer = fields.employer or match.group()
        town = place.search(bare, match.end())
        fields.place = fields.place or (town.group() if town else None)
        parts = [bare[: match.start()], bare[town.end() if town else match.end() :]]
    else:
        town = place.search(bare)
        if town is None:
            return None
        fields.place = fields.place or town.group()
        parts = _without_repeated(bare[: town.start()], bare[town.end() :].strip(EDGE))
    return [part.strip(EDGE) for part in parts if part.strip(EDGE)]


def _without_repeated(before: str, after: str) -> list[str]:
    """What stands before and after a place; some forms say a subject in both, and the school follows the first."""
    at = before.rfind(f" {after} ") if len(after) >= _SUBJECT else -1
    if at < 0:
        return [before, "" if after in before.split() else after]
    end = at + len(after) + 1
    return [before[:end], before[end:]]


def _take_cells(fields: Fields, cells: Sequence[str], study: bool) -> None:
    """Cells between bars are whole: one is the title, one the place, what stands before that the employer."""
    titles = [n for n, cell in enumerate(cells) if _names_title(cell, study)]
    sure = [n for n in titles if not _names_employer(cells[n], study)] or titles
    title = sure[0] if sure and len(cells) > 1 else None
    for number, cell in enumerate(cells):
        if number == title:
            name, *at = _AT_BORDER.split(_GRADE.sub("", _OPENING.sub("", cell)), maxsplit=1)
            fields.title = fields.title or name.strip(EDGE)
            fields.rest += at
        elif _is_place(cell):
            if number and cells[number - 1] in fields.rest[-1:]:
                fields.before_place = fields.before_place or fields.rest[-1]
            fields.place = fields.place or cell
        elif _names_employer(cell, study) and fields.employer is None:
            fields.employer = cell
        elif not _NO_EMPLOYER.match(cell) and label_of(cell) is None:
            fields.rest.append(cell)


def _is_place(cell: str) -> bool:
    """Whether a cell is a town, with or without its country, and nothing else."""
    pieces = [piece.strip(EDGE) for piece in COMMA_BORDER.split(cell)]
    places = vocabulary().places
    if len(words_of(cell)) > _PLACE_WORDS:
        return False
    known = [piece.lower() in places for piece in pieces]
    coded = len(pieces) > 1 and any(CITY_CODE.fullmatch(piece) for piece in pieces[1:])
    return any(known) or coded or vocabulary().placeholders[1].fullmatch(cell) is not None


def _take(fields: Fields, part: str, study: bool) -> None:
    """Give each piece between commas to the field that it is of."""
    if vocabulary().placeholders[1].fullmatch(part):
        fields.place = fields.place or part
        return
    bare = _OPENING.sub("", part)
    pieces = _with_places([p for p in COMMA_BORDER.split(bare) if p.strip(EDGE)])
    for is_place, piece in pieces:
        if is_place:
            fields.place = fields.place or piece
    left = [piece for is_place, piece in pieces if not is_place]
    titles = [number for number, piece in enumerate(left) if _names_title(piece, study)]
    follows = False
    if titles and fields.title is None:
        first, last = titles[0], titles[-1]
        if study or first == 0 or last == len(left) - 1:
            fields.title = ", ".join(left[first : last + 1]).strip(EDGE)
            left, follows = left[:first] + left[last + 1 :], first == 0
    if fields.place is None and len(left) > 1 and _is_town_after(left, study=study):
        fields.place = left.pop().strip(EDGE)
    rest = _LEAD_IN.sub("", ", ".join(left).strip(EDGE))
    rest = rest if ABBREVIATED.search(rest) else rest.rstrip(".")
    if not any(map(str.isalnum, rest)) or _NO_EMPLOYER.match(rest):
        return
    if fields.employer is None and _names_employer(rest, study):
        fields.employer = rest
    elif follows and not study and fields.after_title is None:
        fields.after_title = rest
    else:
        fields.rest.append(rest)


def _is_town_after(pieces: Sequence[str], *, study: bool) -> bool:
    """Whether the last piece follows the name of an employer or a school, as its town does."""
    last = words_of(pieces[-1])
    return (
        0 < len(last) <= _TOWN_WORDS
        and all(is_large(word) and word.isalpha() and not word.isupper() for word in last)
        and _names_employer(pieces[-2], study)
        and not _names_employer(pieces[-1], study)
        and not _names_title(pieces[-1], study)
    )


def _names_employer(text: str, study: bool) -> bool:
    knows = vocabulary()
    kinds = knows.schools if study else knows.employers
    return (
        has_any(words_of(text), kinds, large=True)
        or kinds.stands_in(text)
        or knows.placeholders[0].search(text) is not None
    )


def _names_title(piece: str, study: bool) -> bool:
    knows = vocabulary()
    if study:
        return names_degree(piece) and not has_any(words_of(piece)[-1:], knows.schools, large=True)
    return has_any(words_of(piece), knows.titles) or knows.titles.stands_in(piece)


def _with_places(pieces: Sequence[str]) -> list[tuple[bool, str]]:
    """Pieces between commas with whether each is a place; a town before a country belongs to it."""
    places = vocabulary().places
    found: list[tuple[bool, str]] = []
    for number, piece in enumerate(pieces):
        text = piece.strip(EDGE)
        known = text.lower() in places or bool(CITY_CODE.fullmatch(text) and number)
        if not known:
            known = vocabulary().placeholders[1].fullmatch(text) is not None
        if (
            known
            and found
            and not found[-1][0]
            and number > 0
            and _may_be_town(found[-1][1], number)
        ) or (known and found and found[-1][0]):
            found[-1] = True, f"{found[-1][1]}, {text}"
        else:
            found.append((known, text))
    return [pair for pair in found if pair[1]]


def _may_be_town(text: str, number: int) -> bool:
    """Whether what stands before a country may be its town: short, large, and no kind of employer or title."""
    words = words_of(text)
    knows = vocabulary()
    return (
        0 < len(words) <= 3
        and all(is_large(w) or not w[0].isalpha() for w in words)
        and not has_any(words, knows.employers, large=True)
        and not has_any(words, knows.titles)
        and not has_any(words, knows.schools, large=True)
    )
