"""Every quote is found in its source by code, or the item is dropped.

Matching goes from strict to lenient: exact after normalisation, letters and digits only, pieces around
an ellipsis, then fuzzy with a guard that every token of the anchor stands in the window. The guard is
what refuses a changed number, employer, technology or negation, which a plain threshold accepts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from .models.base import Value
from .models.document import RESUME, Document, Location
from .models.dropped import Dropped, DropReason
from .models.evidence import (
    Anchor,
    Evidence,
    Finding,
    MeetsFinding,
    ScopeFact,
    ScopeFinding,
)
from .models.shown import ShownText
from .models.vocabulary import Context, Dimension, Shows
from .structure.sentences import list_item, part_borders, sentences

MIN_WORDS = 3
MIN_CHARACTERS = 12
_FUZZY = 90.0
_MOST_KEPT, _MOST_CHARACTERS = 1_024, 4_096
"""Texts and characters whose folded form is kept: many anchors are sought in the same passages."""
_MENTIONS = frozenset({Context.LISTED, Context.CREDENTIAL})
_ELISION = re.compile(r"\s*(?:\.{3}|…|\[\.\.\.\])\s*")
_TYPOGRAPHY = str.maketrans("‘’‚“”„«»–—−‐‑\u00a0", '\'\'""""""-----' + " ")


class GroundedSource(Value):
    """A source of quotes: its true text and what a reader was shown of it."""

    name: str
    text: str
    shown: tuple[ShownText, ...]
    extend: bool = True
    """Whether a quote grows to its whole sentence; file lists stay as they are."""


class Grounded(Value):
    """Items whose quotes stand in their sources, and those whose do not."""

    evidence: tuple[Evidence, ...]
    dropped: tuple[Dropped, ...] = ()


def ground(
    findings: Sequence[Finding], sources: Sequence[GroundedSource], document: Document
) -> Grounded:
    """Verify findings; evidence comes in order of its place, numbered ``e1``, ``e2`` …"""
    by_name = {source.name: source for source in sources}
    dropped: list[Dropped] = []
    kept: dict[tuple[int, int, int, Dimension], Evidence] = {}
    order = {source.name: index for index, source in enumerate(sources)}
    for finding in findings:
        source = by_name.get(finding.source)
        at = Anchor(passage=finding.passage, words=finding.anchor)
        span = _find(at, source, finding.shows.context) if source else None
        if source is None or span is None:
            reason = DropReason.NO_QUOTE if source else DropReason.NO_SOURCE
            name, dimension = source and source.name, finding.shows.dimension
            dropped.append(Dropped(reason=reason, source=name, dimension=dimension))
            continue
        key = (order[source.name], span[0], span[1], finding.shows.dimension)
        if key not in kept:
            kept[key] = _evidence(finding, source, span, document)
    ranked = sorted(kept, key=lambda key: (key[:3], list(Dimension).index(key[3])))
    return Grounded(
        evidence=tuple(
            kept[key].model_copy(update={"id": f"e{number}"})
            for number, key in enumerate(ranked, start=1)
        ),
        dropped=tuple(dropped),
    )


def ground_scope(
    findings: Sequence[ScopeFinding], resume: GroundedSource, document: Document
) -> tuple[ScopeFact, ...]:
    """The statements of responsibility whose words stand in the resume, in order of their place."""
    facts: dict[tuple[int, int, str], ScopeFact] = {}
    for finding in findings:
        span = _find(finding.at, resume, Context.WORK)
        if span is not None:
            facts[(*span, finding.kind)] = ScopeFact(
                kind=finding.kind,
                quote=resume.text[slice(*span)],
                location=_location(resume, span, document),
            )
    return tuple(facts[key] for key in sorted(facts))


class CitedWords(Value):
    """Words of a source that a reader cites."""

    words: str
    source: str
    location: Location


def ground_meets(
    findings: Sequence[MeetsFinding], sources: Sequence[GroundedSource], document: Document
) -> list[tuple[int, Shows, CitedWords]]:
    """The citations for requirements whose words stand in their source: number, what it shows, and where."""
    by_name = {source.name: source for source in sources}
    found = []
    for finding in findings:
        source = by_name.get(finding.source)
        span = _find(finding.at, source, Context.WORK) if source else None
        if source is not None and span is not None:
            words = source.text[slice(*span)]
            location = _location(source, span, document)
            cited = CitedWords(words=words, source=source.name, location=location)
            found.append((finding.requirement, finding.shows, cited))
    return found


def _evidence(
    finding: Finding, source: GroundedSource, span: tuple[int, int], document: Document
) -> Evidence:
    result = _find(finding.result, source, Context.WORK) if finding.result else None
    if result is not None and span[0] <= result[0] and result[1] <= span[1]:
        result = None
    return Evidence(
        id="e0",
        quote=source.text[slice(*span)],
        source=source.name,
        location=_location(source, span, document),
        result_quote=source.text[slice(*result)] if result else None,
        result_location=_location(source, result, document) if result else None,
        **finding.shows.model_dump(),
    )


def _location(source: GroundedSource, span: tuple[int, int], document: Document) -> Location:
    start, end = span
    if source.name == RESUME:
        line = document.line_at(start)
        return Location(page=line.page, line=line.number, start=start, end=end)
    return Location(line=source.text.count("\n", 0, start) + 1, start=start, end=end)


def _find(anchor: Anchor, source: GroundedSource, context: Context) -> tuple[int, int] | None:
    """Source span of an anchor: in the passage it cites, else where its words stand once."""
    cited = [shown for shown in source.shown if shown.number == anchor.passage]
    for shown in cited:
        place = find_anchor(anchor.words, shown.text)
        if place:
            return _grow(source, shown, place, context)
    if not _is_long_enough(anchor.words):
        return None
    places = [(s, p) for s in source.shown if (p := find_anchor(anchor.words, s.text, fuzzy=False))]
    return _grow(source, *places[0], context) if len(places) == 1 else None


def _grow(
    source: GroundedSource, shown: ShownText, place: tuple[int, int], context: Context
) -> tuple[int, int]:
    """Take in the whole statement around the anchor; of a list, the items that hold it."""
    start, end = place
    if source.extend:
        for sentence in sentences(shown.text):
            first, last = sentence
            if first < end and start < last:
                first, last = part = _part(shown.text, start, end, first, last)
                if context in _MENTIONS and first <= start and end <= last:
                    for a, b in (part, sentence):
                        item = list_item(shown.text[a:b], start - a, end - a)
                        first, last = max(first, a + item[0]), min(last, a + item[1])
                start, end = min(start, first), max(end, last)
    return shown.to_source(start, end)


def _part(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The parts of the sentence ``text[first:last]`` between semicolons and the like that hold an anchor."""
    borders = list(part_borders(text, first, last))
    begin = max((b.end() for b in borders if b.end() <= start), default=first)
    finish = min((b.start() for b in borders if b.start() >= end), default=last)
    return begin, finish


def _is_long_enough(anchor: str) -> bool:
    return len(anchor.split()) >= MIN_WORDS or len(anchor) >= MIN_CHARACTERS


def find_anchor(anchor: str, text: str, *, fuzzy: bool = True) -> tuple[int, int] | None:
    """Span of ``text`` that says what ``anchor`` says, or None."""
    verbatim = _on_boundaries(text, anchor) if anchor.strip() else None
    if verbatim is not None and any(c.isalnum() for c in anchor):
        return verbatim, verbatim + len(anchor)
    wanted, _ = _normalise(anchor)
    if not any(c.isalnum() for c in wanted):
        return None
    plain, places = _normalise(text)
    at = _on_boundaries(plain, wanted)
    if at is not None:
        return places[at], places[at + len(wanted) - 1] + 1
    for attempt in (_letters_only, _elided):
        span = attempt(anchor, wanted, plain, places)
        if span:
            return span
    return (
        _guarded_fuzzy(wanted, plain, places)
        if fuzzy and len(wanted.split()) >= MIN_WORDS + 1
        else None
    )


def _on_boundaries(plain: str, wanted: str, begin: int = 0) -> int | None:
    """First place of ``wanted`` that does not start or end inside a word or number."""
    at = plain.find(wanted, begin)
    while at >= 0:
        before = plain[at - 1] if at else " "
        after = plain[at + len(wanted)] if at + len(wanted) < len(plain) else " "
        inside = (_glued(before, wanted[0])) or _glued(wanted[-1], after)
        if not inside:
            return at
        at = plain.find(wanted, at + 1)
    return None


def _glued(left: str, right: str) -> bool:
    if not (left.isalnum() and right.isalnum()):
        return False
    return ord(left) < 0x3000 and ord(right) < 0x3000


@lru_cache(_MOST_KEPT)
def _normalise(text: str) -> tuple[str, Sequence[int]]:
    """Folded text and, for each of its characters, the index it came from."""
    folded: list[str] = []
    places: list[int] = []
    for index, character in enumerate(text):
        for piece in _folded(character):
            if piece != " " or (folded and folded[-1] != " "):
                folded.append(piece)
                places.append(index)
    while folded and folded[-1] == " ":
        folded.pop()
        places.pop()
    return "".join(folded), places


@lru_cache(_MOST_CHARACTERS)
def _folded(character: str) -> str:
    """What a character is compared as: nothing when it has no width, a space for any white space."""
    pieces = unicodedata.normalize("NFKC", character.translate(_TYPOGRAPHY)).casefold()
    return "".join(
        " " if piece.isspace() else piece
        for piece in pieces
        if piece.isspace() or unicodedata.category(piece) != "Cf"
    )


def _letters_only(
    anchor: str, wanted: str, plain: str, places: Sequence[int]
) -> tuple[int, int] | None:
    sought, _ = _letters(wanted)
    letters, keep = _letters(plain)
    at = letters.find(sought)
    if at < 0 or len(sought) < 8:
        return None
    first, last = keep[at], keep[at + len(sought) - 1]
    # A number must not be cut: "12" is not in "512".
    if first and _glued(plain[first - 1], plain[first]):
        return None
    if last + 1 < len(plain) and _glued(plain[last], plain[last + 1]):
        return None
    return places[first], places[last] + 1


@lru_cache(_MOST_KEPT)
def _letters(plain: str) -> tuple[str, Sequence[int]]:
    """Letters and digits alone and, for each of them, its index."""
    keep = [index for index, character in enumerate(plain) if character.isalnum()]
    return "".join([plain[index] for index in keep]), keep


def _elided(anchor: str, wanted: str, plain: str, places: Sequence[int]) -> tuple[int, int] | None:
    pieces = [_normalise(piece)[0] for piece in _ELISION.split(anchor) if piece.strip()]
    if len(pieces) < 2 or any(len(piece) < 8 for piece in pieces):
        return None
    position, first = 0, -1
    for piece in pieces:
        at = _on_boundaries(plain, piece, position)
        if at is None or (first >= 0 and at - position > 300):
            return None
        first = at if first < 0 else first
        position = at + len(piece)
    return places[first], places[position - 1] + 1


def _guarded_fuzzy(wanted: str, plain: str, places: Sequence[int]) -> tuple[int, int] | None:
    match = fuzz.partial_ratio_alignment(wanted, plain, score_cutoff=_FUZZY)
    if match is None or match.dest_end <= match.dest_start:
        return None
    start, end = match.dest_start, match.dest_end
    while start > 0 and plain[start - 1].isalnum():
        start -= 1
    while end < len(plain) and plain[end].isalnum():
        end += 1
    window = re.findall(r"\w+", plain[start:end])
    tokens = re.findall(r"\w+", wanted)
    if any(tokens.count(token) > window.count(token) for token in set(tokens)):
        return None
    return places[start], places[end - 1] + 1
