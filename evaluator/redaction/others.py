"""Other people in a resume: supervisors, managers and referees, and everybody who is named with a title.

Their names tell where and with whom somebody was, and nothing of what was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..structure.folding import fold
from ..structure.known_names import given_names, is_place, ordinary_words, tool_names
from ..text.forms import Finder
from .forms import words_of
from .studies import is_degree, is_subject

_GROUP = "others"
_WORD = r"(?:[^\W\d_a-zß-ÿа-яё]\.|[^\W\d_a-zß-ÿа-яё][^\W\d_]*(?:['’-][^\W\d_]+)*)"
_ENDS_NAME = re.compile(r"\s*(?:,|;|and\b|&|und\b|et\b|y\b|e\b|и\b)\s*")
_POSSESSED = re.compile(r"['’]s\b|\s(?:[Ll]ab(?:oratory)?|[Gg]roup)\b")
_NAMES = re.compile(
    r"\b(?:by|of|to|von|durch|par|por|de|door|kierunkiem|руководством)\s$|:\s?$", re.I
)
_INITIAL = re.compile(r"[^\W\d_]\.")
_LEAST = 4


@cache
def _title() -> str:
    return rf"(?:{words_of(_GROUP, 'titles')})(?:(?<=\.)[ ]?|[ ])"


@cache
def _name() -> str:
    particles = words_of(_GROUP, "particles")
    return rf"{_WORD}(?:[ ](?:(?:{particles})[ ]){{0,2}}{_WORD}|\.?[ ]?(?<=\.){_WORD}){{0,3}}"


@cache
def _titled() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.])(?:{_title()}(?:rer\. ?nat\. |-?Ing\. )?){{1,3}}(?P<name>{_name()})"
    )


@cache
def _lead() -> Finder:
    return Finder([words_of(_GROUP, "leads")], "(?:[ ]?[:–-][ ]?|[ ])")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(rf"(?:{_title()}){{0,3}}(?P<name>{_name()})")


@cache
def _not_people() -> re.Pattern[str]:
    return re.compile(rf"(?i:{words_of(_GROUP, 'not_people')})")


def others_in(text: str) -> Iterator[tuple[int, int]]:
    """Where others are named, without their titles."""
    for match in _titled().finditer(text):
        found = _trimmed(text, match.start("name"), match.end("name"), titled=True)
        if found:
            yield found
    for lead in _lead().finditer(text):
        yield from _behind(text, lead.end(), named=_NAMES.search(lead.group()) is not None)


def _behind(text: str, at: int, *, named: bool) -> Iterator[tuple[int, int]]:
    """The names that follow one another."""
    while match := _whole().match(text, at):
        titled = match.start("name") > match.start()
        start, end = match.span("name")
        found = _trimmed(text, start, end, titled=titled, named=named)
        if not found:
            return
        yield found
        further = _ENDS_NAME.match(text, found[1])
        if not further:
            return
        at = further.end()


def _trimmed(
    text: str, start: int, end: int, *, titled: bool, named: bool = False
) -> tuple[int, int] | None:
    """A name without the words behind it that are none; None where it is nobody's.

    Args:
        text: that holds it.
        start: of the name.
        end: of all that could belong to it.
        titled: a title stands before it.
        named: the words before it can be followed by little but a name.
    """
    kept: list[re.Match[str]] = []
    for word in re.finditer(r"[^\s]+", text[start:end]):
        if not _is_name(word.group(), [k.group() for k in kept]):
            break
        kept.append(word)
    if not kept or not (titled or _is_person([word.group() for word in kept], named=named)):
        return None
    last = kept[-1].group()
    bare = re.sub(r"['’]s$", "", last)
    bare = bare.rstrip(".") if len(bare) > 2 else bare
    return start, start + kept[-1].end() - len(last) + len(bare)


def _is_name(word: str, before: list[str]) -> bool:
    plain = fold(word).strip(".,'’")
    if not plain or re.fullmatch(words_of(_GROUP, "particles"), plain):
        return bool(before)
    if _INITIAL.fullmatch(word) or plain in given_names():
        return True
    if _not_people().fullmatch(plain) or plain in tool_names() or len(word) < 2:
        return False
    if before and fold(before[0]) in given_names():
        return True
    if not before and (is_degree(word) or is_subject(word)):
        return False
    return plain not in ordinary_words()


def _is_person(words: list[str], *, named: bool) -> bool:
    """Without a title two names are needed, or one that people are given, and no place."""
    plain = [fold(word).strip(".,") for word in words]
    if is_place(" ".join(plain)):
        return False
    if len(plain) == 1:
        return plain[0] in given_names() and not is_place(plain[0])
    known = any(word in given_names() or len(word) == 1 for word in plain)
    return known or (named and all(word.istitle() for word in words))


def names_of(text: str) -> frozenset[str]:
    """Whole names of others in a document, and the last word of each with a title."""
    return frozenset(" ".join(text[a:b].split()) for a, b in others_in(text))


def repeated(text: str, names: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where one who was named is named again: whole, or the family as the owner of something."""
    for name in names:
        family = name.split()[-1]
        if len(family) < _LEAST or family not in text:
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(family)}(?!\w)", text):
            start = match.start() - len(name) + len(family)
            if start >= 0 and text.startswith(name, start):
                yield start, match.end()
            elif _POSSESSED.match(text, match.end()):
                yield match.span()
