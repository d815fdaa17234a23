"""What people are called instead of their given names: short and pet forms, other spellings, and initials."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from ..structure.folding import fold


@cache
def _lines() -> dict[str, frozenset[str]]:
    """Each name and short form, folded, with all others of its lines."""
    text = files(__package__).joinpath("short_names.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if line and line[0] != "#":
            names, _, short = line.partition(":")
            whole, called = fold(names).split(), fold(short).split()
            for name in whole:
                found.setdefault(name, set()).update(called, whole)
            for name in called:
                found.setdefault(name, set()).update(whole)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def called(name: str) -> frozenset[str]:
    """What else somebody of a given name is called, folded."""
    return _lines().get(fold(name), frozenset())


def monograms(words: Sequence[str]) -> frozenset[str]:
    """The first letters of a name as they are written together: of all its words, or of the first and the last."""
    letters = [fold(word)[:1].upper() for word in words]
    if len(letters) < 2:
        return frozenset()
    found = {"".join(letters), letters[0] + letters[-1], letters[-1] + letters[0]}
    return frozenset(found | {"".join(letters[:2])})
