"""Text of one part of an OpenDocument text in reading order, with what its styles hide."""

from __future__ import annotations

import re

from ..draft import Hidden
from ..office.grounds import Ground
from ..office.kept_results import Kept
from ..office.layers import Area, Flow, Layer, Spot
from ..office.overflow import Doubt
from ..office.package import Attributes
from ..office.text import OfficeText
from ..symbol_fonts import PICTURES, is_word
from .cells import Cells
from .fields import kept_of
from .lengths import points
from .names import ALTERNATIVES, FAMILIES, MARKS, NEVER_SHOWN, SECTIONS, SHAPES
from .pages import Pages
from .places import (
    TAG,
    above,
    height_of,
    height_of_picture,
    height_of_row,
    room_of,
    size_of,
    taken,
    why_outside,
)
from .schema import places
from .shapes import Shape
from .styles import BREAK, STOP, Styles
from .tables import Tables
from .visibility import PLACED, Seen, is_switched_off


class Text:
    """Text in reading order; frames with text once, after the flow that holds them.

    Args:
        styles: of the document.
        part: whose automatic styles it uses.
        master: the kind of page that it stands on.
        pages: that it fills; None of headers and footers.
        edge: which of them it is, if it is one.
    """

    def __init__(
        self, styles: Styles, part: str, master: str, pages: Pages | None = None, *, edge: str = ""
    ) -> None:
        self._styles = styles
        self._part = part
        self._paper: Ground = styles.paper(master, edge)
        layout = styles.masters[master].layout if master in styles.masters else ""
        self._page: Attributes = styles.pages.get(layout, {})
        self._pages = pages
        self.text = OfficeText()
        self.asides: list[Hidden] = []
        self._never: list[str] = []
        self._looks: list[tuple[str, Attributes]] = []
        self._known: dict[tuple[str, str, str], Attributes] = {}
        self._judged: dict[tuple[int, ...], tuple[list[Attributes], Seen, str | None]] = {}
        """How text is seen by the looks that hold it, with the looks, so that no other ones get their numbers."""
        self._mapped: list[tuple[int, Attributes]] = []
        """Looks that conditions may put in the place of those of a depth."""
        self._kept: list[Kept | None] = []
        self._alternatives: list[int] = []
        """Contents of each open frame."""
        self._depth_of_text = 0
        self._lists = 0
        self._tables = Tables()
        self._cells = Cells()
        self._notes: list[bool] = []
        """Open notes, and whether each stands where programs know notes."""
        self._foreign = 0
        """Open elements of namespaces that the format does not know."""
        self._after_tab = False
        self.places = places()
        self.flow = Flow()
        self.flow.top, self.flow.height = height_of(self._page)
        self.flow.room = self.flow.height if edge else None
        self.layers: list[Layer] = []
        self._shapes: list[Shape] = []
        self._drawn = 0
        self._seen_last = Seen([], styles, self._paper, self._page)

    def start(self, tag: str, attributes: Attributes) -> None:
        if self._never or self._is_never_shown(tag):
            self._never.append(tag)
            return
        self._look(tag, attributes)
        kept = kept_of(tag, attributes) if self._depth_of_text else None
        if kept is not None:
            self._styles.plainness.field(kept.kind)
        self._kept.append(kept)
        self._foreign += ":" not in tag
        if tag in {"text:p", "text:h"}:
            self._depth_of_text += 1
            self._start_paragraph()
        elif tag in MARKS:
            self._mark(tag)
        elif tag == "text:s":
            count = attributes.get("text:c", "1")
            self.text.put(" " * min(int(count) if count.isdigit() else 1, 40))
            self._take_line(" ", of_signs=False)
        elif tag == "text:a":
            self.text.open_link(attributes.get("xlink:href", ""))
        elif tag == "text:note":
            self._start_note()
        elif tag == "text:hidden-paragraph" and len(self._looks) > 1:
            holder, look = self._looks[-2]
            self._looks[-2] = (holder, look | {"text:display": "none"})
        else:
            self._start_box(tag, attributes)

    def _mark(self, tag: str) -> None:
        self.text.put(MARKS[tag])
        self._after_tab |= tag == "text:tab"
        self._take_line(" ", of_signs=False)
        if tag == "text:line-break" and not self._shapes:
            self.flow.break_line()

    def _start_note(self) -> None:
        is_usual = self.flow.room is None and not self._shapes and not self._notes
        self._notes.append(is_usual)
        if not is_usual:
            self._styles.plainness.find(_MISPLACED_NOTE)

    def _start_box(self, tag: str, attributes: Attributes) -> None:
        if tag == "table:table-cell":
            self.text.open_cell()
            self.flow.start_cell()
            self._cells.start(attributes)
        elif tag == "table:table-row":
            self.flow.start_row()
            if self._tables.is_wide():
                self._styles.plainness.find("a table wider than a line")
        elif tag == "draw:text-box":
            self.text.open_box()
        elif tag == "draw:image" and self._shapes:
            self._shapes[-1].picture = self._styles.picture(attributes.get("xlink:href", ""))
        elif tag in SHAPES:
            self._alternatives.append(0)
            look = self._looks[-1][1]
            self._shapes.append(Shape(look, attributes.get("draw:z-index", "0")))

    def _is_never_shown(self, tag: str) -> bool:
        """Whether nobody sees an element; of the contents of a frame a program shows the first."""
        if tag in ALTERNATIVES and self._looks and self._looks[-1][0] == "draw:frame":
            self._alternatives[-1] += 1
            return self._alternatives[-1] > 1
        return tag in NEVER_SHOWN

    def _look(self, tag: str, attributes: Attributes) -> None:
        """Push what the element's style says of text, ground and display."""
        name = attributes.get("text:style-name") or attributes.get("table:style-name")
        name = name or attributes.get("draw:style-name") or ""
        family = "graphic" if tag in SHAPES else FAMILIES.get(tag)
        named = f"{family}/{name}" if family and name else ""
        display = ""
        if is_switched_off(attributes):
            display = "none"
        elif attributes.get("text:display", "true") not in {"true", "none"}:
            display = "condition"
        look = self._look_of(tag, named, display)
        if named:
            for other in self._styles.mapped(named, self._part):
                self._mapped.append((len(self._looks), self._styles.of(other, self._part)))
        if named or tag in {"text:p", "text:h"}:
            self._page_starts(tag, named, look)
        if tag in SHAPES:
            look = look | {name: attributes[name] for name in PLACED if name in attributes}
            look["anchor"] = attributes.get("text:anchor-type", "")
        elif tag == "text:list":
            self._lists += 1
            indent = self._styles.list_indents.get(
                (attributes.get("text:style-name", ""), self._lists)
            )
            if indent and self._lists == 1:
                look = look | {"fo:margin-left": indent}
        self._looks.append((tag, look))
        self._tables.start(tag, attributes, look)

    def _look_of(self, tag: str, named: str, display: str) -> Attributes:
        """The look of an element by its style alone; elements alike share one, which nobody changes.

        Sections within each other are told apart by their looks, so that each has its own.
        """
        key = (tag, named, display)
        look = self._known.get(key)
        if look is None:
            look = {TAG: tag} | (self._styles.of(named, self._part) if named else {})
            if display:
                look["text:display"] = display
            if len(self._known) < _MOST_KNOWN and tag not in SECTIONS:
                self._known[key] = look
        return look

    def _page_starts(self, tag: str, named: str, look: Attributes) -> None:
        if (
            self._pages is not None
            and tag in {"text:p", "text:h", "table:table"}
            and not self.text.in_box
        ):
            master = self._styles.starts(named, self._part) if named else ""
            self._pages.start(master, breaks=BREAK in look)

    def data(self, text: str) -> None:
        if self._never:
            self._say_unseen(text)
        elif self._depth_of_text:
            shown = re.sub(r"\s+", " ", text)
            self._cells.take(shown)
            why = self._why_hidden(text) if text.strip() else None
            if not why or why == PICTURES:
                self._take_line(text, of_signs=bool(why))
            if why != PICTURES or is_word(text):
                kept = next(filter(None, self._kept), None)
                spot = self._spot() if text.strip() else None
                if spot is not None and not why:
                    self._styles.plainness.paint(spot.colours, spot.ground or spot.paper)
                self.text.say(shown, why, kept, spot)

    def _take_line(self, text: str, *, of_signs: bool) -> None:
        """Text that may reach over the line above."""
        if self._shapes:
            return
        looks = [look for _, look in self._looks]
        heights = [look["fo:line-height"] for look in looks if "fo:line-height" in look]
        height = heights[-1] if heights else self._styles.defaults.get("fo:line-height", "")
        part = (points(height, 100.0) or 100.0) / 100 if height.endswith("%") else 1.0
        if part >= 1.0:
            self.flow.lines.take(text, self._seen_last.points)
            return
        if not text.strip():
            self._seen(looks)
        size = self._seen_last.points
        moved = [look.get("style:text-position", "").split(" ")[0] for look in looks]
        raised = max([points(one, size) or 0.0 for one in moved if one.endswith("%")], default=0.0)
        painted = any("fo:background-color" in look for look in looks)
        self.flow.lines.take_low(text, size, part, raised=raised, has_ground=of_signs or painted)

    def _spot(self) -> Spot:
        """Where a piece of text stands."""
        seen = self._seen_last
        if self._shapes:
            shape = self._shapes[0]
            spot = Spot(Area(), seen.colours, seen.ground, self._paper, order=shape.order)
            shape.spots.append(spot)
            return spot
        return Spot(self.flow.area(), seen.colours, seen.ground, self._paper)

    def _start_paragraph(self) -> None:
        if self._shapes:
            return
        start, end = room_of([look for _, look in self._looks], self._page)
        if self._tables.open:
            start, end = self._tables.cell(start, end)
        if any(BREAK in look for _, look in self._looks):
            self.flow.turn()
        self.flow.top, self.flow.height = height_of(self._page)
        self.flow.start_paragraph(start, end)
        self._after_tab = False
        self._tables.push(sum(above(look) for tag, look in self._looks if tag in _IN_CELLS))

    def _end_shape(self) -> None:
        """A shape that no other one holds has its place."""
        self._alternatives.pop()
        shape = self._shapes.pop()
        if self._shapes:
            self._shapes[-1].inner.append(shape)
            return
        self._drawn += 1
        order = shape.order + self._drawn / 1e6
        if shape.look.get("anchor") == "as-char":
            self.flow.hold(height_of_picture(shape.look, self.flow.height))
        self.layers += shape.layers(self._styles, self.flow, self._page, order)

    def _say_unseen(self, text: str) -> None:
        how = next((NEVER_SHOWN[tag] for tag in self._never if tag in NEVER_SHOWN), None)
        if how is None:
            how = Doubt("one of several contents of a frame")
        if how and text.strip():
            self.text.say(text, how)

    def _why_hidden(self, text: str) -> str | None:
        if why := self.places.why_unseen():
            self._styles.plainness.find(why)
            return why
        looks = [look for _, look in self._looks]
        why, points = self._seen(looks)
        if not why and self._pages is not None and not self.text.in_box:
            self._pages.take(len(text), points)
        if not why and not self._shapes:
            self.flow.take(len(text) * points * _EM_OF_LETTER)
        why = why or self._styles.typefaces.why_untrue(self._seen_last.fonts, text)
        why = why or self._why_mapped(looks) or self._tables.why_unseen(text, points)
        return why or self._why_moved(looks)

    def _why_moved(self, looks: list[Attributes]) -> str | None:
        """Why tabs or the indents within cells perhaps move text off the page."""
        if self._foreign:
            return Doubt("an element that programs may not know")
        if not all(self._notes):
            return Doubt(_MISPLACED_NOTE)
        if self._shapes:
            return None
        left = self.flow.area().left
        stop = max(float(look.get(STOP, "0")) for look in looks) if self._after_tab else 0.0
        if left + stop > self.flow.area().right:
            if not self._styles.tabs_leave_lines:
                stop = 0.0
            else:
                self._styles.plainness.find("a tab stop behind the end of its line")
        return why_outside(left + stop, self._page)

    def _seen(self, looks: list[Attributes]) -> tuple[str | None, float]:
        """As :meth:`Seen.why_unseen`; asked once for all text that the same looks hold."""
        key = tuple(map(id, looks))
        if key in self._judged:
            _, seen, why = self._judged[key]
        else:
            seen = Seen(looks, self._styles, self._paper, self._page)
            why, _ = seen.why_unseen()
            if len(self._judged) < _MOST_JUDGED:
                self._judged[key] = (looks, seen, why)
        if looks[-1] is self._looks[-1][1]:
            self._seen_last = seen
        return why, seen.points

    def _why_mapped(self, looks: list[Attributes]) -> str | None:
        """Why a condition perhaps hides text."""
        for depth, look in self._mapped:
            why, _ = self._seen([*looks[:depth], {**looks[depth], **look}, *looks[depth + 1 :]])
            if why:
                return Doubt(why)
        return None

    def _end_cell(self) -> None:
        self.text.close_cell()
        self.flow.end_cell()
        if why := self._cells.end():
            self._styles.plainness.find_odd(why)

    def _end_paragraph(self, look: Attributes) -> None:
        if not self._shapes:
            size, around = self._seen_last.points, (0.0, 0.0)
            if self.flow.room is not None:
                size = max(size, size_of(look))
                around = taken(look)
            self.flow.end_paragraph(size * _EM_OF_LINE, around, is_left=True)
        if self._pages is not None:
            self._pages.end_line(_USUAL_LINE)

    def end(self, tag: str) -> None:
        if self._never:
            self._never.pop()
            return
        if tag in SHAPES:
            self._end_shape()
        _, look = self._looks.pop()
        self._kept.pop()
        self._foreign -= ":" not in tag
        if tag == "text:note":
            self._notes.pop()
        while self._mapped and self._mapped[-1][0] >= len(self._looks):
            self._mapped.pop()
        self._tables.end(tag)
        self._lists -= tag == "text:list"
        if tag in {"text:p", "text:h"}:
            self._depth_of_text -= 1
            self.text.put("\n")
            self._end_paragraph(look)
        elif tag == "text:a":
            self.text.close_link()
        elif tag == "table:table-cell":
            self._end_cell()
        elif tag == "table:table-row":
            self.text.put("\n")
            self.flow.end_row(height_of_row(look))
        elif tag == "draw:text-box":
            self.text.close_box()


_MOST_KNOWN = 1_000
_MOST_JUDGED = 1_000
_MISPLACED_NOTE = "a note in a header, a frame or another note"
_USUAL_LINE = 12.0
_IN_CELLS = frozenset(["table:table-cell", "text:p", "text:h"])
_EM_OF_LETTER = 0.5
_EM_OF_LINE = 1.2
