"""Names of CSS from ``names.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, NamedTuple

Names = frozenset[str]
WIDE = frozenset(["inherit", "initial", "unset", "revert", "revert-layer"])
"""What every property takes."""


class Plain(NamedTuple):
    """Values of a property that hide nothing."""

    words: Names
    bounds: dict[str, float]
    """The most of each unit: ``px`` for lengths, ``%`` for shares, none for numbers."""
    kinds: Names
    """What else may stand there: ``colour``, ``image``."""


@dataclass(frozen=True)
class _Names:
    judged: Names
    harmless: Names
    risky: dict[str, Plain]
    pushing: dict[str, Plain]
    """What hides text only in boxes that show no more than fits into them."""
    aliases: dict[str, str]
    pseudo_elements: Names
    element_functions: Names
    harmless_elements: Names
    states_at_rest: Names
    states_never: Names
    states_of_some: Names
    functions: Names
    functions_of_some: Names
    caseless_attributes: Names
    values: dict[str, Names]
    keywords: dict[str, Names]
    harmless_rules: Names
    supported: dict[str, Names]


def _words(text: str) -> Names:
    return frozenset(text.split())


_BOUND = re.compile(r"<(\d+)(px|%|)>")
_KIND = re.compile(r"<([a-z]+)>")


def _plain(text: str) -> Plain:
    words = text.split()
    bounds = {found[2]: float(found[1]) for found in map(_BOUND.fullmatch, words) if found}
    kinds = frozenset(found[1] for found in map(_KIND.fullmatch, words) if found)
    return Plain(frozenset(word for word in words if word[:1] != "<"), bounds, kinds)


def _load() -> _Names:
    text = (files(__package__) / "names.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    selectors = {name: _words(value) for name, value in data["selectors"].items()}
    return _Names(
        judged=_words(data["judged"]),
        harmless=_words(data["harmless"]),
        risky={name: _plain(value) for name, value in data["risky"].items()},
        pushing={name: _plain(value) for name, value in data["pushing"].items()},
        aliases=data["aliases"],
        values={name: _words(value) for name, value in data["values"].items()},
        keywords={name: _words(value) for name, value in data["keywords"].items()},
        harmless_rules=_words(data["rules"]["harmless"]),
        supported={name: _words(value) for name, value in data["supported"].items()},
        **selectors,
    )


NAMES = _load()
