"""Words of one line are judged together."""

from __future__ import annotations

from .words import Word


def agree(words: list[Word], kind: str | None = None) -> None:
    """Where most words of a line are hidden, the few that seem visible are hidden too.

    Args:
        words: of a page.
        kind: of hiding; any where there is none.
    """
    line: list[Word] = []
    for word in [*words, None]:
        if line and (word is None or abs(word.y0 - line[-1].y0) > 0.3 * line[-1].height):
            hidden = [o.hidden for o in line if o.hidden and kind in {None, o.hidden}]
            if 2 * len(hidden) > len(line):
                for other in line:
                    other.hidden = other.hidden or hidden[0]
            line = []
        if word is not None:
            line.append(word)
