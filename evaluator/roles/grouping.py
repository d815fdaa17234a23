"""Names of one sentence: each asked on its own, or several of which any one is enough."""

from __future__ import annotations

import re
from itertools import pairwise

from .advert_words import forms
from .names import UMBRELLAS, Mention, find_names, known_names, relatives_of

_OR_MORE = re.compile(r"[\s,]+")
_BRACKETS = re.compile(r"[()]")
_LISTED = re.compile(
    r"\s*(?:\([^()]{0,20}\)\s*)?(?:[,/]|,?\s*(?:or|oder|ou|o|of|and/or|und/oder|et/ou|and|und|et|y|e|en|lub|albo|oraz|i|bzw\.?|&|\+))\s*"
    r"(?:an?\s|one of\s|(?:in|en|em|mit|with|avec|con|com|met)\s)?",
    re.I,
)
_UNKNOWN = re.compile(r",\s*[A-Z][\w.+#-]*(?:\s[A-Z][\w.+#-]*)?(?=\s*(?:,|\w+\s*$))")
"""A product that is not known, in a list of such as are."""


def groups_of(text: str, mentions: list[Mention]) -> list[list[Mention]]:
    """Names of which any one is enough stand together: joined by an *or*, or as examples of one kind."""
    families = {m.name: known_names()[m.name].family for m in mentions}
    # Examples beside their umbrella tell what it stands for.
    of_families = list(families.values())
    general = {n for n in UMBRELLAS if n in families and of_families.count(UMBRELLAS[n]) > 1}
    if general and any(is_preference(text, m) for m in mentions):
        examples = {UMBRELLAS[n] for n in general}
        mentions = [m for m in mentions if m.name in general or families[m.name] not in examples]
        general = set()
    runs: list[list[Mention]] = []
    for mention in (m for m in mentions if m.name not in general):
        if runs and _is_listed(text, runs[-1][-1], mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    groups: list[list[Mention]] = []
    for run in runs:
        aside = aside_of(text, run[0])
        if groups and aside is not None and not _BRACKETS.search(text, groups[-1][-1].end, aside):
            if _is_alike(groups[-1][-1].name, run[0].name):
                groups[-1] += run
                continue
            if forms("ours").search(text, aside, run[0].start):
                continue
        groups += _parted(text, run, families)
    return groups


def _is_listed(text: str, one: Mention, other: Mention) -> bool:
    """Whether a name goes on the list of the one before it."""
    between = text[one.end : other.start]
    if _LISTED.fullmatch(_UNKNOWN.sub("", between)) or forms("or_like_it").fullmatch(between):
        return True
    aside = aside_of(text, one)
    return (
        aside is not None
        and _is_alike(one.name, other.name)
        and not _BRACKETS.search(text, one.end, other.start)
    )


def _is_alike(one: str, other: str) -> bool:
    return one in relatives_of(other)


def aside_of(text: str, mention: Mention) -> int | None:
    """Where the brackets open that a name stands in."""
    opening = text.rfind("(", 0, mention.start)
    return opening if opening > text.rfind(")", 0, mention.start) else None


def is_preference(text: str, mention: Mention) -> bool:
    """Whether a name stands in brackets as what would be liked best."""
    opening = aside_of(text, mention)
    if opening is None:
        return False
    return forms("rather").search(text[opening : text.find(")", mention.end)]) is not None


def _parted(text: str, run: list[Mention], families: dict[str, str]) -> list[list[Mention]]:
    """A list of names: one choice, or each on its own."""
    between = [text[a.end : b.start] for a, b in pairwise(run)]
    is_choice = any(forms("or_joins").search(piece) for piece in between)
    alike = len({families[m.name] for m in run}) == 1
    goes_on = _OR_MORE.match(text, run[-1].end)
    is_choice |= goes_on is not None and forms("or_joins").match(text, goes_on.end()) is not None
    if is_choice or is_example(text, run[0]) or (alike and _is_any(text, run[0])):
        return [run]
    return [[mention] for mention in run]


def is_example(text: str, first: Mention) -> bool:
    """Whether names stand in brackets behind words that name nothing themselves."""
    opening = aside_of(text, first)
    return opening is not None and all(m.name in UMBRELLAS for m in find_names(text[:opening]))


def _is_any(text: str, first: Mention) -> bool:
    return aside_of(text, first) is not None or forms("any_of").search(text) is not None
