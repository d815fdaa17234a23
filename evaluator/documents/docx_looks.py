"""Whether the formatting of a run in Word lets a person see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .docx_styles import Properties, Styles
from .office_package import Attributes
from .paint import TINY_POINTS, Colour, grey, melts

_OFF = frozenset(["0", "false", "off"])
_USUAL_POINTS = 11.0
_SMALL_POINTS = 5.0
_CONTRAST = 64
"""Grey levels without which small letters are not read."""
_SQUEEZED_PERCENT = 10
_PAGE_TWIPS = 16_000
"""A little over eleven inches: nothing shown stands further from the left or the top."""
_WIDTH_TWIPS = 10_000
"""About seven inches: a paragraph that ends so far from the right margin ends left of the paper."""
_THIN_TWIPS = 60
"""A line or row of three points cuts its letters off."""
_RAISED_HALF_POINTS = 400
_OVERLAID_TWIPS = -100


def why_unseen(run: Properties, paragraph: Properties) -> str | None:
    """Why nobody sees a run, colours apart."""
    vanish = run.get("w:vanish")
    if vanish is not None and vanish.get("w:val", "1") not in _OFF:
        return "a hidden run"
    points = _number(run.get("w:sz")) / 2 or _USUAL_POINTS
    scale = run.get("w:w", {}).get("w:val", "").rstrip("%")
    percent = int(scale) if scale.isdigit() else 100
    if points <= TINY_POINTS:
        return f"text of {points:g} points"
    if percent <= _SQUEEZED_PERCENT or points * percent / 100 < TINY_POINTS:
        return f"text squeezed to {percent} %"
    if abs(_number(run.get("w:position"))) > _RAISED_HALF_POINTS:
        return "text moved away from its line"
    if _number(run.get("w:spacing")) < _OVERLAID_TWIPS:
        return "letters drawn over each other"
    return _why_paragraph_unseen(paragraph, run)


def _why_paragraph_unseen(paragraph: Properties, run: Properties) -> str | None:
    line = paragraph.get("w:spacing") or run.get("paragraph spacing") or {}
    if line.get("w:lineRule") == "exact" and 0 < _twips(line, "w:line") <= _THIN_TWIPS:
        return "text in a line of no height"
    indent = paragraph.get("w:ind") or run.get("paragraph indent") or {}
    if any(
        abs(_twips(indent, name)) > _PAGE_TWIPS
        for name in ("w:left", "w:start", "w:firstLine", "w:hanging")
    ):
        return "text outside the page"
    if any(_twips(indent, name) > _WIDTH_TWIPS for name in ("w:right", "w:end")):
        return "text outside the page"
    frame = paragraph.get("w:framePr", {})
    if any(abs(_twips(frame, name)) > _PAGE_TWIPS for name in ("w:x", "w:y")):
        return "a frame outside the page"
    if frame.get("w:hRule") == "exact" and 0 < _twips(frame, "w:h") <= _THIN_TWIPS:
        return "a frame of no size"
    return None


def why_table_unseen(rows: Iterable[Attributes], tables: Iterable[Properties]) -> str | None:
    """Why nobody sees a table's text.

    Args:
        rows: the heights of the rows that hold it.
        tables: the properties of the tables that hold it.
    """
    if any(row.get("hidden") for row in rows):
        return "a hidden row"
    for row in rows:
        if row.get("w:hRule") == "exact" and _twips(row, "w:val") <= _THIN_TWIPS:
            return "a row of no height"
    for table in tables:
        placed = table.get("w:tblpPr", {})
        far = [_twips(table.get("w:tblInd", {}), "w:w")]
        far += [_twips(placed, name) for name in ("w:tblpX", "w:tblpY")]
        if any(abs(distance) > _PAGE_TWIPS for distance in far):
            return "a table outside the page"
    return None


def why_unpainted(run: Properties, grounds: Sequence[Colour], styles: Styles) -> str | None:
    """Why a run cannot be told from its ground, in any of the programs that paint it."""
    points = _number(run.get("w:sz")) / 2 or _USUAL_POINTS
    fill = run.get("w14:textFill")
    if fill is not None and fill.get("none"):
        return "text without a fill"
    plain = styles.colour(run["w:color"]) if "w:color" in run else None
    painted = [c for c in (plain, _filled(fill, styles)) if c is not None]
    for colour in painted:
        if all(melts(colour, ground) for ground in grounds):
            return "text in the colour of its background"
        if points < _SMALL_POINTS and all(
            abs(grey(colour) - grey(ground)) < _CONTRAST for ground in grounds
        ):
            return f"pale text of {points:g} points"
    return None


def _filled(fill: Attributes | None, styles: Styles) -> Colour | None:
    if not fill:
        return None
    return styles.colour({"w:val": fill.get("colour", ""), "w:themeColor": fill.get("scheme", "")})


def _number(attributes: Attributes | None) -> int:
    return _twips(attributes or {}, "w:val")


def _twips(attributes: Attributes, name: str) -> int:
    value = attributes.get(name, "")
    return int(value) if value.lstrip("-").isdigit() and len(value) < 12 else 0
