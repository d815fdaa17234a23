"""The base of every value that crosses a stage."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Frozen, refuses unknown fields, compares by content."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)
