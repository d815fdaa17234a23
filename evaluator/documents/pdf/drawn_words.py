"""What a page draws in place of the letters that its file claims, by OCR."""

from __future__ import annotations

from typing import Any

from ..ocr import DPI, read_picture
from .raster import Crop
from .words import Word

_MAX_SIDE_PIXELS = 3_000
_BESIDE = 0.3
"""Of a line's height: how far what is seen may lie from where the file has its words."""


def page_picture(page: Any) -> Any:
    """A page as OCR wants it."""
    width, height = page.get_size()
    scale = min(DPI / 72, _MAX_SIDE_PIXELS / max(width, height, 1.0))
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()


def words_seen(page: Any, crop: Crop) -> list[Word]:
    """Words of the picture of a page.

    Args:
        page: as the file has it, with all its objects.
        crop: the displayed part, in which the words are placed.

    Raises:
        DocumentError: OCR is not installed.
    """
    seen = read_picture(page_picture(page))
    left, bottom, right, top = crop
    across, up = (right - left) / seen.width, (top - bottom) / seen.height
    return [
        Word(
            word.text, left + across * word.x0, bottom + up * word.y0,
            left + across * word.x1, bottom + up * word.y1, 0, -1,
        )
        for word in seen.words
    ]  # fmt: skip


def standing_at(words: list[Word], seen: list[Word]) -> list[Word]:
    """Those of the words seen that stand where some words of one line do."""
    slack = _BESIDE * words[0].height
    left, right = min(word.x0 for word in words) - slack, max(word.x1 for word in words) + slack
    low, high = min(word.y0 for word in words) - slack, max(word.y1 for word in words) + slack
    return [
        word for word in seen if left < (word.x0 + word.x1) / 2 < right and low < word.middle < high
    ]
