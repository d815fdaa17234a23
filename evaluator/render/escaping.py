"""The one place where text from outside is made harmless for each sink. HTML has Jinja's autoescape."""

from __future__ import annotations

import re
import unicodedata

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~-])")
_BIDI = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def for_terminal(text: str) -> str:
    """One line without control, bidi or zero-width characters, so no sequence reaches a terminal."""
    flat = " ".join(text.split())
    return "".join(
        c for c in _BIDI.sub("", flat) if unicodedata.category(c) not in {"Cc", "Cs", "Co"}
    )


def for_markdown(text: str) -> str:
    """One line in which no character marks up."""
    return _MARKDOWN.sub(r"\\\1", for_terminal(text))


def for_cell(text: str) -> str:
    """A table cell that no spreadsheet takes for a formula."""
    plain = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return f"'{plain}" if plain.startswith(_FORMULA_STARTS) else plain


def safe_link(target: str) -> str | None:
    """The target when it is a web or mail address, else None."""
    return target if re.match(r"(?:https?://|mailto:)[^\s\"'<>]+$", target, re.I) else None
