"""Whether boxes that a page puts into places of a grid keep to places of their own."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import combinations

from ..css.cascade import Declarations
from ..css.grid_values import Cell, areas_in, strings_in
from ..css.harmless import is_harmless
from .boxes import POSITIONED

_ROWS = ("grid-row-start", "grid-row-end")
_COLUMNS = ("grid-column-start", "grid-column-end")
_SIDES = {"grid-row-start": 0, "grid-row-end": 1, "grid-column-start": 2, "grid-column-end": 3}
"""With the side of a part of the grid that its name stands for."""
_TRACKS = ("grid-template-rows", "grid-auto-rows")
_MANY = 60


def is_placed(values: Declarations) -> bool:
    """Whether both the row and the column of a box are given; along another way browsers find a free place."""
    return all(
        any(_is_line(values.get(name, "auto")) for name in names) for names in (_ROWS, _COLUMNS)
    )


def are_apart(grid: Declarations, boxes: Iterable[Declarations]) -> bool:
    """Whether no two boxes in a grid are put into the same place, and no row is lower than what stands in it.

    Args:
        grid: values of the box that holds them.
        boxes: values of each.
    """
    if not all(is_harmless(name, grid.get(name, "none")) for name in _TRACKS):
        return False
    areas = areas_in(strings_in(grid.get("grid-template-areas", "none"))) or {}
    placed = [
        one
        for one in boxes
        if is_placed(one)
        and one.get("position", "static") not in POSITIONED
        and one.get("display") != "none"
    ]
    if len(placed) > _MANY:
        return False
    cells = [_cell_of(one, areas) for one in placed]
    known = [cell for cell in cells if cell is not None]
    return len(known) == len(cells) and not any(a.meets(b) for a, b in combinations(known, 2))


def _cell_of(values: Declarations, areas: dict[str, Cell]) -> Cell | None:
    rows = _between(values, _ROWS, areas)
    columns = _between(values, _COLUMNS, areas)
    return Cell(*rows, *columns) if rows and columns else None


def _between(
    values: Declarations, names: tuple[str, str], areas: dict[str, Cell]
) -> tuple[float, float] | None:
    """The lines between which a box lies along one way; None where they cannot be told."""
    start, end = (values.get(name, "auto") for name in names)
    first, last = _line(start, names[0], areas), _line(end, names[1], areas)
    if start == "1" and end == "-1":
        return 1.0, math.inf
    if first is not None and not _is_line(end):
        last = first + _spanned(end)
    elif last is not None and not _is_line(start):
        first = last - _spanned(start)
    if first is None or last is None or first == last or first < 1:
        return None
    return min(first, last), max(first, last)


def _line(value: str, name: str, areas: dict[str, Cell]) -> float | None:
    if value.isdigit():
        return float(value)
    return areas[value][_SIDES[name]] if value in areas else None


def _is_line(value: str) -> bool:
    return value != "auto" and not value.startswith("span")


def _spanned(value: str) -> float:
    """How many tracks a box takes."""
    count = value.removeprefix("span").strip()
    return float(count) if count.isdigit() else (1.0 if value == "auto" else math.inf)
