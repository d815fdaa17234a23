"""The language of a text, from its script and its most frequent small words. No model, no network."""

from __future__ import annotations

import re
from collections import Counter
from math import fsum

_SMALL_WORDS: dict[str, str] = {
    "en": "the and of to in for with on from by as at is was that this which using a an or our",
    "de": "und der die das mit für von im auf den ein eine zur bei des als zum sowie durch nicht",
    "es": "de la el en y los las con para del una por que al como se su un mediante más",
    "fr": "de la le et les des en pour du dans une avec sur par aux un est au ainsi plus",
    "pt": "de a o e da do em para com os uma dos das por na no que um ao mais",
    "it": "di e il la in per con del della un una dei da nel che le al i sono più",
    "nl": "de het een en van in voor met op bij aan te door naar zijn als dat of om tot",
    "pl": "i w z na do od dla oraz przez się że jest po o nie to za przy systemu dane",
}
_SCRIPTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("el", re.compile("[\u0370-\u03ff]")),
)
_SETS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}
_OWNERS = Counter(word for words_of in _SETS.values() for word in words_of)
"""A word that several languages share tells little: it counts for each by its share."""
_BEYOND_LATIN = re.compile("[\u0370-\uffff]")
_SHARE_OF_SCRIPT = 0.12
_MIN_HITS = 3


def detect_language(text: str) -> str | None:
    """ISO 639-1 code, or None when too few words tell."""
    letters = sum(map(str.isalpha, text))
    if not letters:
        return None
    beyond_latin = _BEYOND_LATIN.findall(text)
    if len(beyond_latin) > _SHARE_OF_SCRIPT * letters:
        written = "".join(beyond_latin)
        for language, script in _SCRIPTS:
            if len(script.findall(written)) > _SHARE_OF_SCRIPT * letters:
                return language
    words = Counter(text.lower().split())
    scores = {
        # A set has another order in each process, and a plain sum another last digit in each order.
        language: fsum([words[word] / _OWNERS[word] for word in small if word in words])
        for language, small in _SETS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] >= _MIN_HITS else None
