"""Text of an office document as it is collected: flows, boxes once, cells of tables, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..draft import DraftLink, Hidden, hide
from .kept_results import Kept, Pending
from .layers import Spot


@dataclass
class _Closed:
    """A box that has closed: where its text went, and its pieces."""

    place: list[str]
    index: int
    pieces: list[str]
    limit: int | None


@dataclass
class OfficeText:
    """Collects one part in reading order; text boxes follow the flow that holds them.

    A box of one line that a paragraph holds alone stands where that paragraph does.
    """

    links: list[DraftLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    pending: Pending = field(default_factory=Pending)
    _flows: list[list[str]] = field(default_factory=lambda: [[]])
    _boxes: list[str] = field(default_factory=list)
    _limits: list[int | None] = field(default_factory=list)
    """Of each open box, how many pieces of its text fit into it; None for all."""
    _closed: _Closed | None = None
    _cells: list[int] = field(default_factory=list)
    _link: DraftLink | None = None

    @property
    def in_box(self) -> bool:
        return len(self._flows) > 1

    def texts(self) -> list[str]:
        """The main flow, then each text box."""
        flows = [self.pending.plain(text) for text in ("".join(self._flows[0]), *self._boxes)]
        return [re.sub(r"\n{2,}", "\n\n", text).strip("\n") for text in flows if text.strip()]

    def beside_results(self) -> str:
        """What is shown without the kept results of fields."""
        return self.pending.without("\n".join(("".join(self._flows[0]), *self._boxes)))

    def put(self, text: str) -> None:
        """Marks between words: tabs, breaks, ends of paragraphs."""
        self._flows[-1].append(text)

    def say(
        self, text: str, hidden: str | None, kept: Kept | None = None, spot: Spot | None = None
    ) -> None:
        """Words of the document.

        Args:
            text: the words.
            hidden: the reason why nobody sees them.
            kept: the field that they are a kept result of.
            spot: where they stand, if something may be drawn there.
        """
        if hidden:
            hide(self.hidden, hidden, text)
            return
        waits = (kept is not None or spot is not None) and bool(text.strip())
        self._flows[-1].append(self.pending.mark(text, kept, spot) if waits else text)
        if self._link is not None:
            self._link.label += text

    def open_link(self, target: str) -> None:
        self._link = DraftLink(target, "")

    def close_link(self) -> None:
        if self._link is not None and self._link.target:
            self.links.append(self._link)
        self._link = None

    def open_box(self) -> None:
        self._flows.append([])
        self._limits.append(None)

    def fill_box(self) -> None:
        """The innermost box is full: what comes now may be cut off."""
        if self._limits and self._limits[-1] is None:
            self._limits[-1] = len(self._flows[-1])

    def close_box(self) -> None:
        if not self.in_box:
            return
        pieces, limit = self._flows.pop(), self._limits.pop()
        text = "".join(pieces)
        flow = self._flows[-1]
        if flow and flow[-1].endswith("\n") and not self._cells and "\n" not in text.strip():
            place, text = flow, text.strip()
        else:
            place = self._boxes
        place.append(text)
        self._closed = _Closed(place, len(place) - 1, pieces, limit)

    def cut_box(self, why: str, *, whole: bool) -> None:
        """Nobody sees what does not fit into the box that closed last, or nothing of it."""
        closed, self._closed = self._closed, None
        if closed is None or (closed.limit is None and not whole):
            return
        limit = 0 if whole or closed.limit is None else closed.limit
        closed.place[closed.index] = "".join(closed.pieces[:limit]).rstrip("\n")
        hide(self.hidden, why, self.pending.plain("".join(closed.pieces[limit:])))

    def open_cell(self) -> None:
        self._cells.append(len(self._flows[-1]))

    def close_cell(self) -> None:
        """Cells of one line are a table; cells of many are columns of a page."""
        flow = self._flows[-1]
        start = self._cells.pop() if self._cells else 0
        while len(flow) > start and flow[-1] == "\n":
            flow.pop()
        flow.append("\n" if "\n" in flow[start:] else "\t")
