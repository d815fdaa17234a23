"""One page of a PDF: its visible lines, links and hidden texts; or, where it is a picture, OCR."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pypdfium2.raw as pdfium_c

from ...errors import DocumentError, Unreadable
from ...models.document import Box
from ..draft import Draft, DraftLine, Hidden
from ..ocr import read_picture, tessdata
from ..picture import add_page
from .actual_text import Claim, remove_claims
from .annotations import Annotations, read_annotations
from .drawn_letters import UNCHECKED, UNTRUE, Letters, Picture
from .drawn_words import page_picture, standing_at, words_seen
from .fields import set_values
from .garbling import has_unmapped, is_garbled
from .objects import PageObjects, page_objects, stand_apart
from .order import PageLine, line_text, lines_in_order
from .raster import CLOSE, Crop, Drawing
from .standing import TURNED, stands_on_its_head
from .structure import Structure, differ
from .tiny import mark_tiny
from .visibility import mark_hidden, runs_of
from .words import Word, join_vertical, read_words, turn

MAX_PAGE_CHARACTERS = 200_000
_SCAN_SHARE = 0.6
"""Of the page; a picture that covers more is the page."""
_UNSEEN_RUN = 5
"""Words of four letters and more, in a row, of a scan's text layer that its picture does not show."""
OTHER_LETTERS = "letters drawn as other letters"
NOT_SHOWN = "a field that is not shown"
NO_ROOM = "a value that its field has no clear room for"
_HOW = {
    "invisible": "text the page does not show",
    "faint": "text too faint to read",
    "tiny": "text too small to read",
    "outside the page": "text outside the page",
    "signs": "symbols drawn instead of letters",
    "overwritten": "text written over other text",
    TURNED: "letters turned over or mirrored",
    UNTRUE: OTHER_LETTERS,
    UNCHECKED: "letters that were not compared with the page",
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a second reading of a page is compared with."""

    text: str
    """All words of the first, hidden ones too."""
    by_words: bool
    for_hidden: bool
    """Only because it hides words."""

    def holds(self, second: str | None) -> bool:
        """Whether the second reading, where there is one, says something else."""
        return second is not None and differ(self.text, second, by_words=self.by_words)


@dataclass
class PageReading:
    """What one page gave."""

    number: int
    height: float
    lines: list[DraftLine] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    """Target and label."""
    hidden: list[Hidden] = field(default_factory=list)
    unverified: list[Hidden] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    doubted: Doubt | None = None
    """Something odd was found, so that a second reading is wanted."""
    is_picture: bool = False
    """Nothing can be read without OCR."""
    layer: str = ""
    """Text that a scan's invisible layer claims, or that decodes to nonsense."""
    confidence: float = 0.0


class Sight(Protocol):
    """Another picture of a page."""

    def shows(self, word: Word, crop: Crop) -> bool:
        """Whether a word stands there too."""
        ...


def read_page(
    document: Any,
    structure: Structure,
    number: int,
    letters: Letters,
    sight: Sight | None = None,
) -> PageReading:
    """Read a page by its text.

    Args:
        document: an open document of pypdfium2.
        structure: of the same file.
        number: 1-based.
        letters: of its typefaces.
        sight: that its words must have besides.
    """
    page = document[number - 1]
    try:
        annotations = read_annotations(document.raw, page.raw)
        if annotations.drawn and pdfium_c.FPDFPage_Flatten(page.raw, 0) == 1:
            # Filled fields and typed remarks become content, as a viewer draws them.
            page.close()
            page = document[number - 1]
        objects = page_objects(page.raw)
        objects.only_texts &= not annotations.over
        claims = remove_claims(objects.marked)
        text_page = pdfium_c.FPDFText_LoadPage(page.raw)
        rotation = page.get_rotation()
        if rotation and stands_on_its_head(text_page, rotation):
            page.set_rotation((rotation + 180) % 360)
        try:
            reader = _PageReader(page, text_page, objects, structure, number, letters)
            return reader.read(annotations, claims, sight)
        finally:
            pdfium_c.FPDFText_ClosePage(text_page)
    finally:
        page.close()


class _PageReader:
    def __init__(
        self,
        page: Any,
        text_page: Any,
        objects: PageObjects,
        structure: Structure,
        number: int,
        letters: Letters,
    ) -> None:
        self._page = page
        self._text_page = text_page
        self._objects = objects
        self._structure = structure
        self._letters = letters
        self._rotation = page.get_rotation()
        self._crop = displayed_box(page, self._rotation)
        self._reading = PageReading(number, self._crop[3] - self._crop[1])
        self._annotated = False

    def read(
        self, annotations: Annotations, claims: list[Claim], sight: Sight | None
    ) -> PageReading:
        reading, number = self._reading, self._reading.number
        self._annotated = annotations.over
        if pdfium_c.FPDFText_CountChars(self._text_page) > MAX_PAGE_CHARACTERS:
            message = f"Page {number} has more than {MAX_PAGE_CHARACTERS:,} characters."
            raise DocumentError(Unreadable.TOO_LARGE, message)
        found = read_words(self._text_page, claims)
        words, odd = found.words, found.odd
        under = [[w for w in words if area.covers(w)] for area in annotations.links]
        notes = [*annotations.notes]
        notes += self._structure.unshown_notes(number) if annotations.unshown else []
        reading.hidden += [Hidden("a note in the file", note, number) for note in notes]
        if found.untrue:
            untrue = " ".join(found.untrue)
            reading.hidden.append(Hidden("a text that stands for other glyphs", untrue, number))
        if odd:
            reading.hidden.append(Hidden("invisible characters", " ".join(odd), number))
        mark_tiny(self._text_page, words, self._crop[2] - self._crop[0])
        if self._rotation:
            turn(words, self._rotation)
        area = self._reading.height * (self._crop[2] - self._crop[0])
        scanned = self._objects.picture > _SCAN_SHARE * max(area, 1.0)
        all_words = words
        ground = self._ground() if annotations.undrawn else None
        words = self._visible(words, scanned) if words else []
        if sight is not None:
            words = [word for word in words if sight.shows(word, self._crop)]
        reading.links = list(_met(annotations, under, scanned))
        if ground is not None:
            words = self._with_fields(self._without_filled(words), ground)
        if is_garbled(words):
            reading.layer = " ".join(word.text for word in words)
            words = []
            reading.is_picture = True
        reading.is_picture |= scanned and not words
        if not reading.is_picture:
            self._add_lines(words)
            if not found.sure or reading.hidden or has_unmapped(words):
                reading.doubted = Doubt(
                    " ".join([word.text for word in all_words]),
                    by_words=not found.sure,
                    for_hidden=found.sure and not has_unmapped(words),
                )
        return reading

    def _ground(self) -> Picture:
        """The page before anything on it is switched off."""
        image, scale = Drawing(self._page.raw, self._objects, self._crop).close(CLOSE)
        return Picture(image, scale, self._crop, self._rotation)

    def _with_fields(self, words: list[Word], page: Picture) -> list[Word]:
        """Texts that a viewer draws into the page, placed before what stands under them."""
        reading = self._reading
        found = self._structure.fields(reading.number)
        told = [(reading.hidden, NOT_SHOWN, field_.text) for field_ in found if not field_.shown]
        drawn = [field_ for field_ in found if field_.shown]
        told += [
            (reading.unverified, "a remark that only some programs draw", field_.text)
            for field_ in drawn
            if not field_.sure
        ]
        for value in set_values([field_ for field_ in drawn if field_.sure], page):
            beyond = " ".join(value.beyond)
            if value.is_off:
                told.append((reading.hidden, NOT_SHOWN, beyond))
            elif beyond:
                told.append((reading.unverified, NO_ROOM, beyond))
            if value.shown:
                low = value.shown[0].y0 + 1.0
                place = next((i for i, word in enumerate(words) if word.y1 < low), len(words))
                words = [*words[:place], *value.shown, *words[place:]]
        for where, how, text in told:
            where.append(Hidden(how, text, reading.number))
        return words

    def _without_filled(self, words: list[Word]) -> list[Word]:
        """Words that no program covers."""
        boxes = [Word("", *box, 0) for box in self._structure.fills(self._reading.number)]
        if self._rotation:
            turn(boxes, self._rotation)
        covered = [word for word in words if any(_lies_in(word, box) for box in boxes)]
        if covered:
            text = " ".join(word.text for word in covered)
            how = "text that some programs cover with a remark"
            self._reading.unverified.append(Hidden(how, text, self._reading.number))
        return [word for word in words if word not in covered]

    def _visible(self, words: list[Word], scanned: bool) -> list[Word]:
        reading = self._reading
        if self._objects.too_many:
            reading.unread.append(
                f"Page {reading.number} has too many objects and was not checked for hidden text."
            )
            return words
        objects = self._objects
        if not (objects.only_texts or objects.has_forms or self._rotation or self._annotated):
            # Where nothing lies behind or over the words the page is as if there were nothing else.
            objects.only_texts = stand_apart(objects.others, words)
        mark_hidden(self._page.raw, self._text_page, objects, words, self._crop, self._letters)
        hidden = [word for word in words if word.hidden]
        if scanned and len(hidden) > 0.8 * len(words):
            # A scan with a text layer: what the layer says is checked against the picture by OCR.
            reading.layer = " ".join(word.text for word in hidden)
            return []
        for kind, how in _HOW.items() if hidden else ():
            text = "\n".join(
                " ".join(word.text for word in words[start:end])
                for start, end in runs_of(words, kind)
            )
            if text:
                told = reading.unverified if kind == UNCHECKED else reading.hidden
                told.append(Hidden(how, text, reading.number))
        if any(word.hidden == UNTRUE for word in hidden):
            words = self._with_what_is_drawn(words)
        return [word for word in words if not word.hidden]

    def _with_what_is_drawn(self, words: list[Word]) -> list[Word]:
        """Words with those that OCR sees where the file claims others."""
        if tessdata() is None or not self._letters.may_be_read():
            return words
        page = self._page.pdf[self._reading.number - 1]
        try:
            seen = words_seen(page, self._crop)
        finally:
            page.close()
        found: list[Word] = []
        last = 0
        for start, end in runs_of(words, UNTRUE):
            found += [*words[last:end], *standing_at(words[start:end], seen)]
            last = end
        return [*found, *words[last:]]

    def _add_lines(self, words: list[Word]) -> None:
        crop = self._crop
        if self._rotation and self._runs_across(words):
            # Written across and turned as a whole: the order is that of the page as it was written.
            turn(words, 360 - self._rotation)
            crop = self._page.get_mediabox()
        if sum([len(w.text) == 1 and w.text.isalnum() for w in words]) > 6:
            words = join_vertical(self._text_page, words)
        number = self._reading.number
        self._reading.lines = [
            DraftLine(line_text(line), number, _line_box(line, crop))
            for line in lines_in_order(words)
        ]

    def _runs_across(self, words: list[Word]) -> bool:
        angles = (pdfium_c.FPDFText_GetCharAngle(self._text_page, w.index) % math.pi for w in words)
        across = sum(bool(a < 0.3 or a > math.pi - 0.3) for a in angles)
        return 2 * across > len(words)


def _lies_in(word: Word, box: Word) -> bool:
    return box.x0 < (word.x0 + word.x1) / 2 < box.x1 and box.y0 < word.middle < box.y1


def _met(
    annotations: Annotations, under: list[list[Word]], scanned: bool
) -> Iterator[tuple[str, str]]:
    """Targets and labels of the links that lie over something; in a scan all words are hidden."""
    for area, covered in zip(annotations.links, under, strict=True):
        if scanned or not covered or not all(word.hidden for word in covered):
            yield area.target, " ".join(word.text for word in covered)


def displayed_box(page: Any, rotation: int) -> Crop:
    """The part of the page that viewers show, turned as they turn it; boxes may be the page tree's."""
    shown = pdfium_c.FS_RECTF()
    if pdfium_c.FPDF_GetPageBoundingBox(page.raw, ctypes.byref(shown)):
        box = (shown.left, shown.bottom, shown.right, shown.top)
    else:
        box = page.get_mediabox()
    if not rotation:
        return box
    corner = Word("", *box, 0)
    turn([corner], rotation)
    return (corner.x0, corner.y0, corner.x1, corner.y1)


def read_page_by_ocr(document: Any, number: int, reading: PageReading) -> PageReading:
    """Read a page as a picture, and compare with it what a text layer claims.

    Raises:
        DocumentError: OCR is not installed.
    """
    page = document[number - 1]
    try:
        picture = page_picture(page)
    finally:
        page.close()
    seen = read_picture(picture)
    draft = Draft()
    add_page(draft, seen, number)
    unseen = _unseen(reading.layer, " ".join(line.text for line in draft.lines))
    if unseen:
        reading.hidden.append(Hidden("a text layer that the picture does not show", unseen, number))
    reading.lines, reading.confidence, reading.height = draft.lines, seen.confidence, seen.height
    return reading


def _unseen(layer: str, seen: str) -> str:
    """Words of a layer in runs that the picture does not show; single ones are OCR's own mistakes."""
    known = set(_WORD.findall(seen.casefold()))
    found: list[str] = []
    run: list[str] = []
    for word in [*layer.split(), ""]:
        if word and (len(word) < 4 or not known & set(_WORD.findall(word.casefold()))):
            run.append(word)
            continue
        if sum([len(w) > 3 for w in run]) >= _UNSEEN_RUN:
            found += run
        run = []
    return " ".join(found)


def _line_box(line: PageLine, crop: Crop) -> Box:
    left, top = crop[0], crop[3]
    x0, y0, x1, y1 = line[0].x0, line[0].y0, line[0].x1, line[0].y1
    for segment in line[1:]:
        x0, x1 = min(x0, segment.x0), max(x1, segment.x1)
        y0, y1 = min(y0, segment.y0), max(y1, segment.y1)
    return Box(
        x0=round(x0 - left, 1),
        y0=round(top - y1, 1),
        x1=round(x1 - left, 1),
        y1=round(top - y0, 1),
    )
