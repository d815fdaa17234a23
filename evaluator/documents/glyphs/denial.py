"""Whether a typeface draws other letters than it is asked for, by what its letters look like one by one."""

from __future__ import annotations

from collections import Counter

from .shapes import GlyphVerdict, Judgement

_FEWEST = 4
"""Different letters that are denied, below which a typeface is odd and no more."""
_WHOLLY = 0.3
"""Of different letters, how many are denied in a typeface that lies in all; of scripts up to 0.25 are."""
_DIVERSE, _UNIFORM = 0.5, 0.8
"""Letters drawn as each other are closest to as many, and signs in their place to one; outlines are closest to a few."""
_PARTLY, _TRUE = 0.12, 0.5
"""Of different letters, how many are denied, and of the others confirmed, in a typeface that lies in part."""


def denied(judged: dict[str, Judgement]) -> frozenset[str]:
    """Letters that a typeface does not draw: all, some, or none of those it has.

    Args:
        judged: every letter that is used.
    """
    against = [letter for letter, one in judged.items() if one.verdict is GlyphVerdict.DENIED]
    if len(against) < _FEWEST:
        return frozenset()
    nearest = Counter(judged[letter].nearest for letter in against)
    share = max(nearest.values()) / len(against)
    if not len(nearest) >= _DIVERSE * len(against) and share < _UNIFORM:
        return frozenset()
    if len(against) >= _WHOLLY * len(judged):
        return frozenset(judged)
    confirmed = sum([one.verdict is GlyphVerdict.CONFIRMED for one in judged.values()])
    others = len(judged) - len(against)
    partly = len(against) >= _PARTLY * len(judged) and confirmed >= _TRUE * others
    return frozenset(against if partly else ())
