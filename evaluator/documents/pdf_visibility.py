"""Which words of a PDF page a human cannot see, judged by how the page renders.

The page is drawn with and without its text objects. A word whose box does not change is invisible,
whatever trick made it so (white on white, covered, clipped, transparent, render mode 3, a layer that is
switched off, off page); one that changes very little is faint; one under a legible height is tiny.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any

import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops

from .pdf_objects import PageObjects
from .pdf_words import Word

SCALE = 0.75
"""Pixels per point of the two drawings; the verdict is nearly independent of it."""
FAINT = 26
"""Grey levels. Light grey by design (#bbb on white) changes the page by about 68."""
INVISIBLE = 6
TINY_POINTS = 2.5
_MAX_SIDE = 2_200
_STACKED_LIMIT = 24
_WHITE = 0xFFFFFFFF

Crop = tuple[float, float, float, float]


class Drawing:
    """The page as a grey picture, drawn again with some of its texts switched off."""

    def __init__(self, page: Any, crop: Crop) -> None:
        self._page = page
        width, height = crop[2] - crop[0], crop[3] - crop[1]
        self.scale = min(SCALE, _MAX_SIDE / max(width, height, 1.0))
        self._size = (max(1, math.ceil(width * self.scale)), max(1, math.ceil(height * self.scale)))
        self._whole = self._draw()

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

    def text(self, objects: PageObjects) -> Change:
        """Where the page changes when no text is drawn; a page of nothing else is blank then."""
        if objects.only_texts:
            return Change(ImageChops.invert(self._whole))
        return self.without(objects.texts)

    def without(self, texts: list[Any]) -> Change:
        """Where the page changes when ``texts`` are not drawn."""
        switch = pdfium_c.FPDFPageObj_SetIsActive
        for obj in texts:
            switch(obj, False)
        bare = self._draw()
        for obj in texts:
            switch(obj, True)
        return Change(ImageChops.difference(self._whole, bare))


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
    drawing = Drawing(page, crop)
    _mark(words, drawing.text(objects), crop, drawing.scale)
    pairs = _stacked([word for word in words if not word.hidden])
    for obj, members in _by_object(text_page, pairs):
        _mark(members, drawing.without([obj]), crop, drawing.scale)
    for lower, upper in pairs:
        if not lower.hidden and not upper.hidden:
            _mark_overwritten(lower, upper)


def _mark_overwritten(one: Word, other: Word) -> None:
    """Two seen words on one place: drawn twice for weight, or one scribbled over the other."""
    smaller, larger = sorted((one, other), key=lambda word: (word.height, -word.index))
    if smaller.text == larger.text:
        smaller.hidden = "twice"
    elif smaller.height < 0.8 * larger.height:
        smaller.hidden = "overwritten"


def _mark(words: list[Word], change: Change, crop: Crop, scale: float) -> None:
    left, _, _, top = crop
    width, height, largest = change.width, change.height, change.largest
    last: str | None = None
    for word in words:
        x0, x1 = int((word.x0 - left) * scale), int((word.x1 - left) * scale) + 1
        y0, y1 = int((top - word.y1) * scale), int((top - word.y0) * scale) + 1
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
        if len(word.text) > 2:
            rows.setdefault(int((word.y0 + word.y1) / 12), []).append(word)
    pairs: list[tuple[Word, Word]] = []
    for key, row in rows.items():
        line = sorted(row + rows.get(key + 1, []), key=_left)
        widest = line[0]
        for word in line[1:]:
            if _overlap(widest, word):
                pairs.append((widest, word))
            if word.x1 > widest.x1:
                widest = word
    return pairs


def _overlap(left: Word, right: Word) -> bool:
    across = min(left.x1, right.x1) - right.x0
    if across <= 0:
        return False
    along = min(left.y1, right.y1) - max(left.y0, right.y0)
    narrow = min(right.x1 - right.x0, left.x1 - left.x0)
    return across > 0.5 * narrow and along > 0.5 * min(right.height, left.height)


def _by_object(text_page: Any, pairs: list[tuple[Word, Word]]) -> list[tuple[Any, list[Word]]]:
    groups: dict[int, tuple[Any, list[Word]]] = {}
    for word in {word.index: word for pair in pairs for word in pair}.values():
        obj = pdfium_c.FPDFText_GetTextObject(text_page, word.index)
        if obj:
            groups.setdefault(ctypes.addressof(obj.contents), (obj, []))[1].append(word)
    return list(groups.values())[:_STACKED_LIMIT]


def _left(word: Word) -> float:
    return word.x0
