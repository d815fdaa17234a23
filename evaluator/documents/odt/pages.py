"""Pages of OpenDocument text: which kinds the document surely has, and which headers and footers they show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..office.overflow import Doubt
from .styles import Master, Styles

_LETTER = 0.4
_REST_OF_LINE = 0.5
_SURELY_FULL = 1.4
_ROOM = (480.0, 720.0)
"""Width and height in points of what a page's margins leave."""


@dataclass
class Pages:
    """What is known of the pages while the text is read."""

    named: list[str] = field(default_factory=list)
    """Kinds that paragraphs begin; of the first one whether it is the document's first."""
    begun: bool = False
    first: str | None = None
    breaks: int = 0
    height: float = 0.0
    """Of the text at least, in points."""

    def start(self, master: str, *, breaks: bool) -> None:
        """A paragraph or table begins."""
        if not self.begun:
            self.first = master or None
        elif master or breaks:
            self.breaks += 1
        if master:
            self.named.append(master)
        self.begun = True

    def take(self, letters: int, points: float) -> None:
        self.height += letters * points * _LETTER / _ROOM[0] * points

    def end_line(self, points: float) -> None:
        self.height += points * _REST_OF_LINE

    def more(self) -> int:
        """How many pages surely follow the first."""
        return max(self.breaks, int(self.height / _ROOM[1] / _SURELY_FULL))

    def first_of(self, styles: Styles) -> str:
        """The kind of the first page."""
        masters = styles.masters
        usual = "Standard" if "Standard" in masters else next(iter(masters), "")
        return self.first if self.first in masters and self.first else usual

    def sure(self, styles: Styles) -> set[str]:
        """Kinds of pages that the document surely has."""
        at, found = self.first_of(styles), set()
        for _ in range(self.more() + 1):
            found.add(at)
            at = styles.masters.get(at, Master()).next or at
        return found | set(self.named)


def why_edge_unseen(
    tag: str, master: str, kinds: Iterable[str], pages: Pages, styles: Styles
) -> str | None:
    """Why no page, or perhaps none, has a header or footer.

    Args:
        tag: which of them.
        master: the kind of page that has it.
        kinds: those that the same kind of page has, switched on.
        pages: of the document.
        styles: of the document.
    """
    kind = tag.rpartition(":")[2]
    name, _, where = kind.partition("-")
    more = pages.more()
    if kind not in kinds:
        return "a header or footer that no page shows"
    if master not in pages.sure(styles):
        nexts = {one.next for one in styles.masters.values()}
        if master not in nexts:
            return "a header or footer that no page shows"
        return Doubt("a header or footer of pages that there may not be")
    needed = 0
    if where == "left":
        needed = 1
    elif not where and f"{name}-first" in kinds:
        needed = 2 if f"{name}-left" in kinds else 1
    return None if more >= needed else Doubt("a header or footer of pages that there may not be")
