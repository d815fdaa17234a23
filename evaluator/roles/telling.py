"""A requirement as a reader is told it: one line, without what addresses the reader."""

from __future__ import annotations

from .model import Kind, Requirement
from .warnings import is_order

_LONGEST = 200
_PIECE = 1.3
"""How much longer a sentence is than what is told of it, so that it tells something more."""
_WITHHELD = "(withheld)"


def told_to_reader(requirement: Requirement) -> str:
    """The requirement's words; of one that gives orders nothing is told but its names.

    A name or a piece of a sentence says little alone, so the advert's sentence stands beside it.
    """
    text = _cut(requirement.text)
    names = " / ".join(requirement.names)
    quote = _cut(requirement.quote or "")
    if is_order(text):
        text = _WITHHELD
    if names and names.casefold() not in text.casefold() and not is_order(names):
        text = f"{text} ({names})"
    is_piece = requirement.kind is Kind.TOOL or len(quote) > _PIECE * len(text)
    if is_piece and len(quote) > len(text) and not is_order(quote):
        text = f"{text}, of: {quote}"
    return text


def _cut(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]
