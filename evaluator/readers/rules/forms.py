"""Many regular expressions looked for at once, at the starts of words.

An alternation of hundreds of forms is tried in full at every word. Here only those forms are tried that
can start with the word's first letters, which makes reading several times faster and finds the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain, takewhile
from string import digits

_LETTERS = 3
_WORD_START = re.compile(rf"(?<![\w-])\w{{1,{_LETTERS}}}")
_AHEAD = re.compile(r"\(\?(?:<?[!=])")
_GROUP = re.compile(r"\(\?(?:-i)?:")
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
        self._found: dict[str, tuple[re.Pattern[str], ...]] = {}

    def starting_with(self, prefix: str) -> tuple[re.Pattern[str], ...]:
        """Patterns to try at a word that starts with these lower-case letters, up to three."""
        found = self._found.get(prefix)
        if found is None:
            starts = (prefix[:length] for length in range(len(prefix), 0, -1))
            found = tuple(self._group(start) for start in starts if start in self._groups)
            self._found[prefix] = found
        return found

    def _group(self, start: str) -> re.Pattern[str]:
        """The forms of one start, compiled when a word first begins so."""
        if start not in self._compiled:
            self._compiled[start] = _compile(self._groups[start])
        return self._compiled[start]


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
