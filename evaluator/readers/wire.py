"""The form a model's reply takes: a portable strict schema, lenient parsing, item by item."""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from ..models.evidence import Attributes, Finding
from ..models.vocabulary import Agency, Context, Dimension, Outcome

SCHEMA_NAME = "evidence_items"
_KEYS: dict[str, dict[str, Any]] = {
    "source": {"type": "string"},
    "passage": {"type": "integer"},
    "anchor": {"type": "string"},
    "dimension": {"type": "string", "enum": [d.value for d in Dimension]},
    "context": {"type": "string", "enum": [c.value for c in Context]},
    "agency": {"type": "string", "enum": [a.value for a in Agency]},
    "outcome": {"type": "string", "enum": [o.value for o in Outcome]},
    "production": {"type": "boolean"},
    "ml_specific": {"type": "boolean"},
}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": _KEYS,
                "required": list(_KEYS),
                "additionalProperties": False,
            },
        }
    },
    "required": ["items"],
    "additionalProperties": False,
}
"""Only what every known server takes: no references, unions, bounds or formats."""

MAX_ITEMS = 120
_LIST = re.compile(r'"items"\s*:\s*\[')
_THINKING = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)


class _Item(BaseModel):
    """One item; keys beyond the nine are dropped, since nothing reads them."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    source: str
    passage: int
    anchor: str
    dimension: Dimension
    context: Context
    agency: Agency
    outcome: Outcome
    production: bool
    ml_specific: bool


class ParsedReply(BaseModel):
    """The valid items of a reply and how many were not."""

    findings: list[Finding]
    rejected: int


class InvalidReply(ValueError):
    """The reply as a whole has no items; the message can be shown to the model."""


def parse_reply(content: str, *, truncated: bool = False) -> ParsedReply:
    """Parse a reply's text.

    Only a code fence, a thinking block and text outside the outermost braces are taken away; nothing
    is invented.

    Args:
        content: the text.
        truncated: it ended at the output limit, so the items that are whole are all there is.

    Raises:
        InvalidReply: no JSON object with a list of items is in it, or no item of many is valid.
    """
    items = _whole_items(content) if truncated else _items(content)
    findings: list[Finding] = []
    problem = ""
    for item in items[:MAX_ITEMS]:
        try:
            findings.append(_finding(_Item.model_validate_json(json.dumps(item))))
        except ValidationError as error:
            first = error.errors()[0]
            problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    if (items or truncated) and not findings:
        message = f"no item was valid; the first problem was {problem}."
        raise InvalidReply(message)
    return ParsedReply(findings=findings, rejected=len(items) - len(findings))


def _items(content: str) -> list[Any]:
    if not content.strip():
        message = "it was empty."
        raise InvalidReply(message)
    text = _THINKING.sub("", content)
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        message = "it held no JSON object."
        raise InvalidReply(message)
    try:
        value = json.loads(text[start : end + 1])
    except (ValueError, RecursionError) as error:
        message = f"it was not valid JSON ({str(error)[:80]})."
        raise InvalidReply(message) from error
    items = value.get("items") if isinstance(value, dict) else None
    if not isinstance(items, list):
        message = 'it had no list "items".'
        raise InvalidReply(message)
    return items


def _whole_items(content: str) -> list[Any]:
    """The items before the cut."""
    text = _THINKING.sub("", content)
    opening = _LIST.search(text)
    items: list[Any] = []
    at = opening.end() if opening else len(text)
    decoder = json.JSONDecoder()
    while True:
        while at < len(text) and text[at] in ", \t\r\n":
            at += 1
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return items
        items.append(item)


def _finding(item: _Item) -> Finding:
    return Finding(
        source=item.source.strip(),
        passage=item.passage,
        anchor=item.anchor,
        shows=Attributes(
            dimension=item.dimension,
            context=item.context,
            agency=item.agency,
            outcome=item.outcome,
            production=item.production,
            ml_specific=item.ml_specific,
        ),
    )
