"""Where in a reply the answer stands: most servers put it in the content, others where they put something else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from .json_values import lists_in
from .native import completion_of, merged

_WRAPPERS = ("data", "result", "response", "completion", "body")
_DEEPEST = 3
_THOUGHTS = ("reasoning_content", "reasoning", "thinking", "reasoning_details")


def body_of(text: str) -> dict[str, Any] | None:
    """The completion in a reply that was not sent as JSON: as a text, as lines of JSON, or as a stream of events."""
    text = text.lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        body = _json(text)
        if body is None:
            return _of_events([_json(line) for line in text.splitlines() if line.strip()])
        return body if isinstance(body, dict) else completion_in(body)
    if not text.startswith(("data:", "event:", ":", "id:")):
        return None
    lines = (line[5:].strip() for line in text.splitlines() if line.startswith("data:"))
    return _of_events([_json(line) for line in lines])


def completion_in(body: object, depth: int = 0) -> dict[str, Any] | None:
    """The completion that a gateway wrapped, or that has the form of another interface; None where there is none."""
    if depth > _DEEPEST:
        return None
    if isinstance(body, BaseModel):
        body = body.model_dump(warnings=False)
    if isinstance(body, list):
        return completion_in(body[0], depth + 1) if len(body) == 1 else completion_of(body)
    if not isinstance(body, dict):
        return None
    if isinstance(body.get("choices"), list) and body["choices"]:
        return body
    if native := completion_of(body):
        return native
    message = body.get("message")
    if isinstance(message, dict) and message.get("role") == "assistant":
        finish = body.get("done_reason") or body.get("finish_reason")
        return {"choices": [{"index": 0, "message": message, "finish_reason": finish}]}
    wrapped = (completion_in(body.get(name), depth + 1) for name in _WRAPPERS)
    return next((found for found in wrapped if found), None)


def answering(choices: list[Any]) -> Any:
    """The choice that says something: some servers leave the first empty."""
    said = (
        choice
        for choice in choices
        if choice is not None and _says(choice.model_dump(warnings=False))
    )
    return next(said, choices[0])


def _says(choice: Mapping[str, Any]) -> bool:
    return any(value for name, value in (choice.get("message") or {}).items() if name != "role")


def text_of(choice: Mapping[str, Any]) -> str:
    """The answer's text: the content, unless the lists that were asked for stand elsewhere alone."""
    message = choice.get("message") or choice.get("delta") or {}
    content = _text(message.get("content"))
    if lists_in(content) is not None:
        return content
    elsewhere = _elsewhere(message, choice.get("text"))
    return next((text for text in elsewhere if lists_in(text) is not None), content)


def _elsewhere(message: Mapping[str, Any], text: object) -> Iterator[str]:
    for call in [*(message.get("tool_calls") or []), {"function": message.get("function_call")}]:
        function = call.get("function") if isinstance(call, dict) else None
        yield _text((function or {}).get("arguments"))
    yield _text(message.get("parsed"))
    yield _text(text)
    for name in _THOUGHTS:
        yield _text(message.get(name))


def _text(content: object) -> str:
    """Text that came as text, in parts, or as the object that it should spell."""
    if isinstance(content, str):
        return content
    if isinstance(content, dict):
        return json.dumps(content, ensure_ascii=False)
    if isinstance(content, list):
        return "".join(map(_part, content))
    return ""


def _part(part: object) -> str:
    if isinstance(part, str):
        return part
    if not isinstance(part, dict):
        return ""
    text = part.get("text")
    if isinstance(text, str):
        return text
    if isinstance(text, dict) and isinstance(text.get("value"), str):
        return str(text["value"])
    held = part.get("json") or part.get("input")
    return json.dumps(held, ensure_ascii=False) if isinstance(held, dict) else ""


def _of_events(events: list[Any]) -> dict[str, Any] | None:
    """One completion of the pieces of a stream."""
    body: dict[str, Any] = {}
    message: dict[str, Any] = {"role": "assistant"}
    pieces: dict[str, list[str]] = {}
    choice: dict[str, Any] = {"index": 0, "message": message, "finish_reason": None}
    for event in (event for event in events if isinstance(event, dict)):
        body.update({name: value for name, value in event.items() if value is not None})
        for told in (event.get("choices") or [])[:1]:
            choice["finish_reason"] = told.get("finish_reason") or choice["finish_reason"]
            _gather(told.get("delta") or told.get("message") or {}, pieces)
    if not pieces and "choices" not in body and (found := merged(events)):
        return found
    message.update({name: "".join(parts) for name, parts in pieces.items()})
    if arguments := message.pop("arguments", None):
        message["function_call"] = {"name": "", "arguments": arguments}
    if pieces or "choices" in body:
        body["choices"] = [choice]
    return body or None


def _gather(delta: dict[str, Any], pieces: dict[str, list[str]]) -> None:
    for name in ("content", "refusal", *_THOUGHTS[:3]):
        if isinstance(delta.get(name), str):
            pieces.setdefault(name, []).append(delta[name])
    for call in delta.get("tool_calls") or []:
        arguments = (call.get("function") or {}).get("arguments")
        if isinstance(arguments, str):
            pieces.setdefault("arguments", []).append(arguments)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
