"""Many regular expressions looked for at once, at the starts of words.

An alternation of hundreds of forms is tried in full at every word. Here only those forms are tried that can open with
the letters which stand there, which makes reading many times faster and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, takewhile
from string import digits
from typing import Generic, TypeVar

_LETTERS = 3
"""By which forms are gathered."""
_FURTHEST = 24
"""Letters of an opening at most."""
_MOST_OPENINGS = 64
_WORD_START = re.compile(rf"(?<![\w-])\w{{1,{_FURTHEST}}}")
_WORD = re.compile(r"\w*")
_AHEAD = re.compile(r"\(\?(?:<?[!=])")
_GROUP = re.compile(r"\(\?(?:-i)?:")
_CLASS = re.compile(r"\[(?!\^)(-?[^\\\]-]{1,8})\]")
_ANY = None
_DIGIT = r"\d"
_MAY_BE_ABSENT = frozenset("?*{")
_MEANT = frozenset(".^$*+?{}[]()|\\")
"""Characters that stand for something else than themselves."""
_Name = TypeVar("_Name")


class Forms:
    """Forms of one phrase or concept, bounded by words on both sides, without case."""

    def __init__(self, forms: Iterable[str]) -> None:
        self.gathered: dict[str, list[str]] = {}
        """By up to three letters that a match starts with."""
        anywhere: list[str] = []
        first: list[str] = []
        for form in chain.from_iterable(map(branches, forms)):
            if form.startswith("^"):
                first.append(form)
                continue
            starts = prefixes(form)
            if starts is _ANY:
                anywhere.append(form)
                continue
            for start in starts:
                self.gathered.setdefault(start, []).append(form)
        self.anywhere = _compile(anywhere) if anywhere else None
        """Forms whose first letters may be any: tried at every word."""
        self.at_first_word = _compile(first) if first else None
        """Forms of the beginning of a text: tried once, not at every word."""


class Starts(Generic[_Name]):
    """What may start at a word, of many named forms.

    Args:
        named: forms with their names, in the order in which they are tried.
    """

    def __init__(self, named: Sequence[tuple[_Name, Forms]]) -> None:
        self._gathered: dict[str, list[tuple[int, _Name, _Gathered]]] = {}
        for number, (name, forms) in enumerate(named):
            for start, inside in forms.gathered.items():
                entry = number, name, _Gathered(start, inside)
                self._gathered.setdefault(start, []).append(entry)
        self._at: dict[str, list[tuple[_Name, tuple[str, ...], re.Pattern[str]]]] = {}

    def at(self, word: str, ahead: str, start: int) -> Iterator[tuple[_Name, re.Pattern[str]]]:
        """Patterns to try where a word starts.

        Args:
            word: its first letters in lower case, of :func:`word_starts`.
            ahead: the whole text in lower case.
            start: where the word starts in it.
        """
        found = self._at.get(word)
        if found is None:
            found = self._at[word] = self._of(word)
        for name, opens, pattern in found:
            if not opens or ahead.startswith(opens, start):
                yield name, pattern

    def _of(self, word: str) -> list[tuple[_Name, tuple[str, ...], re.Pattern[str]]]:
        found = []
        for length in range(min(_LETTERS, len(word)), 0, -1):
            for number, name, gathered in self._gathered.get(word[:length], ()):
                opens = gathered.opens_at(word)
                if opens is not None:
                    found.append((number, name, opens, gathered.pattern))
        found.sort(key=lambda one: one[0])
        return [(name, opens, pattern) for _, name, opens, pattern in found]


class _Gathered:
    """Forms that start alike; looked into when a word first starts so."""

    def __init__(self, start: str, forms: Sequence[str]) -> None:
        self._start, self._forms = start, forms

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return _compile(self._forms)

    @cached_property
    def _opens(self) -> list[tuple[str, str]]:
        start = self._start
        every = {one for form in self._forms for one in openings(form) or {start}}
        known = {max(one, start, key=len) for one in every if _agree(one, start)}
        return sorted((_word(one), one) for one in known)

    def opens_at(self, word: str) -> tuple[str, ...] | None:
        """With what the text must go on there: none of them needed where the word is enough, None where it can't be."""
        found = []
        for first, whole in self._opens:
            if word == first if len(first) < len(whole) else word.startswith(first):
                if first == whole:
                    return ()
                found.append(whole)
        return tuple(found) or None


def _compile(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(forms)})(?!\w)", re.I)


def word_starts(text: str) -> tuple[tuple[int, str], ...]:
    """Where a word starts that is no second half of a hyphenated one, and its first letters in lower case."""
    return tuple((match.start(), match.group().lower()) for match in _WORD_START.finditer(text))


def prefixes(form: str) -> set[str] | None:
    """Up to three lower-case letters that a match of ``form`` can start with; None when it may be any."""
    found: set[str] = set()
    for branch in branches(form):
        starts = _prefixes_of(branch)
        if starts is _ANY:
            return _ANY
        found |= starts
    return found


def _prefixes_of(branch: str) -> set[str] | None:
    while _AHEAD.match(branch):
        branch = branch[_closing(branch) + 1 :]
    group = _GROUP.match(branch)
    if group:
        end = _closing(branch)
        inside = prefixes(branch[group.end() : end])
        if branch[end + 1 : end + 2] in _MAY_BE_ABSENT:
            after = prefixes(branch[end + 2 :]) if branch[end + 2 :] else _ANY
            return _ANY if inside is _ANY or after is _ANY else inside | after
        return inside
    if branch.startswith(_DIGIT) and branch[len(_DIGIT) :][:1] not in _MAY_BE_ABSENT:
        return set(digits)
    if not _is_plain(branch, 0):
        return _ANY
    plain = takewhile(lambda index: _is_plain(branch, index), range(_LETTERS))
    return {"".join(branch[index] for index in plain).lower()}


def _is_plain(branch: str, index: int) -> bool:
    """Whether a letter stands there that every match must have."""
    return (
        branch[index : index + 1].isalnum() and branch[index + 1 : index + 2] not in _MAY_BE_ABSENT
    )


def in_lower_case(text: str) -> str:
    """A text in lower case whose letters stand at the same places."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower()[0] for c in text)


def openings(form: str) -> set[str] | None:
    """Letters in lower case, one of which every match of ``form`` opens with; None when it may be any."""
    ended, going = _openings(form)
    found = {opening[:_FURTHEST] for opening in ended | going}
    return found if all(map(_word, found)) else None


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _word(opening: str) -> str:
    match = _WORD.match(opening)
    return match.group() if match else ""


_Openings = tuple[set[str], set[str]]
"""Those of which no more is known, and those that what stands behind goes on with."""


def _openings(form: str) -> _Openings:
    ended, going = set[str](), set[str]()
    for branch in branches(form):
        of_branch = _openings_of(branch)
        ended |= of_branch[0]
        going |= of_branch[1]
    return ended, going


def _openings_of(branch: str) -> _Openings:
    ended, going, at = set[str](), {""}, 0
    while at < len(branch):
        (closed, opened), at = _piece(branch, at)
        repeated = branch[at : at + 1]
        if repeated == "?":
            opened, at = opened | {""}, at + 1
        elif repeated == "+" or (repeated == "{" and branch[at + 1] not in "0,"):
            closed, opened = closed | opened, set()
        elif repeated in {"*", "{"}:
            closed, opened = {""}, set()
        ended |= {before + after for before in going for after in closed}
        going = {before + after for before in going for after in opened}
        ended |= {opening[:_FURTHEST] for opening in going if len(opening) >= _FURTHEST}
        going = {opening for opening in going if len(opening) < _FURTHEST}
        if not going or len(ended) + len(going) > _MOST_OPENINGS:
            return ended | going, set()
    return ended, going


def _piece(branch: str, at: int) -> tuple[_Openings, int]:
    """What the part that starts there opens with, and where it ends."""
    rest = branch[at:]
    if _AHEAD.match(rest):
        return (set(), {""}), at + _closing(rest) + 1
    if group := _GROUP.match(rest):
        end = _closing(rest)
        return _openings(rest[group.end() : end]), at + end + 1
    if one_of := _CLASS.match(rest):
        return (set(), set(one_of[1].lower())), at + one_of.end()
    if rest.startswith("\\"):
        return _escaped(rest[1]), at + 2
    if rest[0] in _MEANT:
        return ({""}, set()), len(branch)
    return (set(), {rest[0].lower()}), at + 1


def _escaped(character: str) -> _Openings:
    if character == "b":
        return set(), {""}
    if character == "d":
        return set(), set(digits)
    return ({""}, set()) if character.isalnum() else (set(), {character})


def branches(form: str) -> list[str]:
    """The top-level alternatives of a form."""
    borders = [index for index, character, depth in _syntax(form) if (character, depth) == ("|", 0)]
    starts, ends = [0, *(index + 1 for index in borders)], [*borders, len(form)]
    return [form[start:end] for start, end in zip(starts, ends, strict=True)]


def _closing(form: str) -> int:
    """Index of the parenthesis that closes the one at the start.

    Raises:
        ValueError: none does.
    """
    for index, character, depth in _syntax(form):
        if (character, depth) == (")", 0):
            return index
    raise ValueError(form)


def _syntax(form: str) -> Iterator[tuple[int, str, int]]:
    """Parentheses and bars outside classes and escapes, with the depth that they leave."""
    depth, index = 0, 0
    while index < len(form):
        character = form[index]
        if character == "\\":
            index += 1
        elif character == "[":
            index = form.index("]", index + 2)
        elif character in "()|":
            depth += {"(": 1, ")": -1, "|": 0}[character]
            yield index, character, depth
        index += 1
