"""What holds inside a group of RTF: formatting, and whether it lets a person see text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..office.legibility import are_overlaid
from ..office.overflow import Doubt
from ..paint import TINY_POINTS
from .shades import LETTERS, PARAGRAPHS, PATTERNS, Shade
from .shapes import FAR_TWIPS, THIN_TWIPS

_LEAST_ROOM = 1_000
"""Twips between margins in which nobody reads a resume."""
LEAST_COLUMN = 400
"""Letters of a narrower column stand one below the other."""
EDGE = 200
_RAISED_HALF_POINTS = 400
_LEFT_TWIPS = 11_000
WIDTH_TWIPS = 10_000
"""A paragraph that ends so far from the right margin ends left of the paper."""
_THIN_PART = 0.45
_SMALL_LETTERS = 0.65
_MOST_SKIPPED = 1_000_000
_EM_OF_LINE = 1.2
SINGLE = 240
_FROM_EDGE = 720
"""Twips from the paper's edge at which headers usually begin."""


@dataclass(frozen=True)
class State:
    """What holds inside a group. It never changes: words and groups share one until a word says something else."""

    destination: str = "text"
    """text, one of the edges, hidden, comment, aside, colours, fonts, styles, field, twice or none."""
    outer: str = "text"
    """The destination around text that is told twice, in old letters and in new ones."""
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
    """Exact height of a line, in twips; negative where it may grow, 0 where nothing is told."""
    fitted: int = 0
    """Width that the text is squeezed into, in twips."""
    font: int | None = None
    """Number of the typeface; None of the document's own."""
    frame: tuple[int, int] = (0, 0)
    """Width and exact height in twips of the frame that holds the paragraph."""
    placed: tuple[int, int, bool, bool] | None = None
    """Where that frame stands, and whether from the paper's left and top."""
    style: int | None = None
    """Number of the style that is being defined."""
    colour: int = 0
    lit: int = 0
    """Number of the colour that marks the letters."""
    backed: int = 0
    """Number of a ground that some programs paint."""
    letters: Shade = field(default_factory=Shade)
    paragraph: Shade = field(default_factory=Shade)
    scale: int = 100
    left: int = 0
    right: int = 0
    first: int = 0
    """Indents in twips."""
    above: int = 0
    """What the paragraph leaves above itself, in twips."""
    around: tuple[int, int] = (0, 0)
    """What it leaves below itself, and between its borders and its text."""
    stop: int = 0
    """The furthest tab stop from which text goes on to the right, in twips."""
    in_table: bool = False
    depth: int = 1
    """Of the table that holds the paragraph, within others."""
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

    def height(self) -> tuple[float, tuple[float, float]]:
        """What a line of a paragraph takes at most in points, and what the paragraph leaves above and below."""
        line = self.points * _EM_OF_LINE * max(1.0, -self.line / SINGLE)
        below, border = self.around
        sides = ((self.above + border) / 20, (below + border) / 20)
        return max(line, abs(self.line) / 20), sides

    def place(self) -> tuple[int, int, bool, bool]:
        """Where its frame stands, with what nobody told."""
        return self.placed or (0, 0, False, False)

    def changed(self, **values: object) -> State:
        """With other values of some fields.

        Thousands of words of a file change a field or say again what holds; ``dataclasses.replace`` would set every field for each.
        """
        held = self.__dict__
        if values.items() <= held.items():
            return self
        state = object.__new__(State)
        state.__dict__.update(held, **values)
        return state

    def formatted(self, word: bytes, number: int | None) -> State | None:
        """With the formatting that a word asks for; None where it asks for none."""
        if word in _CHANGES:
            return self.changed(**_CHANGES[word](number or 0, number != 0))
        if word in _PLACES:
            return self.changed(**_PLACES[word](self, number or 0))
        if word in _SHADES:
            name, kind, part = _SHADES[word]
            shade: Shade = getattr(self, name)
            value = (number or 0) if part is None else part
            return self.changed(**{name: shade.with_word(kind, value)})
        return None

    def styled(self, style: State) -> State:
        """With the formatting of a style."""
        return self.changed(
            vanish=style.vanish, half_points=style.half_points, colour=style.colour, lit=style.lit,
            scale=style.scale, spacing=style.spacing, raised=style.raised, part=style.part, letters=style.letters,
            paragraph=style.paragraph, font=style.font, left=style.left, right=style.right, first=style.first, line=style.line,
            above=style.above, around=style.around, stop=style.stop,
        )  # fmt: skip

    def why_misplaced(self, paper: Paper) -> str | None:
        """Why letters of these measures are not seen, whatever holds them."""
        if why := self._why_outside(paper):
            return why
        raised = abs(self.raised)
        if raised > _RAISED_HALF_POINTS or 0 < self.line < raised * 10:
            return "text moved away from its line"
        if are_overlaid(self.points, self.scale / 100, self.spacing / 20):
            return "letters drawn over each other"
        if 0 < self.line < max(THIN_TWIPS, self.points * 20 * _THIN_PART):
            return "text in a line of no height"
        return None

    def _why_outside(self, paper: Paper) -> str | None:
        outside = "text outside the page"
        if max(abs(self.left), abs(self.first)) > _LEFT_TWIPS or self.right > WIDTH_TWIPS:
            return outside
        if self.placed is not None:
            across, down, from_left, from_top = self.placed
            if max(abs(across), abs(down)) > FAR_TWIPS:
                return outside
            start = across + (0 if from_left else paper.margin(b"margl"))
            below = down + (0 if from_top else paper.margin(b"margt"))
            wide, high = paper.size()
            is_off = start > wide - LEAST_COLUMN or below > high - LEAST_COLUMN
            ends = start + self.frame[0]
            return Doubt(outside) if is_off or (self.frame[0] > 0 and ends < LEAST_COLUMN) else None
        return None if self.in_table else self._why_squeezed(paper)

    def _why_squeezed(self, paper: Paper) -> str | None:
        """Why nothing of a paragraph's column is left between its indents."""
        column = paper.column()
        if column < LEAST_COLUMN:
            return Doubt("a column of no width")
        if column - self.left - self.right < LEAST_COLUMN:
            return Doubt("text without room between its indents")
        start = paper.margin(b"margl") + self.left
        begins = (start, start + self.first)
        is_off = max(begins) > paper.size()[0] - LEAST_COLUMN or min(begins) < -EDGE
        return Doubt("text outside the page") if is_off else None

    def why_small(self) -> str | None:
        """Why letters of this size are not read."""
        if self.points <= TINY_POINTS:
            return f"text of {self.points:g} points"
        return f"text squeezed to {self.scale} %" if self.scale <= 10 else None


_PLAIN: dict[str, object] = {
    "vanish": False, "half_points": 24, "complex_half_points": 0, "is_complex": False, "colour": 0, "lit": 0, "backed": 0,
    "letters": Shade(), "font": None, "scale": 100, "part": 1.0, "raised": 0, "spacing": 0, "fitted": 0,
}  # fmt: skip
_PARAGRAPH: dict[str, object] = {
    "paragraph": Shade(), "left": 0, "right": 0, "first": 0, "in_table": False, "depth": 1, "line": 0, "above": 0, "around": (0, 0), "stop": 0, "frame": (0, 0),
    "placed": None,
}  # fmt: skip
_CHANGES: dict[bytes, Callable[[int, bool], dict[str, object]]] = {
    b"plain": lambda _, __: _PLAIN,
    b"pard": lambda _, __: _PARAGRAPH,
    b"v": lambda _, on: {"vanish": on},
    b"deleted": lambda _, on: {"deleted": on},
    b"mvf": lambda _, on: {"deleted": on},
    b"fs": lambda value, _: {"half_points": value},
    b"afs": lambda value, _: {"complex_half_points": value},
    b"rtlch": lambda _, __: {"is_complex": True},
    b"ltrch": lambda _, __: {"is_complex": False},
    b"super": lambda _, on: {"part": _SMALL_LETTERS if on else 1.0},
    b"sub": lambda _, on: {"part": _SMALL_LETTERS if on else 1.0},
    b"nosupersub": lambda _, __: {"part": 1.0},
    b"cf": lambda value, _: {"colour": value},
    b"cb": lambda value, _: {"backed": value},
    b"highlight": lambda value, _: {"lit": value},
    b"charscalex": lambda value, _: {"scale": value},
    b"uc": lambda value, _: {"skip": max(0, min(value, _MOST_SKIPPED))},
    b"up": lambda value, _: {"raised": value},
    b"dn": lambda value, _: {"raised": -value},
    b"expndtw": lambda value, _: {"spacing": value},
    b"expnd": lambda value, _: {"spacing": value * 5},
    b"fittext": lambda value, _: {"fitted": max(0, value)},
    b"itap": lambda value, _: {"depth": value, "in_table": value > 0},
    b"intbl": lambda _, __: {"in_table": True},
    b"sb": lambda value, _: {"above": max(0, value)},
    b"sl": lambda value, _: {"line": -value},
    b"li": lambda value, _: {"left": value},
    b"lin": lambda value, _: {"left": value},
    b"culi": lambda value, _: {"left": value * _TWIPS_OF_LETTER // 100},
    b"ri": lambda value, _: {"right": value},
    b"rin": lambda value, _: {"right": value},
    b"curi": lambda value, _: {"right": value * _TWIPS_OF_LETTER // 100},
    b"fi": lambda value, _: {"first": value},
    b"cufi": lambda value, _: {"first": value * _TWIPS_OF_LETTER // 100},
}
_PLACES: dict[bytes, Callable[[State, int], dict[str, object]]] = {
    b"sa": lambda state, value: {"around": (value, state.around[1])},
    b"brsp": lambda state, value: {"around": (state.around[0], value)},
    b"tx": lambda state, value: {"stop": max(state.stop, value)},
    b"posx": lambda state, value: {"placed": (value, *state.place()[1:])},
    b"posnegx": lambda state, value: {"placed": (value, *state.place()[1:])},
    b"posy": lambda state, value: {"placed": (state.place()[0], value, *state.place()[2:])},
    b"posnegy": lambda state, value: {"placed": (state.place()[0], value, *state.place()[2:])},
    b"phpg": lambda state, _: {"placed": (*state.place()[:2], True, state.place()[3])},
    b"pvpg": lambda state, _: {"placed": (*state.place()[:3], True)},
    b"absh": lambda state, value: {"frame": (state.frame[0], max(0, -value))},
    b"absw": lambda state, value: {"frame": (value, state.frame[1])},
}
"""Measures that may put text out of sight, each beside others that hold."""
_SHADES: dict[bytes, tuple[str, str, int | None]] = {
    **{word: ("letters", kind, None) for word, kind in LETTERS.items()},
    **{word: ("paragraph", kind, None) for word, kind in PARAGRAPHS.items()},
    **{word: ("letters", "part", part) for word, part in PATTERNS["letters"].items()},
    **{word: ("paragraph", "part", part) for word, part in PATTERNS["paragraph"].items()},
}
"""Which shade a word is about, what of it, and the value where the word itself tells it."""
FORMATS = frozenset((*_CHANGES, *_PLACES, *_SHADES))
"""All words of formatting."""
_TWIPS_OF_LETTER = 210
_USUAL = {
    b"paperw": 12_240,
    b"paperh": 15_840,
    b"margl": 1_800,
    b"margr": 1_800,
    b"margt": 1_440,
    b"margb": 1_440,
}
_OF_SECTIONS = {
    b"pgwsxn": b"paperw", b"pghsxn": b"paperh", b"marglsxn": b"margl", b"margrsxn": b"margr", b"margtsxn": b"margt",
    b"margbsxn": b"margb", b"guttersxn": b"gutter", b"cols": b"cols", b"colsx": b"colsx", b"colw": b"colw",
}  # fmt: skip
MEASURES = frozenset((*_USUAL, *_OF_SECTIONS, b"gutter", b"sectd"))
"""All words of the paper."""


@dataclass
class Paper:
    """The size of the paper and its margins, in twips, by control word."""

    measures: dict[bytes, int] = field(default_factory=dict)
    section: dict[bytes, int] = field(default_factory=dict)
    """What the section changes."""
    lowest: int = 15_840
    """Height of the lowest paper that was told."""

    def define(self, word: bytes, value: int) -> bool:
        """Take one measure; whether it is one."""
        if word not in MEASURES:
            return False
        if word in {b"paperh", b"pghsxn"}:
            self.lowest = min(self.lowest, value)
        if word in _USUAL or word == b"gutter":
            self.measures[word] = value
        elif word == b"colw":
            self.section[word] = min(value, self.section.get(word, value))
        elif word in _OF_SECTIONS:
            self.section[_OF_SECTIONS[word]] = value
        else:
            self.section = {}
        return True

    def margin(self, side: bytes) -> int:
        """A margin or another measure."""
        told = self.section.get(side, self.measures.get(side))
        return _USUAL.get(side, 0) if told is None else told

    def size(self) -> tuple[int, int]:
        """Width and height of the paper."""
        return self.margin(b"paperw"), self.margin(b"paperh")

    def room_of_edges(self, height: int | None = None) -> float:
        """Height in points of the paper that a header or footer has, if nothing else stood there."""
        whole = self.margin(b"paperh") if height is None else height
        return max(0.0, (whole - _FROM_EDGE - self.margin(b"margb")) / 20)

    def column(self) -> int:
        """Width of the narrowest column."""
        sides = (b"margl", b"margr", b"gutter")
        room = self.margin(b"paperw") - sum(map(self.margin, sides))
        if b"colw" in self.section:
            return self.section[b"colw"]
        count = max(1, self.section.get(b"cols", 1))
        return (room - (count - 1) * self.section.get(b"colsx", 720)) // count

    def has_room(self) -> bool:
        """Whether the document's margins leave enough to read on."""
        told = self.measures
        across = told.get(b"paperw", 12_240) - told.get(b"margl", 0) - told.get(b"margr", 0)
        down = told.get(b"paperh", 15_840) - told.get(b"margt", 0) - told.get(b"margb", 0)
        return min(across, down) >= _LEAST_ROOM
