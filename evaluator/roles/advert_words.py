"""How adverts speak, in seven languages. The words stand in ``adverts.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from .beginnings import NO_LETTER_BEFORE, Forms


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("adverts.toml").read_text(encoding="utf-8"))


@cache
def forms(kind: str, part: str = "says") -> re.Pattern[str]:
    """The pattern of a kind of saying."""
    return re.compile("|".join(f"(?:{form})" for form in words(part, kind)), re.I)


def words(part: str, kind: str) -> tuple[str, ...]:
    """The forms of a kind, as they stand in the file."""
    return tuple(_file()[part][kind])


@cache
def kinds(part: str) -> tuple[str, ...]:
    """The kinds of a part of the file, in its order."""
    return tuple(_file()[part])


@cache
def known_trades() -> tuple[str, ...]:
    """Names of the trades that the file knows."""
    return tuple(name for name in _file()["domains"] if name != "marks")


def places_of_trade(trade: str, text: str, low: str) -> list[tuple[int, int]]:
    """Where a text speaks of a trade that the file knows, in any of its languages.

    Args:
        trade: its name.
        text: is searched.
        low: the text in lower case.
    """
    if trade not in known_trades():
        return []
    return [match.span() for match in _trade(trade).finditer(text, low)]


@cache
def _trade(trade: str) -> Forms:
    return Forms(words("domains", trade))


@cache
def _years() -> tuple[Forms, ...]:
    return tuple(Forms([rf"{NO_LETTER_BEFORE}{form}"]) for form in words("says", "years"))


def years_in(text: str) -> list[tuple[float, int, int]]:
    """Numbers of years that a text asks for, with their places."""
    found = []
    low = text.lower()
    for tried in _years():
        for match in tried.finditer(text, low):
            groups = match.groupdict()
            number = groups.get("n") or _file()["numbers"]["words"].get(match["word"].lower())
            if number is not None and 0 < float(number) <= 40:
                found.append((float(number), match.start(), match.end()))
    return sorted(found, key=lambda hit: hit[1])
