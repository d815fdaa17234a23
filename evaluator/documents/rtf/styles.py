"""Styles of RTF with those that they are based on."""

from __future__ import annotations

from dataclasses import dataclass, field

from .state import State

DEFAULTS = -1
"""Number under which the document's defaults are kept."""
_MAX_PARENTS = 20
_Word = tuple[bytes, int | None]


@dataclass
class Styles:
    """The words that define each style, and its parent."""

    words: dict[int, list[_Word]] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    _found: dict[int, State] = field(default_factory=dict)

    def define(self, style: int, word: bytes, number: int | None) -> None:
        """One word of a style's definition."""
        if word == b"sbasedon":
            self.parents[style] = number or 0
        else:
            self.words.setdefault(style, []).append((word, number))

    def of(self, style: int) -> State | None:
        """How a style shows text; None where there is none."""
        if style not in self.words and style not in self.parents:
            return None
        if style not in self._found:
            chain = [style]
            while len(chain) < _MAX_PARENTS and self.parents.get(chain[-1], chain[-1]) not in chain:
                chain.append(self.parents[chain[-1]])
            state = State()
            for one in [DEFAULTS, *reversed(chain)]:
                for word, number in self.words.get(one, []):
                    font = number if word == b"f" else state.font
                    state = (state.formatted(word, number) or state).changed(font=font)
            self._found[style] = state
        return self._found[style]

    def usual(self) -> State | None:
        """How text is shown that names no style."""
        return self.of(0) or self.of(DEFAULTS)
