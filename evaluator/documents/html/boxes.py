"""Boxes of a page while it is read: where their content can lie, and how far it has come."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import NamedTuple

from ..css.cascade import Declarations
from ..css.values import length
from ..paint import WHITE, Colour

WIDTH, HEIGHT = 1280.0, 800.0
WIDER, BAR = 160.0, 20.0
"""Pixels by which another ordinary window is wider, and that a bar for scrolling takes."""
SLACK = 24.0
"""Pixels by which estimates may be wrong without harm: a line."""
SIDES = ("top", "right", "bottom", "left")
POSITIONED = frozenset(["absolute", "fixed"])


@dataclass(slots=True)
class Span:
    """Texts of an element, by their numbers."""

    start: int
    end: int = 1 << 30


@dataclass(slots=True)
class Clip:
    """A box that shows no more than fits into it."""

    is_limited: bool
    """It does not grow downwards with its content."""
    is_shaped: bool = False
    """It is cut to a shape and does not grow with what floats in it."""
    is_round: bool = False
    """Its corners are cut off."""
    reason: str | None = None
    """Why it cannot be told what of its content is seen."""
    moved: list[Span] = field(default_factory=list)
    """Texts of boxes in it that do not stand in its flow."""


@dataclass(slots=True)
class Cursor:
    """How far the content of a block has come, at the least and at the most."""

    low: float = 0.0
    high: float = 0.0
    lines: float = 0.0
    run: float = 0.0
    """Pixels of a line that does not break."""
    row: float = 0.0
    """The least that the highest of boxes beside each other reaches down to."""
    trail: float = 0.0
    """The lower margin of the box above, where that is told."""
    floats: float = 0.0
    """The least that what floats in it reaches down to."""
    is_broken: bool = False
    """Its last line was ended by the page itself."""
    wide: float = 0.0
    """Pixels of all lines one after the other."""
    hard: float = 0.0
    """Pixels that the content cannot be narrower than."""

    @property
    def least(self) -> float:
        return max(self.low, self.row)

    def add(self, low: float, high: float) -> None:
        self.low += low
        self.high += high


class Room(NamedTuple):
    """Where the content of an element can lie, in pixels of the page."""

    left: float = 0.0
    right: float = WIDTH
    cut_left: float = -math.inf
    cut_right: float = math.inf
    floor: float = math.inf
    """Below which a box cuts what is in it."""
    is_sure: bool = True
    """The sides are known, not only between which they lie."""
    height: float | None = HEIGHT
    """Of the content, where a sheet tells it."""
    doubt: str | None = None
    """Why text inside may not be seen."""
    hidden: str | None = None

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(slots=True)
class Frame:
    """A box while its content is read."""

    room: Room = field(default_factory=Room)
    border: tuple[float, float] = (0.0, WIDTH)
    top: Cursor = field(default_factory=Cursor)
    """Where its content begins."""
    cursor: Cursor = field(default_factory=Cursor)
    anchor: Frame | None = None
    """The box by which positioned ones inside it are placed; None for the page."""
    placed_by: Frame | None = None
    """The anchor of one that is placed itself."""
    is_row: bool = False
    """Its boxes stand beside each other."""
    is_block: bool = True
    in_flow: bool = True
    below: float = 0.0
    """Padding and margin under the content."""
    limit: float | None = None
    """Height at which the content is cut."""
    ground_limit: float | None = None
    """Height at which its ground ends, though the content may go on."""
    bound: float | None = None
    """Height at which the box ends, though the content may go on."""
    down: float = 0.0
    """Pixels that it lies lower than the flow puts it."""
    clamp: int | None = None
    """Lines after which the content is cut."""
    fixed: bool = False
    grounds: tuple[Colour, ...] = (WHITE,)
    columns: list[tuple[float, float]] = field(default_factory=list)
    least_track: float | None = None
    """Pixels of the columns of a grid that may be narrower than what stands in them."""
    """Sides of the boxes that stand beside each other, as far as they are known; they repeat."""
    placed: int = 0
    """Boxes that stand in them."""
    is_cut: bool = False
    """It shows no more than fits into its width."""
    claimed: float = 0.0
    """Of a row's width, what its boxes ask for and do not give up."""
    shrinking: list[int] = field(default_factory=list)
    """Texts with which boxes begin and end that shrink before others do."""
    lead: float = 0.0
    """Of the distance to what stands before, the margins."""
    raised: float = -math.inf
    """Above this height its content may stand over what lies before it."""
    clips: tuple[Clip, ...] = ()
    """Boxes that cut what is in it, the outermost first; its own is the last."""
    clip: Clip | None = None
    """Its own."""
    is_measured: bool = False
    """Its content is cut at some height, so that all of it has to be added up."""
    head: float = 0.0
    """Padding and border above the content; below it, and the margin under that."""
    foot: float = 0.0
    tail: float = 0.0
    least: float = 0.0
    """Pixels that the content is high at the least."""
    squeeze: float | None = None
    """Pixels that each of its boxes is high at the most."""
    squeezes_all: bool = False
    """None of its boxes is higher."""
    is_grid: bool = False
    is_column: bool = False
    gap: float = 0.0
    """Pixels between rows."""
    across_gap: float = 0.0
    per_row: int = 0
    """Boxes beside each other; 0 for as many as there are."""
    placed_in_row: int = 0
    wraps: bool = False
    used: float = 0.0
    """Of a row's width, what its boxes so far take."""
    is_wide: bool = False
    """Its width is told."""
    is_atom: bool = False
    """It stands in a line like a letter."""


def sized(values: Declarations, name: str, font: float, whole: float | None) -> float | None:
    """Pixels of a width or height; None where it follows from the content."""
    value = values.get(name, "auto")
    if value == "auto":
        return None
    if "%" in value and whole is None:
        return None
    return length(value, font, whole if whole is not None else WIDTH)


_MOVING = frozenset(["position", "margin-right", "margin-bottom", "margin-left"])


def hangs(values: Declarations, font: float) -> bool:
    """Whether a box is moved so far that it may leave the one it stands in."""
    if _MOVING.isdisjoint(values):
        return False
    names = [*SIDES] if values.get("position", "static") != "static" else []
    names += [f"margin-{side}" for side in ("right", "bottom", "left")]
    sizes = [length(values.get(name, "0"), font) or 0.0 for name in names]
    if values.get("position") == "relative":
        return any(abs(size) > SLACK for size in sizes[:4]) or min(sizes[4:]) < -SLACK
    return min(sizes) < -SLACK


_EDGES = {kind: frozenset(f"{kind}-{side}" for side in SIDES) for kind in ("margin", "padding")}


def edges(values: Declarations, kind: str, font: float, whole: float) -> list[float | None]:
    """Pixels of the margins or paddings of each side; None for those that are ``auto``."""
    names = _EDGES[kind]
    if names.isdisjoint(values):
        return [0.0, 0.0, 0.0, 0.0]
    return [length(values.get(f"{kind}-{side}", "0"), font, whole) for side in SIDES]


def is_row(display: str, values: Declarations) -> bool:
    """Whether a box puts those in it beside each other."""
    if "flex" in display or display == "-webkit-box":
        return not values.get("flex-direction", "row").startswith("column")
    return "grid" in display or display == "table-row"
