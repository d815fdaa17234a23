"""Which words of a PDF page a person cannot read, judged by how the page is drawn.

The page is drawn with and without its text. A word whose box does not change, changes little or only in
spots is doubtful, whatever made it so (white on white, covered, clipped, transparent, render mode 3, a
layer that is switched off, dots in place of letters). What is doubtful is looked at again: the words are
drawn plainly, and where the page shows the same shapes (outlines, a gradient through letters, a picture
of the text) a person reads them all the same.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageStat

from ..paint import FAINT, TINY_POINTS
from . import pdfium as pdf_engine
from .actual_text import SHAPED
from .drawn_letters import UNTRUE, Letters, Picture, are_seen
from .fonts import draws_one_sign, odd_texts
from .ink import INVISIBLE, Ink, PixelBox, is_clear, shows
from .objects import PageObjects, high_ones
from .overlap import overwritten, stacked, twice
from .raster import CLOSER, Crop, Drawing
from .standing import MIRRORED, TURNED, are_upright, mark_standing
from .words import Word

_LETTER = re.compile(r"[^\W_]")
_SMALL_POINTS = 4.2
"""Height of a line, about 3.6 points of type: below it words cannot be read at the page's own size."""
_PAPER = 595.0
"""Points: width of a sheet, to which a viewer brings a smaller page."""
_DOUBTFUL = "doubtful"
_SENTENCE = 3
"""Words in a row that a typeface of signs claims to spell, from which they are told."""
_STACKED_LIMIT = 200
_LARGE = 24.0
"""Points: letters so high are a watermark when they are faint, and are seen from far."""
_MOSTLY = 0.6
_RESTLESS = 0.15
"""Of a word's strength: mean step between neighbouring pixels behind it."""
_MAX_PIXELS = 60_000_000
"""Most pixels that are looked at a second time on one page."""
_SQUEEZED = 0.13
"""Width of a letter, of its height."""
_TIGHT, _PILED = 0.3, 1.5
"""Of a word: length of its height and letters, from which they are looked at, and ink of its length that is too much."""


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
    shown = [word for word in words if word.hidden in {None, _DOUBTFUL}]
    if not are_upright(objects):
        _mark_standing(page, text_page, drawing, shown)
        shown = [word for word in shown if word.hidden in {None, _DOUBTFUL}]
    own = frozenset(odd.drawn.values())
    letters.mark(text_page, shown, own, lambda: _picture(page, drawing))
    _agree(shown, UNTRUE)
    doubtful = [word for word in words if word.hidden == _DOUBTFUL]
    if doubtful:
        _look_again(text_page, drawing, doubtful)


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
    _agree(words, TURNED)


def _picture(page: Any, drawing: Drawing) -> Picture:
    image, scale = drawing.close(CLOSER)
    return Picture(image, scale, drawing.crop, 90 * pdfium_c.FPDFPage_GetRotation(page))


def _mark_signs(drawn_by: list[int], signs: frozenset[int], words: list[Word]) -> None:
    """Words that a typeface of signs draws: an icon beside an address, or a text nobody can read."""
    if not signs:
        return
    for word, obj in zip(words, drawn_by, strict=True):
        if obj in signs:
            word.hidden = "sign"
    for start, end in runs_of(words, "sign"):
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
    tested = drawing.alone([obj for obj, _ in groups[:_STACKED_LIMIT]])
    clear: set[int] = set()
    for change, (_, members) in zip(tested, groups, strict=False):
        clear |= _mark_alone(members, change, drawing)
    for _, members in groups[_STACKED_LIMIT:]:
        for word in members:
            word.hidden = word.hidden or "overwritten"
    for one, other in pairs:
        if _may_cover(one, other):
            overwritten(one, other, clear)
    _agree(words, "overwritten")


def _mark_alone(words: list[Word], change: Image.Image, drawing: Drawing) -> set[int]:
    """Judge words by what they alone draw; the numbers of those that the page shows just so."""
    _mark(words, Ink(change), None, drawing)
    clear: set[int] = set()
    for word in words:
        box = PixelBox.letters_of(word, drawing.crop, drawing.scale).within(*change.size)
        if box and is_clear(drawing.whole, change, box):
            clear.add(word.index)
        elif box and word.hidden == _DOUBTFUL and _is_pale(word, Ink(change).level(box)):
            word.hidden = "watermark"
    return clear


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
            if ink.level(inside) < FAINT:
                word.hidden = last
        elif _share_inside(word, drawing.crop) < _MOSTLY:
            word.hidden = "outside the page"
        elif (
            (word.height < TINY_POINTS and len(word.text) > 2)
            or not ink.is_written(inside, word)
            or (ground is not None and ground.hides(inside, ink))
        ):
            word.hidden = "watermark" if _is_pale(word, ink.level(inside)) else _DOUBTFUL
        last = word.hidden


def _is_pale(word: Word, level: int) -> bool:
    """Whether it is a watermark, large and faint."""
    return word.height >= _LARGE and INVISIBLE <= level < FAINT


def _share_inside(word: Word, crop: Crop) -> float:
    """Of a word's area, the part on the page."""
    left, bottom, right, top = crop
    if word.x0 >= left and word.y0 >= bottom and word.x1 <= right and word.y1 <= top:
        return 1.0
    across = min(word.x1, right) - max(word.x0, left)
    high = min(word.y1, top) - max(word.y0, bottom)
    whole = max((word.x1 - word.x0) * word.height, 0.01)
    return max(across, 0.0) * max(high, 0.0) / whole


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


def _look_again(text_page: Any, drawing: Drawing, words: list[Word]) -> None:
    """Compare the page with the plain shapes of words that seem not to be on it."""
    whole, plain, scale = drawing.compared(_objects(text_page, words))
    pixels = 0
    for word in words:
        box = PixelBox.of(word, drawing.crop, scale).within(*whole.size)
        pixels += box.area if box else 0
        # What there is no time to look at is not counted.
        looked_at = box if pixels < _MAX_PIXELS else None
        contrast = shows(whole, plain, looked_at, word, scale) if looked_at else 0.0
        if contrast >= FAINT:
            word.hidden = None
        elif contrast >= INVISIBLE:
            word.hidden = "faint"
        else:
            word.hidden = "invisible"
    _agree(words)


def _agree(words: list[Word], kind: str | None = None) -> None:
    """Where most words of a line are hidden, the few that seem visible are hidden too."""
    line: list[Word] = []
    for word in [*words, None]:
        if line and (word is None or abs(word.y0 - line[-1].y0) > 0.3 * line[-1].height):
            hidden = [o.hidden for o in line if o.hidden and kind in {None, o.hidden}]
            if 2 * len(hidden) > len(line):
                for other in line:
                    other.hidden = other.hidden or hidden[0]
            line = []
        if word is not None:
            line.append(word)


def mark_tiny(text_page: Any, words: list[Word], width: float) -> None:
    """Set ``hidden`` on words too small to read; on the page as it is written, before it is turned.

    Args:
        text_page: whose words they are.
        words: in points.
        width: of the page, points.
    """
    enlarged = max(1.0, _PAPER / max(width, 1.0))
    found = False
    for word in words:
        height, length = enlarged * word.height, enlarged * (word.x1 - word.x0)
        letters = len(word.text)
        if height < TINY_POINTS:
            # Some typefaces tell a wrong height; the size they are set in tells the truth.
            flat = length < TINY_POINTS * letters or enlarged * _size(text_page, word) < TINY_POINTS
        else:
            squeezed = not word.turned and length < _SQUEEZED * height * letters
            flat = letters > 2 and (
                height < _SMALL_POINTS or squeezed or _is_piled(text_page, word)
            )
        if flat:
            word.hidden = "tiny"
            found = True
    if found:
        _agree(words, "tiny")


def _is_piled(text_page: Any, word: Word) -> bool:
    """Whether a word's letters lie on each other."""
    length = word.x1 - word.x0
    if length > _TIGHT * word.height * len(word.text) or word.turned or SHAPED.search(word.text):
        return False
    boxes = pdf_engine.ink_boxes(text_page, range(word.index, word.last + 1))
    # Letters of a ligature share one box, and so do some that are drawn twice.
    return sum([right - left for left, _, right, _ in dict.fromkeys(boxes)]) > _PILED * length


def _size(text_page: Any, word: Word) -> float:
    """Points of the type across the line."""
    matrix = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFText_GetMatrix(text_page, word.index, ctypes.byref(matrix)):
        return _PAPER
    size = pdfium_c.FPDFText_GetFontSize(text_page, word.index)
    return float(abs(size) * math.hypot(matrix.c, matrix.d))
