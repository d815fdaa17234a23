"""Whether words of a printed page stand on the screen as well: the same ink at the same place.

Paper is laid out by rules of its own (its height, its margins, boxes that stay in the window), so a word counts only where
some window that a person scrolls to shows the very picture of it.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageChops, ImageFilter, ImageStat

from ..pdf.ink import PixelBox
from ..pdf.raster import Crop
from ..pdf.words import Word
from .pictures import Tile

SCALE = 96 / 72
"""Pixels of a screen per point."""
_ALIKE = 0.6
"""Correlation from which two pictures are the same; two engines draw the edges of letters differently."""
_WEAKER = 0.5
"""Of the contrast on paper, what the screen must have."""
_ROUNDED = tuple((x, y) for x in (0, 1, -1) for y in (0, 1, -1))
"""Pixels across and down: screens set words on whole ones, and paper does not."""
_FURTHEST = 60


class Screen:
    """A page on paper and on the screen.

    Args:
        paper: at 96 pixels an inch, grey.
        tiles: of the screen, at least one.
    """

    def __init__(self, paper: Image.Image, tiles: list[Tile]) -> None:
        soft = ImageFilter.BoxBlur(1)
        self._paper = paper.filter(soft)
        self._tiles = [
            (tile.top, Image.open(BytesIO(tile.png)).convert("L").filter(soft)) for tile in tiles
        ]
        # What stands in the middle of a window stands in the middle of a sheet, which is a little higher.
        middle = (self._paper.height - self._tiles[0][1].height) // 2
        self._moved = (0, -middle) if 0 < middle <= _FURTHEST else (0,)

    def shows(self, word: Word, crop: Crop) -> bool:
        """Whether the screen shows a word of the page somewhere.

        Args:
            word: in points of the page.
            crop: what of the page is shown.
        """
        box = PixelBox.of(word, crop, SCALE).within(*self._paper.size)
        if box is None:
            return False
        printed = self._paper.crop(box)
        ink = ImageStat.Stat(printed)
        if not ink.stddev[0]:
            return False
        wide, high = printed.size
        places = (
            (tile, box.x0 + across, box.y0 + moved + down - top)
            for top, tile in self._tiles
            for moved in self._moved
            for across, down in _ROUNDED
        )
        return any(
            _agree(printed, ink, tile.crop((x, y, x + wide, y + high)))
            for tile, x, y in places
            if 0 <= x <= tile.width - wide and 0 <= y <= tile.height - high
        )


def _agree(printed: Image.Image, ink: ImageStat.Stat, shown: Image.Image) -> bool:
    seen = ImageStat.Stat(shown)
    if seen.stddev[0] < _WEAKER * ink.stddev[0]:
        return False
    product = ImageStat.Stat(ImageChops.multiply(printed, shown)).mean[0] * 255
    covariance = product - ink.mean[0] * seen.mean[0]
    return bool(covariance >= _ALIKE * ink.stddev[0] * seen.stddev[0])
