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
_NEAR = [sign * y for y in range(1, 401) for sign in (1, -1)]
_LONG = 24
"""Pixels of a word that is like no other by chance."""
_TRIES = 12
"""Words of a page that are looked for further away."""


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
        self._moved = [0, -middle] if 0 < middle <= _FURTHEST else [0]
        self._tries = _TRIES

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
        if any(
            self._stands(printed, ink, box, across, moved + down)
            for moved in self._moved
            for across, down in _ROUNDED
        ):
            return True
        if not self._tries or printed.width < _LONG:
            return False
        # Columns break elsewhere on paper, and then all that stands in one is moved by as much.
        self._tries -= 1
        found = next((y for y in _NEAR if self._stands(printed, ink, box, 0, y)), None)
        if found is not None:
            self._moved.append(found)
        return found is not None

    def _stands(
        self, printed: Image.Image, ink: ImageStat.Stat, box: PixelBox, across: int, down: int
    ) -> bool:
        """Whether some part of the screen has the picture of a word so many pixels from where paper has it."""
        wide, high = printed.size
        x = box.x0 + across
        return 0 <= x <= self._paper.width - wide and any(
            _agree(printed, ink, tile.crop((x, y, x + wide, y + high)))
            for top, tile in self._tiles
            if 0 <= (y := box.y0 + down - top) <= tile.height - high and x <= tile.width - wide
        )


def _agree(printed: Image.Image, ink: ImageStat.Stat, shown: Image.Image) -> bool:
    seen = ImageStat.Stat(shown)
    if seen.stddev[0] < _WEAKER * ink.stddev[0]:
        return False
    # By the variance of the difference: products of faint pictures, in whole grey levels, are mostly what was rounded off.
    apart = ImageStat.Stat(ImageChops.subtract(printed, shown, 2.0, 128)).var[0] * 4
    covariance = (ink.var[0] + seen.var[0] - apart) / 2
    return bool(covariance >= _ALIKE * ink.stddev[0] * seen.stddev[0])
