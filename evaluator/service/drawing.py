"""The picture of ML against Ops beside a list: few candidates as links, many as dots that weigh little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..render.run_page import MARGIN, SIZE, band_lines
from ..render.table import Row

_MOST_LINKS = 50


class Mark(NamedTuple):
    """One candidate of the page."""

    id: str
    x: float
    y: float
    track: str
    is_borderline: bool


class Picture(NamedTuple):
    """What is drawn, in the units of the picture.

    Attributes:
        marks: candidates that can be opened.
        dots: the others, a path for each track.
    """

    marks: list[Mark]
    dots: list[tuple[str, str]]
    bands: list[tuple[str, float]]
    size: int = SIZE
    margin: int = MARGIN


def picture_of(
    rows: Sequence[Row], page: Sequence[Row], spots: Mapping[str, tuple[float, float]]
) -> Picture:
    """The candidates of a view.

    Args:
        rows: all of the view.
        page: those that the list beside it shows.
        spots: where everybody stands, by identity.
    """
    linked = {row.id for row in page[:_MOST_LINKS]}
    marks, dots = [], defaultdict(set)
    for row in rows:
        if row.report is None:
            continue
        x, y = spots[row.id]
        if row.id in linked:
            linked.discard(row.id)
            marks.append(Mark(row.id, x, y, row.report.track.value, row.report.borderline is not None))  # fmt: skip
        else:
            dots[row.report.track.value].add(f"M{x:.0f} {y:.0f}h0")
    paths = [(track, "".join(sorted(places))) for track, places in sorted(dots.items())]
    return Picture(marks, paths, band_lines())
