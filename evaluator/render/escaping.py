"""The one place where text from outside is made harmless for each sink. HTML has Jinja's autoescape."""

from __future__ import annotations

import re
import unicodedata

_OPERATORS = "=+@＝＋－＠﹦﹢﹣﹫⁺₊⁼₌-"
"""What makes a formula of a cell, also in the forms that spreadsheets of East Asia take for the same."""
_FORMULA = re.compile(rf"(?:^|[;|])[^\w;|'{_OPERATORS}]*(?=[{_OPERATORS}])")
"""Up to an operator that opens a cell, also where semicolons part cells and quotes do not hold them together; spaces,
quotes and what is not seen may stand before it."""
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
    """A cell of a table of text in which no spreadsheet finds a formula, whatever it takes for the end of a cell.

    Tabs and line ends part cells and rows for some, so they become spaces.
    """
    flat = re.sub("[\t\n\u2028\u2029]", " ", for_typed_cell(text))
    return _FORMULA.sub(lambda found: f"{found.group()}'", flat)


def for_typed_cell(text: str) -> str:
    """The text of a cell whose type says that it is one: as it is, without what no file of tables can hold."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in plain if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would make a formula of a text cell as soon as somebody edits it."""
    return _FORMULA.match(text) is not None


def safe_link(target: str) -> str | None:
    """The target when it is a web or mail address, else None."""
    return target if re.match(r"(?:https?://|mailto:)[^\s\"'<>]+$", target, re.I) else None
