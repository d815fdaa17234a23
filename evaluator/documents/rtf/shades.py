"""Grounds of RTF: two colours and how much of the one a pattern lays over the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..paint import BLACK, WHITE, Colour

_WHOLE = 10_000
_HALF = 5_000
_LITTLE = 2_500


@dataclass(frozen=True, slots=True)
class Shade:
    """The ground of letters, of a paragraph or of a cell; numbers of colours."""

    ground: int | None = None
    drawn: int = 0
    part: int = 0
    """Hundredths of a per cent that the drawn colour covers."""

    def with_word(self, kind: str, value: int) -> Shade:
        """With one measure more."""
        if kind == "ground":
            return replace(self, ground=value)
        if kind == "drawn":
            return replace(self, drawn=value)
        return replace(self, part=max(0, min(value, _WHOLE)))

    def colour(self, colours: list[Colour | None]) -> Colour | None:
        """What it looks like from afar; None where it paints nothing."""
        under = _colour(self.ground, colours)
        if not self.part:
            return under
        over, part = _colour(self.drawn, colours) or BLACK, self.part / _WHOLE
        red, green, blue = (
            round(a * part + b * (1 - part)) for a, b in zip(over, under or WHITE, strict=True)
        )
        return (red, green, blue)


def _colour(index: int | None, colours: list[Colour | None]) -> Colour | None:
    return colours[index] if index and index < len(colours) else None


def _of(prefix: str, pattern: str) -> dict[bytes, str]:
    return {
        f"{prefix}cbpat".encode(): "ground",
        f"{prefix}cfpat".encode(): "drawn",
        pattern.encode(): "part",
    }


LETTERS = _of("ch", "chshdng")
PARAGRAPHS = _of("", "shading")
CELLS = {
    **_of("cl", "clshdng"),
    b"clcbpatraw": "ground",
    b"clcfpatraw": "drawn",
    b"clshdngraw": "part",
}
_LINES = "bdiag cross dcross fdiag horiz hor vert".split()


def _patterns(prefix: str) -> dict[bytes, int]:
    return {
        f"{prefix}bg{dark}{name}".encode(): _HALF if dark else _LITTLE
        for name in _LINES
        for dark in ("", "dk")
    }


PATTERNS = {"letters": _patterns("ch"), "paragraph": _patterns(""), "cell": _patterns("cl")}
"""Named patterns, and about how much they cover."""
