"""Words beside a name that turn it: denied, wished for, somebody else's. They stand in ``words.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from .beginnings import NO_LETTER_AFTER, NO_LETTER_BEFORE, Forms

_TURN = re.compile(r"[;.]|\b(?:but|yet|however|aber|jedoch|mais|pero|mas|maar)\b", re.I)
_NEAR = 70
_FIRST = 4
"""Letters that tell whether a name may stand in a text; none of its first letters may be left out."""
_BORDER = re.compile(r"[,;.]")


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def _forms(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(_file()["says"][kind]), re.I)


_LEVELS = re.compile(r"\b([ABC])([12])\b")
_JLPT = re.compile(r"(?<![A-Za-z0-9])N([1-5])(?![A-Za-z0-9])")
_HIGHEST_OF_JLPT = 5
_STEPS = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}
_IN_WORDS = (("proficient", 5), ("little", 2), ("working", 4))


def step_of_language(told: str) -> int | None:
    """How well a language is told to be spoken, from A1 as 1 to C2 as 6, by its letters, else by words; None where nothing is said."""
    letters = [_STEPS[m.group()] for m in _LEVELS.finditer(told)]
    letters += [_HIGHEST_OF_JLPT + 1 - int(m[1]) for m in _JLPT.finditer(told)]
    if letters:
        return min(letters)
    return next((step for kind, step in _IN_WORDS if says(kind, told)), None)


def says(kind: str, sentence: str) -> bool:
    """Whether a sentence holds a form of a kind of the file."""
    return bool(_said(kind, sentence))


@cache
def _tried(kind: str) -> Forms:
    return Forms(_file()["says"][kind])


@lru_cache(4096)
def _said(kind: str, sentence: str) -> tuple[tuple[int, int], ...]:
    """Where a sentence holds forms of a kind; several names of one sentence ask the same."""
    return tuple(match.span() for match in _tried(kind).finditer(sentence, sentence.lower()))


def turns(kind: str, sentence: str, start: int, end: int) -> bool:
    """Whether a form of a kind speaks of ``sentence[start:end]``: before it in the clause, or after it before a comma."""
    for first, last in _said(kind, sentence):
        if first <= start:
            if not _TURN.search(sentence, last, start):
                return True
        elif not _BORDER.search(sentence, end, first):
            return True
    return False


@cache
def _beginnings() -> tuple[str, ...]:
    """The first letters of the names of languages."""
    every = _file()["languages"].values()
    return tuple({name[:_FIRST].lower() for names in every for name in names})


@cache
def _languages() -> re.Pattern[str]:
    """One form of the names of all languages, each a group."""
    every = _file()["languages"].items()
    groups = "|".join(f"(?P<{code}>{'|'.join(names)})" for code, names in every)
    return re.compile(
        rf"{NO_LETTER_BEFORE}(?:{groups})(?:kenntnisse\w*|sprach\w*|talig\w*)?{NO_LETTER_AFTER}",
        re.I,
    )


@lru_cache(maxsize=64)
@cache
def language_names() -> dict[str, str]:
    """English names of languages, by code."""
    return {code: names[0] for code, names in _file()["languages"].items()}


def languages_in(text: str) -> tuple[tuple[str, int, int], ...]:
    """Spoken languages that a text names: code and span, in order."""
    low = text.lower()
    places = sorted(_places(low)) if len(low) == len(text) else range(len(text))
    found: list[tuple[str, int, int]] = []
    for start in places:
        if (not found or start >= found[-1][2]) and (m := _languages().match(text, start)):
            found.append((m.lastgroup or "", *m.span()))
    return tuple(found)


def _places(low: str) -> Iterator[int]:
    """Where the name of a language may begin."""
    for letters in _beginnings():
        at = low.find(letters)
        while at >= 0:
            yield at
            at = low.find(letters, at + 1)


def said_of_language(text: str, end: int) -> str:
    """What stands behind the name of a language in its line, before the next of a list."""
    line, _, _ = text[end : end + _NEAR].partition("\n")
    following = _forms("next_of_list").search(line)
    return line[: following.start()] if following else line


def said_before_language(text: str, start: int) -> str:
    """What stands before the name of a language in its line, behind the one before it in a list."""
    line = text[max(0, start - _NEAR) : start].rpartition("\n")[2]
    borders = list(_forms("next_of_list").finditer(line))
    return line[borders[-1].end() :] if borders else line
