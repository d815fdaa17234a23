"""Names of CSS from ``css.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Names = frozenset[str]


@dataclass(frozen=True)
class _Names:
    judged: Names
    risky: Names
    plain: Names
    aliases: dict[str, str]
    pseudo_elements: Names
    harmless_elements: Names
    states_at_rest: Names
    states_never: Names
    functions: Names
    caseless_attributes: Names
    values: dict[str, Names]
    harmless_rules: Names
    supported: Names
    keywords: dict[str, Names]
    """Of properties whose values are only words."""


def _words(text: str) -> Names:
    return frozenset(text.split())


def _load() -> _Names:
    text = (files(__package__) / "css.toml").read_text("utf-8")
    data: dict[str, Any] = tomllib.loads(text)
    selectors = {name: _words(value) for name, value in data["selectors"].items()}
    return _Names(
        judged=_words(data["judged"]),
        risky=_words(data["risky"]),
        plain=_words(data["plain"]),
        aliases=data["aliases"],
        keywords={name: _words(value) for name, value in data["keywords"].items()},
        values={name: _words(value) for name, value in data["values"].items()},
        harmless_rules=_words(data["rules"]["harmless"]),
        supported=_words(data["rules"]["supported"]),
        **selectors,
    )


NAMES = _load()
