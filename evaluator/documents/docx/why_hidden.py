"""Why nobody sees the text of a Word document where it is being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..office.field_codes import Fields
from ..office.overflow import CUT_OFF, Doubt
from ..office.package import Attributes, refuse_second
from ..office.places import Places
from ..office.plain import Plainness
from ..office.text import OfficeText
from ..office.typefaces import USED
from ..writing_direction import BACKWARDS, is_turned
from .controls import Controls
from .measures import twips
from .painting import Painting
from .schema import places
from .sections import Section
from .shapes import Shapes
from .styles import LISTED, STOPS, Properties, Styles
from .tables import Frame, Tables
from .tabs import FURTHEST, TABS
from .visibility import fonts_of, indents_of, is_fitted, points_of, why_unpainted, why_unseen


def number_of_note(attributes: Attributes) -> str:
    """The number of a note, which may be written in several ways."""
    return str(twips({"w:id": attributes.get("w:id", "").strip().lstrip("+")}, "w:id"))


@dataclass
class Place:
    """Where the reader of one part stands, with all that holds there."""

    targets: dict[str, str]
    """Relationship id to external target."""
    styles: Styles
    sections: list[Section] = field(default_factory=lambda: [Section()])
    text: OfficeText = field(default_factory=OfficeText)
    tables: Tables = field(default_factory=Tables)
    fields: Fields = field(default_factory=Fields)
    controls: Controls = field(default_factory=Controls)
    plainness: Plainness = field(default_factory=Plainness)
    places: Places = field(default_factory=places)
    _foreign: int = 0
    """Open elements of namespaces that the format does not know."""
    _after_tab: bool = False
    """The paragraph has a tab before what is read."""
    _turned: list[bool] = field(default_factory=list)
    """Open overrides of the writing direction, and whether each goes from right to left."""
    _run: Properties = field(default_factory=dict)
    _frame: Frame = field(default_factory=Frame)
    _paragraphs: list[Properties] = field(default_factory=lambda: [{}])
    _section: int = 0
    """Number of the section that is read."""
    _unseen_note: bool = False
    _revised: int = 0
    """Open revisions that take their text away."""
    _told: set[str] = field(default_factory=set)
    """Numbers of the notes that were read."""

    def __post_init__(self) -> None:
        self.shapes = Shapes(self.styles)
        self.painting = Painting(self.styles, self.shapes, self.tables)

    @property
    def section(self) -> Section:
        """The section that is read."""
        return self.sections[min(self._section, len(self.sections) - 1)]

    def _refers(self) -> bool:
        """Whether a page shows the reference to a note that is read."""
        is_gone = self.text.in_box or self._revised or self.places.are_wrong
        return not is_gone and not self._why_hidden("")

    def _start_note(self, attributes: Attributes, referred: frozenset[str]) -> None:
        """A note begins.

        Args:
            attributes: of its element.
            referred: numbers of the notes that anything refers to.
        """
        number = number_of_note(attributes)
        if number in self._told:
            refuse_second("a note")
        self._told.add(number)
        is_mark = attributes.get("w:type", "normal") != "normal"
        self._unseen_note = is_mark or number not in referred

    def _why_hidden(self, text: str) -> str | None:
        if why := self.fields.why_unseen():
            return why
        if self._foreign:
            return "an element that Word does not know"
        if self._unseen_note:
            return "a note that nothing refers to"
        if text.strip() and (why := self.places.why_unseen()):
            self.plainness.find(why)
            return why
        if any(self._turned) and is_turned(text):
            return BACKWARDS
        looks = self.painting.formatting(self._paragraphs[-1], self._run)
        reasons = [self._why_look(look) for look in looks]
        if (why := next(filter(None, reasons), None)) is not None:
            # What a table's style says of some cells may not hold for this one.
            return why if all(reasons) else Doubt(why)
        run = looks[0]
        if why := self._why_untrue(text, run):
            return why
        return self.shapes.why_unseen() or self._why_misplaced(run) or self._why_no_room(text, run)

    def _why_untrue(self, text: str, run: Properties) -> str | None:
        """Why a typeface of the file's own perhaps draws something else."""
        typefaces = self.styles.typefaces
        if not typefaces.untrue:
            return None
        fonts = fonts_of(run, self.styles)
        if typefaces.bring(fonts):
            self.plainness.find(USED)
        return typefaces.why_untrue(fonts, text)

    def _why_look(self, run: Properties) -> str | None:
        paragraph, in_box = self._paragraphs[-1], self.text.in_box
        if why := why_unseen(run, paragraph, self.styles):
            return why
        ground = self.painting.own_ground(paragraph, run, in_box=in_box)
        page = max(self.section.width, self.section.length) / 20
        return why_unpainted(run, ground, self.painting.paper, self.styles, page)

    def _why_misplaced(self, run: Properties) -> str | None:
        """Why text is perhaps off the page, by all that moves it."""
        if self.text.in_box:
            return None
        if frame := self._paragraphs[-1].get("w:framePr"):
            return Doubt("a frame outside the page") if self.section.is_frame_off(frame) else None
        indents = indents_of(self._indent(run))
        if self.tables.tables:
            why = self.tables.why_misplaced(indents)
        else:
            why = self.section.why_unseen(indents)
        stop = self._tab_stop(run) if self._after_tab else 0
        if not why and stop > self.section.room_right():
            why = "text behind a tab stop outside the page"
        elif stop > self.section.line():
            self.plainness.find("a tab stop behind the end of its line")
        return Doubt(why) if why else None

    def _tab_stop(self, run: Properties) -> int:
        """The furthest of the paragraph's tab stops, in twips from the margin."""
        stops = (run.get(STOPS, {}), self._paragraphs[-1].get(TABS, {}))
        return max(twips(stop, FURTHEST) for stop in stops)

    def _indent(self, run: Properties) -> Attributes:
        """The paragraph's indent: its own, its list's, or its style's."""
        paragraph = self._paragraphs[-1]
        styled = run.get(LISTED, {})
        level = paragraph.get("w:ilvl", {}).get("w:val", styled.get("w:ilvl", "0"))
        number = paragraph.get("w:numId", {}).get("w:val", styled.get("w:numId", ""))
        listed = self.styles.numbering.indent(number, level) if number else None
        return {**run.get("paragraph indent", {}), **(listed or {}), **paragraph.get("w:ind", {})}

    def _why_no_room(self, text: str, run: Properties) -> str | None:
        """Why text does not fit where it stands."""
        if is_fitted(run, text):
            return "text squeezed into a width"
        points = points_of(run)
        if not self.text.in_box:
            return self.tables.why_unseen(text, points) or (
                None if self._frame.holds(self._paragraphs[-1], text, points) else CUT_OFF
            )
        if not self.shapes.holds(text, points):
            self.text.fill_box()
        return None

    def _take_line(self, text: str, *, of_signs: bool = False) -> None:
        """What may reach over the line above."""
        if not self.text.in_box:
            run = self._formatting()
            self.painting.take_line(text, self._paragraphs[-1], run, of_signs=of_signs)

    def _formatting(self) -> Properties:
        return self.painting.formatting(self._paragraphs[-1], self._run)[0]
