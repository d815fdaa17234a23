"""Text of an office document as it is collected: flows, boxes once, cells of tables, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .draft import DraftLink, Hidden, hide


@dataclass
class OfficeText:
    """Collects one part in reading order; text boxes follow the flow that holds them.

    A box of one line that a paragraph holds alone stands where that paragraph does.
    """

    links: list[DraftLink] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    _flows: list[list[str]] = field(default_factory=lambda: [[]])
    _boxes: list[str] = field(default_factory=list)
    _cells: list[int] = field(default_factory=list)
    _link: DraftLink | None = None

    @property
    def in_box(self) -> bool:
        return len(self._flows) > 1

    def texts(self) -> list[str]:
        """The main flow, then each text box."""
        flows = ["".join(self._flows[0]), *self._boxes]
        return [re.sub(r"\n{2,}", "\n\n", text).strip("\n") for text in flows if text.strip()]

    def put(self, text: str) -> None:
        """Marks between words: tabs, breaks, ends of paragraphs."""
        self._flows[-1].append(text)

    def say(self, text: str, hidden: str | None) -> None:
        """Words of the document; ``hidden`` is the reason why nobody sees them."""
        if hidden:
            hide(self.hidden, hidden, text)
            return
        self._flows[-1].append(text)
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

    def close_box(self) -> None:
        if not self.in_box:
            return
        text = "".join(self._flows.pop())
        flow = self._flows[-1]
        if flow and flow[-1].endswith("\n") and not self._cells and "\n" not in text.strip():
            flow.append(text.strip())
        else:
            self._boxes.append(text)

    def open_cell(self) -> None:
        self._cells.append(len(self._flows[-1]))

    def close_cell(self) -> None:
        """Cells of one line are a table; cells of many are columns of a page."""
        flow = self._flows[-1]
        start = self._cells.pop() if self._cells else 0
        while len(flow) > start and flow[-1] == "\n":
            flow.pop()
        flow.append("\n" if "\n" in flow[start:] else "\t")
