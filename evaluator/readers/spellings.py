"""An item's values as models write them where no schema is enforced, as the schema has them.

Only spellings are undone: a number in quotes, a capital, a null for what is usually empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..models.document import RESUME
from ..models.vocabulary import Outcome, System
from .json_values import name_of

_NUMBER = re.compile(r"\W*(?:passage|no|nr|p)?\W*(\d{1,6})(?:\.0+)?(?!\d)[^\d]*", re.I)
_YES = {"true", "yes", "y", "1"}
_NO = {"false", "no", "n", "0", "none", "null", ""}
_EMPTY = ("", "null", "none", "n/a", "nil", "-")
_SPELLINGS = {"modelling": "modeling", "optimisation": "optimization"}
_SECTIONS = {
    "employment": "work", "job": "work", "projects": "project", "publications": "publication", "credentials": "credential",
    "certification": "credential", "certifications": "credential", "skills": "listed", "courses": "coursework",
}  # fmt: skip
"""Names of sections, which models repeat from the request, as the contexts that they are."""
_WHERE_NULL: dict[str, Any] = {
    "source": RESUME,
    "outcome": Outcome.NONE.value,
    "production": False,
    "system": System.SOFTWARE.value,
    "result_passage": 0,
    "result_anchor": "",
}
"""The weakest value of each field, for what a model left empty."""
_MAY_MISS = ("source", "outcome", "production", "result_passage", "result_anchor")


def settled(item: Mapping[str, Any], properties: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """An item with keys and values in the schema's spelling; what cannot be told stays as it is.

    Args:
        item: as it was written.
        properties: of the schema of an item.
    """
    found = {name_of(key): value for key, value in item.items()}
    for name, empty in _WHERE_NULL.items():
        value = found.get(name, False)
        is_null = isinstance(value, str) and value.strip().lower() in _EMPTY
        is_empty = (value is None or is_null) and name in properties
        if is_empty or (name in _MAY_MISS and name in properties and name not in found):
            found[name] = empty
    if "ml_specific" in found:
        found["ml_specific"] = _truth(found["ml_specific"])
    for name, schema in properties.items():
        if name in found:
            found[name] = _value(found[name], schema)
    return found


def _value(value: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
    if schema["type"] == "integer":
        return _number(value)
    if schema["type"] == "boolean":
        return _truth(value)
    if "enum" in schema and isinstance(value, str):
        return _member(value, schema["enum"])
    return value


def _member(value: str, allowed: Sequence[str]) -> str:
    """The one allowed word that stands in a value, beside an axis or a note; else the value as it is spelt."""
    word = re.sub(r"[\s-]+", "_", value.strip(" \t\r\n.\"'`")).lower()
    word = _SPELLINGS.get(word, word)
    if word in allowed:
        return word
    if _SECTIONS.get(word) in allowed:
        return _SECTIONS[word]
    said = [_SPELLINGS.get(each, each) for each in re.findall(r"[^\W_]+", word)]
    found = {each for each in said if each in allowed}
    denied = {"not", "no", "non", "un", "partly"}.intersection(said)
    return found.pop() if len(found) == 1 and not denied else word


def _number(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        match = _NUMBER.fullmatch(value)
        return int(match.group(1)) if match else value
    return value


def _truth(value: Any) -> Any:
    if isinstance(value, int | float) and value in (0, 1):
        return bool(value)
    if isinstance(value, str) and (word := value.strip().lower()) in _YES | _NO:
        return word in _YES
    return value
