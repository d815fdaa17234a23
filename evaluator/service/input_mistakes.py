"""What does not fit in something that a program sent: where, and in words that need no knowledge of our tools."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

_WORDS = {
    "Field required": "it is missing",
    "Extra inputs are not permitted": "there is no such field",
}
_SUBJECT = re.compile(r"^(?:\w+ should |Value error, )")
_BLANK = r"\S"


def mistakes_in(error: ValidationError, given: Any) -> list[tuple[str, str]]:
    """Each place that does not fit, as the sender wrote it, and what is wrong there; repeats nothing that was sent.

    Args:
        error: that validation raised.
        given: what was validated, or None where it is not known.
    """
    found = error.errors(include_input=False, include_url=False)
    return [(".".join(_place(dict(one), given)), _told(dict(one))) for one in found]


def _place(one: dict[str, Any], given: Any) -> list[str]:
    """Without the names of forms that pydantic tried: nobody sent those."""
    kept, value, loc = [], given, one["loc"]
    for number, step in enumerate(loc, 1):
        is_sent = (isinstance(value, dict) and step in value) or (
            isinstance(value, list | tuple) and isinstance(step, int) and step < len(value)
        )
        if is_sent:
            value = value[step]
        is_lacking = number == len(loc) and one["type"] == "missing"
        if is_sent or is_lacking or value is None:
            kept.append(str(step))
    return kept


def _told(one: dict[str, Any]) -> str:
    if one["type"] == "string_pattern_mismatch" and one["ctx"]["pattern"] == _BLANK:
        return "it should not be blank"
    message = str(one["msg"]).partition(" after validation")[0]
    begun = _SUBJECT.match(message)
    said = "it should " if begun and "should" in begun.group() else ""
    rest = message[begun.end() if begun else 0 :]
    return _WORDS.get(rest, said + rest)
