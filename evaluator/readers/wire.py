"""The form a model's reply takes: a portable strict schema, lenient parsing, item by item."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from ..models.document import RESUME
from ..models.dropped import Dropped, DropReason
from ..models.evidence import Anchor, Attributes, Finding, MeetsFinding, ScopeFinding
from ..models.vocabulary import Agency, Context, Dimension, Outcome, ScopeKind, Shows, System
from .json_values import element, lists_in, without_thinking
from .spellings import settled

SCHEMA_NAME = "evidence_items"
_ITEM: dict[str, dict[str, Any]] = {
    "source": {"type": "string"},
    "passage": {"type": "integer"},
    "anchor": {"type": "string"},
    "dimension": {"type": "string", "enum": [d.value for d in Dimension]},
    "context": {"type": "string", "enum": [c.value for c in Context]},
    "agency": {"type": "string", "enum": [a.value for a in Agency]},
    "outcome": {"type": "string", "enum": [o.value for o in Outcome]},
    "result_passage": {"type": "integer"},
    "result_anchor": {"type": "string"},
    "production": {"type": "boolean"},
    "system": {"type": "string", "enum": [s.value for s in System]},
}
_SCOPE: dict[str, dict[str, Any]] = {
    "passage": {"type": "integer"},
    "anchor": {"type": "string"},
    "kind": {"type": "string", "enum": [k.value for k in ScopeKind]},
}


def _list_of(keys: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": keys,
            "required": list(keys),
            "additionalProperties": False,
        },
    }


_MEETS: dict[str, dict[str, Any]] = {
    "requirement": {"type": "integer"},
    "source": {"type": "string"},
    "passage": {"type": "integer"},
    "anchor": {"type": "string"},
    "shows": {"type": "string", "enum": [s.value for s in Shows]},
    "lacking": {"type": "string"},
}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"items": _list_of(_ITEM), "scope": _list_of(_SCOPE)},
    "required": ["items", "scope"],
    "additionalProperties": False,
}
"""Only what every known server takes: no references, unions, bounds or formats."""


class Form(NamedTuple):
    """What a reply is asked to look like."""

    name: str
    schema: dict[str, Any]


EVIDENCE = Form(SCHEMA_NAME, SCHEMA)
WITH_REQUIREMENTS = Form(
    "evidence_and_requirements",
    {
        **SCHEMA,
        "properties": {**SCHEMA["properties"], "meets": _list_of(_MEETS)},
        "required": [*SCHEMA["required"], "meets"],
    },
)
"""The same with passages cited for an opening's requirements."""

MAX_ITEMS = 120
MAX_MEETS = 150
MAX_SCOPE = 12
_LIST = re.compile(r'"items"\s*:\s*\[')


class _Item(BaseModel):
    """One item; further keys are dropped, since nothing reads them."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    source: str
    passage: int
    anchor: str
    dimension: Dimension
    context: Context
    agency: Agency
    outcome: Outcome
    production: bool
    system: System
    # Servers that do not enforce a schema leave out what is usually empty.
    result_passage: int = 0
    result_anchor: str = ""

    @model_validator(mode="before")
    @classmethod
    def _of_the_rubric(cls, value: Any) -> Any:
        """Such servers may answer with the rubric's word ``ml_specific`` instead of the system."""
        if isinstance(value, dict) and "system" not in value and "ml_specific" in value:
            system = System.ML if value["ml_specific"] is True else System.SOFTWARE
            return {**value, "system": system.value}
        return value


class _ScopeItem(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    passage: int
    anchor: str
    kind: ScopeKind


class _MeetsItem(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    requirement: int
    source: str = RESUME
    passage: int
    anchor: str
    shows: Shows
    lacking: str = ""


class ParsedReply(BaseModel):
    """The valid items of a reply, and those that were not."""

    findings: list[Finding]
    scope: list[ScopeFinding]
    meets: list[MeetsFinding] = []
    dropped: list[Dropped] = []


class InvalidReply(ValueError):
    """The reply as a whole has no items; the message can be shown to the model."""


def parse_reply(content: str, *, truncated: bool = False) -> ParsedReply:
    """Parse a reply's text.

    What stands around the lists is taken away, and spellings of values are undone; nothing is invented.

    Args:
        content: the text.
        truncated: it ended at the output limit, so the items that are whole are all there is.

    Raises:
        InvalidReply: no list of items is in it, or no item of many is valid.
    """
    items, scope, meets = (_whole_items(content), [], []) if truncated else _lists(content)
    findings: list[Finding] = []
    dropped: list[Dropped] = []
    problem = ""
    for item in items[:MAX_ITEMS]:
        try:
            findings.append(_finding(_valid(_Item, item, _ITEM)))
        except ValidationError as error:
            dropped.append(Dropped(reason=DropReason.INVALID))
            first = error.errors()[0]
            problem = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    dropped += [Dropped(reason=DropReason.TOO_MANY)] * max(0, len(items) - MAX_ITEMS)
    if (items or truncated) and not findings:
        message = f"no item was valid; the first problem was {problem}."
        raise InvalidReply(message)
    return ParsedReply(
        findings=findings,
        scope=list(_scope(scope)),
        meets=list(_meets(meets)),
        dropped=dropped,
    )


_Written = TypeVar("_Written", bound=BaseModel)


def _valid(kind: type[_Written], item: Any, properties: dict[str, dict[str, Any]]) -> _Written:
    """An item as it is, or as its spellings mean it."""
    try:
        return kind.model_validate_json(json.dumps(item))
    except ValidationError:
        if not isinstance(item, dict):
            raise
        return kind.model_validate_json(json.dumps(settled(item, properties)))


def _scope(items: list[Any]) -> Iterator[ScopeFinding]:
    for item in items[:MAX_SCOPE]:
        try:
            found = _valid(_ScopeItem, item, _SCOPE)
        except ValidationError:
            continue
        yield ScopeFinding(at=Anchor(passage=found.passage, words=found.anchor), kind=found.kind)


def _meets(items: list[Any]) -> Iterator[MeetsFinding]:
    for item in items[:MAX_MEETS]:
        try:
            found = _valid(_MeetsItem, item, _MEETS)
        except ValidationError:
            continue
        yield MeetsFinding(
            requirement=found.requirement,
            source=found.source.strip(),
            at=Anchor(passage=found.passage, words=found.anchor),
            shows=found.shows,
            lacking=found.lacking,
        )


def _lists(content: str) -> tuple[list[Any], list[Any], list[Any]]:
    """The lists of items, scope and cited requirements; the others may be missing, nothing is judged by them alone."""
    if not content.strip():
        message = "it was empty."
        raise InvalidReply(message)
    problem = 'it had no list "items".'
    text = without_thinking(content)
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end:
        try:
            value = json.loads(text[start : end + 1])
        except (ValueError, RecursionError) as error:
            problem = f"it was not valid JSON ({str(error)[:80]})."
        else:
            items = value.get("items") if isinstance(value, dict) else None
            if isinstance(items, list):
                scope, meets = (
                    found if isinstance(found := value.get(name), list) else []
                    for name in ("scope", "meets")
                )
                return list(map(element, items)), scope, meets
    elif "[" not in text:
        problem = "it held no JSON object."
    found = lists_in(content)
    if found is None:
        raise InvalidReply(problem)
    return found.items, found.scope, []


def _whole_items(content: str) -> list[Any]:
    """The items before the cut."""
    text = without_thinking(content)
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
            ml_specific=item.system is System.ML,
            system=item.system,
        ),
        result=Anchor(passage=item.result_passage, words=item.result_anchor)
        if item.result_anchor.strip()
        else None,
    )
