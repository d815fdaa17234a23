"""The resume inside a JSON file, in the forms that are met: JSON Resume of all ages, Reactive Resume 3 to 5."""

from __future__ import annotations

import json
from typing import Any

from .decoding import decode

_JSON_RESUME = frozenset(["basics", "bio", "work", "skills", "education"])
_REACTIVE = frozenset(["basics", "sections"])
_WRAPPERS = ("resume", "cv", "data", "content", "json", "attributes")
_DEEP = 3


def resume_in(data: bytes) -> dict[str, Any] | None:
    """The object that is the resume; None when the file is no JSON or no resume."""
    value = parsed(data)
    for _ in range(_DEEP):
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if not isinstance(value, dict):
            return None
        if is_reactive(value) or any(
            isinstance(value.get(key), dict | list) for key in _JSON_RESUME
        ):
            return value
        value = next((value[key] for key in _WRAPPERS if key in value), None)
    return None


def parsed(data: bytes) -> Any:
    """The value of a JSON file; None when it is none."""
    try:
        return json.loads(decode(data))
    except (ValueError, RecursionError):
        return None


def is_reactive(value: dict[str, Any]) -> bool:
    """Whether it has the sections of Reactive Resume."""
    return value.keys() >= _REACTIVE and isinstance(value["sections"], dict)
