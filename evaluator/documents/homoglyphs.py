"""Letters of other alphabets inside Latin words: read as they look, and told.

A human reads "ignore" whatever alphabet its o comes from; a search for the word does not.
"""

from __future__ import annotations

import re

_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅ", "aeopcyxijshdqwABEKMHOPCTXYIJS", strict=True))
_GREEK = dict(zip("οανρικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavpikABEZHIKMNOPTYX", strict=True))
_LOOKS = _CYRILLIC | _GREEK
_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_MIXED = re.compile(r"(?=[^\W\d_]*[A-Za-z])(?=[^\W\d_]*[\u0370-\u03ff\u0400-\u052f])[^\W\d_]+")


def as_seen(text: str, changed: list[str]) -> str:
    """Words that mix Latin with look-alikes become Latin; each is added to ``changed``.

    A word with a letter that has no Latin twin stays as it is.
    """
    if text.isascii() or not _OTHER.search(text):
        return text

    def latin(match: re.Match[str]) -> str:
        word = match.group()
        if all(c in _LOOKS for c in _OTHER.findall(word)):
            changed.append(word)
            return "".join(_LOOKS.get(c, c) for c in word)
        return word

    return _MIXED.sub(latin, text)
