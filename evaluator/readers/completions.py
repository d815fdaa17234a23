"""What stands in a chat completion: the answer, whether it was cut or refused, and the tokens it took."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from ..models.reading import Usage
from .answers import text_of

CUT = ("length", "max_tokens", "max_output_tokens")
"""How an answer ended that did not end by itself."""
FILTER = "The model's content filter stopped the reading."


def plain(found: object) -> object:
    """A reply as JSON has it."""
    if isinstance(found, list):
        return [plain(one) for one in found]
    return found.model_dump(warnings=False) if isinstance(found, BaseModel) else found


def answer_of(choice: Any) -> str:
    """The text of a choice, wherever in it the text stands."""
    content = getattr(getattr(choice, "message", None), "content", None)
    if isinstance(content, str) and content.startswith("{"):
        return content  # as nearly all do
    return text_of(choice.model_dump(warnings=False)) if choice is not None else ""


def refusal_of(finish: str, refused: object) -> str:
    """Why the model did not answer; empty where it did."""
    if finish == "content_filter":
        return FILTER
    return "The model refused to read this candidate." if refused else ""


def usage_of(completion: Any) -> Usage:
    """What the endpoint does not say is unknown."""
    told = completion.usage
    details = getattr(told, "prompt_tokens_details", None)

    def number(value: object) -> int | None:
        return value if isinstance(value, int) else None

    return Usage(
        calls=1,
        input_tokens=number(getattr(told, "prompt_tokens", None)),
        cached_tokens=number(getattr(details, "cached_tokens", None)),
        output_tokens=number(getattr(told, "completion_tokens", None)),
    )
