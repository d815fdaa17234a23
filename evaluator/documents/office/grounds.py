"""What may lie under text: plain colours, several of a gradient or a picture, or something that is not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from ..paint import WHITE, Colour, melts
from .overflow import Doubt

SAME = "text in the colour of its background"
_MOST_PIXELS = 60_000_000
_SAMPLES = 12
"""Pixels along each side of the picture that tells its colours."""
_FEW = 0.1
"""Of a ground, how much may have the text's colour."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What is painted under text.

    Args:
        colours: any of which may be there; none where nothing is painted or it is not understood.
        why: it is not understood.
    """

    colours: tuple[Colour, ...] = ()
    why: str = ""

    def over(self, under: Ground) -> Ground:
        """This ground, or the one that shines through."""
        return self if self.colours or self.why else under

    def faded(self, part: float, under: Ground) -> Ground:
        """This ground where it covers a part of what lies under it."""
        if part >= 1 or not self.colours or not under.colours:
            return self if part > 0 else under
        below = under.colours[0]
        return Ground(tuple(_mixed(colour, below, part) for colour in self.colours))

    def why_unseen(self, text: Colour) -> str | None:
        """Why text of a colour is not seen on it, or perhaps not."""
        if self.why:
            return Doubt(self.why)
        same = [melts(text, colour) for colour in self.colours or (WHITE,)]
        if all(same):
            return SAME
        return Doubt(SAME) if sum(same) > _FEW * len(same) else None


PAPER = Ground((WHITE,))


def _mixed(over: Colour, under: Colour, part: float) -> Colour:
    red, green, blue = (round(a * part + b * (1 - part)) for a, b in zip(over, under, strict=True))
    return (red, green, blue)


def pictured(data: bytes) -> Ground:
    """The ground that a picture makes."""
    # Pictures are opened by few documents.
    from PIL import Image

    unread = Ground(why="a picture behind the text")
    if not data:
        return unread
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return unread
            picture.draft("RGB", (_SAMPLES * 8, _SAMPLES * 8))
            small = picture.convert("RGBA").resize((_SAMPLES, _SAMPLES), Image.Resampling.BOX)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return unread
    paper = Image.new("RGBA", small.size, (255, 255, 255, 255))
    pixels = Image.alpha_composite(paper, small).convert("RGB").tobytes()
    return Ground(
        tuple((pixels[n], pixels[n + 1], pixels[n + 2]) for n in range(0, len(pixels), 3))
    )


def any_of(grounds: Sequence[Ground]) -> Ground:
    """A ground of which it is not known which part lies under the text."""
    why = next((ground.why for ground in grounds if ground.why), "")
    return Ground(tuple(colour for ground in grounds for colour in ground.colours), why)
