"""The encoding of a text file that names none: what a library takes for possible, weighed by letters and signs."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from charset_normalizer import from_bytes

from .language import detect_language

_SAMPLE = 1 << 16
_TELLING_BYTES = 1 << 13
_LATIN = ("cp1252", "mac_roman", "cp1250", "cp1254", "iso8859_2", "cp1257", "cp850", "cp852")
_OTHER = (
    "mac_cyrillic",
    "mac_greek",
    "mac_latin2",
    "mac_turkish",
    "iso8859_5",
    "iso8859_9",
    "cp1251",
    "koi8_r",
    "koi8_u",
    "cp866",
    "cp1253",
    "iso8859_7",
    "cp1255",
    "cp1256",
    "cp874",
)
_MANY_BYTES = ("gb18030", "big5", "big5hkscs", "cp932", "euc_jp", "cp949")
_PLAIN_SIGNS = frozenset(
    "–—−‘’‚“”„•·…€£«»‹›©®°§¡¿´№×±÷µ½¼²³ªº\u00a0\u200e\u200f、。·・「」『』()・：；，！？％＋～〜＆／"
)
"""Signs that resumes are typeset with."""
_BETWEEN_LETTERS = frozenset("’·-\u00a0—–/・‑")
_WORDS = frozenset("àáâèéêìíòóôùúöåøæÀÁÉÈÊÓÖÅÍØ")
"""Latin letters that are words by themselves somewhere."""
_SURE = 0.04
"""Share of characters beyond ASCII that do not fit, up to which nobody need look."""
_ALIKE = 0.02
"""By so much the most usual encoding may fit worse than another, as a foreign name in it does."""
_SAME = 0.002
_TELLING = {"latin": 40, "cased": 60, "uncased": 44}
"""So many letters beyond ASCII tell an encoding by themselves."""
_MOSTLY = 0.85
_STRANGE = 0.3
_MANY_LETTERS = 20
_HAN = re.compile(
    "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uff60\uffe0-\uffef\u3000-\u303f]"
)
_SYLLABLES = re.compile("[\uac00-\ud7a3]+")
_DRAWN = re.compile("[\u2190-\u21ff\u25a0-\u25c9\u25cb-\u27bf\uf000-\uf0ff\U0001f000-\U0001ffff]")
"""Signs that no encoding of one byte has, so that they are there on purpose."""


class Guess(NamedTuple):
    """An encoding and how much of the text does not look like any language in it, 0 to 1."""

    encoding: str
    misfit: float
    has_rival: bool = False
    """Another encoding fits as well and says other words."""

    @property
    def is_sure(self) -> bool:
        """Whether a person need not look."""
        return self.misfit <= _SURE and not self.has_rival


def guess(data: bytes) -> Guess:
    """The most likely encoding of bytes that are not UTF-8; never fails."""
    certain = _without_mark(data[:_SAMPLE]) or _by_escapes(data[:_SAMPLE])
    sample = _telling_lines(data)
    certain = certain or _hangul(sample)
    if certain is not None:
        return certain
    best, weighed = _best(data, sample)
    return best._replace(has_rival=_has_rival(sample, best, weighed))


def _best(data: bytes, sample: bytes) -> tuple[Guess, list[Guess]]:
    """The most likely of all that are possible, and these."""
    found = [_plain(match.encoding) for match in from_bytes(data[:_TELLING_BYTES] + b"\n" + sample)]
    weighed = [
        (one.misfit, found.index(one.encoding) if one.encoding in found else len(found), one)
        for one in (_weigh(sample, name) for name in (*_MANY_BYTES, *_LATIN, *_OTHER))
        if one is not None
    ]
    if not weighed:
        return Guess("latin-1", 1.0), []
    possible = [each[2] for each in weighed]
    least = min(misfit for misfit, _, _ in weighed)
    usual = next((each for each in weighed if each[2].encoding == "cp1252"), None)
    if usual is not None and usual[0] <= least + _ALIKE:
        return usual[2], possible
    best = min((each for each in weighed if each[0] <= least + _SAME), key=lambda each: each[1])
    return best[2], possible


def _has_rival(sample: bytes, best: Guess, possible: list[Guess]) -> bool:
    """Whether too few letters tell the best encoding from another in which the words are others."""
    text = sample.decode(best.encoding)
    told = _letters_beyond(text)
    is_latin = all(letter < "\u0370" for letter in told)
    is_cased = any(letter.lower() != letter.upper() for letter in told)
    if len(told) >= _TELLING["latin" if is_latin else "cased" if is_cased else "uncased"]:
        return False
    language = detect_language(text) if is_latin else None
    if language and (told or language == "en") and _alphabets()[language].issuperset(told):
        return False
    margin = _SAME if is_latin else _SURE + _SAME
    return any(
        one.misfit <= best.misfit + margin
        and not (best.encoding in _MANY_BYTES and one.encoding in _MANY_BYTES)
        and _letters_beyond(sample.decode(one.encoding)) != told
        for one in possible
    )


def _letters_beyond(text: str) -> list[str]:
    return [c for c in text if c > "\x7f" and c.isalpha()]


def _telling_lines(data: bytes) -> bytes:
    """The first lines with bytes beyond ASCII; a line end is a line end in all encodings but UTF-16 and UTF-32."""
    kept: list[bytes] = []
    size = 0
    for line in data.splitlines():
        if not line.isascii():
            kept.append(line[:_TELLING_BYTES])
            size += len(kept[-1])
        if size > _TELLING_BYTES:
            break
    return b"\n".join(kept)


def _plain(encoding: str) -> str:
    """Sets that their successors hold whole."""
    return {"gbk": "gb18030", "gb2312": "gb18030", "euc_kr": "cp949", "shift_jis": "cp932", "shift_jis_2004": "cp932", "shift_jisx0213": "cp932", "euc_jis_2004": "euc_jp", "euc_jisx0213": "euc_jp", "ascii": "cp1252", "latin_1": "cp1252"}.get(encoding, encoding)  # fmt: skip


def _without_mark(data: bytes) -> Guess | None:
    """Text of one byte a character holds no zeros."""
    if not data.count(0):
        return None
    widths = (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2))
    found = [_weigh(data[: len(data) // width * width], name) for name, width in widths]
    told = [one for one in found if one is not None and one.misfit < _STRANGE]
    return min(told, key=lambda one: one.misfit, default=None)


def _by_escapes(data: bytes) -> Guess | None:
    return _weigh(data, "iso2022_jp") if b"\x1b$B" in data or b"\x1b$@" in data else None


def _hangul(data: bytes) -> Guess | None:
    """Bytes that are Korean syllables throughout; the library takes short ones for Thai."""
    one = _weigh(data, "cp949")
    if one is None or one.misfit > _SURE:
        return None
    beyond = [c for c in data.decode("cp949") if c > "\x7f" and c.isalpha()]
    runs = _SYLLABLES.findall(data.decode("cp949"))
    syllables = sum(map(len, runs))
    return one if syllables > 2 * len(runs) and syllables >= _MOSTLY * len(beyond) else None


def _weigh(data: bytes, encoding: str) -> Guess | None:
    """None where the bytes are no text of that encoding."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return Guess(encoding, misfit(text))


def misfit(text: str) -> float:
    """Share of the characters beyond ASCII that no one language explains, 0 to 1."""
    beyond = 0
    wrong = 0.0
    alone = [0, 0]
    letters: dict[str, int] = {}
    before = " "
    for place, character in enumerate(text):
        if character < "\x80":
            wrong += character < " " and character not in "\t\n\r\f\x1b\x0b"
        else:
            beyond += 1
            if character.isalpha() or character in _marks():
                letters[character] = letters.get(character, 0) + 1
                wrong += before.islower() and character.isupper()
                after = text[place + 1 : place + 2]
                wrong += _is_of_two_scripts(character, before, after)
                if _stands_alone(character, before, after):
                    alone[_has_no_case(character)] += 1
            else:
                after = text[place + 1 : place + 2]
                wrong += _is_odd_sign(character, before, after)
        before = character
    if not beyond:
        return min(1.0, wrong / max(1, len(text)) * 10)
    uncased = sum(n for letter, n in letters.items() if _has_no_case(letter))
    wrong += alone[0] + (alone[1] if 2 * alone[1] >= uncased else 0)
    wrong += beyond * _SURE if _lacks_capitals(letters) else 0
    strange = min(_strange(letters, alphabet) for alphabet in _alphabets().values())
    return min(1.0, (wrong + strange) / beyond)


def _lacks_capitals(letters: dict[str, int]) -> bool:
    """Whether a text in Greek or Cyrillic has no capital, as nobody writes and as other alphabets turn into."""
    cased = [letter for letter in letters if "\u0370" <= letter < "\u0530"]
    return sum(letters[c] for c in cased) >= _MANY_LETTERS and not any(c.isupper() for c in cased)


def _strange(letters: dict[str, int], alphabet: frozenset[str]) -> int:
    return sum(
        n for letter, n in letters.items() if letter not in alphabet and not _HAN.match(letter)
    )


def _is_of_two_scripts(character: str, before: str, after: str) -> bool:
    """Whether one word goes on in another alphabet."""
    if not "a" <= before.lower() <= "z":
        return False
    return "\u0370" <= character < "\u2000" or (bool(_HAN.match(character)) and "a" <= after <= "z")


def _stands_alone(character: str, before: str, after: str) -> bool:
    """Signs of one encoding are letters of another; few letters beyond ASCII are words."""
    if before.isalnum() or after.isalnum() or before in "\"'.(" or not character.isalpha():
        return False
    if character < "\u0370":
        return character not in _WORDS
    return character.isupper() or _has_no_case(character)


def _has_no_case(character: str) -> bool:
    return "\u0530" <= character < "\u2000"


def _is_odd_sign(character: str, before: str, after: str) -> bool:
    if _HAN.match(character) or _DRAWN.match(character):
        return False
    inside = before.isalpha() and after.isalpha()
    if character in _PLAIN_SIGNS:
        return inside and character not in _BETWEEN_LETTERS
    return True


@cache
def _alphabets() -> dict[str, frozenset[str]]:
    path = files(__package__) / "alphabets.toml"
    found = tomllib.loads(path.read_text("utf-8"))
    return {name: frozenset(small + small.upper()) for name, small in found.items()}


@cache
def _marks() -> frozenset[str]:
    """Vowel signs, which are written like letters and are none."""
    return frozenset(c for letters in _alphabets().values() for c in letters if not c.isalpha())
