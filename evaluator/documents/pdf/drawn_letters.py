"""Typefaces of a PDF that draw other letters than the file says.

Every letter that the text claims is drawn once for each typeface and compared with known faces. A sample of the page's
own glyphs is measured against these drawings: where a typeface has several glyphs for one letter, or none that can be
asked for, its words are compared with the picture of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from PIL import Image, ImageChops

from ..glyphs.denial import denied
from ..glyphs.letters import compared, likeness
from ..glyphs.shapes import GlyphVerdict, Judgement, seen, shape_of
from ..glyphs.sheet import Glyph, Sheets, alphabet
from ..ocr import MAX_PAGES
from . import pdfium as pdf_engine
from .ink import PixelBox
from .raster import Crop
from .words import Word, turn

UNTRUE = "untrue"
"""Hidden so: what the page draws is something else."""
UNCHECKED = "unchecked"
"""Hidden so: there was no time to look."""
_FEWEST_TOGETHER = 5
"""Of all typefaces of a document; honest ones have two at most."""
_OTHERWISE = 0.12
"""Sizes of the type by which a glyph on the page differs from the drawn one in width or height."""
_SEEN, _UNSEEN = 0.7, 0.5
"""Of a word's letters, how many the page confirms, or denies."""
_AGAINST = 0.12
"""How many may be denied in a word that is seen."""
_SURE, _PLENTY = 0.6, 3
_MOST_LOOKS = 6_000
"""Glyphs of one page that are looked at."""
_FAINT = 24
_OVERHANG = 0.05
"""Of its height: how far the ink of a letter reaches into the next."""
_SAMPLE = 120
"""Words of one page of which a glyph is measured."""
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATES = range(0xD800, 0xE000)
"""Halves of characters that no typeface can be asked for."""
_LIGATURES = frozenset(
    "ff fi fl ffi ffl fj ffj fb ffb fh ffh fk ffk ft fft fti tt ti tti tf ct st sp Th Qu ch ck tz ij IJ gy ty".split()
)
"""Letters that typefaces draw as one glyph."""
_AROUND = 4
_NARROWEST = 0.15
"""Width of a letter, of its height."""


_Edges = tuple[float, float, float, float]


class Picture(NamedTuple):
    """Of the page as it is displayed."""

    image: Image.Image
    scale: float
    """Pixels per point."""
    crop: Crop
    rotation: int


class _Typeface:
    def __init__(self) -> None:
        self.glyphs: dict[str, Glyph] = {}
        self.judged: dict[str, Judgement] = {}
        self.denied: frozenset[str] = frozenset()
        self.against: frozenset[str] = frozenset()
        """Letters that look like others, however few they are."""
        self.odd: frozenset[str] = frozenset()
        """Those that surely are others."""

    def add(self, glyphs: dict[str, Glyph]) -> None:
        known = alphabet()
        for letter, glyph in glyphs.items():
            self.glyphs[letter] = glyph
            if glyph.shape is not None:
                self.judged[letter] = known.judged(letter, glyph.shape)
        self.denied = denied(self.judged)
        self.against = frozenset(
            letter for letter, one in self.judged.items() if one.verdict is GlyphVerdict.DENIED
        )
        self.odd |= frozenset(
            letter
            for letter, glyph in glyphs.items()
            if letter.isascii() and glyph.shape and known.is_another(letter, glyph.shape)
        )


class Letters:
    """What is known of the typefaces of one document."""

    def __init__(self) -> None:
        self._sheets = Sheets()
        self._faces: dict[int, _Typeface] = {}
        self._pages_read = 0

    def may_be_read(self) -> bool:
        """Whether OCR has time for one more page of this document."""
        self._pages_read += 1
        return self._pages_read <= MAX_PAGES

    def close(self) -> None:
        """Before the document is closed."""
        self._sheets.close()

    def mark(
        self, text_page: Any, words: list[Word], own: frozenset[int], look: Callable[[], Picture]
    ) -> None:
        """Set ``hidden`` on the words of a page that are drawn as something else.

        Args:
            text_page: whose words they are.
            words: those that may be seen.
            own: typefaces that the page draws itself; what they say of their size may be untrue.
            look: draws the page.
        """
        # Another place in every word, so that none is safe from being looked at.
        sample = [w.index + n % (w.last + 1 - w.index) for n, w in enumerate(words)]
        fonts = _fonts(text_page, sample)
        self._draw(words, fonts)
        doubted = self._mistaken(text_page, words, sample, fonts).union(own.intersection(fonts))
        true = _look_at(text_page, words, doubted, look()) if doubted else frozenset()
        self._deny_together()
        here = {font: self._faces[font] for font in fonts if font in self._faces}
        if any(face.denied for face in here.values()):
            self._mark_denied(text_page, [word for word in words if word.index not in true])
        odd = {font: face for font, face in here.items() if face.odd and not face.denied}
        if odd:
            _mark_odd(text_page, [word for word in words if not word.hidden], odd)

    def _deny_together(self) -> None:
        """Take typefaces of a few letters each, as a text may be cut into, for one."""
        others = [face for face in self._faces.values() if not face.denied]
        if sum([len(face.against) for face in others]) >= _FEWEST_TOGETHER:
            for face in others:
                face.denied = face.against

    def _draw(self, words: list[Word], fonts: list[int]) -> None:
        texts: dict[int, list[str]] = {}
        for word, font in zip(words, fonts, strict=True):
            if font:
                texts.setdefault(font, []).append(word.text)
        for font, claimed in texts.items():
            face = self._faces.setdefault(font, _Typeface())
            new = compared("".join(claimed)).difference(face.glyphs)
            if new:
                face.add(self._sheets.draw(pdf_engine.handle_of_font(font), "".join(sorted(new))))

    def _mistaken(
        self, text_page: Any, words: list[Word], sample: list[int], fonts: list[int]
    ) -> set[int]:
        """Typefaces of which a glyph on the page is not as it was drawn."""
        step = 1 + len(words) // _SAMPLE
        chosen = [n for n in range(0, len(words), step) if not words[n].turned]
        indexes = [sample[n] for n in chosen]
        boxes = pdf_engine.ink_boxes(text_page, indexes)
        following = pdf_engine.ink_boxes(text_page, [index + 1 for index in indexes])
        sizes = pdf_engine.type_sizes(text_page, indexes)
        codes = pdf_engine.codes(text_page, indexes)
        found = set()
        for n, code, box, after, size in zip(chosen, codes, boxes, following, sizes, strict=True):
            face, letter = self._faces.get(fonts[n]), chr(code)
            if code in _SURROGATES or (
                face
                and letter in face.glyphs
                and (box == after or not _measures(face.glyphs[letter], box, size))
                and not _is_ligature(text_page, sample[n], words[n])
            ):
                found.add(fonts[n])
        return found

    def _mark_denied(self, text_page: Any, words: list[Word]) -> None:
        for word in words:
            if word.hidden != UNCHECKED and any(
                font in self._faces and letter in self._faces[font].denied
                for font, letter in _characters(text_page, word)
            ):
                word.hidden = UNTRUE


def _fonts(text_page: Any, indexes: list[int]) -> list[int]:
    objects = pdf_engine.text_objects(text_page, indexes)
    known = list({obj for obj in objects if obj})
    font_of = dict(zip(known, pdf_engine.fonts_of(known), strict=True))
    return [font_of.get(obj, 0) for obj in objects]


def _characters(text_page: Any, word: Word) -> list[tuple[int, str]]:
    """Typeface and letter of each."""
    indexes = range(word.index, word.last + 1)
    letters = _whole([chr(code) for code in pdf_engine.codes(text_page, indexes)])
    return list(zip(_fonts(text_page, list(indexes)), letters, strict=True))


def _whole(units: list[str]) -> list[str]:
    """Pairs of units as the character they mean, and nothing for the second."""
    for place in range(1, len(units)):
        pair = units[place - 1] + units[place]
        if _PAIR.fullmatch(pair):
            whole = pair.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
            units[place - 1 : place + 1] = [whole, ""]
    return units


def _is_ligature(text_page: Any, index: int, word: Word) -> bool:
    """Whether a character shares its glyph with others, as some do in every typeface."""
    indexes = range(max(word.index, index - _AROUND), min(word.last, index + _AROUND) + 1)
    boxes = pdf_engine.ink_boxes(text_page, indexes)
    own = boxes[indexes.index(index)]
    joined = [place for place, box in zip(indexes, boxes, strict=True) if box == own]
    return _may_join("".join(map(chr, pdf_engine.codes(text_page, joined))), own)


def _may_join(letters: str, box: _Edges) -> bool:
    left, top, right, bottom = box
    is_wide = right - left >= _NARROWEST * (top - bottom) * len(letters)
    return letters in _LIGATURES and is_wide


def _measures(glyph: Glyph, box: _Edges, size: tuple[float, float]) -> bool:
    """Whether a glyph on the page is as wide and as high as the drawn one."""
    left, top, right, bottom = box
    across, up = size
    if across <= 0 or up <= 0:
        return True
    return (
        abs((right - left) / across - glyph.width) < _OTHERWISE
        and abs((top - bottom) / up - glyph.height) < _OTHERWISE
    )


def _look_at(
    text_page: Any, words: list[Word], doubted: set[int], picture: Picture
) -> frozenset[int]:
    """Judge the words of some typefaces by the picture of the page.

    Returns:
        Numbers of the first characters of words that the page shows.
    """
    true = set()
    suspected: dict[int, list[_Suspect]] = {}
    looks = 0
    for word in words:
        found = [
            (font, letter, word.index + place)
            for place, (font, letter) in enumerate(_characters(text_page, word))
            if font in doubted and likeness(letter)
        ]
        looks += len(found)
        if looks > _MOST_LOOKS:
            word.hidden = UNCHECKED
        elif found and not word.turned:
            verdicts = Counter(_verdicts(text_page, found, picture))
            if not verdicts[GlyphVerdict.DENIED] and verdicts[
                GlyphVerdict.CONFIRMED
            ] >= _SEEN * len(found):
                true.add(word.index)
            elif verdicts[GlyphVerdict.DENIED] >= _UNSEEN * len(found):
                suspected.setdefault(found[0][0], []).append(_Suspect(word, verdicts))
    for suspects in suspected.values():
        # In a single short word a stain or a neighbour can make the difference.
        if any(one.is_sure for one in suspects):
            for one in suspects:
                one.word.hidden = UNTRUE
    return frozenset(true)


def _mark_odd(text_page: Any, words: list[Word], odd: dict[int, _Typeface]) -> None:
    """Judge words with the few letters that a typeface draws as others: the page has to have that very glyph."""
    same: dict[tuple[int, str], Counter[bool]] = {}
    found: list[tuple[Word, list[tuple[int, str]]]] = []
    for word in words:
        indexes, keys = [], []
        for place, key in enumerate(_characters(text_page, word)):
            if key[0] in odd and key[1] in odd[key[0]].odd:
                keys.append(key)
                indexes.append(word.index + place)
        if keys and not word.turned:
            found.append((word, keys))
            boxes = pdf_engine.ink_boxes(text_page, indexes)
            sizes = pdf_engine.type_sizes(text_page, indexes)
            for key, box, size in zip(keys, boxes, sizes, strict=True):
                glyph = odd[key[0]].glyphs[key[1]]
                same.setdefault(key, Counter())[_measures(glyph, box, size)] += 1
    for word, keys in found:
        if any(same[key][True] >= _UNSEEN * same[key].total() for key in keys):
            word.hidden = UNTRUE


def are_seen(text_page: Any, word: Word, picture: Picture) -> bool:
    """Whether the picture of a page shows a word's letters where the file has them."""
    found = [
        (font, letter, word.index + place)
        for place, (font, letter) in enumerate(_characters(text_page, word))
        if likeness(letter)
    ]
    verdicts = Counter(_verdicts(text_page, found, picture))
    return verdicts[GlyphVerdict.CONFIRMED] >= _SEEN * len(found) and verdicts[
        GlyphVerdict.DENIED
    ] <= _AGAINST * len(found)


class _Suspect(NamedTuple):
    """A word whose letters the page seems not to show."""

    word: Word
    verdicts: Counter[GlyphVerdict]

    @property
    def is_sure(self) -> bool:
        against = self.verdicts[GlyphVerdict.DENIED]
        return against >= _PLENTY and against >= _SURE * self.verdicts.total()


def _verdicts(
    text_page: Any, found: list[tuple[int, str, int]], picture: Picture
) -> list[GlyphVerdict]:
    """On letters of one word, as they stand on the page."""
    indexes = [index for _, _, index in found]
    boxes = pdf_engine.ink_boxes(text_page, indexes)
    following = pdf_engine.boxes_of(text_page, [index + 1 for index in indexes])
    joined: dict[_Edges, str] = {}
    for (_, letter, _), box in zip(found, boxes, strict=True):
        joined[box] = joined.get(box, "") + letter
    verdicts = []
    for (_, letter, _), box, after in zip(found, boxes, following, strict=True):
        if len(joined[box]) == 1:
            verdicts.append(seen_as(letter, _without(box, after), picture))
        else:
            together = _may_join(joined[box], box)
            verdicts.append(GlyphVerdict.OPEN if together else GlyphVerdict.DENIED)
    return verdicts


def _without(box: _Edges, after: _Edges) -> _Edges:
    """A box without the next character, which that of a typeface of the page's own may reach over."""
    left, top, right, bottom = box
    end = after[0] + _OVERHANG * (top - bottom)
    return (left, top, end, bottom) if left < after[0] and end < right else box


def seen_as(letter: str, edges: tuple[float, ...], picture: Picture) -> GlyphVerdict:
    """Whether the picture of a page shows a letter between some edges: left, top, right and bottom."""
    left, top, right, bottom = edges
    spot = Word(letter, left, bottom, right, top, 0)
    if picture.rotation:
        turn([spot], picture.rotation)
    box = PixelBox.of(spot, picture.crop, picture.scale).within(*picture.image.size)
    if box is None:
        return GlyphVerdict.OPEN
    glyph = picture.image.crop(box)
    corner = picture.image.getpixel((max(box.x0 - 1, 0), max(box.y0 - 1, 0)))
    assert isinstance(corner, int)
    ink = ImageChops.difference(glyph, Image.new("L", glyph.size, corner))
    _, high = ink.getextrema()
    assert isinstance(high, int)
    if high < _FAINT:
        return GlyphVerdict.OPEN
    ink = ink.point([min(255, level * 255 // high) for level in range(256)])
    edge = seen(ink).getbbox()
    assert edge is not None
    return alphabet().judged(letter, shape_of(ink, edge)).verdict
