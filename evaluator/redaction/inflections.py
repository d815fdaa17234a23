"""Forms of a name in languages that decline it."""

from __future__ import annotations

from collections.abc import Iterator

MOST_INFLECTED = 4
"""Letters of an ending at most, and of a Latin part that has none."""
_ENDINGS = frozenset("s es ego emu owi em a owa ova ovi ie ej iej ii i y e u o ow".split())
"""Of cases in languages with Latin letters."""


def stems_of(folded: str) -> Iterator[str]:
    """What an inflected word could be a form of."""
    for cut in range(1, min(MOST_INFLECTED, len(folded) - MOST_INFLECTED) + 1):
        stem, ending = folded[:-cut], folded[-cut:]
        if not folded.isascii() or ending in _ENDINGS:
            yield stem
            yield stem + "*"
