"""Many regular expressions looked for at once, at the starts of words.

An alternation of hundreds of forms is tried in full at every word. Here only those forms are tried that
can start with the word's first letters, which makes reading several times faster and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, takewhile
from string import digits
from typing import Generic, TypeVar

_LETTERS = 3
_WORD_START = re.compile(rf"(?<![\w-])\w{{1,{_LETTERS}}}")
_BEGINNING = re.compile(rf"(?<!\w)(?:\w{{1,{_LETTERS}}}|[^\w\s])")
_AHEAD = re.compile(r"\(\?(?:<?[!=])")
_GROUP = re.compile(r"\(\?(?:-i)?:")
_BORDER = r"\b"
_ONE_OF = re.compile(r"\[([^\]\[^\\-]+)\]")
"""A class that lists its characters."""
_IS_THERE = re.compile(r"(?![?*]|\{[0,])")
_ANY = None
_DIGIT = r"\d"
_MAY_BE_ABSENT = frozenset("?*{")


class Forms:
    """Forms of one phrase or concept, bounded by words on both sides, without case."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._groups: dict[str, list[str]] = {}
        anywhere: list[str] = []
        first: list[str] = []
        for form in chain.from_iterable(map(_branches, forms)):
            if form.startswith("^"):
                first.append(form)
                continue
            starts = prefixes(form)
            if starts is _ANY:
                anywhere.append(form)
                continue
            for start in starts:
                self._groups.setdefault(start, []).append(form)
        self.anywhere = _compile(anywhere) if anywhere else None
        """Forms whose first letters may be any: tried at every word."""
        self.at_first_word = _compile(first) if first else None
        """Forms of the beginning of a text: tried once, not at every word."""
        self._compiled: dict[str, re.Pattern[str]] = {}

    @property
    def starts(self) -> Iterable[str]:
        """First letters, up to three, that forms have."""
        return self._groups

    def starting_with(self, start: str) -> re.Pattern[str]:
        """The forms of one of :attr:`starts`, compiled when a word first begins so."""
        if start not in self._compiled:
            self._compiled[start] = _compile(self._groups[start])
        return self._compiled[start]


_Named = TypeVar("_Named")
_Match = Callable[[str, int], re.Match[str] | None]


class ByStart(Generic[_Named]):
    """The forms of many names by the letters that a word starts with.

    Args:
        named: each with its forms, in the order in which they are tried.
        with_any: whether forms of any first letters are tried too.
    """

    def __init__(self, named: Iterable[tuple[_Named, Forms]], *, with_any: bool = True) -> None:
        self._named = list(named)
        self._of_start: dict[str, list[int]] = {}
        for number, (_, forms) in enumerate(self._named):
            for start in forms.starts:
                self._of_start.setdefault(start, []).append(number)
        any_start = enumerate(self._named) if with_any else ()
        self._anywhere = [
            (number, 0, forms.anywhere.match) for number, (_, forms) in any_start if forms.anywhere
        ]
        self._tried: dict[str, list[tuple[_Named, _Match]]] = {}

    def tried_at(self, prefix: str) -> list[tuple[_Named, _Match]]:
        """What to try at a word that starts with these lower-case letters, up to three."""
        tried = self._tried.get(prefix)
        if tried is None:
            tried = self._tried[prefix] = self._found_for(prefix)
        return tried

    def _found_for(self, prefix: str) -> list[tuple[_Named, _Match]]:
        found = [
            (number, -length, self._named[number][1].starting_with(prefix[:length]).match)
            for length in range(len(prefix), 0, -1)
            for number in self._of_start.get(prefix[:length], ())
        ]
        found = sorted([*found, *self._anywhere], key=lambda one: one[:2])
        return [(self._named[number][0], match_at) for number, _, match_at in found]


class Search:
    """Whether one of many forms stands in a text; each begins where no word goes on."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._of_start: dict[str, list[str]] = {}
        self._matching: dict[str, _Match] = {}
        for form in chain.from_iterable(map(_branches, forms)):
            starts = prefixes(form)
            if starts is _ANY:
                raise ValueError(form)
            for start in starts:
                self._of_start.setdefault(start, []).append(form)

    def finds(self, text: str) -> bool:
        """Whether a form stands anywhere in a text."""
        return any(
            start in self._of_start and self._match_of(start)(text, place.start())
            for place in _BEGINNING.finditer(text)
            for start in _shorter(place.group().lower())
        )

    def _match_of(self, start: str) -> _Match:
        if start not in self._matching:
            forms = "|".join(self._of_start[start])
            self._matching[start] = re.compile(f"(?:{forms})", re.I).match
        return self._matching[start]


def _shorter(prefix: str) -> tuple[str, ...]:
    return prefix, prefix[:-1], prefix[:-2]


def _compile(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(forms)})(?!\w)", re.I)


def word_starts(text: str) -> tuple[tuple[int, str], ...]:
    """Where a word starts that is no second half of a hyphenated one, and its first letters, up to three."""
    return tuple((match.start(), match.group().lower()) for match in _WORD_START.finditer(text))


def prefixes(form: str) -> set[str] | None:
    """Up to three lower-case letters that a match of ``form`` can start with; None when it may be any."""
    found: set[str] = set()
    for branch in _branches(form):
        starts = _prefixes_of(branch)
        if starts is _ANY:
            return _ANY
        found |= starts
    return found


def _prefixes_of(branch: str) -> set[str] | None:
    while _AHEAD.match(branch) or branch.startswith(_BORDER):
        branch = branch[_closing(branch) + 1 if branch[0] == "(" else len(_BORDER) :]
    group = _GROUP.match(branch)
    if group:
        end = _closing(branch)
        inside = prefixes(branch[group.end() : end])
        if branch[end + 1 : end + 2] in _MAY_BE_ABSENT:
            after = prefixes(branch[end + 2 :]) if branch[end + 2 :] else _ANY
            return _ANY if inside is _ANY or after is _ANY else inside | after
        return inside
    if branch.startswith(_DIGIT) and _IS_THERE.match(branch, len(_DIGIT)):
        return set(digits)
    one_of = _ONE_OF.match(branch)
    if one_of:
        return set(one_of[1].lower()) if _IS_THERE.match(branch, one_of.end()) else _ANY
    if not _is_plain(branch, 0):
        return _ANY
    plain = takewhile(lambda index: _is_plain(branch, index), range(_LETTERS))
    return {"".join(branch[index] for index in plain).lower()}


def _is_plain(branch: str, index: int) -> bool:
    """Whether a letter stands there that every match must have."""
    return (
        branch[index : index + 1].isalnum() and branch[index + 1 : index + 2] not in _MAY_BE_ABSENT
    )


def _branches(form: str) -> list[str]:
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
