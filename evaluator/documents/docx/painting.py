"""How the letters of a Word document are painted, on what, and where what is drawn may lie over them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.grounds import PAPER, Ground, any_of
from ..office.layers import Area, Flow, Layer, Spot
from ..office.overflow import Doubt
from ..office.package import Attributes
from ..paint import BLACK, from_hex
from .boxes import Box
from .conditions import variants
from .measures import twips
from .sections import Section
from .shapes import Shapes
from .styles import CELL, Properties, Styles
from .tables import Tables
from .visibility import colours_of, points_of

_EM_OF_LETTER = 0.5
_EM_OF_LINE = 1.2
_EMU_OF_POINT = 12_700
_LINE = 240
"""Of single spacing, in its own units."""

_PAINTED = frozenset(["w:shd", "w:highlight", "w:bdr"])
"""What a run paints behind and around its letters."""


@dataclass
class Painting:
    """Follows the flow of one part, and what is drawn around it."""

    styles: Styles
    shapes: Shapes
    tables: Tables
    paper: Ground = PAPER
    flow: Flow = field(default_factory=Flow)
    layers: list[Layer] = field(default_factory=list)
    edge: str = ""
    """``header`` or ``footer``, of a part that is one."""
    mark: float = 0.0
    """Size of the letter that ends the paragraph which is read; it is not seen, and makes its line as high."""
    bordered: float = 0.0
    """Height in points of the paragraph's borders with what stands between them and the text."""
    _drawn: int = 0
    """Shapes that were drawn before."""

    def start_background(self, attributes: Attributes) -> None:
        """The document names a ground of its pages; some programs show it only where the settings say so."""
        colour = from_hex(attributes.get("w:color", ""))
        if colour is not None:
            painted = Ground((colour,))
            self.paper = painted if self.styles.shows_background else any_of([painted, PAPER])

    def formatting(self, paragraph: Properties, run: Properties) -> list[Properties]:
        """What holds for a run, for each way in which a table's style may be taken."""
        styles = self.styles
        named = paragraph.get("w:pStyle", {}).get("w:val", styles.paragraph_default)
        character = run.get("w:rStyle", {}).get("w:val", "")
        above = dict(styles.of(named))
        if character:
            above |= styles.of(character)
        above |= run
        if not self.tables.tables:
            return [styles.defaults | above]
        base = styles.defaults | styles.of(self.tables.style)
        conditions = styles.conditions(self.tables.style)
        if not conditions:
            return [base | above]
        return [base | found | above for found in variants(conditions, *self.tables.look())]

    def own_ground(self, paragraph: Properties, run: Properties, *, in_box: bool) -> Ground | None:
        """What a run, its paragraph, its cell or its box names as its ground; None where none does."""
        styles = self.styles
        lit = styles.highlight(run["w:highlight"]) if "w:highlight" in run else None
        if lit is not None:
            return Ground((lit,))
        shades = [run.get("w:shd"), paragraph.get("w:shd"), run.get("paragraph fill")]
        if not in_box or self.tables.cells:
            own = (
                self.tables.shades[:1] if self.tables.cells and self.tables.cells[-1].shade else []
            )
            shades += [*own, run.get(CELL), *self.tables.shades]
        for shade in shades:
            fill = styles.fill(shade) if shade else None
            if fill is not None:
                return Ground((fill,))
        return self.shapes.ground() if in_box else None

    def spot(self, paragraph: Properties, run: Properties, *, in_box: bool) -> Spot:
        """Where a run stands."""
        ground = self.own_ground(paragraph, run, in_box=in_box)
        colours = colours_of(run, self.styles, ground or self.paper)
        if not colours and ground is None and not in_box:
            colours = (BLACK,)
        if in_box and self.shapes.open:
            box = self.shapes.open[0]
            spot = Spot(Area(), colours, ground, self.paper, order=box.order)
            box.spots.append(spot)
            return spot
        return Spot(self.flow.area(), colours, ground, self.paper)

    def start_paragraph(self, section: Section, indents: tuple[int, int, int]) -> None:
        """A paragraph of the flow begins."""
        left, right = section.margin("left"), section.width - section.margin("right")
        self.flow.height = max(
            100.0, (section.length - section.margin("top") - section.margin("bottom")) / 20
        )
        self.flow.top = section.top_of(self.edge) / 20
        if self.tables.grids and self.tables.cells:
            grid = self.tables.grids[-1]
            left = grid.left + grid.x
            right = left + (grid.cell() or right - left)
        self.flow.start_paragraph((left + indents[0]) / 20, (right - indents[1]) / 20)

    def take(self, text: str, run: Properties) -> None:
        """Text of the paragraph that is read."""
        self.flow.take(len(text) * points_of(run) * _EM_OF_LETTER)

    def take_line(
        self, text: str, paragraph: Properties, run: Properties, *, of_signs: bool
    ) -> None:
        """Text that may reach over the line above."""
        own, styled = paragraph.get("w:spacing", {}), run.get("paragraph spacing", {})
        line = twips(own if "w:line" in own else styled, "w:line")
        if (
            not 0 < line < _LINE
            or own.get("w:lineRule", styled.get("w:lineRule", "auto")) != "auto"
        ):
            self.flow.lines.take(text, points_of(run))
            return
        raised = twips(run["w:position"], "w:val") / 2 if "w:position" in run else 0.0
        painted = any(run[name].get("w:fill") != "auto" for name in _PAINTED & run.keys())
        self.flow.lines.take_low(
            text, points_of(run), line / _LINE, raised=raised, has_ground=of_signs or painted
        )

    def end_paragraph(self, paragraph: Properties, run: Properties) -> None:
        """The paragraph ends."""
        spacing = {**run.get("paragraph spacing", {}), **paragraph.get("w:spacing", {})}
        line, rule = twips(spacing, "w:line"), spacing.get("w:lineRule", "auto")
        is_edge = self.flow.room is not None
        height = max(points_of(run), self.mark if is_edge else 0.0) * _EM_OF_LINE
        if line and rule == "auto":
            height *= line / _LINE
        elif line:
            height = line / 20 if rule == "exact" else max(height, line / 20)
        around = twips(spacing, "w:before") / 20, twips(spacing, "w:after") / 20
        if is_edge:
            around = around[0] + self.bordered, around[1]
        self.mark = self.bordered = 0.0
        is_left = paragraph.get("w:jc", {}).get("w:val", "left") in {"left", "start", "both"}
        self.flow.end_paragraph(height, around, is_left=is_left)

    def why_off(self, box: Box, section: Section) -> str | None:
        """Why a shape that no other one holds is perhaps off the paper."""
        is_off = self.shapes.is_off(box, self.shapes.area(box, section, self.flow), section)
        return Doubt("a text box outside the page") if is_off else None

    def close(self, box: Box, section: Section) -> None:
        """A shape ends that no other one holds: its place is known."""
        self._drawn += 1
        order = box.order + self._drawn / 1e6
        area = self.shapes.area(box, section, self.flow)
        for spot in box.spots:
            spot.area, spot.order = area, order
        if box.is_inline:
            high = max(box.height or 0, (box.width or 0) if box.is_turned else 0)
            self.flow.hold(high / _EMU_OF_POINT)
        if box.is_inline or box.flows or box.why_unseen():
            return
        if box.width and box.height:
            self.layers.append(Layer(area, box.whole_ground(), not box.behind, order))
