"""What holds inside a group of RTF: formatting, and whether it lets a person see text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from .paint import TINY_POINTS
from .rtf_shapes import FAR_TWIPS, THIN_TWIPS

_LEAST_ROOM = 1_000
"""Twips between margins in which nobody reads a resume."""
_RAISED_HALF_POINTS = 400
_LEFT_TWIPS = 11_000
WIDTH_TWIPS = 10_000
"""A paragraph that ends so far from the right margin ends left of the paper."""
_THIN_PART = 0.45
_OVERLAID_PART = 0.35
_SMALL_LETTERS = 0.65


@dataclass(frozen=True, slots=True)
class State:
    """What holds inside a group."""

    destination: str = "text"  # text, edge, hidden, comment, aside, colours, fonts, field or none
    vanish: bool = False
    deleted: bool = False
    half_points: int = 24
    complex_half_points: int = 0
    """Of scripts from right to left."""
    is_complex: bool = False
    part: float = 1.0
    """Of their size, of letters above or below the line."""
    raised: int = 0
    """In half points."""
    spacing: int = 0
    """Between letters, in twips."""
    line: int = 0
    """Exact height of a line, in twips; 0 where it grows."""
    fitted: int = 0
    """Width that the text is squeezed into, in twips."""
    has_pictures: bool = False
    """The typeface draws pictures in place of letters."""
    frame: tuple[int, int] = (0, 0)
    """Width and exact height in twips of the frame that holds the paragraph."""
    style: int = 0
    """Number of the style that is being defined."""
    colour: int = 0
    ground: int | None = None
    cell_ground: int | None = None
    scale: int = 100
    out_of_sight: str = ""
    """Why a paragraph of this layout is not seen."""
    in_table: bool = False
    skip: int = 1
    """Characters that stand for a Unicode one in old programs."""
    encoding: str = "cp1252"

    @property
    def points(self) -> float:
        """Size of the letters."""
        size = self.half_points
        if self.is_complex:
            size = min(size, self.complex_half_points or size)
        return size / 2 * self.part

    def formatted(self, word: bytes, number: int | None) -> State | None:
        """With the formatting that a word asks for; None where it asks for none."""
        if word in _CHANGES:
            change = _CHANGES[word](number or 0, number != 0)
            return replace(self, **change)  # type: ignore[arg-type]
        return self._placed(word, number or 0)

    def _placed(self, word: bytes, value: int) -> State | None:
        """With the measures that may put text out of sight."""
        is_far = _is_far(word, value)
        if is_far is not None:
            return replace(self, out_of_sight="text outside the page") if is_far else self
        if word == b"absh":
            return replace(self, frame=(self.frame[0], max(0, -value)))
        return replace(self, frame=(value, self.frame[1])) if word == b"absw" else None

    def styled(self, style: State) -> State:
        """With the formatting of a style."""
        return replace(
            self, vanish=style.vanish, half_points=style.half_points, colour=style.colour,
            scale=style.scale, spacing=style.spacing, raised=style.raised,
        )  # fmt: skip

    def why_misplaced(self) -> str | None:
        """Why letters of these measures are not seen, whatever holds them."""
        if self.out_of_sight:
            return self.out_of_sight
        raised = abs(self.raised)
        if raised > _RAISED_HALF_POINTS or 0 < self.line < raised * 10:
            return "text moved away from its line"
        if -self.spacing > self.points * 20 * _OVERLAID_PART:
            return "letters drawn over each other"
        if 0 < self.line < max(THIN_TWIPS, self.points * 20 * _THIN_PART):
            return "text in a line of no height"
        return None

    def why_small(self) -> str | None:
        """Why letters of this size are not read."""
        if self.points <= TINY_POINTS:
            return f"text of {self.points:g} points"
        return f"text squeezed to {self.scale} %" if self.scale <= 10 else None


_PLAIN: dict[str, object] = {
    "vanish": False, "half_points": 24, "complex_half_points": 0, "is_complex": False, "colour": 0, "ground": None,
    "scale": 100, "part": 1.0, "raised": 0, "spacing": 0, "fitted": 0,
}  # fmt: skip
_PARAGRAPH: dict[str, object] = {
    "ground": None, "out_of_sight": "", "in_table": False, "line": 0, "frame": (0, 0),
}  # fmt: skip
_CHANGES: dict[bytes, Callable[[int, bool], dict[str, object]]] = {
    b"plain": lambda _, __: _PLAIN,
    b"pard": lambda _, __: _PARAGRAPH,
    b"v": lambda _, on: {"vanish": on},
    b"deleted": lambda _, on: {"deleted": on},
    b"fs": lambda value, _: {"half_points": value},
    b"afs": lambda value, _: {"complex_half_points": value},
    b"rtlch": lambda _, __: {"is_complex": True},
    b"ltrch": lambda _, __: {"is_complex": False},
    b"super": lambda _, on: {"part": _SMALL_LETTERS if on else 1.0},
    b"sub": lambda _, on: {"part": _SMALL_LETTERS if on else 1.0},
    b"nosupersub": lambda _, __: {"part": 1.0},
    b"cf": lambda value, _: {"colour": value},
    b"highlight": lambda value, _: {"ground": value or None},
    b"chcbpat": lambda value, _: {"ground": value or None},
    b"cbpat": lambda value, _: {"ground": value or None},
    b"charscalex": lambda value, _: {"scale": value},
    b"uc": lambda value, _: {"skip": max(0, min(value, 8))},
    b"up": lambda value, _: {"raised": value},
    b"dn": lambda value, _: {"raised": -value},
    b"expndtw": lambda value, _: {"spacing": value},
    b"expnd": lambda value, _: {"spacing": value * 5},
    b"fittext": lambda value, _: {"fitted": max(0, value)},
    b"intbl": lambda _, __: {"in_table": True},
    b"sl": lambda value, _: {"line": max(0, -value)},
}
_FROM_LEFT = frozenset([b"li", b"lin", b"fi"])
_FROM_RIGHT = frozenset([b"ri", b"rin"])
_FROM_EDGE = frozenset([b"posx", b"posy", b"posnegx", b"posnegy"])


def _is_far(word: bytes, value: int) -> bool | None:
    """Whether a distance puts text off the page; None where the word is no distance."""
    if word in _FROM_LEFT:
        return abs(value) > _LEFT_TWIPS
    if word in _FROM_RIGHT:
        return value > WIDTH_TWIPS
    return abs(value) > FAR_TWIPS if word in _FROM_EDGE else None


@dataclass
class Paper:
    """The size of the paper and its margins, in twips, by control word."""

    measures: dict[bytes, int] = field(default_factory=dict)

    def define(self, word: bytes, value: int) -> bool:
        """Take one measure; whether it is one."""
        if word not in {b"paperw", b"paperh", b"margl", b"margr", b"margt", b"margb"}:
            return False
        self.measures[word] = value
        return True

    def has_room(self) -> bool:
        """Whether the margins leave enough to read on."""
        told = self.measures
        across = told.get(b"paperw", 12_240) - told.get(b"margl", 0) - told.get(b"margr", 0)
        down = told.get(b"paperh", 15_840) - told.get(b"margt", 0) - told.get(b"margb", 0)
        return min(across, down) >= _LEAST_ROOM
