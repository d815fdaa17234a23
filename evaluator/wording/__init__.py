"""The words in which people read results: one place for pages, texts, the glossary and the docs.

JSON and tables keep the short values of the rubric; nothing here changes them.
"""

from __future__ import annotations

from .glossary import Glossary, Term, glossary, glossary_markdown
from .phrases import (
    dimension_sentence,
    drop_phrase,
    is_bare,
    item_phrase,
    level_name,
    level_phrase,
    listed,
    reader_name,
    rise_advice,
    standing_phrase,
    track_phrase,
    without_options,
)
from .remedies import flag_name, flag_remedy, reason_remedy

__all__ = [
    "Glossary",
    "Term",
    "dimension_sentence",
    "drop_phrase",
    "flag_name",
    "flag_remedy",
    "glossary",
    "glossary_markdown",
    "is_bare",
    "item_phrase",
    "level_name",
    "level_phrase",
    "listed",
    "reader_name",
    "reason_remedy",
    "rise_advice",
    "standing_phrase",
    "track_phrase",
    "without_options",
]
