"""Names of CSS from ``css.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Names = frozenset[str]
WIDE = frozenset(["inherit", "initial", "unset", "revert", "revert-layer"])
"""What every property takes."""


@dataclass(frozen=True)
class _Names:
    judged: Names
    risky: dict[str, Names]
    """With their plain values."""
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


def _load() -> _Names:
    text = (files(__package__) / "css.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    selectors = {name: _words(value) for name, value in data["selectors"].items()}
    return _Names(
        judged=_words(data["judged"]),
        risky={name: _words(value) for name, value in data["risky"].items()},
        aliases=data["aliases"],
        values={name: _words(value) for name, value in data["values"].items()},
        keywords={name: _words(value) for name, value in data["keywords"].items()},
        harmless_rules=_words(data["rules"]["harmless"]),
        supported={name: _words(value) for name, value in data["supported"].items()},
        **selectors,
    )


NAMES = _load()
