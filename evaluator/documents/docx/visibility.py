"""Whether the formatting of a run in Word lets a person see it."""

from __future__ import annotations

from collections.abc import Iterable

from ..office.grounds import PAPER, Ground
from ..office.legibility import are_overlaid, size_of, why_illegible
from ..office.overflow import Doubt
from ..office.package import Attributes
from ..paint import ODD_COLOUR, TINY_POINTS, Colour, from_hex, is_colour
from ..symbol_fonts import PICTURES, draws_pictures
from .measures import twips
from .styles import UNKNOWN, Properties, Styles, is_on

_USUAL_POINTS = 11.0
_SQUEEZED_PERCENT = 10
_WHOLE = 100_000
FAR_TWIPS = 11_000
"""Nearly eight inches: text that begins so far from the left margin begins right of the paper."""
_PAGE_TWIPS = 16_000
"""A little over eleven inches: nothing shown stands further from the left or the top."""
_WIDTH_TWIPS = 10_000
"""About seven inches: a paragraph that ends so far from the right margin ends left of the paper."""
_THIN_TWIPS = 60
"""A line or row of three points cuts its letters off."""
_LEAST_PAPER = 2_000
_LEAST_ROOM = 1_000
"""Less than two centimetres, in which nobody reads a resume."""
_THIN_PART = 0.45
"""A line of less than this part of its letters' size cuts them off."""
_RAISED_HALF_POINTS = 400
_SMALL_LETTERS = 0.65
"""Of letters set above or below the line."""


_HARMLESS = frozenset(
    "w:" + name
    for name in "b bCs i iCs u caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid webHidden kern "
    "effect bdr em lang oMath ins rPrChange cs rtl vertAlign position vanish specVanish color sz szCs shd highlight w rStyle "
    "spacing rFonts fitText".split()
)


def is_harmless(tag: str) -> bool:
    """Whether a property of a run cannot hide it; those of other programs' extensions do nothing in any other."""
    return tag in _HARMLESS or not tag.startswith("w:")


def points_of(run: Properties) -> float:
    """Size of a run's letters; scripts from right to left have a size of their own."""
    points = _number(run.get("w:sz")) / 2 or _USUAL_POINTS
    if is_on(run.get("w:rtl")) or is_on(run.get("w:cs")):
        points = min(points, _number(run.get("w:szCs")) / 2 or points)
    if run.get("w:vertAlign", {}).get("w:val") in {"superscript", "subscript"}:
        points *= _SMALL_LETTERS
    return points


def why_unseen(run: Properties, paragraph: Properties, styles: Styles) -> str | None:
    """Why nobody sees a run, colours apart."""
    if UNKNOWN in run:
        return Doubt(f"formatting that is not understood, {run[UNKNOWN]['name']}")
    if is_on(run.get("w:vanish")):
        return "a hidden run"
    points = points_of(run)
    percent = _percent(run)
    if points <= TINY_POINTS:
        return f"text of {points:g} points"
    if percent <= _SQUEEZED_PERCENT or points * percent / 100 < TINY_POINTS:
        return f"text squeezed to {percent} %"
    if abs(_number(run.get("w:position"))) > _RAISED_HALF_POINTS:
        return "text moved away from its line"
    if are_overlaid(points, percent / 100, _number(run.get("w:spacing")) / 20):
        return "letters drawn over each other"
    if any(map(draws_pictures, fonts_of(run, styles))):
        return PICTURES
    return _why_paragraph_unseen(paragraph, run, points)


def fonts_of(run: Properties, styles: Styles) -> list[str]:
    """Typefaces in which programs may set a run."""
    is_complex = is_on(run.get("w:rtl")) or is_on(run.get("w:cs"))
    return styles.fonts(run.get("w:rFonts", {}), is_complex=is_complex)


def is_fitted(run: Properties, text: str) -> bool:
    """Whether a run's text is squeezed into a width in which nobody reads it."""
    width = twips(run.get("w:fitText", {}), "w:val") / 20
    return 0 < width < len(text) * points_of(run) / 20


def _why_paragraph_unseen(paragraph: Properties, run: Properties, points: float) -> str | None:
    line = paragraph.get("w:spacing") or run.get("paragraph spacing") or {}
    height = twips(line, "w:line") / 20 if line.get("w:lineRule") == "exact" else 0
    if 0 < height < max(_THIN_TWIPS / 20, points * _THIN_PART):
        return "text in a line of no height"
    if 0 < height < abs(_number(run.get("w:position"))) / 2:
        return "text moved away from its line"
    indent = paragraph.get("w:ind") or run.get("paragraph indent") or {}
    if _is_far(indent, points):
        return "text outside the page"
    frame = paragraph.get("w:framePr", {})
    if any(abs(twips(frame, name)) > _PAGE_TWIPS for name in ("w:x", "w:y")):
        return "a frame outside the page"
    if frame.get("w:hRule") == "exact" and 0 < twips(frame, "w:h") <= _THIN_TWIPS:
        return "a frame of no size"
    return None


def _is_far(indent: Attributes, points: float) -> bool:
    """Whether a paragraph begins or ends off the page; indents are told in twips or in letters."""
    a_letter = points / 5
    if any(
        abs(twips(indent, name)) > FAR_TWIPS
        or abs(twips(indent, f"{name}Chars")) * a_letter > FAR_TWIPS
        for name in ("w:left", "w:start", "w:firstLine", "w:hanging")
    ):
        return True
    return any(
        twips(indent, name) > _WIDTH_TWIPS
        or twips(indent, f"{name}Chars") * a_letter > _WIDTH_TWIPS
        for name in ("w:right", "w:end")
    )


def indents_of(indent: Attributes) -> tuple[int, int, int]:
    """From the left, from the right and of the first line, in twips."""
    left = twips(indent, "w:left") or twips(indent, "w:start")
    right = twips(indent, "w:right") or twips(indent, "w:end")
    return left, right, twips(indent, "w:firstLine") - twips(indent, "w:hanging")


def why_table_unseen(rows: Iterable[Attributes], tables: Iterable[Properties]) -> str | None:
    """Why nobody sees a table's text.

    Args:
        rows: the heights of the rows that hold it.
        tables: the properties of the tables that hold it.
    """
    if any(row.get("hidden") for row in rows):
        return "a hidden row"
    for row in rows:
        if row.get("w:hRule") == "exact" and twips(row, "w:val") <= _THIN_TWIPS:
            return "a row of no height"
    for table in tables:
        placed = table.get("w:tblpPr", {})
        far = [twips(table.get("w:tblInd", {}), "w:w")]
        far += [twips(placed, name) for name in ("w:tblpX", "w:tblpY")]
        if any(abs(distance) > _PAGE_TWIPS for distance in far):
            return "a table outside the page"
    return None


def why_page_unseen(pages: Iterable[Properties]) -> str | None:
    """Why nobody sees a document's text: a paper without room between its margins."""
    for page in pages:
        size, margins = page.get("w:pgSz", {}), page.get("w:pgMar", {})
        width, height = twips(size, "w:w"), twips(size, "w:h")
        across = twips(margins, "w:left") + twips(margins, "w:right")
        down = abs(twips(margins, "w:top")) + abs(twips(margins, "w:bottom"))
        if any(0 < side < _LEAST_PAPER for side in (width, height)) or (
            (width and width - across < _LEAST_ROOM) or (height and height - down < _LEAST_ROOM)
        ):
            return "a page without room"
    return None


def is_edge_unseen(kind: str, pages: Iterable[Properties]) -> bool:
    """Whether headers or footers stand off the page."""
    return any(
        twips(page.get("w:pgMar", {}), f"w:{kind}")
        > (twips(page.get("w:pgSz", {}), "w:h") or _PAGE_TWIPS) - _LEAST_ROOM
        for page in pages
    )


def colours_of(run: Properties, styles: Styles, under: Ground | None) -> tuple[Colour, ...]:
    """Colours of a run's letters in any of the programs that paint it; none where they choose a readable one.

    Args:
        run: its properties.
        styles: of the document.
        under: what shines through letters that are partly clear.
    """
    plain = styles.colours(run["w:color"]) if "w:color" in run else []
    stops = run.get("w14:textFill", {}).get("stops", "")
    filled = [colour for colour in map(from_hex, stops.split()) if colour is not None]
    if clear := twips(run.get("w14:textFill", {}), "clear"):
        part, below = 1 - clear / _WHOLE, under if under and under.colours else PAPER
        filled = list(Ground(tuple(filled)).faded(part, below).colours)
    return tuple(dict.fromkeys([*plain, *filled]))


def why_unpainted(
    run: Properties, ground: Ground | None, paper: Ground, styles: Styles, page: float
) -> str | None:
    """Why a run cannot be told from its ground, or perhaps cannot.

    Args:
        run: its properties.
        ground: that it names itself; None where it stands on the paper and what is drawn there.
        paper: of its page.
        styles: of the document.
        page: the larger side of its page, in points.
    """
    if not is_colour(run.get("w:color", {}).get("w:val", "auto")):
        return Doubt(ODD_COLOUR)
    fill = run.get("w14:textFill", {})
    if fill.get("none"):
        return "text without a fill"
    if fill.get("why"):
        return Doubt(fill["why"])
    colours = colours_of(run, styles, ground or paper)
    size = size_of(points_of(run), _percent(run) / 100, page)
    if why := why_illegible(size, colours, (ground or paper).colours):
        return why
    if ground is None:
        return None
    reasons = [why for colour in colours if (why := ground.why_unseen(colour))]
    return next((why for why in reasons if not isinstance(why, Doubt)), next(iter(reasons), None))


def _percent(run: Properties) -> int:
    """Width of a run's letters."""
    scale = run.get("w:w", {}).get("w:val", "").rstrip("%")
    return int(scale) if scale.isdigit() and len(scale) < 6 else 100


def _number(attributes: Attributes | None) -> int:
    return twips(attributes or {}, "w:val")
