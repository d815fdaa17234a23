"""Letters of other alphabets inside Latin words: read as they look, and told.

A human reads "ignore" whatever alphabet its o comes from; a search for the word does not.
"""

from __future__ import annotations

import re

_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅ", "aeopcyxijshdqwABEKMHOPCTXYIJS", strict=True))
_GREEK = dict(zip("οανρικΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oavpikABEZHIKMNOPTYX", strict=True))
_ADDRESS_SIGN = re.compile(r"://|@|\w\.\w|\w/")
_LOOKS = _CYRILLIC | _GREEK
_OTHER = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z]")
_AROUND = 200
"""Characters on each side that are looked at for an address."""


def latin_twin(character: str) -> str | None:
    """The Latin letter that a letter of another alphabet looks like."""
    return _LOOKS.get(character)


def as_seen(text: str, changed: list[str]) -> str:
    """Words that mix Latin with look-alikes become Latin; each is added to ``changed``.

    A word with a letter that has no Latin twin stays as it is, and so does one in an address.
    """
    if text.isascii() or not _OTHER.search(text):
        return text

    def latin(match: re.Match[str]) -> str:
        word = match.group()
        others = _OTHER.findall(word)
        if not others or not _LATIN.search(word) or not all(c in _LOOKS for c in others):
            return word
        if _stands_in_address(text, match.start(), match.end()):
            return word
        changed.append(word)
        return "".join(_LOOKS.get(c, c) for c in word)

    return _WORD.sub(latin, text)


def _stands_in_address(text: str, start: int, end: int) -> bool:
    """A host that only looks like another is another host: addresses keep their letters."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    head = before.split()[-1] if before and not before[-1].isspace() else ""
    tail = after.split()[0] if after and not after[0].isspace() else ""
    return bool(_ADDRESS_SIGN.search(head + text[start:end] + tail))
