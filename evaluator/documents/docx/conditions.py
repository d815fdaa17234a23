"""Which conditions of a table style may hold for a cell of Word, in the order in which they apply."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from ..office.package import Attributes
from .styles import Properties

_BITS = {
    "w:firstRow": 0x20,
    "w:lastRow": 0x40,
    "w:firstColumn": 0x80,
    "w:lastColumn": 0x100,
    "w:noHBand": 0x200,
    "w:noVBand": 0x400,
}
_CORNERS = {
    ("firstRow", "firstCol"): "nwCell", ("firstRow", "lastCol"): "neCell",
    ("lastRow", "firstCol"): "swCell", ("lastRow", "lastCol"): "seCell",
}  # fmt: skip


def variants(
    conditions: dict[str, Properties], look: Attributes, row: int, column: int
) -> Iterator[Properties]:
    """What a table style may say of a cell, for each set of conditions that may hold.

    Args:
        conditions: what the style says, by condition.
        look: which kinds of them the table takes.
        row: number of the cell's row.
        column: number of its column.
    """
    rows = _ends("firstRow", "lastRow", look, "w:firstRow", "w:lastRow", row)
    rows += _bands("band1Horz", "band2Horz", look, "w:noHBand") if "firstRow" not in rows else []
    columns = _ends("firstCol", "lastCol", look, "w:firstColumn", "w:lastColumn", column)
    columns += (
        _bands("band1Vert", "band2Vert", look, "w:noVBand") if "firstCol" not in columns else []
    )
    named = [[name for name in names if name in conditions] for names in (rows, columns)]
    across, down = (
        [*(n for n in names), ""] if not _is_certain(names) else names for names in named
    )
    for one, other in product(across, down):
        found = dict(conditions.get("wholeTable", {}))
        is_band = one.startswith("band")
        for name in (one, other) if is_band else (other, one):
            found |= conditions.get(name, {})
        yield found | conditions.get(_CORNERS.get((one, other), ""), {})


def _is_certain(names: list[str]) -> bool:
    return names in (["firstRow"], ["firstCol"])


def _ends(
    first: str, last: str, look: Attributes, has_first: str, has_last: str, number: int
) -> list[str]:
    if number == 0 and _takes(look, has_first):
        return [first]
    return [last] if _takes(look, has_last) else []


def _bands(one: str, other: str, look: Attributes, without: str) -> list[str]:
    return [] if _takes(look, without) else [one, other]


def _takes(look: Attributes, name: str) -> bool:
    """Whether a table takes a kind of condition, by its own word or by the bits of the old form."""
    if name in look:
        return look[name] in {"1", "true", "on"}
    try:
        return bool(int(look.get("w:val", "04A0"), 16) & _BITS[name])
    except ValueError:
        return True
