"""A requirement as a reader is told it: one line, without what addresses the reader."""

from __future__ import annotations

from .model import Requirement
from .warnings import is_order

_LONGEST = 160
_WITHHELD = "(withheld)"


def told_to_reader(requirement: Requirement) -> str:
    """The requirement's words; of one that gives orders nothing is told but its names."""
    text = " ".join(requirement.text.split())[:_LONGEST]
    names = " / ".join(requirement.names)
    if is_order(text):
        text = _WITHHELD
    if names and names.casefold() not in text.casefold() and not is_order(names):
        return f"{text} ({names})"
    return text
