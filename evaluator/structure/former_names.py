"""Names that somebody had before, writes under or is called by: *née*, *formerly*, *published as*.

Whole lines tell of them anywhere in a resume. Firms and products have former names, too, so that behind words which
are said of both a name needs a part of the candidate's, or a name that people are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from .folding import fold
from .known_names import (
    given_names,
    is_place,
    letters_of,
    names_vocabulary,
    ordinary_words,
    tool_names,
)
from .name_pieces import is_foreign

_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*\.?")
_MOST_WORDS = 4
_GAP = re.compile(r"[ \u00a0]")
_DATED = re.compile(r",? ?\d")
"""Behind a month, which people are called by as well."""


@cache
def _lead(*kinds: str) -> re.Pattern[str]:
    words = sorted({word for kind in kinds for word in letters_of(kind)}, key=len, reverse=True)
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)(?:\s(?:is|was|ist|war|est|était|era|es)(?!\w))?\s?[:：]?\s?[\"“„«'‘]?",
        re.I,
    )


@cache
def _dense() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(letters_of("former_dense"))))
    return re.compile(
        rf"(?:{words})\s?[:：は]?\s?([\u3005\u4e00-\u9fff]{{1,4}}|[\uac00-\ud7af]{{2,4}})(?![\u4e00-\u9fff\uac00-\ud7af])"
    )


def former_names(text: str, name: str) -> tuple[str, ...]:
    """Other names of the person, as they stand.

    Args:
        text: of a whole resume.
        name: of the person.
    """
    mine = {fold(word) for word in _WORD.findall(name)}
    found: dict[str, None] = {}
    for lead in _lead("former_sure", "former_perhaps").finditer(text):
        sure = _lead("former_sure").match(text, lead.start()) is not None
        words = list(_words_behind(text, lead.end(), sure=sure))
        while words and not sure and not _is_persons(words, mine):
            words = words[:-1]
        if any(_tells(word) for word in words):
            found[" ".join(words)] = None
    for match in _dense().finditer(text):
        found[match.group(1)] = None
    return tuple(other for other in found if not {fold(w) for w in _WORD.findall(other)} <= mine)


def former_lead() -> re.Pattern[str]:
    """What stands right before a former name and tells that it is one."""
    return _lead("former_sure", "former_perhaps", "former_dense")


def _words_behind(text: str, at: int, *, sure: bool) -> Iterator[str]:
    """Words with a capital that could be of a name; the first may be any where the words before it are sure."""
    count = 0
    while count < _MOST_WORDS and (match := _WORD.match(text, at)):
        word = match.group()
        is_initial = len(word.strip(".")) == 1
        if word[-1] == "." and not is_initial:
            word = word[:-1]
        particle = word in names_vocabulary("particles")
        if not (particle or (word[0].isupper() and _may_be(word, any_word=sure and not count))):
            return
        if _DATED.match(text, match.end()):
            return
        yield word
        count += not particle
        at = match.end()
        gap = _GAP.match(text, at)
        if (match.group()[-1] == "." and not is_initial) or not gap:
            return
        at = gap.end()


def _tells(word: str) -> bool:
    return len(word.strip(".")) > 1 and fold(word) not in names_vocabulary("particles")


def _may_be(word: str, *, any_word: bool) -> bool:
    plain = fold(word).strip(".")
    if len(plain) == 1 or plain in given_names():
        return True
    if word.isupper() and len(word) < _MOST_WORDS:
        return False
    if not any_word and (plain in ordinary_words() or plain in tool_names()):
        return False
    return not (plain in names_vocabulary("honorifics") or is_foreign(plain) or is_place(plain))


def _is_persons(words: list[str], mine: set[str]) -> bool:
    plain = [fold(word).strip(".") for word in words]
    if plain[-1] in names_vocabulary("particles"):
        return False
    if not mine.isdisjoint(plain):
        return True
    first = plain[0] in given_names() and plain[0] not in tool_names()
    return len(plain) > 1 and (first or len(plain[0]) == 1)
