"""Headers and footers of RTF: which of them a page shows, by the pages that the text surely takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ..office.kept_results import Kept, Pending
from ..office.layers import Flow, Spot
from ..office.overflow import Doubt

_LETTER = 0.4
_REST_OF_LINE = 0.5
_SURELY_FULL = 1.4
OF_PAGES = frozenset([b"titlepg", b"facingp", b"page", b"pagebb", b"sect", b"sbknone", b"sectd"])
"""All words that tell which pages there are."""
NO_PAGE = -1
"""Number of a page that nothing is drawn on."""
_ROOM = (440.0, 650.0)
"""Width and height in points of what a page's margins leave."""


@dataclass
class Edge:
    """A header or footer."""

    kind: str
    is_continuous: bool
    """It is of a section that begins within a page."""
    pieces: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """The same as it was told."""
    flow: Flow = field(default_factory=lambda: Flow(page=NO_PAGE))
    others: list[Edge] = field(default_factory=list)
    """All of its kind that its section tells."""

    def is_contradicted(self) -> bool:
        """Whether its section tells another of its kind, so that each program may show another one."""
        return len({"".join(other.texts) for other in self.others}) > 1


@dataclass
class Pages:
    """What is known of the pages while the text is read."""

    edges: list[Edge] = field(default_factory=list)
    has_title: bool = False
    is_facing: bool = False
    is_continuous: bool = False
    breaks: int = 0
    sections: int = 0
    height: float = 0.0
    """Of the text at least, in points."""
    _of_section: dict[bytes, list[Edge]] = field(default_factory=dict)
    """By control word."""

    def define(self, word: bytes) -> bool:
        """Take one word; whether it is about pages."""
        if word not in OF_PAGES:
            return False
        if word == b"titlepg":
            self.has_title = True
        elif word == b"facingp":
            self.is_facing = True
        elif word in {b"page", b"pagebb"}:
            self.breaks += 1
        elif word == b"sect":
            self.sections += 1
            self._of_section = {}
            self.is_continuous = False
        elif word == b"sbknone":
            self.is_continuous = self.sections > 0
        else:
            self.is_continuous = False
        return True

    def open(self, word: bytes, kind: str, room: float) -> None:
        """A header or footer begins, for which the paper has so much room."""
        edge = Edge(kind, self.is_continuous)
        edge.flow.room = room
        self.edges.append(edge)
        edge.others = self._of_section.setdefault(word, [])
        edge.others.append(edge)

    def take(self, letters: int, points: float) -> None:
        """Text of the flow."""
        self.height += letters * points * _LETTER / _ROOM[0] * points

    def end_line(self, points: float) -> None:
        self.height += points * _REST_OF_LINE

    def more(self) -> int:
        """How many pages surely follow the first."""
        return max(self.breaks, int(self.height / _ROOM[1] / _SURELY_FULL))

    def why_unseen(self, edge: Edge) -> str | None:
        """Why no page, or perhaps none, has a header or footer."""
        more = self.more()
        if edge.kind == "first edge":
            possible, sure = self.has_title, not edge.is_continuous
        elif edge.kind in {"left edge", "right edge"}:
            needed = int(edge.kind == "left edge")
            possible, sure = (
                self.is_facing,
                more >= needed and not (self.has_title and more < needed + 1),
            )
        else:
            possible, sure = True, more >= 1 or not (self.has_title or edge.is_continuous)
        if edge.is_contradicted():
            return "a header or footer that is told twice"
        if not possible:
            return "a header or footer that no page shows"
        return None if sure else Doubt("a header or footer of pages that there may not be")


@dataclass
class Results:
    """Open fields whose result may be computed anew, and the pieces that they keep."""

    pending: Pending = field(default_factory=Pending)
    open: list[tuple[int, Kept]] = field(default_factory=list)
    """Depths of their groups."""

    def close(self, depth: int) -> None:
        """A group ends."""
        while self.open and depth < self.open[-1][0]:
            self.open.pop()

    def piece(self, text: str, kinds: frozenset[str], spot: Spot | None) -> str:
        """Text as it is put, or a mark in its place.

        Args:
            text: what is said.
            kinds: of results that are shown as they stand.
            spot: where it stands.
        """
        if not text.strip():
            return text
        kept = next((kept for kept in self._kept() if kept.kind not in kinds), None)
        return text if kept is None and spot is None else self.pending.mark(text, kept, spot)

    def is_number(self) -> bool:
        """Whether the number of a paragraph is read."""
        return any(kept.kind == "LISTNUM" for _, kept in self.open)

    def _kept(self) -> Iterator[Kept]:
        return (kept for _, kept in self.open)
