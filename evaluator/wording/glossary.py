"""The glossary: what the words of reports and pages mean, with a place for each of them."""

from __future__ import annotations

import re
from functools import cache

from ..models.base import Value
from ..models.vocabulary import DIMENSIONS, Axis, Dimension
from .data import data

_AXIS_HEADINGS = {Axis.ML: "Machine learning", Axis.OPS: "Operations"}
_HEAD = """# Glossary

The words of reports and pages. What each level and band needs in figures stands in `prompts/rubrics/default.toml`.
"""


class Term(Value):
    """A word and what it means, in Markdown of one line."""

    name: str
    text: str
    also: tuple[str, ...] = ()
    """Other words whose links lead here."""

    @property
    def anchor(self) -> str:
        """Where the word stands on a page with the glossary."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.casefold()).strip("-")


class Section(Value):
    """Words that belong together."""

    name: str
    terms: tuple[Term, ...]


class Glossary(Value):
    """All words, the dimensions after the result."""

    sections: tuple[Section, ...]


@cache
def glossary() -> Glossary:
    """The words of ``glossary.toml``."""
    said = data("glossary.toml")
    sections = [Section.model_validate(section) for section in said["sections"]]
    dimensions = [
        Section(
            name=_AXIS_HEADINGS[axis],
            terms=tuple(Term(name=d.value, text=dimension_sentence(d)) for d in group),
        )
        for axis, group in DIMENSIONS.items()
    ]
    return Glossary(sections=(sections[0], *dimensions, *sections[1:]))


def dimension_sentence(dimension: Dimension) -> str:
    """What counts for a dimension, in one plain sentence."""
    sentence: str = data("glossary.toml")["dimensions"][dimension.value]
    return sentence


def glossary_markdown() -> str:
    """The page among the documents."""
    lines = [_HEAD]
    for section in glossary().sections:
        lines += [f"## {section.name}", ""]
        lines += [f"- **{term.name}**: {term.text}" for term in section.terms]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
