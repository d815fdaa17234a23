"""The regular expressions of ``identity.toml``, compiled once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

EDUCATION = "studies"


@cache
def _loaded() -> dict[str, dict[str, Any]]:
    text = files(__package__).joinpath("identity.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def words_of(group: str, kind: str) -> str:
    """One entry as a regular expression; a list is its choices."""
    value = _loaded()[group][kind]
    joined = value if isinstance(value, str) else "|".join(f"(?:{one})" for one in value)
    return re.sub(r" (\?)?", lambda m: r"\s?" if m[1] else r"\s", joined)


@cache
def listed(group: str, kind: str) -> tuple[str, ...]:
    """One entry as plain words; of a string, its letters."""
    return tuple(_loaded()[group][kind])


@cache
def whole(group: str, kind: str) -> re.Pattern[str]:
    """A word that is one of an entry's and nothing else."""
    return re.compile(rf"(?:{words_of(group, kind)})", re.I)


@cache
def anywhere(group: str, kind: str) -> re.Pattern[str]:
    """An entry's words wherever they stand."""
    return re.compile(rf"(?<!\w)(?:{words_of(group, kind)})(?!\w)", re.I | re.M)


@cache
def school() -> re.Pattern[str]:
    """A school with the proper names before and behind its word."""
    word, joiners = words_of(EDUCATION, "school_words"), words_of(EDUCATION, "joiners")
    return re.compile(
        rf"(?:\b[^\W\d_a-zß-ÿ][\w.&'’-]*\s+(?:of\s+)?){{0,4}}\b(?:{word})(?!\w)(?:\s+(?:{joiners})\b)*"
        rf"(?:\s+[^\W\d_a-zß-ÿ][\w.'’-]*){{0,4}}(?:\s+(?:of|de|do|da|di|du)\s+[^\W\d_a-zß-ÿ][\w-]*)?"
        rf"|\b(?:{words_of(EDUCATION, 'schools')})\b|{words_of(EDUCATION, 'dense_schools')}"
    )
