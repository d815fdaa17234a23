"""Measures of Word."""

from __future__ import annotations

from ..office.package import Attributes


def twips(attributes: Attributes, name: str) -> int:
    """A measure in twips; 0 where there is none."""
    value = attributes.get(name, "")
    return int(value) if value.lstrip("-").isdigit() and len(value) < 12 else 0
