"""Where the elements of an office document stand: text in an element that its format does not have there is shown by some programs alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .overflow import Doubt

MISPLACED = Doubt("an element where the format has none")
_TRANSPARENT = frozenset(
    ["mc:AlternateContent", "mc:Choice", "mc:Fallback", "loext:content-control"]
)
"""Elements around what stands as if they were not there."""


@dataclass
class Places:
    """The open elements of one part.

    Args:
        parents: by element, where the format has it; others stand where they like and hold no text.
        single: elements that a part has once.
        holders: elements that hold letters.
    """

    parents: Mapping[str, Collection[str]] = field(default_factory=dict)
    single: Collection[str] = ()
    holders: Collection[str] = ()
    _open: list[str] = field(default_factory=lambda: [""])
    _wrong: list[int] = field(default_factory=list)
    """Depths of the open elements that stand where the format has none of them."""
    _met: set[str] = field(default_factory=set)

    def start(self, tag: str) -> None:
        outer = self._open[-1]
        allowed = self.parents.get(tag)
        if allowed is None:
            tag = outer if tag in _TRANSPARENT else tag
        elif outer not in allowed or tag in self._met:
            self._wrong.append(len(self._open))
        elif tag in self.single:
            self._met.add(tag)
        self._open.append(tag)

    def end(self) -> None:
        self._open.pop()
        if self._wrong and self._wrong[-1] == len(self._open):
            self._wrong.pop()

    @property
    def are_wrong(self) -> bool:
        """Whether an open element stands where the format has none of it."""
        return bool(self._wrong)

    def why_unseen(self) -> str | None:
        """Why text that is read is perhaps not shown."""
        return None if not self._wrong and self.holds(self._open[-1]) else MISPLACED

    def holds(self, tag: str) -> bool:
        """Whether letters stand in an element."""
        return tag in self.holders
