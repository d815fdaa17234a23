"""A text as words and numbers without case, accents and scripts of digits, each with its place in the source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cache

_SYLLABIC = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
"""Scripts that put no spaces between words: each character is a word."""
_TOKEN = re.compile(rf"\d+|[{_SYLLABIC}]|(?:[^\W\d_{_SYLLABIC}]|[\u0900-\u0963\u0966-\u0dff])+")
_ALONE = re.compile(rf"[{_SYLLABIC}]")
_NUMERAL = re.compile("[〇零○一二三四五六七八九十元]{1,4}(?=[年月日])")
_ACCENTS = range(0x300, 0x370)
_APOSTROPHES = "’‘‛`´ʼ′＇"
_HAS_ACCENTS_OF_ITS_OWN = range(0xAC00, 0xD7B0)
_VALUES = {"〇": 0, "零": 0, "○": 0, "元": 1} | {
    c: n for n, c in enumerate("一二三四五六七八九", start=1)
}


def _garbled_forms() -> dict[str, str]:
    """Dashes and apostrophes in UTF-8 that was read as a Western encoding, once or twice."""
    forms: dict[str, str] = {}
    for character in "–—－～−‒―‐’‘→":
        garbled = character
        for _ in range(2):
            garbled = garbled.encode().decode("cp1252", "ignore")
            forms[garbled] = "'" if character in _APOSTROPHES else "-"
    return forms


_GARBLED_FORMS = _garbled_forms()
_GARBLED = re.compile("|".join(sorted(map(re.escape, _GARBLED_FORMS), key=len, reverse=True)))
_GARBLED_SPACE = re.compile(r"Â(?=[\s\u200b]|$)")
_GARBLED_HYPHEN = re.compile(r"(?<=\d )Â[\u200b\u00ad]?(?= )")
"""A soft hyphen that stood for a dash."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words and numbers of a text in order, and what stands between them."""

    texts: Sequence[str]
    gaps: Sequence[str]
    """``gaps[i]`` stands before word ``i``; one more stands behind the last."""
    starts: Sequence[int]
    ends: Sequence[int]
    """Offsets in the source."""

    @classmethod
    def of(cls, text: str) -> Words:
        folded, places = _folded(text)
        texts: list[str] = []
        gaps: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        position = 0
        for match in _TOKEN.finditer(folded):
            texts.append(match.group())
            gaps.append(folded[position : match.start()])
            starts.append(places[match.start()])
            ends.append(places[match.end() - 1] + 1)
            position = match.end()
        gaps.append(folded[position:])
        return cls(texts, gaps, starts, ends)

    def number(self, index: int, digits: int = 2) -> int | None:
        """The number at ``index`` where one of at most so many digits stands there."""
        if index >= len(self.texts):
            return None
        text = self.texts[index]
        return int(text) if len(text) <= digits and text.isdecimal() else None

    def is_number(self, index: int) -> bool:
        return 0 <= index < len(self.texts) and self.texts[index].isdecimal()

    def may_open(self, index: int, words: Container[str]) -> bool:
        """Whether a number, one of these words, or any word before a number stands at ``index``."""
        if index >= len(self.texts):
            return False
        return self.texts[index] in words or self.is_number(index) or self.is_number(index + 1)

    def is_syllabic(self, index: int) -> bool:
        """Whether the word at ``index`` is of a script without spaces."""
        return 0 <= index < len(self.texts) and _ALONE.match(self.texts[index]) is not None


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text folded, and for each of its characters the index it came from."""
    if text.isascii():
        return text.lower().replace("`", "'"), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for index, character in enumerate(_mended(text)):
        for letter in _fold(character):
            letters.append(letter)
            places.append(index)
    return "".join(letters), places


def _mended(text: str) -> list[str]:
    """Characters, with digits for a Chinese number before a year, month or day, and dashes for what a wrong
    encoding made of them."""
    characters = list(text)

    def put(match: re.Match[str], new: str) -> None:
        characters[match.start() : match.end()] = [new] + [""] * (len(match.group()) - 1)

    for match in _NUMERAL.finditer(text):
        put(match, _value(match.group()))
    for match in _GARBLED.finditer(text):
        put(match, _GARBLED_FORMS[match.group()])
    for match in _GARBLED_SPACE.finditer(text):
        put(match, " ")
    for match in _GARBLED_HYPHEN.finditer(text):
        put(match, "-")
    return characters


def _value(numeral: str) -> str:
    """二〇一九 digit by digit, and 一 to 九十九."""
    if "十" not in numeral:
        return "".join(str(_VALUES[c]) for c in numeral)
    tens, _, ones = numeral.partition("十")
    return str(10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0))


@cache
def _fold_one(character: str) -> str:
    if character in _APOSTROPHES:
        return "'"
    if character == "ı":
        return "i"
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "Cf":
        return ""
    if ord(character) in _HAS_ACCENTS_OF_ITS_OWN:
        return character
    apart = unicodedata.normalize("NFKD", character)
    bare = "".join(c for c in apart if ord(c) not in _ACCENTS)
    return unicodedata.normalize("NFC", bare).casefold()


def _fold(character: str) -> str:
    return _fold_one(character) if len(character) == 1 else character
