"""Which words of a PDF page a human cannot see, judged by how the page renders.

The page is drawn with and without its text objects. A word whose box does not change is invisible,
whatever trick made it so (white on white, covered, clipped, transparent, render mode 3, a layer that is
switched off, off page); one that changes very little is faint; one under a legible height is tiny.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from .pdf_engine import switch, text_objects
from .pdf_objects import PageObjects
from .pdf_words import Word

SCALE = 0.75
"""Pixels per point of the two drawings; the verdict is nearly independent of it."""
FAINT = 26
"""Grey levels. Light grey by design (#bbb on white) changes the page by about 68."""
INVISIBLE = 6
TINY_POINTS = 2.5
_MAX_SIDE = 2_200
_ABOVE, _BELOW = 0.36, 0.2
"""Of a word's height: above its small letters, and below its baseline."""
_ROW = 12.0
_TOUCH = 1.5
"""Points by which neighbours may overlap: kerning and slanted letters."""
_NEIGHBOURS = 40
_STACKED_LIMIT = 200
_WHITE = 0xFFFFFFFF

Crop = tuple[float, float, float, float]


class Drawing:
    """The page as a grey picture, drawn again with some of its texts switched off."""

    def __init__(self, page: Any, objects: PageObjects, crop: Crop) -> None:
        self._page = page
        self._objects = objects
        width, height = crop[2] - crop[0], crop[3] - crop[1]
        self.scale = min(SCALE, _MAX_SIDE / max(width, height, 1.0))
        self._size = (max(1, math.ceil(width * self.scale)), max(1, math.ceil(height * self.scale)))
        self._bare: Image.Image | None = None

    def _draw(self) -> Image.Image:
        width, height = self._size
        buffer = ctypes.create_string_buffer(width * height)
        bitmap = pdfium_c.FPDFBitmap_CreateEx(
            width, height, pdfium_c.FPDFBitmap_Gray, buffer, width
        )
        pdfium_c.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
        pdfium_c.FPDF_RenderPageBitmap(
            bitmap,
            self._page,
            0,
            0,
            width,
            height,
            0,
            pdfium_c.FPDF_GRAYSCALE | pdfium_c.FPDF_ANNOT,
        )
        pdfium_c.FPDFBitmap_Destroy(bitmap)
        return Image.frombytes("L", self._size, buffer.raw)

    def text(self) -> Change:
        """Where the page changes when no text is drawn; a page of nothing else is blank then."""
        whole = self._draw()
        if self._objects.only_texts:
            return Change(ImageChops.invert(whole))
        switch(self._objects.texts, False)
        self._bare = self._draw()
        return Change(ImageChops.difference(whole, self._bare))

    def alone(self, texts: list[int]) -> Iterator[Change]:
        """Where the page without any text changes when one of ``texts`` is drawn, for each in turn.

        White words over black ones change what is seen and cannot be read; alone they change nothing.
        """
        if not texts:
            return
        bare = self._bare or Image.new("L", self._size, 255)
        switch(self._objects.texts, False)
        for obj in texts:
            switch([obj], True)
            yield Change(ImageChops.difference(bare, self._draw()))
            switch([obj], False)


class Change:
    """Grey levels by which pixels differ between two drawings."""

    def __init__(self, picture: Image.Image) -> None:
        self.width, self.height = picture.size
        self._levels = picture.tobytes()

    def largest(self, x0: int, y0: int, x1: int, y1: int) -> int:
        """The largest change in a box; an ordinary word is decided by its middle row."""
        levels, width = self._levels, self.width
        row = (y0 + y1) // 2 * width
        level = max(levels[row + x0 : row + x1])
        if level >= FAINT:
            return level
        for row in range(y0 * width, y1 * width, width):
            level = max(level, *levels[row + x0 : row + x1], 0)
        return level


def mark_hidden(
    page: Any, text_page: Any, objects: PageObjects, words: list[Word], crop: Crop
) -> None:
    """Set ``hidden`` on each word that the displayed page does not show."""
    drawing = Drawing(page, objects, crop)
    _mark(words, drawing.text(), crop, drawing.scale)
    pairs = _stacked([word for word in words if not word.hidden])
    for one, other in pairs:
        _mark_twice(one, other)
    pairs = [pair for pair in pairs if not any(word.hidden for word in pair)]
    groups = _by_object(text_page, pairs)
    tested = drawing.alone([obj for obj, _ in groups[:_STACKED_LIMIT]])
    for change, (_, members) in zip(tested, groups, strict=False):
        _mark(members, change, crop, drawing.scale)
    for _, members in groups[_STACKED_LIMIT:]:
        for word in members:
            word.hidden = "overwritten"
    for one, other in pairs:
        if not one.hidden and not other.hidden:
            _mark_overwritten(one, other)


def _mark_twice(one: Word, other: Word) -> None:
    """A word drawn twice on one place, for weight or a shadow, is one word."""
    near = abs(one.x0 - other.x0) < 0.2 * one.height and abs(one.y0 - other.y0) < 0.2 * one.height
    if one.text == other.text and near and not one.hidden:
        other.hidden = "twice"


def _mark_overwritten(one: Word, other: Word) -> None:
    """Of two words seen on one place the much smaller is scribbled over the other."""
    smaller, larger = sorted((one, other), key=lambda word: (word.height, -word.index))
    if smaller.height < 0.8 * larger.height and _share_of_height(smaller, larger) > 0.5:
        smaller.hidden = "overwritten"


def _mark(words: list[Word], change: Change, crop: Crop, scale: float) -> None:
    left, _, _, top = crop
    width, height, largest = change.width, change.height, change.largest
    last: str | None = None
    for word in words:
        x0, x1 = int((word.x0 - left) * scale), int((word.x1 - left) * scale) + 1
        high, low = word.y1, word.y0
        if x1 - x0 > 4 and word.upright:
            # Where small letters have their ink, so that the lines above and below lend them none.
            high, low = high - _ABOVE * (high - low), low + _BELOW * (high - low)
        y0, y1 = int((top - high) * scale), int((top - low) * scale) + 1
        x0, y0 = max(x0, 0), max(y0, 0)
        x1, y1 = min(x1, width), min(y1, height)
        if word.hidden:
            pass  # too small already
        elif x0 >= x1 or y0 >= y1:
            word.hidden = "outside the page"
        elif (level := largest(x0, y0, x1, y1)) < FAINT:
            if any(map(str.isalnum, word.text)):
                word.hidden = "invisible" if level < INVISIBLE else "faint"
            else:
                # A hair line says nothing by itself, whether it is seen or not.
                word.hidden = last
        last = word.hidden


def mark_tiny(text_page: Any, words: list[Word]) -> None:
    """Set ``hidden`` on words too small to read; on the page as it is written, before it is turned."""
    for word in words:
        height, width = word.y1 - word.y0, word.x1 - word.x0
        letters = len(word.text)
        if height < TINY_POINTS:
            if width < TINY_POINTS * letters:
                word.hidden = "tiny"
        elif letters > 2 and width < 0.08 * height * letters:
            # Squeezed to a hair's breadth, unless the word runs up the page.
            angle = pdfium_c.FPDFText_GetCharAngle(text_page, word.index) % math.pi
            if angle < 0.3:
                word.hidden = "tiny"


def _stacked(words: list[Word]) -> list[tuple[Word, Word]]:
    """Words that lie on another word: what is seen there may be the other's."""
    rows: dict[int, list[Word]] = {}
    for word in words:
        if len(word.text) > 1:
            for row in range(
                int(word.y0 / _ROW), min(int(word.y1 / _ROW), int(word.y0 / _ROW) + 80) + 1
            ):
                rows.setdefault(row, []).append(word)
    pairs: dict[tuple[int, int], tuple[Word, Word]] = {}
    for line in rows.values():
        line.sort(key=_left)
        reach: list[Word] = []
        furthest = -math.inf
        for word in line:
            if word.x0 + _TOUCH >= furthest:
                reach = []
            else:
                reach = [other for other in reach if other.x1 > word.x0 + _TOUCH]
                for other in reach[-_NEIGHBOURS:]:
                    if _overlap(other, word):
                        pairs[other.index, word.index] = (other, word)
            reach.append(word)
            if word.x1 > furthest:
                furthest = word.x1
    return list(pairs.values())


def _overlap(left: Word, right: Word) -> bool:
    across = min(left.x1, right.x1) - right.x0
    narrow = min(right.x1 - right.x0, left.x1 - left.x0)
    return across > max(_TOUCH, 0.15 * narrow) and _share_of_height(left, right) > 0.25


def _share_of_height(one: Word, other: Word) -> float:
    """Height that two words share, of the lower one's."""
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared / max(0.1, min(one.height, other.height))


def _by_object(text_page: Any, pairs: list[tuple[Word, Word]]) -> list[tuple[int, list[Word]]]:
    words = {word.index: word for pair in pairs for word in pair}
    groups: dict[int, list[Word]] = {}
    for obj, word in zip(text_objects(text_page, words), words.values(), strict=True):
        if obj:
            groups.setdefault(obj, []).append(word)
    return list(groups.items())


def _left(word: Word) -> float:
    return word.x0
