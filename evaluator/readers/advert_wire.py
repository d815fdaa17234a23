"""The form of a model's reply about an advert, and how it is read: leniently, item by item."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ..models.vocabulary import Dimension
from .json_values import element, lists_in
from .wire import Form, InvalidReply

_KINDS = ("dimension", "tool", "years", "language", "certificate", "education", "domain", "place", "permit", "other")  # fmt: skip
_PROPERTIES: dict[str, dict[str, Any]] = {
    "passage": {"type": "integer"},
    "anchor": {"type": "string"},
    "need": {"type": "string", "enum": ["must", "nice"]},
    "kind": {"type": "string", "enum": list(_KINDS)},
    "names": {"type": "array", "items": {"type": "string"}},
    "similar": {"type": "boolean"},
    "years": {"type": "integer"},
    "dimension": {"type": "string", "enum": ["none", *(d.value for d in Dimension)]},
    "level": {"type": "integer"},
}
ADVERT = Form(
    "advert_requirements",
    {
        "type": "object",
        "properties": {
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": _PROPERTIES,
                    "required": list(_PROPERTIES),
                    "additionalProperties": False,
                },
            }
        },
        "required": ["items"],
        "additionalProperties": False,
    },
)
_MOST = 80


class AdvertItem(BaseModel):
    """One thing that an advert asks for, as a model tells it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    passage: int
    anchor: str
    need: Literal["must", "nice"]
    kind: Literal["dimension", "tool", "years", "language", "certificate", "education", "domain", "place", "permit", "other"]  # fmt: skip
    names: tuple[str, ...] = ()
    similar: bool = False
    years: float = 0
    dimension: str = "none"
    level: int = 0


def parse_advert(content: str, *, truncated: bool = False) -> list[AdvertItem]:
    """The valid items of a reply.

    Args:
        content: the reply's text.
        truncated: it ended at the output limit; what is whole is taken.

    Raises:
        InvalidReply: no list of items is in it, or none of many is valid.
    """
    found = lists_in(content)
    if found is None:
        message = 'it had no list "items".'
        raise InvalidReply(message)
    items: list[AdvertItem] = []
    for item in map(element, found.items[:_MOST]):
        try:
            items.append(AdvertItem.model_validate_json(json.dumps(item)))
        except ValidationError:
            continue
    if found.items and not items:
        message = "no item was valid."
        raise InvalidReply(message)
    return items
