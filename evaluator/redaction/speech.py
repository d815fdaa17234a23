"""The words of ``speech.toml``: how a text speaks of a person."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def speech() -> dict[str, Any]:
    """All of them."""
    return tomllib.loads(files(__package__).joinpath("speech.toml").read_text(encoding="utf-8"))


@cache
def words(kind: str) -> frozenset[str]:
    """One list, folded."""
    return frozenset(speech()[kind])
