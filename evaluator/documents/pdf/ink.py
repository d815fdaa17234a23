"""Ink of a word on a drawn page: whether it looks like writing, and like this word's letters."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image, ImageChops, ImageFilter, ImageStat

from ..paint import FAINT, TINY_POINTS
from .raster import Crop
from .words import Word

INVISIBLE = 6
"""Grey levels below which nothing is seen; light grey by design (#bbb on white) changes the page by 68."""
_ABOVE, _BELOW = 0.36, 0.2
"""Of a word's height: above its small letters, and below its baseline."""
_INK = 255
_FAINT_OR_INK = [0 if level < FAINT else _INK for level in range(256)]
_PATCH = 5
"""Pixels that a patch of ink is wide and high."""
_ALIKE = 0.65
"""Correlation of the page with a word's plain shape from which they are the same."""
CLEAR, MUDDLED, DROWNED = 0.93, 0.85, 0.6
"""Of :func:`clearness`: a word is read whatever lies over or under it; nobody reads it, the last where that is large."""
SMALL, _NARROW = 8.4, 0.3
"""Points of a line's height, and width of a letter of its height, below which a word must be darker than others."""
_COLUMNS, _ROWS = 0.45, 0.6
"""Of a word's small letters: shares of columns and rows that have ink in writing."""
_OUTLINED = 32.0
"""Pixels of a line's height from which the outlines of its letters are apart."""
_LOWEST = 1.4
"""Points that the ink of letters is high."""
_THINNEST, _SLANTED, _FULLEST = 0.05, 0.005, 0.6
"""Ink of a word, of its box filled with black; the box of one that slants is mostly empty."""


class PixelBox(NamedTuple):
    """Half-open, from the top left."""

    x0: int
    y0: int
    x1: int
    y1: int

    @classmethod
    def of(cls, word: Word, crop: Crop, scale: float) -> PixelBox:
        """Around a whole word; where its height is a hair's, as high as its letters are wide."""
        flat = max(0.0, 1.5 * (word.x1 - word.x0) / len(word.text) - word.height) / 2
        flat = flat if word.height < TINY_POINTS else 0.0
        return cls._around(word, word.y1 + flat, word.y0 - flat, crop, scale)

    @classmethod
    def letters_of(cls, word: Word, crop: Crop, scale: float) -> PixelBox:
        """Where small letters have their ink, so that the lines above and below lend them none."""
        high, low = word.y1, word.y0
        if scale * (word.x1 - word.x0) > 4 and not word.turned:
            high, low = high - _ABOVE * (high - low), low + _BELOW * (high - low)
        return cls._around(word, high, low, crop, scale)

    @classmethod
    def _around(cls, word: Word, high: float, low: float, crop: Crop, scale: float) -> PixelBox:
        left, _, _, top = crop
        return cls(
            int((word.x0 - left) * scale), int((top - high) * scale),
            int((word.x1 - left) * scale) + 1, int((top - low) * scale) + 1,
        )  # fmt: skip

    def within(self, width: int, height: int) -> PixelBox | None:
        """The part inside a picture; None outside."""
        if self.x0 >= 0 and self.y0 >= 0 and self.x1 <= width and self.y1 <= height:
            return self
        box = PixelBox(max(self.x0, 0), max(self.y0, 0), min(self.x1, width), min(self.y1, height))
        return box if box.x0 < box.x1 and box.y0 < box.y1 else None

    @property
    def area(self) -> int:
        return (self.x1 - self.x0) * (self.y1 - self.y0)


class Ink:
    """Grey levels by which pixels differ between two drawings."""

    def __init__(self, picture: Image.Image) -> None:
        self.width, self.height = picture.size
        self._levels = picture
        self._spots = picture.point(_FAINT_OR_INK)
        self._inked = self._spots.tobytes()
        self._rows = picture.tobytes()

    def has_patch(self) -> bool:
        """Whether somewhere all is ink, as in no letter of running text."""
        return self._spots.reduce(_PATCH).getextrema()[1] == _INK

    def level(self, box: PixelBox) -> int:
        """The largest change in a box."""
        _, high = self._levels.crop(box).getextrema()
        assert isinstance(high, int)
        return high

    def reaches(self, level: float, box: PixelBox) -> bool:
        """Whether the largest change in a box is as large; mostly its middle row tells."""
        start = (box.y0 + box.y1) // 2 * self.width
        return max(self._rows[start + box.x0 : start + box.x1]) >= level or self.level(box) >= level

    def touches(self, box: PixelBox) -> bool:
        """Whether something changes in a box's middle row."""
        start = (box.y0 + box.y1) // 2 * self.width
        return self._inked.find(_INK, start + box.x0, start + box.x1) >= 0

    def is_written(self, box: PixelBox, word: Word) -> bool:
        """Whether the ink is spread over a word as letters spread it, not a spot, a rule or a sliver."""
        inked, width, length = self._inked, self.width, box.x1 - box.x0
        middle = (box.y0 + box.y1) // 2
        start = middle * width + box.x0
        count = inked.count(_INK, start, start + length)
        if length <= 4 or len(word.text) < 3 or word.turned:
            return count > 0 or self.reaches(FAINT, box)
        # Of high letters a slit shows the middle alone.
        off = width * max(1, (box.y1 - box.y0) // 3)
        if (
            0.2 * length <= count <= 0.85 * length
            and inked.find(_INK, start - off, start - off + length) >= 0
            and inked.find(_INK, start + off, start + off + length) >= 0
        ):
            return True
        rows = [
            inked[row + box.x0 : row + box.x1]
            for row in range(box.y0 * width, box.y1 * width, width)
        ]
        full = sum([_INK in row for row in rows])
        over_each_other = 0
        for row in rows:
            over_each_other |= int.from_bytes(row)
        columns = over_each_other.to_bytes(length).count(_INK)
        return full >= max(2, _ROWS * len(rows)) and columns >= _COLUMNS * length


def shows(page: Image.Image, plain: Image.Image, box: PixelBox, word: Word, scale: float) -> float:
    """The contrast, in grey levels, in which a page shows a word; 0 when it shows something else.

    Args:
        page: as it is.
        plain: the same texts alone, as light on black.
        box: the word's, in both.
        word: it.
        scale: pixels per point of both.
    """
    shape = plain.crop(box)
    ink = ImageStat.Stat(shape)
    thinnest = _SLANTED if word.turned else _THINNEST
    if not thinnest <= ink.mean[0] / 255 <= _FULLEST or not _is_spread(shape, word, scale):
        return 0.0
    seen = page.crop(box)
    contrast = _contrast(shape, seen)
    if contrast == 0.0 and word.height * scale >= _OUTLINED:
        # Perhaps it shows their outlines, which small letters fill.
        edges = ImageChops.difference(
            shape.filter(ImageFilter.MaxFilter(3)), shape.filter(ImageFilter.MinFilter(3))
        )
        contrast = _contrast(edges, seen)
    return contrast


def _contrast(shape: Image.Image, seen: Image.Image) -> float:
    """Grey levels by which a picture changes where a shape is; 0 where it is not alike."""
    soft = ImageFilter.BoxBlur(1)
    shape, seen = shape.filter(soft), seen.filter(soft)
    ink, levels = ImageStat.Stat(shape), ImageStat.Stat(seen)
    product = ImageStat.Stat(ImageChops.multiply(shape, seen)).mean[0] * 255
    covariance = product - ink.mean[0] * levels.mean[0]
    spread = ink.stddev[0] * levels.stddev[0]
    if spread <= 0 or abs(covariance) < _ALIKE * spread:
        return 0.0
    return float(255 * abs(covariance) / ink.var[0])


def clearness(page: Image.Image, alone: Image.Image, box: PixelBox) -> float:
    """How much a page looks in a box like what one text alone draws there, up to 1; 0 where that is faint.

    Args:
        page: as it is, with whatever else lies over or under the text.
        alone: where the text changes the page that has no other.
        box: in both.
    """
    shape, seen = alone.crop(box), page.crop(box)
    ink, levels = ImageStat.Stat(shape), ImageStat.Stat(seen)
    spread = ink.stddev[0] * levels.stddev[0]
    if spread <= 0:
        return 0.0
    product = ImageStat.Stat(ImageChops.multiply(shape, seen)).mean[0] * 255
    covariance = abs(product - ink.mean[0] * levels.mean[0])
    contrast = covariance / ink.var[0] * ink.extrema[0][1]
    return float(covariance / spread) if contrast >= FAINT else 0.0


def contrast_needed(word: Word) -> float:
    """Grey levels from which a word is read: small type, and narrow letters of it, must be darker."""
    length = word.x1 - word.x0
    height = min(word.height, length) if word.turned else word.height
    if not TINY_POINTS <= height < SMALL or len(word.text) < 3:
        return FAINT
    strain = (SMALL / height) ** 2
    if not word.turned:
        strain *= max(1.0, _NARROW * height * len(word.text) / max(length, 0.1))
    return FAINT * strain


def share_inside(word: Word, crop: Crop) -> float:
    """Of a word's area, the part on the page."""
    left, bottom, right, top = crop
    if word.x0 >= left and word.y0 >= bottom and word.x1 <= right and word.y1 <= top:
        return 1.0
    across = min(word.x1, right) - max(word.x0, left)
    high = min(word.y1, top) - max(word.y0, bottom)
    whole = max((word.x1 - word.x0) * word.height, 0.01)
    return max(across, 0.0) * max(high, 0.0) / whole


def _is_spread(shape: Image.Image, word: Word, scale: float) -> bool:
    """Whether a word's own shape has the height and the length of letters."""
    columns, rows = shape.point(_INKED_PICTURE).getprojection()
    if len(word.text) < 3 or word.turned:
        return any(columns)
    high = sum(rows)
    return (
        sum(columns) >= 0.3 * len(columns) and high >= 0.3 * len(rows) and high >= _LOWEST * scale
    )


_INKED_PICTURE = [0 if level < 64 else 255 for level in range(256)]
