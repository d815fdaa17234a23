"""Replies in the forms of other interfaces than chat completions, as gateways and servers send them all the same.

A reply is taken where one text is its answer; else what it looks like is named, with the address that speaks ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ..models.base import Value

_GEMINI_CUT, _GEMINI_FILTERS = "MAX_TOKENS", ("SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "RECITATION")  # fmt: skip
_OURS = "Give the base URL of its OpenAI-compatible interface as --base-url"


class Native(Value):
    """A form that a reply has."""

    name: str
    """Whose it is, as a user knows it."""
    hint: str
    """What to give instead."""


RESPONSES = Native(
    name="OpenAI's Responses API",
    hint="Leave /responses off --base-url, which mostly ends in /v1.",
)
GEMINI = Native(
    name="Gemini's own API",
    hint=f"{_OURS}: https://generativelanguage.googleapis.com/v1beta/openai for Google's.",
)
ANTHROPIC = Native(
    name="Anthropic's Messages API", hint=f"{_OURS}: https://api.anthropic.com/v1 for Anthropic's."
)
BEDROCK = Native(
    name="Bedrock's Converse API",
    hint=f"{_OURS}: https://bedrock-runtime.REGION.amazonaws.com/openai/v1 for Amazon's.",
)
OLLAMA = Native(name="Ollama's own API", hint=f"{_OURS}: http://localhost:11434/v1 for Ollama's.")
TGI = Native(name="a text generation server's own API", hint=f"{_OURS}, which mostly ends in /v1.")
LLAMA = Native(name="llama.cpp's own API", hint=f"{_OURS}: http://localhost:8080/v1 for llama.cpp's.")  # fmt: skip


def form_of_reply(body: object) -> Native | None:
    """Which of the forms a decoded reply has; None for any other."""
    if isinstance(body, list) and body and isinstance(body[0], dict):
        body = body[0]
    if not isinstance(body, Mapping):
        return None
    return next((native for native, is_one, _ in _FORMS if is_one(body)), None)


def completion_of(body: object) -> dict[str, Any] | None:
    """The same reply as a chat completion; None where no text, or more than one, could be its answer."""
    if isinstance(body, list):
        return _of_list(body)
    if not isinstance(body, Mapping):
        return None
    return next((told(body) for _, is_one, told in _FORMS if is_one(body)), None)


def merged(events: list[Any]) -> dict[str, Any] | None:
    """The completion that the pieces of a stream make together; None where they are of no known form."""
    pieces: list[str] = []
    usage: dict[str, Any] = {}
    finish: Any = None
    for event in (e for e in events if isinstance(e, dict)):
        whole = event.get("response")
        if isinstance(whole, dict) and whole.get("output"):
            return completion_of({"object": "response", **whole})
        found = completion_of(event) or {}
        choice = (found.get("choices") or [{}])[0]
        content = choice.get("message", {}).get("content")
        pieces.append(content if isinstance(content, str) else _delta(event))
        usage.update({name: n for name, n in _usage_of(event, found).items() if n is not None})
        delta = event.get("delta")
        finish = choice.get("finish_reason") or _finish(delta) or finish
    text = "".join(pieces)
    return _completion(text, finish, usage) if text else None


def _delta(event: Mapping[str, Any]) -> str:
    """The text of an event of a block: *content_block_delta* of one, *response.output_text.delta* of another."""
    delta = event.get("delta")
    if isinstance(delta, str):
        return delta if event.get("type") == "response.output_text.delta" else ""
    if isinstance(delta, Mapping) and event.get("type") == "content_block_delta":
        text = delta.get("text", delta.get("partial_json"))
        return text if isinstance(text, str) else ""
    return ""


def _finish(delta: object) -> Any:
    return delta.get("stop_reason") if isinstance(delta, Mapping) else None


def _usage_of(event: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    told = found.get("usage") or {}
    message = event.get("message")
    inner = message.get("usage") if isinstance(message, Mapping) else event.get("usage")
    if not told and isinstance(inner, Mapping):
        return _usage(inner.get("input_tokens"), inner.get("output_tokens"))
    return dict(told)


def _of_list(body: list[Any]) -> dict[str, Any] | None:
    if len(body) == 1:
        return completion_of(body[0])
    return merged(body) if form_of_reply(body) in {GEMINI, OLLAMA} else None


def _completion(text: str, finish: object, usage: Mapping[str, Any] | None = None) -> dict[str, Any]:  # fmt: skip
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": finish}
    return {"choices": [choice], "usage": dict(usage or {})}


def _usage(sent: object, given: object, cached: object = None) -> dict[str, Any]:
    return {
        "prompt_tokens": sent,
        "completion_tokens": given,
        "prompt_tokens_details": {"cached_tokens": cached},
    }


def _texts(parts: object, *kinds: str) -> Iterator[str]:
    """Texts of parts that are of one of the kinds, or of none that they name."""
    for part in parts if isinstance(parts, list) else []:
        if isinstance(part, Mapping) and not part.get("thought"):
            kind, text = part.get("type"), part.get("text")
            if isinstance(text, str) and (kind is None or kind in kinds):
                yield text
            elif isinstance(part.get("input"), Mapping):  # arguments of a tool
                yield json.dumps(part["input"], ensure_ascii=False)


def _is_responses(body: Mapping[str, Any]) -> bool:
    return body.get("object") == "response" or (
        isinstance(body.get("output"), list) and "status" in body
    )


def _responses(body: Mapping[str, Any]) -> dict[str, Any] | None:
    items = [i for i in body.get("output") or [] if isinstance(i, Mapping)]
    texts = [
        "".join(_texts(i.get("content"), "output_text", "text"))
        for i in items
        if i.get("type", "message") == "message"
    ]
    refused = any(
        part.get("type") == "refusal"
        for item in items
        for part in (item.get("content") or [])
        if isinstance(part, Mapping)
    )
    details = body.get("incomplete_details")
    reason = details.get("reason") if isinstance(details, Mapping) else None
    told = _one(texts, reason or ("content_filter" if refused else "stop"), refused=refused)
    usage = body.get("usage")
    if told and isinstance(usage, Mapping):
        cached = usage.get("input_tokens_details")
        held = cached.get("cached_tokens") if isinstance(cached, Mapping) else None
        told["usage"] = _usage(usage.get("input_tokens"), usage.get("output_tokens"), held)
    return told


def _is_gemini(body: Mapping[str, Any]) -> bool:
    if isinstance(body.get("promptFeedback"), Mapping) and not body.get("choices"):
        return True
    candidates = body.get("candidates")
    return isinstance(candidates, list) and all(isinstance(c, Mapping) and ("content" in c or "finishReason" in c) for c in candidates)  # fmt: skip


def _gemini(body: Mapping[str, Any]) -> dict[str, Any] | None:
    candidates = body.get("candidates") or []
    feedback = body.get("promptFeedback")
    if not candidates and isinstance(feedback, Mapping) and feedback.get("blockReason"):
        return _completion("", "content_filter")
    texts = ["".join(_texts((c.get("content") or {}).get("parts"))) for c in candidates]
    finish = next((c.get("finishReason") for c in candidates if c.get("finishReason")), None)
    stopped = {_GEMINI_CUT: "length"} | dict.fromkeys(_GEMINI_FILTERS, "content_filter")
    told = _one(texts, stopped.get(str(finish), finish), refused=finish in _GEMINI_FILTERS)
    usage = body.get("usageMetadata")
    if told and isinstance(usage, Mapping):
        told["usage"] = _usage(
            usage.get("promptTokenCount"),
            usage.get("candidatesTokenCount"),
            usage.get("cachedContentTokenCount"),
        )
    return told


def _is_anthropic(body: Mapping[str, Any]) -> bool:
    return isinstance(body.get("content"), list) and (
        body.get("type") == "message" or "stop_reason" in body
    )


def _anthropic(body: Mapping[str, Any]) -> dict[str, Any] | None:
    texts = ["".join(_texts(body.get("content"), "text"))]
    reason = body.get("stop_reason")
    finish = "content_filter" if reason == "refusal" else reason
    told = _one(texts, finish, refused=reason == "refusal")
    usage = body.get("usage")
    if told and isinstance(usage, Mapping):
        told["usage"] = _usage(
            usage.get("input_tokens"),
            usage.get("output_tokens"),
            usage.get("cache_read_input_tokens"),
        )
    return told


def _is_bedrock(body: Mapping[str, Any]) -> bool:
    output = body.get("output")
    return isinstance(output, Mapping) and isinstance(output.get("message"), Mapping)


def _bedrock(body: Mapping[str, Any]) -> dict[str, Any] | None:
    texts = ["".join(_texts(body["output"]["message"].get("content")))]
    told = _one(texts, body.get("stopReason"), refused=False)
    usage = body.get("usage")
    if told and isinstance(usage, Mapping):
        told["usage"] = _usage(usage.get("inputTokens"), usage.get("outputTokens"))
    return told


def _is_ollama(body: Mapping[str, Any]) -> bool:
    message = body.get("message")
    is_chat = isinstance(message, Mapping) and message.get("role") == "assistant"
    return "done" in body and (is_chat or isinstance(body.get("response"), str))


def _ollama(body: Mapping[str, Any]) -> dict[str, Any] | None:
    message = body.get("message") or {}
    said = body.get("response") or message.get("content") or ""
    told = _completion(said, body.get("done_reason"))
    if message.get("tool_calls") or message.get("thinking"):
        told["choices"][0]["message"] = {**message, "content": said}
    if "eval_count" in body:
        told["usage"] = _usage(body.get("prompt_eval_count"), body.get("eval_count"))
    return told


def _one(texts: list[str], finish: object, *, refused: bool) -> dict[str, Any] | None:
    """The completion of the only text that is none of nothing."""
    said = [text for text in texts if text.strip()]
    if len(said) > 1 or not (said or refused or finish == "length"):
        return None
    return _completion(said[0] if said else "", finish)


_Told = Callable[[Mapping[str, Any]], dict[str, Any] | None]
_FORMS: tuple[tuple[Native, Callable[[Mapping[str, Any]], bool], _Told], ...] = (
    (RESPONSES, _is_responses, _responses),
    (GEMINI, _is_gemini, _gemini),
    (ANTHROPIC, _is_anthropic, _anthropic),
    (BEDROCK, _is_bedrock, _bedrock),
    (OLLAMA, _is_ollama, _ollama),
    (TGI, lambda b: isinstance(b.get("generated_text"), str), lambda b: _one([b["generated_text"]], None, refused=False)),
    (LLAMA, lambda b: isinstance(b.get("content"), str) and "stop" in b, lambda b: _one([b["content"]], None, refused=False)),
)  # fmt: skip
