"""Headings that stand above anything, such as *Highlights*: what is below says which section they open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .line_features import LineFeatures
from .sections import Section

_SENTENCE = re.compile(r"[.!?;。！？](?:\s|$)")
_FEW_WORDS, _MANY_WORDS = 6, 12
_DATED = 4
"""One of so many lines holds a year where they tell of studies."""
_LARGE = 0.3
"""Of the words in a row of names without signs between, those that begin large."""


def section_by_content(section: Section, below: Sequence[LineFeatures]) -> Section:
    """The section that a heading opens.

    Args:
        section: that it opens where the content does not tell.
        below: the lines under it.
    """
    if not below:
        return section
    names = sum(_is_of_names(look) for look in below)
    if section is Section.EDUCATION:
        if _tells_of_study(below):
            return section
        told = sum(look.told for look in below)
        return Section.SUMMARY if told > names else Section.SKILLS
    return Section.SKILLS if 2 * names > len(below) else section


def _tells_of_study(below: Sequence[LineFeatures]) -> bool:
    """Whether lines name degrees, schools or years; one sentence that does is not enough."""
    if any((look.degree or look.school) and not look.told for look in below):
        return True
    return _DATED * sum(look.dated and not look.told for look in below) >= len(below)


def _is_of_names(look: LineFeatures) -> bool:
    """Whether a line names things and tells nothing of them."""
    if _SENTENCE.search(look.text):
        return False
    words = look.text.split()
    if len(words) <= _FEW_WORDS:
        return True
    return len(words) >= _MANY_WORDS and sum(w[:1].isupper() for w in words) >= _LARGE * len(words)
