"""Cells, frames and boxes of a fixed size: what fits into them; programs cut off the rest."""

from __future__ import annotations

from dataclasses import dataclass

_EM_OF_LETTER = 0.45
"""Width of an ordinary letter; narrow typefaces need no less on average."""
_EM_OF_LINE = 1.1
_SPARE_LINES = 1.0
_SEEN_PART = 0.6
"""Of a line's letters, what must be within its place to be read."""
_SPARE = 1.5
"""Programs break and space lines differently: only what is clearly too much is taken as cut off."""


class Doubt(str):
    """A reason why perhaps nobody sees text: what it hides is told apart from what is hidden for sure."""

    __slots__ = ()


CUT_OFF = Doubt("text cut off by the size of what holds it")


@dataclass
class Room:
    """A place of fixed size while its text is read.

    Args:
        width: in points.
        height: in points.
    """

    width: float
    height: float
    used: float = 0.0
    """Height of the lines before this one, in points."""
    line: float = 0.0
    """Width of this line's text, in points."""
    pushed: float = 0.0
    """Height that margins take, which every program spaces alike."""

    def holds(self, text: str, points: float) -> bool:
        """Whether text of a size still fits; it takes its place either way."""
        letter = points * _EM_OF_LETTER
        a_line = max(1.0, self.width // letter) * letter
        for number, part in enumerate(text.split("\n")):
            if number:
                self.end_line(points)
            self.line += len(part) * letter
            full = self.line // a_line
            self.used += full * points * _EM_OF_LINE
            self.line -= full * a_line
        spare = _SPARE_LINES * points * _EM_OF_LINE
        is_pushed = self.pushed + points * _SEEN_PART > self.height
        return not is_pushed and self.used <= self.height * _SPARE + spare

    def end_line(self, points: float) -> None:
        """A paragraph or line ends."""
        self.used += points * _EM_OF_LINE
        self.line = 0.0
