"""The level of work that sentences of an advert ask for."""

from __future__ import annotations

from collections.abc import Iterable

from ..models.vocabulary import Dimension
from ..readers.rules.lexicon import PreparedText as Text
from ..readers.rules.lexicon import Strength, lexicon_for
from .advert_words import forms


def levels_of(tasks: Iterable[str], language: str | None) -> dict[Dimension, int]:
    """Levels that an opening's tasks ask for."""
    found: dict[Dimension, int] = {}
    for task in tasks:
        lexicon = lexicon_for(language, task)
        level = level_of(task)
        for hit in lexicon.find(Text.of(task)):
            if hit.strength is not Strength.UNSURE:
                found[hit.dimension] = max(found.get(hit.dimension, 0), level)
    return {d: found[d] for d in Dimension if d in found}


def level_of(text: str) -> int:
    """The level that a sentence asks for: named, applied, or owned."""
    if forms("leading").search(text):
        return 3
    return 1 if forms("slight").search(text) else 2
