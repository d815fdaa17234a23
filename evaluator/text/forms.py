"""Many regular expressions looked for at once, at the starts of words.

An alternation of hundreds of forms is tried in full at every word. Here only those forms are tried that
can start with the word's first letters, which makes reading several times faster and finds the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, takewhile
from string import digits
from typing import Generic, TypeVar

_LETTERS = 3
_WORD_START = re.compile(rf"(?<![\w-])\w{{1,{_LETTERS}}}")
_BEGINNING = re.compile(rf"(?<!\w)(?:\w{{1,{_LETTERS}}}|[^\w\s])")
_PLACE = re.compile(rf"(?<!\w)(?:\w{{1,{_LETTERS}}}|\W)")
"""Where no word goes on: the first letters of one, or a mark or space."""
_SAME = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "ς": "σ"})
"""Letters that a search without case takes for each other, though their small forms differ."""
_MOST_KEPT = 1 << 14
_KEEPS_CASE = "(?-i:"
_LARGE = re.compile(r"\[A-Z\]|[A-Z]")
_MAY_BE_LEFT_OUT = re.compile(r"[?*]|\{0?,\d*\}")
_AHEAD = re.compile(r"\(\?(?:<?[!=])")
_GROUP = re.compile(r"\(\?(?:-i)?:")
_BORDER = r"\b"
_MAYBE = re.compile(r"(?:\\(s|\W)|([^\W_]))\?")
"""A space, a mark or a letter that may stand there."""
_ANCHORS = re.compile(r"\(\?:\^\|\(\?<=\[[^\]]*\]\)\)")
"""The beginning of a text or line, or what stands before."""
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


class ByStart(dict[str, list[tuple[_Named, _Match]]], Generic[_Named]):
    """The forms of many names by the letters that a word starts with: what to try there, worked out when first asked for.

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

    def __missing__(self, prefix: str) -> list[tuple[_Named, _Match]]:
        """What to try at a word that starts with these lower-case letters, up to three."""
        tried = self._found_for(prefix)
        if len(self) < _MOST_KEPT:
            self[prefix] = tried
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


class Finder:
    """Where forms stand in a text, as an alternation of them finds them one behind the other; each begins where no word goes on.

    Args:
        forms: in the order in which they are tried at one place.
        behind: what follows each.
    """

    def __init__(self, forms: Iterable[str], behind: str = r"(?!\w)") -> None:
        self._forms = list(chain.from_iterable(map(_branches, forms)))
        self._behind = behind
        self._any: list[int] = []
        self._large: list[int] = []
        """Forms that may begin with any letter, and with any capital one."""
        self._of_start: dict[str, list[int]] = {}
        for number, form in enumerate(self._forms):
            starts = prefixes(form)
            if starts is _ANY:
                (self._large if _begins_large(form) else self._any).append(number)
                continue
            for start in starts:
                self._of_start.setdefault(_plain(start), []).append(number)
        self._tried: dict[str, list[_Match]] = {}
        self._idle: set[str] = set()
        """First letters of words that no form begins with."""
        self._compiled: dict[int, _Match] = {}

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All places, from first to last; none overlaps another."""
        # Most texts hold no beginning of a form.
        met = set(_PLACE.findall(text)) - self._idle
        begins = {prefix: tried for prefix in met if (tried := self._tried_at(prefix))}
        if not begins:
            return
        end = 0
        for place in _PLACE.finditer(text):
            prefix, start = place[0], place.start()
            if prefix in begins and start >= end:
                for match_at in begins[prefix]:
                    match = match_at(text, start)
                    if match is not None:
                        end = match.end()
                        yield match
                        break

    def without(self, text: str) -> str:
        """The text with a space for each of the forms in it."""
        kept, end = [], 0
        for match in self.finditer(text):
            kept.append(text[end : match.start()])
            end = match.end()
        return " ".join([*kept, text[end:]])

    def _tried_at(self, prefix: str) -> list[_Match]:
        if prefix in self._tried:
            return self._tried[prefix]
        plain = _plain(prefix)
        starts = {plain[:length] for length in range(1, len(plain) + 1)}
        found = {number for start in starts for number in self._of_start.get(start, ())}
        found.update(self._any, self._large if prefix[0].isupper() else ())
        tried = [self._matching(number) for number in sorted(found)]
        if not tried and len(self._idle) < _MOST_KEPT:
            self._idle.add(prefix)
        elif len(self._tried) < _MOST_KEPT:
            self._tried[prefix] = tried
        return tried

    def _matching(self, number: int) -> _Match:
        """One form, compiled when a word first begins so."""
        if number not in self._compiled:
            form = rf"(?:{self._forms[number]}){self._behind}"
            self._compiled[number] = re.compile(form, re.I | re.M).match
        return self._compiled[number]


def _plain(prefix: str) -> str:
    """First letters, a digit or a space as forms are sorted by them."""
    if prefix.isascii():
        return " " if prefix.isspace() else prefix.lower()
    letters = (str(unicodedata.digit(c)) if c.isdecimal() else c for c in prefix.translate(_SAME))
    return " " if prefix.isspace() else "".join(letters).lower().translate(_SAME)


def _shorter(prefix: str) -> tuple[str, ...]:
    return prefix, prefix[:-1], prefix[:-2]


def _compile(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(forms)})(?!\w)", re.I)


def word_starts(text: str) -> tuple[tuple[int, str], ...]:
    """Where a word starts that is no second half of a hyphenated one, and its first letters, up to three."""
    small = text.lower()
    if len(small) != len(text):  # of a letter that has no small form of its own
        return tuple((match.start(), match.group().lower()) for match in _WORD_START.finditer(text))
    return tuple([(match.start(), match.group()) for match in _WORD_START.finditer(small)])


def prefixes(form: str) -> set[str] | None:
    """Up to three lower-case letters that a match of ``form`` can start with; None when it may be any."""
    found: set[str] = set()
    for branch in _branches(form):
        starts = _prefixes_of(branch)
        if starts is _ANY:
            return _ANY
        found |= starts
    return found


def openings(form: str) -> list[str]:
    """A form as several without the group or class that it begins with, each with a first letter or mark of its own."""
    found: list[str] = []
    for branch in _branches(form):
        one_of = _ONE_OF.match(branch)
        if _GROUP.match(branch):
            end = _closing(branch) + 1
            starts, rest = _branches(branch[branch.index(":") + 1 : end - 1]), branch[end:]
        elif one_of:
            starts, rest = list(one_of[1]), branch[one_of.end() :]
        else:
            starts, rest = [branch[:1]], branch[1:]
            if not rest.startswith("?"):
                found.append(branch)
                continue
        if rest.startswith("?"):
            rest = rest[1:]
            found += openings(rest)
        found += [opening for start in starts for opening in openings(f"{start}{rest}")]
    return found


def _prefixes_of(branch: str) -> set[str] | None:
    branch = _without_looking(branch)
    group = _GROUP.match(branch)
    if group:
        end = _closing(branch)
        inside = prefixes(branch[group.end() : end])
        if branch[end + 1 : end + 2] in _MAY_BE_ABSENT:
            after = prefixes(branch[end + 2 :]) if branch[end + 2 :] else _ANY
            return _ANY if inside is _ANY or after is _ANY else inside | after
        return inside
    maybe = _MAYBE.match(branch)
    if maybe:
        behind = prefixes(branch[maybe.end() :])
        first = " " if maybe[1] == "s" else (maybe[1] or maybe[2]).lower()
        return _ANY if behind is _ANY else behind | {first}
    if branch.startswith(_DIGIT) and _IS_THERE.match(branch, len(_DIGIT)):
        return set(digits)
    one_of = _ONE_OF.match(branch)
    if one_of:
        return set(one_of[1].lower()) if _IS_THERE.match(branch, one_of.end()) else _ANY
    if not _is_plain(branch, 0):
        return _ANY
    plain = takewhile(lambda index: _is_plain(branch, index), range(_LETTERS))
    return {"".join(branch[index] for index in plain).lower()}


def _begins_large(form: str, *, keeps_case: bool = False) -> bool:
    """Whether all that a form matches begins with a capital letter."""
    return all(_branch_begins_large(branch, keeps_case) for branch in _branches(form))


def _branch_begins_large(branch: str, keeps_case: bool) -> bool:
    branch = _without_looking(branch)
    group = _GROUP.match(branch)
    if group is None:
        letter = _LARGE.match(branch)
        return (
            keeps_case and letter is not None and branch[letter.end() :][:1] not in _MAY_BE_ABSENT
        )
    end = _closing(branch)
    inside = _begins_large(
        branch[group.end() : end], keeps_case=keeps_case or group[0] == _KEEPS_CASE
    )
    often = _MAY_BE_LEFT_OUT.match(branch, end + 1)
    return inside and (often is None or _branch_begins_large(branch[often.end() :], keeps_case))


def _without_looking(branch: str) -> str:
    """A form without what it asks of the place where it begins."""
    while True:
        if anchors := _ANCHORS.match(branch):
            branch = branch[anchors.end() :]
        elif _AHEAD.match(branch):
            branch = branch[_closing(branch) + 1 :]
        elif branch.startswith(_BORDER):
            branch = branch[len(_BORDER) :]
        else:
            return branch


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
