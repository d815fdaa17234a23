"""An advert's sentences and what they are: musts, nice-to-haves, tasks, or what nobody is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..models.document import Document
from ..structure.blocks import blocks_of
from ..structure.sentences import sentences
from .advert_words import forms, kinds, years_in
from .names import find_names
from .speech import languages_in

_HEADING_WORDS, _LEAD_WORDS, _MARK_WORDS = 9, 6, 4
_PARAGRAPH = 60
"""Letters that a paragraph below a heading has at least; items of a list without bullets end without a full stop."""
_ENDS_PARAGRAPH = re.compile(r"[.!?。！？]\s*$")
_ORNAMENT = re.compile(r"^[-=~_*#]{2,}\s*(\S.*?)\s*[-=~_*#]{2,}$")
_ENDS = re.compile(r"[.!;,]\s*$")
_BULLET = re.compile(
    r"\s*(?:->|=>|[•▪◦‣·●○■□➢►▸❖✓✔*»~+–—-]|[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f?|\d{1,2}[.)]|\(?(?:\d{1,2}|[ivx]{1,5}|[a-h])\))\s+"
)
_INNER = re.compile(r"\s*(?:^|\s)(?:->|~|\*)\s+", re.M)
_TITLE_LINES = 2
_SAYS = re.compile(r"\w.*\w")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mind|min|max|ggf|inkl|bzw|ca|env|aprox|mín|máx|incl|bijv|ej|ex|o|z|p)|[\s(]\w)\.$",
    re.I,
)
_LEAD = re.compile(r"\s*([^:：]{2,60}?)\s*[:：]\s+(?=\S)")
_PART = re.compile(r"\s*[;；]\s+")
_LINE_START = re.compile(r"\n")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
"""A preference in brackets is one among what is asked, such as “a cloud (preferably AWS)”."""
_MARKUP = re.compile(r"[*_#`]+")


class Demand(StrEnum):
    """What a sentence of an advert is for."""

    MUST = "must"
    NICE = "nice"
    TASK = "tasks"
    OFFER = "offer"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence or bullet, without its mark."""

    text: str
    """White space made plain; the words are the advert's."""
    said: Demand
    turned: bool = False
    """Its own words say so, not its heading."""


def statements(document: Document) -> Iterator[Statement]:
    """The statements of an advert in reading order, each with what it is for."""
    pieces = list(_pieces(document))
    now, asked, listed = Demand.ABOUT, False, False
    for number, piece in enumerate(pieces):
        if piece.said is not None:
            yield from _of_piece(piece.text, piece.said)
            continue
        if _is_heading(pieces, number):
            introduces = number > 0 and _is_heading(pieces, number - 1)
            known = _kind_of(piece.text) or (now if introduces else None)
            now = known or _guessed(pieces, number, asked=asked)
            asked, listed = asked or now is Demand.MUST, False
            continue
        kind, rest = _led(piece.text)
        if kind and not piece.item:
            now = kind
        elif listed and not piece.item and (piece.gap or not document.wrapped):
            # What stands in a paragraph below a list is about the employer again.
            now = Demand.ABOUT
        listed = listed or piece.item
        if not rest.endswith(":"):
            yield from _of_piece(rest, kind or now)


def _of_piece(text: str, said: Demand) -> Iterator[Statement]:
    """The statements of one paragraph; in running text what follows a must is one as long as it speaks of the person."""
    asks = said in {Demand.MUST, Demand.NICE}
    goes_on = False
    for sentence in _sentences(text):
        for part in _PART.split(sentence):
            own = _turned(part, said)
            if own is Demand.MUST and not asks:
                goes_on = True
            elif goes_on and own is said and forms("person").search(part):
                own = Demand.MUST
            if _SAYS.search(part):
                yield Statement(part.strip(), own, own is not said)


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; a full stop after an abbreviation ends none."""
    start: int | None = None
    for first, last in sentences(text):
        start = first if start is None else start
        if _ABBREVIATED.search(text, start, last):
            continue
        yield text[start:last]
        start = None
    if start is not None:
        yield text[start:]


def pieces_of(document: Document) -> Iterator[str]:
    """The paragraphs and bullets of an advert, white space made plain."""
    for piece in _pieces(document):
        yield piece.text


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    item: bool
    gap: bool
    heads: bool = False
    """Marks before and behind it make it a heading."""
    said: Demand | None = None
    """What a cell of its row says of it, such as “required”."""


def _pieces(document: Document) -> Iterator[_Piece]:
    for block in blocks_of(document):
        raw = document.text[block.start : block.end]
        if (row := _row(raw)) is not None:
            yield row
            continue
        for number, point in enumerate(_INNER.split(raw)):
            for line, part in enumerate(_led_lines(point)):
                text = " ".join(_MARKUP.sub(" ", part).split())
                mark = _BULLET.match(text + " ")
                text = text[mark.end() :] if mark else text
                if ornament := _ORNAMENT.match(text):
                    yield _Piece(ornament[1], False, True, heads=True)
                elif text:
                    item = bool(mark) or block.item or number > 0
                    yield _Piece(text, item, block.gap and number == line == 0)


def _row(raw: str) -> _Piece | None:
    """A row of a table with a cell that says how much the rest is asked for; None where none does."""
    cells = [" ".join(_MARKUP.sub(" ", cell).split()) for cell in raw.split("\t")]
    for at in (len(cells) - 1, 0):
        rest = " ".join(cells[:at] + cells[at + 1 :])
        said = _kind_of(cells[at]) if 0 < len(cells[at].split()) <= _MARK_WORDS else None
        if said in {Demand.MUST, Demand.NICE} and (len(rest.split()) > 1 or _names_something(rest)):
            return _Piece(rest, True, False, said=said)
    return None


def _names_something(text: str) -> bool:
    return bool(find_names(text) or years_in(text) or languages_in(text))


def _led_lines(text: str) -> Iterator[str]:
    """A paragraph, parted before each line that begins with a lead such as “Nice to have:”."""
    start = 0
    for line in _LINE_START.finditer(text):
        end = text.find("\n", line.end())
        if _led(text[line.end() : end if end >= 0 else len(text)])[0]:
            yield text[start : line.start()]
            start = line.end()
    yield text[start:]


def _is_heading(pieces: list[_Piece], number: int) -> bool:
    piece = pieces[number]
    if piece.heads:
        return True
    is_numbered = piece.item and piece.gap and piece.text.isupper() and not _names_something(piece.text)  # fmt: skip
    said = _IN_BRACKETS.sub("", piece.text)
    if (piece.item and not is_numbered) or len(said.split()) > _HEADING_WORDS or _ENDS.search(piece.text):  # fmt: skip
        return False
    kind, rest = _led(piece.text)
    if kind and _names_something(rest):
        return False
    if piece.text.endswith((":", "?", "…")) or piece.text.isupper() or _kind_of(piece.text):
        return True
    following = pieces[number + 1] if number + 1 < len(pieces) else None
    before = pieces[number - 1] if number else None
    if len(piece.text.split()) > _LEAD_WORDS:
        return False
    if following is not None and not following.item and not _names_something(piece.text):
        told = following.text
        return len(told) >= _PARAGRAPH and _ENDS_PARAGRAPH.search(told) is not None
    return bool((following and following.item) or (piece.gap and before and before.item))


def _guessed(pieces: list[_Piece], number: int, *, asked: bool) -> Demand:
    """What an unknown heading opens: behind the musts, what asks is nice to have; before them, its content says."""
    items: list[str] = []
    for piece in pieces[number + 1 :]:
        if not piece.item:
            break
        items.append(piece.text)
    if asked:
        told = items or [s for p in pieces[number + 1 : number + 2] for s in _sentences(p.text)]
        return Demand.NICE if 2 * sum(map(_asks, told)) >= len(told) > 0 else Demand.ABOUT
    if not items:
        return Demand.ABOUT
    asks = sum(
        bool(forms("person").search(item) or find_names(item)) and not forms("doing").match(item)
        for item in items
    )
    return Demand.MUST if 2 * asks >= len(items) and number > _TITLE_LINES else Demand.TASK


def _asks(text: str) -> bool:
    """Whether a sentence reads as something that somebody may bring."""
    if forms("unasked").search(text) or forms("employer").match(text):
        return False
    return _names_something(text) or any(forms(kind).search(text) for kind in ("person", "slight", "certificate", "degree_any"))  # fmt: skip


def _led(text: str) -> tuple[Demand | None, str]:
    """What a lead such as “Nice to have:” says of the rest of its line."""
    lead = _LEAD.match(text)
    if lead is None or len(lead[1].split()) > _LEAD_WORDS:
        return None, text
    kind = _kind_of(lead[1])
    return (kind, text[lead.end() :]) if kind else (None, text)


def _kind_of(text: str) -> Demand | None:
    for kind in kinds("headings"):
        if forms(kind, "headings").search(text):
            return Demand(kind)
    return None


def _turned(sentence: str, said: Demand) -> Demand:
    """What a sentence says of itself goes before its heading."""
    asks = said in {Demand.MUST, Demand.NICE}
    sentence = _IN_BRACKETS.sub(lambda m: "" if forms("rather").search(m[0]) else m[0], sentence)
    if forms("nice").search(sentence) and (asks or said is not Demand.OFFER):
        return Demand.NICE
    if not asks and said is not Demand.OFFER and forms("must").search(sentence):
        return Demand.MUST
    return said
