"""What is known of words around names: data files, folded once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from .folding import fold


@cache
def names_vocabulary(kind: str) -> frozenset[str]:
    """One list of ``names.toml``, without case and accents."""
    return frozenset(fold(word) for word in _names_toml()[kind])


@cache
def letters_of(kind: str) -> frozenset[str]:
    """One list of ``names.toml`` as it stands; a string gives its characters."""
    return frozenset(_names_toml()[kind])


@cache
def given_names() -> frozenset[str]:
    """Given names of many countries in Latin letters; one that is missing here is a name as well."""
    lines = _text("given_names.txt").splitlines()
    return frozenset(word for line in lines if line[:1] != "#" for word in line.split())


@cache
def ordinary_words() -> frozenset[str]:
    """Words that resumes write in small letters; people are called by some of them, too."""
    return frozenset(_text("words.txt").split())


@cache
def tool_names() -> frozenset[str]:
    """Tools, languages, methods and products; people are called by some of them, too."""
    return frozenset(_text("tools.txt").split())


@cache
def _places() -> frozenset[str]:
    return frozenset(line for line in _text("places.txt").splitlines() if line[:1] != "#")


def is_place(text: str) -> bool:
    """Whether a folded text is a town, state or country, or several in a row."""
    if text in _places():
        return True
    words = text.split()
    return len(words) > 1 and all(word in _places() for word in words)


@cache
def _names_toml() -> dict[str, list[str]]:
    loaded: dict[str, list[str]] = tomllib.loads(_text("names.toml"))
    return loaded


def _text(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
