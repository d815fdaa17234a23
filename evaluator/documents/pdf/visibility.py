"""Which words of a PDF page a person cannot read, judged by how the page is drawn.

The page is drawn with and without its text. A word whose box does not change, changes little or only in
spots is doubtful, whatever made it so (white on white, covered, clipped, transparent, render mode 3, a
layer that is switched off, dots in place of letters). What is doubtful is looked at again: the words are
drawn plainly, and where the page shows the same shapes (outlines, a gradient through letters, a picture
of the text) a person reads them all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageStat

from ..paint import FAINT, TINY_POINTS
from . import pdfium as pdf_engine
from .agreement import agree
from .claimed_letters import SIGN, mark_claims
from .drawn_letters import UNTRUE, Letters, Picture, are_seen
from .fonts import draws_one_sign, odd_texts
from .ink import (
    CLEAR,
    DROWNED,
    INVISIBLE,
    MUDDLED,
    SMALL,
    Ink,
    PixelBox,
    clearness,
    contrast_needed,
    share_inside,
    shows,
)
from .objects import PageObjects, high_ones
from .overlap import overwritten, stacked, twice, without_ink
from .raster import CLOSER, Crop, Drawing
from .standing import MIRRORED, TURNED, are_upright, mark_standing
from .tiny import type_size
from .words import Word

_LETTER = re.compile(r"[^\W_]")
_DOUBTFUL = "doubtful"
_TWO_LINES = re.compile(
    r"[\u3040-\u9fff\uac00-\ud7af][A-Za-z]|[A-Za-z][\u3040-\u9fff\uac00-\ud7af]"
)
"""In letters for which the machine has no typeface, the end of one line and the beginning of the next come as one word."""
_SENTENCE = 3
"""Words in a row that a typeface of signs claims to spell, from which they are told."""
_STACKED_LIMIT = 200
_LARGE = 24.0
"""Points: letters so high are a watermark when they are faint, and are seen from far."""
_MOSTLY = 0.6
_RESTLESS = 0.15
"""Of a word's strength: mean step between neighbouring pixels behind it."""
_PARTED = 100
"""Grey levels between the darkest and the lightest row behind a word."""
_BAND = 0.3
"""Of a word's letters: height of the lower ground."""
_AMONG = 0.4
"""Single letters that lie over a word, of its own, from which they are read with it."""
_MAX_PIXELS = 60_000_000
"""Most pixels that are looked at a second time on one page."""


def mark_hidden(
    page: Any,
    text_page: Any,
    objects: PageObjects,
    words: list[Word],
    crop: Crop,
    letters: Letters,
) -> None:
    """Set ``hidden`` on each word that the displayed page does not show."""
    drawn_by = pdf_engine.text_objects(text_page, [word.index for word in words])
    odd = odd_texts(min(objects.texts, [obj for obj in drawn_by if obj], key=len))
    _mark_signs(drawn_by, odd.signs, words)
    drawing = Drawing(page, objects, crop)
    ink = Ink(drawing.change())
    ground_letters = _unread(text_page, objects, drawn_by) if ink.has_patch() else None
    if ground_letters:
        drawing.keep(ground_letters)
        ink = Ink(drawing.change())
    bare = None if objects.only_texts else drawing.without_text()
    blank = bare is None or bare.getextrema() == (255, 255)
    ground = None if bare is None or blank else _Ground(bare)
    _mark(words, ink, ground, drawing)
    if odd.drawn:
        _mark_one_sign(text_page, odd.drawn, drawing, words)
    _mark_stacked(text_page, drawing, words)
    unfilled = pdf_engine.unfilled(objects.texts)
    _doubt(text_page, words, unfilled)
    shown = [word for word in words if word.hidden in {None, _DOUBTFUL}]
    if not are_upright(objects):
        _mark_standing(page, text_page, drawing, shown)
        shown = [word for word in shown if word.hidden in {None, _DOUBTFUL}]
    mark_claims(text_page, shown, lambda: _picture(page, drawing))
    shown = [word for word in shown if word.hidden in {None, _DOUBTFUL}]
    own = frozenset(odd.drawn.values())
    letters.mark(text_page, shown, own, lambda: _picture(page, drawing))
    agree(shown, UNTRUE)
    doubtful = [word for word in words if word.hidden == _DOUBTFUL]
    if doubtful:
        _look_again(text_page, drawing, doubtful, unfilled)


def _doubt(text_page: Any, words: list[Word], unfilled: set[int]) -> None:
    """Words whose ink may be another's or without shape, as it would be looked at for words across the page, filled."""
    for word in words:
        if not word.hidden and len(word.text) > 1 and _LETTER.search(word.text):
            if word.turned and type_size(text_page, word) <= _LARGE:
                word.hidden = _DOUBTFUL
            elif unfilled:
                drawn_by = pdf_engine.text_objects(text_page, range(word.index, word.last + 1))
                if not unfilled.isdisjoint(drawn_by):
                    word.hidden = _DOUBTFUL


def _unread(text_page: Any, objects: PageObjects, drawn_by: list[int]) -> set[int]:
    """Large letters that draw no word, such as all but one of those drawn again and again."""
    count = pdfium_c.FPDFText_CountChars(text_page)
    read = {*drawn_by, *pdf_engine.text_objects(text_page, range(count))}
    return high_ones([text for text in objects.texts if text not in read], _LARGE)


def _mark_standing(page: Any, text_page: Any, drawing: Drawing, words: list[Word]) -> None:
    before = {word.index: word.hidden for word in words}
    mark_standing(text_page, words, 90 * pdfium_c.FPDFPage_GetRotation(page))
    mirrored = [word for word in words if word.hidden == MIRRORED]
    if mirrored:
        # A typeface may be drawn mirrored itself, which sets its letters right.
        picture = _picture(page, drawing)
        for word in mirrored:
            seen = are_seen(text_page, word, picture)
            word.hidden = before[word.index] if seen else TURNED
    agree(words, TURNED)


def _picture(page: Any, drawing: Drawing) -> Picture:
    image, scale = drawing.close(CLOSER)
    return Picture(image, scale, drawing.crop, 90 * pdfium_c.FPDFPage_GetRotation(page))


def _mark_signs(drawn_by: list[int], signs: frozenset[int], words: list[Word]) -> None:
    """Words that a typeface of signs draws: an icon beside an address, or a text nobody can read."""
    if not signs:
        return
    for word, obj in zip(words, drawn_by, strict=True):
        if obj in signs:
            word.hidden = SIGN
    for start, end in runs_of(words, SIGN):
        spelled = [word for word in words[start:end] if sum(map(str.isalpha, word.text)) > 2]
        if len(spelled) >= _SENTENCE:
            for word in words[start:end]:
                word.hidden = "signs"


def _mark_one_sign(
    text_page: Any, own: dict[int, int], drawing: Drawing, words: list[Word]
) -> None:
    """Words of a typeface of the page's own that draws the same sign for every letter."""
    picture, scale = drawing.close()
    boxes = pdf_engine.character_boxes(text_page, pdfium_c.FPDFText_CountChars(text_page))
    glyphs: dict[int, list[tuple[str, Image.Image]]] = {}
    found: dict[int, list[Word]] = {}
    for word in words:
        indexes = range(word.index, word.last + 1)
        drawn_by = pdf_engine.text_objects(text_page, indexes)
        font = own.get(drawn_by[0], 0) if drawn_by else 0
        if not font or word.turned or len(word.text) != len(indexes):
            continue
        found.setdefault(font, []).append(word)
        for letter, index in zip(word.text, indexes, strict=True):
            left, high, right, low = boxes[4 * index : 4 * index + 4]
            spot = Word(letter, left, low, right, high, index)
            box = PixelBox.of(spot, drawing.crop, scale).within(*picture.size)
            if box is not None and letter.isalnum():
                glyphs.setdefault(font, []).append((letter.casefold(), picture.crop(box)))
    for font, members in found.items():
        if draws_one_sign(glyphs.get(font, [])):
            for word in members:
                word.hidden = "signs"


def runs_of(words: list[Word], kind: str) -> Iterator[tuple[int, int]]:
    """Places of words hidden in one way that follow each other on a line."""
    start = None
    for index, word in enumerate(words):
        follows = start is not None and abs(word.y0 - words[index - 1].y0) < 0.5 * word.height
        if start is not None and not (word.hidden == kind and follows):
            yield start, index
            start = None
        if start is None and word.hidden == kind:
            start = index
    if start is not None:
        yield start, len(words)


def _mark_stacked(text_page: Any, drawing: Drawing, words: list[Word]) -> None:
    pairs = stacked([word for word in words if not word.hidden or word.height > _LARGE])
    for one, other in pairs:
        twice(one, other)
    pairs = [pair for pair in pairs if _may_cover(*pair)]
    if not pairs:
        return
    groups = _by_object(text_page, pairs)
    crowded = {
        word
        for one, other in pairs
        for word, beside in ((one, other), (other, one))
        if beside.height <= _LARGE
    }
    massed = {
        word
        for one, other in pairs
        for word, beside in ((one, other), (other, one))
        if min(word.height, beside.height) > _LARGE and len(beside.text) > 1
    }
    tested = drawing.alone([obj for obj, _ in groups[:_STACKED_LIMIT]])
    clear: set[int] = set()
    unseen: set[int] = set()
    for change, (_, members) in zip(tested, groups, strict=False):
        clear |= _mark_alone(members, change, drawing, crowded, massed)
        unseen |= _without_ink(members, change, drawing)
    without_ink(pairs, unseen)
    for _, members in groups[_STACKED_LIMIT:]:
        for word in members:
            word.hidden = word.hidden or "overwritten"
    for one, other in pairs:
        if not _is_small_letter(one) and not _is_small_letter(other) and _may_cover(one, other):
            overwritten(one, other, clear)
    _mark_mixed(pairs, clear)
    agree(words, "overwritten")


def _mark_mixed(pairs: list[tuple[Word, Word]], clear: set[int]) -> None:
    """Words between whose letters single ones stand."""
    among: Counter[Word] = Counter()
    for one, other in pairs:
        among.update([o for o, n in ((one, other), (other, one)) if _is_small_letter(n)])
    for word, count in among.items():
        is_seen = word.index in clear or _TWO_LINES.search(word.text)
        if count > max(1, _AMONG * len(word.text)) and not is_seen:
            word.hidden = word.hidden or "overwritten"


def _mark_alone(
    words: list[Word],
    change: Image.Image,
    drawing: Drawing,
    crowded: set[Word],
    massed: set[Word],
) -> set[int]:
    """Judge words by what they alone draw; the numbers of those that the page shows just so.

    Args:
        words: drawn together.
        change: what they alone draw.
        drawing: of the page.
        crowded: words on a place of others that are not large.
        massed: large words on a place of large ones.
    """
    ink = Ink(change)
    _mark([word for word in words if not _is_small_letter(word)], ink, None, drawing)
    clear: set[int] = set()
    for word in words:
        box = PixelBox.letters_of(word, drawing.crop, drawing.scale).within(*change.size)
        if box is None:
            continue
        if _is_small_letter(word):
            if word.text.isalnum() and not ink.reaches(FAINT, box):
                word.hidden = "invisible"
            continue
        clearly = clearness(drawing.whole, change, box)
        if clearly >= CLEAR:
            clear.add(word.index)
        elif word.hidden == _DOUBTFUL and _is_pale(word, ink.level(box)):
            word.hidden = "watermark"
        elif not word.hidden and clearly < (MUDDLED if word in crowded else DROWNED):
            word.hidden = "overwritten" if word.height <= _LARGE or word in massed else None
    return clear


def _without_ink(words: list[Word], change: Image.Image, drawing: Drawing) -> set[int]:
    ink, crop, scale = Ink(change), drawing.crop, drawing.scale
    doubtful = [word for word in words if word.hidden == _DOUBTFUL]
    boxes = [PixelBox.letters_of(word, crop, scale).within(*change.size) for word in doubtful]
    found = zip(doubtful, boxes, strict=True)
    return {word.index for word, box in found if box and ink.level(box) < INVISIBLE}


def _is_small_letter(word: Word) -> bool:
    """One that may be over or under a word, and says nothing by itself."""
    return len(word.text) < 2 and word.height <= _LARGE


def _may_cover(one: Word, other: Word) -> bool:
    """Whether both are seen, or one is and the other, although it is not read, is large enough to lie over it."""
    smaller, larger = sorted((one, other), key=lambda word: word.height)
    return not smaller.hidden and (not larger.hidden or larger.height > 2 * smaller.height)


def _by_object(
    text_page: Any, pairs: list[tuple[Word, Word]]
) -> list[tuple[tuple[int, ...], list[Word]]]:
    """Words by the objects that draw them."""
    groups: dict[tuple[int, ...], list[Word]] = {}
    for word in {word.index: word for pair in pairs for word in pair}.values():
        objects = _objects(text_page, [word])
        if objects:
            groups.setdefault(tuple(objects), []).append(word)
    return list(groups.items())


def _objects(text_page: Any, words: list[Word]) -> list[int]:
    """Addresses of the texts that draw some words, each once."""
    indexes = [index for word in words for index in range(word.index, word.last + 1)]
    return list({obj: None for obj in pdf_engine.text_objects(text_page, indexes) if obj})


def _mark(words: list[Word], ink: Ink, ground: _Ground | None, drawing: Drawing) -> None:
    last: str | None = None
    for word in words:
        if word.hidden:
            last = word.hidden
            continue
        box = PixelBox.letters_of(word, drawing.crop, drawing.scale)
        inside = box.within(ink.width, ink.height)
        if inside is None:
            word.hidden = "outside the page"
        elif not (word.text.isalpha() or _LETTER.search(word.text)):
            # A hair line says nothing by itself, whether it is seen or not.
            if not ink.reaches(FAINT, inside):
                word.hidden = last
        elif share_inside(word, drawing.crop) < _MOSTLY:
            word.hidden = "outside the page"
        elif (
            (word.height < TINY_POINTS and len(word.text) > 2)
            or not ink.is_written(inside, word)
            or (word.height < SMALL and not ink.reaches(contrast_needed(word), inside))
            or (ground is not None and (ground.hides(inside, ink) or ground.is_parted(inside)))
        ):
            word.hidden = "watermark" if _is_pale(word, ink.level(inside)) else _DOUBTFUL
        last = word.hidden


def _is_pale(word: Word, level: int) -> bool:
    """Whether it is a watermark, large and faint."""
    return word.height >= _LARGE and INVISIBLE <= level < FAINT


class _Ground:
    """The page behind the words."""

    def __init__(self, picture: Image.Image) -> None:
        self._picture = picture
        self._steps = ImageChops.difference(picture, ImageChops.offset(picture, 1, 0))
        self._edges = Ink(self._steps)

    def hides(self, box: PixelBox, ink: Ink) -> bool:
        """Whether it is restless behind a word, and the word not much stronger than that."""
        if box.x1 - box.x0 < 4 or not self._edges.touches(box):
            return False
        steps = self._steps.crop((box.x0 + 1, box.y0, box.x1, box.y1))
        return ImageStat.Stat(steps).mean[0] > _RESTLESS * ink.level(box)

    def is_parted(self, box: PixelBox) -> bool:
        """Whether one edge runs along a word, so that the upper part of its letters has another ground than the lower."""
        high = box.y1 - box.y0
        rows = self._picture.resize((1, high), Image.Resampling.BOX, box=box).tobytes()
        middle = (min(rows) + max(rows)) / 2
        dark = sum([level < middle for level in rows])
        # A line under or through a word is thin.
        return max(rows) - min(rows) > _PARTED and min(dark, high - dark) > _BAND * high


def _look_again(text_page: Any, drawing: Drawing, words: list[Word], unfilled: set[int]) -> None:
    """Compare the page with the plain shapes of words that seem not to be on it."""
    texts = _objects(text_page, words)
    filled = [obj for obj in texts if obj not in unfilled]
    whole, drawn, scale = drawing.compared((filled, [obj for obj in texts if obj in unfilled]))
    pixels = 0
    for word in words:
        box = PixelBox.of(word, drawing.crop, scale).within(*whole.size)
        pixels += box.area if box else 0
        plain = drawn[0] if unfilled.isdisjoint(_objects(text_page, [word])) else drawn[1]
        # What there is no time to look at is not counted.
        looked_at = box if pixels < _MAX_PIXELS else None
        contrast = shows(whole, plain, looked_at, word, scale) if looked_at and plain else 0.0
        if contrast >= contrast_needed(word):
            word.hidden = None
        elif contrast >= INVISIBLE:
            word.hidden = "faint"
        else:
            word.hidden = "invisible"
    agree(words)
