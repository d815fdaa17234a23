"""Whose doing a clause describes: the candidate's, somebody else's, nobody's (denied) or a wish's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import Lexicon, PreparedText

_CLAUSE = re.compile(
    r"[;:]\s+|[；：]|,\s+(?=(?:but|while|whereas|which|who|then|the|our|another|no|not|never|without|although|though|aber|während|die|der|pero|mientras|mais|tandis|mas|ale|lecz)\b)"
    r"|\s+(?=(?:but|while|whereas|although|though|aber|während|pero|mientras|mais|tandis que)\b)|\s+[–—]\s+|(?:，|、(?=但))|(?:\.\s+)|。"
)
_LABEL_WORDS = 4
_NOT_OWN = ("denied", "others", "wish", "clerical")


def own_clauses(sentence: PreparedText, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Spans of the clauses that tell what the candidate did. Empty for adverts."""
    if lexicon.says("advert", sentence):
        return []
    text = sentence.text
    borders = list(_CLAUSE.finditer(text))
    if not borders:
        return [] if _is_not_own(sentence, lexicon) else [(0, len(text))]
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in [*borders, None]:
        end = boundary.start() if boundary else len(text)
        clause = text[start:end]
        if clause.strip() and not _is_not_own(PreparedText.of(clause), lexicon):
            spans.append((start, end))
        elif spans and text[spans[-1][1] : start].strip() == ":" and _is_label(text, spans[-1]):
            spans.pop()  # "Kubernetes: no experience" names what is denied
        start = boundary.end() if boundary else end
    return spans


def own_words(sentence: PreparedText, clauses: Sequence[tuple[int, int]]) -> PreparedText:
    """What some clauses of a sentence say together."""
    return PreparedText.of(" ".join(sentence.text[start:end] for start, end in clauses))


def _is_label(text: str, span: tuple[int, int]) -> bool:
    return len(text[span[0] : span[1]].split()) <= _LABEL_WORDS


def _is_not_own(clause: PreparedText, lexicon: Lexicon) -> bool:
    return any(lexicon.says(phrase, clause) for phrase in _NOT_OWN)
