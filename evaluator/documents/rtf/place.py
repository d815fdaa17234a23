"""Why nobody sees the text of RTF where it is being read, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..draft import Hidden, hide
from ..office.grounds import PAPER, Ground
from ..office.layers import Area, Flow, Spot
from ..office.legibility import size_of, why_illegible
from ..office.overflow import CUT_OFF, Doubt, Room
from ..paint import BLACK, ODD_COLOUR, WHITE, Colour, melts
from ..symbol_fonts import PICTURES
from .pages import Pages, Results
from .pictures import Picture
from .plain import RtfPlainness
from .shades import Shade
from .shapes import THIN_TWIPS, Shape
from .state import EDGE, LEAST_COLUMN, SINGLE, WIDTH_TWIPS, Paper, State
from .styles import Styles
from .tables import ENDS_OF_CELLS, OpenCells, Row

_EM_OF_LINE = 1.2
_LIGHTEST = 255


@dataclass
class Place:
    """Where the reader stands, with all that holds there."""

    state: State = field(default_factory=State)
    colours: list[Colour | None] = field(default_factory=list)
    row: Row = field(default_factory=Row)
    cells: OpenCells = field(default_factory=OpenCells)
    frame: Room | None = None
    out: list[str] = field(default_factory=list)
    """What is shown, piece by piece."""
    hidden: list[Hidden] = field(default_factory=list)
    mixing: list[int | None] = field(default_factory=lambda: [None, None, None])
    odd_colours: set[int] = field(default_factory=set)
    """Numbers of those that programs mix differently."""
    styles: Styles = field(default_factory=Styles)
    pictures: set[int] = field(default_factory=set)
    """Numbers of the typefaces that draw pictures."""
    paper: Paper = field(default_factory=Paper)
    is_silent: list[int] = field(default_factory=list)
    """Depths of the fields whose result is not shown."""
    shapes: list[Shape] = field(default_factory=list)
    usual_font: int = 0
    results: Results = field(default_factory=Results)
    plainness: RtfPlainness = field(default_factory=RtfPlainness)
    after_tab: bool = False
    """The paragraph has a tab before what is read."""
    body: Flow = field(default_factory=Flow)
    pages: Pages = field(default_factory=Pages)
    drawn: int = 0
    """Shapes that were drawn before."""
    picture: Picture | None = None
    """That is read."""

    @property
    def flow(self) -> Flow:
        """Of the text, or of the header or footer that is read."""
        edges = self.pages.edges
        return edges[-1].flow if edges and self.state.destination.endswith("edge") else self.body

    def _why_hidden(self, text: str) -> str | None:
        state = self.state
        if state.deleted:
            return "a deleted revision"
        if state.vanish:
            return "hidden text"
        if self.is_silent:
            return "a field that shows nothing"
        boxed = next(filter(None, (shape.why_unseen() for shape in self.shapes)), None)
        placed = None if self.shapes else state.why_misplaced(self.paper)
        placed = placed or (None if self.shapes else self._why_moved())
        if why := boxed or placed or self._why_no_room(text) or state.why_small():
            return why
        if why := self._why_illegible():
            return why
        if (self.usual_font if state.font is None else state.font) in self.pictures:
            return PICTURES
        return self._why_unpainted()

    def _why_moved(self) -> str | None:
        """Why a tab, or an indent within a cell, perhaps moves text off the page."""
        state, paper = self.state, self.paper
        start = paper.margin(b"margl")
        if self.after_tab and start + state.stop > paper.size()[0] - LEAST_COLUMN:
            return Doubt("text behind a tab stop outside the page")
        if self.after_tab and start + state.stop > paper.size()[0] - paper.margin(b"margr"):
            self.plainness.find("a tab stop behind the end of its line")
        if state.in_table:
            start = self.row.sides(start, start)[0] + state.left + min(0, state.first)
            return None if start >= -EDGE else Doubt("text outside the page")
        return None

    def _why_illegible(self) -> str | None:
        """By size, width and colour together."""
        state = self.state
        size = size_of(state.points, state.scale / 100, max(self.paper.size()) / 20)
        colour = self._colour(state.colour)
        colours = () if colour is None else (colour,)
        return why_illegible(size, colours, (self._own_ground() or WHITE,))

    def _why_unpainted(self) -> str | None:
        state = self.state
        why = "text in the colour of its background"
        if state.colour in self.odd_colours:
            return Doubt(ODD_COLOUR)
        usual = self.styles.usual()
        colour = self._colour(state.colour)
        if usual is not None and state.colour == 0:
            if usual.vanish:
                return Doubt("hidden text")
            colour = colour or self._colour(usual.colour)
        ground = self._own_ground()
        if colour is None:
            first = self.colours[0] if self.colours else None
            is_pale = first is not None and melts(first, ground or WHITE)
            return Doubt(ODD_COLOUR) if is_pale and state.colour == 0 else None
        if ground is not None and melts(colour, ground):
            return why
        if self.state.destination != "text" and melts(colour, ground or WHITE):
            return why
        backed = self._colour(state.backed)
        return Doubt(why) if backed is not None and melts(colour, backed) else None

    def _own_ground(self) -> Colour | None:
        """What letters, paragraph or cell name as their ground."""
        state = self.state
        return (
            self._colour(state.lit)
            or state.letters.colour(self.colours)
            or state.paragraph.colour(self.colours)
            or (self.row.ground(self.colours) if state.in_table else None)
        )

    def _why_no_room(self, text: str) -> str | None:
        state = self.state
        points = state.points
        if 0 < state.fitted < len(text) * points:
            return "text squeezed into a width"
        if self.shapes:
            return None if self.shapes[-1].holds(text, points) else CUT_OFF
        if state.in_table:
            return self.row.why_unseen(text, points, self.paper, state.above / 20)
        width, height = state.frame
        if not height:
            return None
        if height <= THIN_TWIPS:
            return "text in a line of no height"
        if self.frame is None:
            self.frame = Room((width or WIDTH_TWIPS) / 20, height / 20)
        return None if self.frame.holds(text, points) else CUT_OFF

    def _colour(self, index: int | None) -> Colour | None:
        return self.colours[index] if index and index < len(self.colours) else None

    def _start_line(self) -> None:
        """A paragraph of the flow has begun."""
        flow = self.flow
        if not flow.areas:
            paper, state = self.paper, self.state
            left, right = (
                paper.margin(b"margl") + state.left,
                paper.size()[0] - paper.margin(b"margr") - state.right,
            )
            if state.in_table:
                left, right = self.row.sides(paper.margin(b"margl"), right)
            flow.top = paper.margin(b"margt") / 20
            flow.height = max(
                100.0, (paper.size()[1] - paper.margin(b"margt") - paper.margin(b"margb")) / 20
            )
            flow.start_paragraph(left / 20, right / 20)

    def _spot(self) -> Spot:
        """Where text stands."""
        state = self.state
        own = self._own_ground()
        ground = Ground((own,)) if own is not None else None
        colour = self._colour(state.colour) or (None if own else BLACK)
        colours = () if colour is None else (colour,)
        if not self.shapes:
            self._start_line()
            return Spot(self.body.area(), colours, ground, PAPER)
        if ground is None and (painted := self.shapes[-1].ground()).colours:
            ground = painted
        spot = Spot(Area(-1), colours, ground, PAPER, order=0.0)
        self.shapes[-1].spots.append(spot)
        return spot

    def _end_shape(self, shape: Shape) -> None:
        """A shape that no other one holds has its place."""
        if self.shapes:
            self.shapes[-1].inner.append(shape.ground())
            self.shapes[-1].spots += shape.spots
            return
        self._start_line()
        self.drawn += 1
        margins = self.paper.margin(b"margl"), self.paper.margin(b"margt")
        layer = shape.layer(self.flow, margins, self.drawn / 1e6)
        if layer is not None:
            self.results.pending.layers.append(layer)

    def _is_of_row(self, word: bytes, value: int) -> bool:
        """Whether a word defines a row; those of tables within cells are defined beside the text."""
        return self.state.destination != "none" and self.row.define(word, value)

    def _leave_rest(self, text: str) -> None:
        """The document has ended before this text."""
        if any(map(str.isalnum, text)):
            hide(self.hidden, Doubt("text behind the end of the document"), text)

    def _leave(self, start: int | None) -> None:
        """Text from a place on stands in a table and in none of its cells."""
        if start is not None:
            text = self.results.pending.plain("".join(self.out[start:]))
            del self.out[start:]
            hide(self.hidden, Doubt("text of a table that no cell holds"), text)

    def _end_line(self, word: bytes) -> None:
        """What a line, paragraph, cell or row that ends takes of the room that it has."""
        if word in ENDS_OF_CELLS and self.state.destination == "text" and not self.shapes:
            self._leave(self.cells.end(word))
        if word == b"cell":
            self.row.end_cell()
            self._start_line()
            self.flow.end_paragraph(self.state.points * _EM_OF_LINE, (0.0, 0.0), is_left=True)
            self.flow.end_cell()
            self.flow.start_cell()
        elif word == b"row":
            self.flow.end_row(self.row.height / 20)
            self.row.end_row()
        elif word in {b"page", b"sect"}:
            self.flow.turn()
        elif word in {b"par", b"line"}:
            if self.flow.room is not None and not self.shapes:
                self._end_line_of_edge(word)
            elif self.state.destination == "text" and not self.shapes:
                self.pages.end_line(self.state.points)
                self._start_line()
                self.flow.end_paragraph(self.state.points * _EM_OF_LINE, (0.0, 0.0), is_left=True)
            self.row.end_line(self.state.points)
            for room in (self.frame, *(shape.room for shape in self.shapes)):
                if room is not None:
                    room.end_line(self.state.points)

    def _end_line_of_edge(self, word: bytes) -> None:
        self._start_line()
        if word == b"line":
            self.flow.break_line()
        else:
            height, around = self.state.height()
            self.flow.end_paragraph(height, around, is_left=True)

    def _end_picture(self, picture: Picture) -> None:
        self.picture = None
        if picture.unusual:
            self.plainness.find(picture.unusual)
        if not self.shapes:
            self._start_line()
            self.flow.hold(picture.height())

    def _shape_property(self, destination: str, text: str) -> None:
        if self.picture is not None:
            self.picture.property(destination, text)
            return
        if self.shapes and destination == "name":
            self.shapes[-1].name = text
        elif self.shapes:
            self.shapes[-1].set(text)

    def _colour_ends(self, text: str) -> None:
        for _ in range(text.count(";")):
            if any(part is not None and not 0 <= part <= _LIGHTEST for part in self.mixing):
                self.odd_colours.add(len(self.colours))
            red, green, blue = (max(0, min(part or 0, _LIGHTEST)) for part in self.mixing)
            self.colours.append(None if self.mixing[0] is None else (red, green, blue))
            self.mixing = [None, None, None]

    def _look_at_heights(self) -> None:
        for edge in self.pages.edges:
            edge.flow.limit(self.paper.room_of_edges(self.paper.lowest))
        for flow in (self.body, *(edge.flow for edge in self.pages.edges)):
            if unusual := flow.what_is_unusual():
                self.plainness.find(unusual)

    def _take_line(self, text: str, how: str | None) -> None:
        """Text that may reach over the line above."""
        state = self.state
        if not self.shapes and (not how or how == PICTURES):
            # A height that a line has at least is taken for a part of the usual one, as it often is.
            if not 0 < -state.line < SINGLE:
                self.flow.lines.take(text, state.points)
                return
            ground = how == PICTURES or bool(state.lit) or state.letters != Shade()
            part, raised = -state.line / SINGLE, state.raised / 2
            self.flow.lines.take_low(text, state.points, part, raised=raised, has_ground=ground)
