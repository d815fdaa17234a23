"""Words that claims (/ActualText) put in place of glyphs without a meaning: the page has to show their letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from ..glyphs.letters import likeness
from ..glyphs.shapes import GlyphVerdict
from . import pdfium as pdf_engine
from .drawn_letters import UNTRUE, Picture, seen_as
from .words import Word

SIGN = "sign"
"""Hidden so: a mark on the page that says nothing by itself."""
_NAME = 4
"""Letters up to which a claim may be the name of a drawn sign."""
_SEEN, _AGAINST = 0.5, 0.12
"""Of the letters, how many the page confirms at least, and denies at most."""


def mark_claims(text_page: Any, words: list[Word], look: Callable[[], Picture]) -> None:
    """Set ``hidden`` on words that claims say and the page does not show.

    Args:
        text_page: whose words they are.
        words: those that may be seen.
        look: draws the page.
    """
    picture: Picture | None = None
    for word in words:
        for text, glyphs in word.claims:
            if any(map(likeness, text)):
                picture = picture or look()
                if word.turned or not _is_drawn(text_page, text, glyphs, picture):
                    word.hidden = UNTRUE if len(text) > _NAME else SIGN


def _is_drawn(text_page: Any, text: str, glyphs: list[int], picture: Picture) -> bool:
    """Whether every letter has a glyph that looks like it; only the page tells what those glyphs are."""
    boxes = [
        box for box in dict.fromkeys(pdf_engine.ink_boxes(text_page, glyphs)) if box[2] > box[0]
    ]
    letters = [letter for letter in text if not letter.isspace()]
    if len(boxes) != len(letters):
        return False
    compared = [
        (letter, box) for letter, box in zip(letters, boxes, strict=True) if likeness(letter)
    ]
    verdicts = Counter([seen_as(letter, box, picture) for letter, box in compared])
    return verdicts[GlyphVerdict.CONFIRMED] >= _SEEN * len(compared) and verdicts[
        GlyphVerdict.DENIED
    ] <= _AGAINST * len(compared)
