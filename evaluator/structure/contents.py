"""Headings that stand above anything, such as *Highlights*: what is below says which section they open."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .line_features import LineFeatures
from .sections import Section
from .vocabulary import vocabulary, words_of

_SENTENCE = re.compile(r"[.!?;。！？](?:\s|$)")
_FEW_WORDS, _MANY_WORDS = 6, 12
_LIST_COMMAS = 3
_DATED = 4
"""One of so many lines holds a year where they tell of studies."""
_LARGE = 0.3
"""Of the words in a row of names without signs between, those that begin large."""


def section_by_content(
    section: Section, below: Sequence[LineFeatures], *, has_summary: bool
) -> Section:
    """The section that a heading opens.

    Args:
        section: that it opens where the content does not tell.
        below: the lines under it.
        has_summary: whether another heading opens a summary; then lines tell what somebody can do, or did.
    """
    if not below:
        return section
    if section is Section.EDUCATION and _tells_of_study(below):
        return section
    if has_summary:
        begun = [look for look in below if not look.text[:1].islower()]
        done = sum(map(_tells_what_was_done, begun))
        return Section.SUMMARY if 2 * done > len(begun) else Section.SKILLS
    names = sum(_is_of_names(look) for look in below)
    if section is Section.EDUCATION:
        told = sum(look.told for look in below)
        return Section.SUMMARY if told > names else Section.SKILLS
    return Section.SKILLS if 2 * names > len(below) else section


def _tells_what_was_done(look: LineFeatures) -> bool:
    """Whether a line begins with a verb of the past, and not with a quality such as *Experienced*."""
    first = next(iter(words_of(look.text.casefold())), "")
    verbs = vocabulary().pasts
    return first in verbs or (first.endswith("ed") and first not in vocabulary().qualities)


def _tells_of_study(below: Sequence[LineFeatures]) -> bool:
    """Whether lines name degrees, schools or years; one sentence that does is not enough."""
    named = (look for look in below if (look.degree or look.school) and not look.told)
    if any(look.year or look.words <= _MANY_WORDS for look in named):
        return True
    return _DATED * sum(look.dated and not look.told for look in below) >= len(below)


def _is_of_names(look: LineFeatures) -> bool:
    """Whether a line names things and tells nothing of them."""
    if _SENTENCE.search(look.text):
        return False
    words = look.text.split()
    if len(words) <= _FEW_WORDS or look.text.count(",") >= _LIST_COMMAS:
        return True
    return len(words) >= _MANY_WORDS and sum(w[:1].isupper() for w in words) >= _LARGE * len(words)
