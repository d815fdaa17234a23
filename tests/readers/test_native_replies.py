"""A server that answers in another interface's form is read where one text is the answer, else it is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evaluator import EndpointRejected, ModelError
from evaluator.errors import CandidateRefused

from .test_llm import GOOD, Script, read

SAID = GOOD
HALVES = SAID[: len(SAID) // 2], SAID[len(SAID) // 2 :]


def sent(body: object, kind: str = "application/json") -> tuple[int, dict[str, str], bytes]:
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return 200, {"content-type": kind}, data


def events(*bodies: object) -> tuple[int, dict[str, str], bytes]:
    text = "".join(f"event: x\ndata: {json.dumps(body)}\n\n" for body in bodies)
    return sent(text + "data: [DONE]\n\n", "text/event-stream")


def lines(*bodies: object) -> tuple[int, dict[str, str], bytes]:
    return sent("\n".join(map(json.dumps, bodies)) + "\n", "application/x-ndjson")


def responses(*texts: str, **fields: Any) -> dict[str, Any]:
    output: list[dict[str, Any]] = [{"type": "reasoning", "summary": []}]
    output += [
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]}
        for text in texts
    ]
    usage = {"input_tokens": 7, "output_tokens": 3, "input_tokens_details": {"cached_tokens": 5}}
    return {"object": "response", "status": "completed", "output": output, "usage": usage, **fields}


def gemini(*parts: dict[str, Any], finish: str | None = "STOP") -> dict[str, Any]:
    candidate = {"content": {"role": "model", "parts": list(parts)}, "finishReason": finish}
    usage = {"promptTokenCount": 7, "candidatesTokenCount": 3}
    return {"candidates": [candidate], "usageMetadata": usage}


def anthropic(*blocks: dict[str, Any], reason: str = "end_turn") -> dict[str, Any]:
    usage = {"input_tokens": 7, "output_tokens": 3}
    return {
        "type": "message", "role": "assistant", "content": list(blocks), "stop_reason": reason, "usage": usage,
    }  # fmt: skip


def ollama(content: str, **fields: Any) -> dict[str, Any]:
    message = {"role": "assistant", "content": content}
    return {"model": "m", "message": message, "done": bool(fields), **fields}


OLLAMA_END = {"done_reason": "stop", "prompt_eval_count": 7, "eval_count": 3}
READ = {
    "responses": sent(responses(SAID)),
    "responses without a status": sent({"object": "response", "output": responses(SAID)["output"]}),
    "responses as events": events(
        {"type": "response.created", "response": {"output": []}},
        {"type": "response.output_text.delta", "delta": HALVES[0]},
        {"type": "response.output_text.delta", "delta": HALVES[1]},
        {"type": "response.completed", "response": responses(SAID)},
    ),
    "responses without the last event": events(
        {"type": "response.output_text.delta", "delta": HALVES[0]},
        {"type": "response.output_text.delta", "delta": HALVES[1]},
    ),
    "gemini": sent(gemini({"text": "hm", "thought": True}, {"text": HALVES[0]}, {"text": HALVES[1]})),
    "gemini in a list": sent([gemini({"text": HALVES[0]}, finish=None), gemini({"text": HALVES[1]})]),
    "gemini as events": events(gemini({"text": HALVES[0]}, finish=None), gemini({"text": HALVES[1]})),
    "anthropic": sent(anthropic({"type": "thinking", "thinking": "hm"}, {"type": "text", "text": SAID})),
    "anthropic by a tool": sent(anthropic({"type": "tool_use", "name": "x", "input": json.loads(SAID)})),
    "anthropic as events": events(
        {"type": "message_start", "message": anthropic()},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": HALVES[0]}},
        {"type": "content_block_delta", "delta": {"type": "text_delta", "text": HALVES[1]}},
        {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 3}},
    ),
    "bedrock": sent(
        {"output": {"message": {"role": "assistant", "content": [{"text": SAID}]}}, "stopReason": "end_turn", "usage": {"inputTokens": 7, "outputTokens": 3}}
    ),
    "ollama": sent(ollama(SAID, **OLLAMA_END)),
    "ollama by lines": lines(ollama(HALVES[0]), ollama(HALVES[1]), ollama("", **OLLAMA_END)),
    "ollama as events": events(ollama(HALVES[0]), ollama(HALVES[1]), ollama("", **OLLAMA_END)),
    "ollama's generate": sent({"model": "m", "response": SAID, "done": True, **OLLAMA_END}),
    "ollama's generate by lines": lines(
        {"response": HALVES[0], "done": False}, {"response": HALVES[1], "done": True}
    ),
    "text generation": sent([{"generated_text": SAID}]),
    "llama.cpp": sent({"content": SAID, "stop": True}),
    "wrapped": sent({"data": gemini({"text": SAID})}),
    "chunks by lines": lines(
        {"choices": [{"delta": {"content": HALVES[0]}}]}, {"choices": [{"delta": {"content": HALVES[1]}}]}
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("is_text", [False, True])
def test_the_text_is_read_in_every_form(form: str, is_text: bool) -> None:
    status, headers, body = READ[form]
    if is_text:
        headers = {"content-type": "text/plain"}
    reading = read(Script((status, headers, body)))
    assert len(reading.findings) == 1


@pytest.mark.parametrize(
    "form", ["responses", "gemini", "anthropic", "bedrock", "ollama", "ollama by lines"]
)
def test_tokens_are_counted_in_every_form(form: str) -> None:
    usage = read(Script(READ[form])).usage
    assert (usage.input_tokens, usage.output_tokens) == (7, 3)
    assert usage.cached_tokens == (5 if form == "responses" else None)


@pytest.mark.parametrize(
    ("body", "name", "hint"),
    [
        (responses("{}", SAID), "OpenAI's Responses API", "Leave /responses off"),
        (responses(), "OpenAI's Responses API", "ends in /v1"),
        (gemini(), "Gemini's own API", "v1beta/openai"),
        (anthropic({"type": "image"}), "Anthropic's Messages API", "api.anthropic.com/v1"),
        ({"output": {"message": {"content": []}}}, "Bedrock's Converse API", "openai/v1"),
        ({"content": " ", "stop": True}, "llama.cpp's own API", "localhost:8080/v1"),
    ],
)
def test_a_form_without_one_answer_is_named_in_one_line_with_the_address_to_use(
    body: object, name: str, hint: str
) -> None:
    with pytest.raises(EndpointRejected) as caught:
        read(Script(sent(body)))
    told = str(caught.value)
    assert name in told
    assert hint in told
    assert "\n" not in told


@pytest.mark.parametrize(
    "body",
    [
        {"promptFeedback": {"blockReason": "SAFETY"}},
        gemini(finish="SAFETY"),
        anthropic(reason="refusal"),
        responses(output=[{"type": "message", "content": [{"type": "refusal", "refusal": "no"}]}]),
    ],
)
def test_a_refusal_in_another_form_concerns_this_candidate(body: object) -> None:
    with pytest.raises(CandidateRefused):
        read(Script(sent(body)))


@pytest.mark.parametrize(
    "cut",
    [
        gemini({"text": HALVES[0]}, finish="MAX_TOKENS"),
        anthropic({"type": "text", "text": HALVES[0]}, reason="max_tokens"),
        responses(
            HALVES[0], status="incomplete", incomplete_details={"reason": "max_output_tokens"}
        ),
        ollama(HALVES[0], done_reason="length"),
    ],
)
def test_a_reply_that_was_cut_gets_more_room(cut: object) -> None:
    endpoint = Script(sent(cut), sent(gemini({"text": SAID})))
    assert len(read(endpoint).findings) == 1
    assert endpoint.sent[1]["max_completion_tokens"] > endpoint.sent[0]["max_completion_tokens"]


@pytest.mark.parametrize(
    "junk",
    [
        "[1, 2]", '[{"a": 1}, 2]', "{not json\n{either", '{"candidates": [1]}', '{"output": 3}', "data: 3\n\ndata: []\n",
        '{"content": [], "stop_reason": null}', '{"candidates": [], "promptFeedback": {}}', '{"output": [], "status": 1}',
    ],
)  # fmt: skip
def test_junk_is_one_line_and_never_a_mistake_of_ours(junk: str) -> None:
    for kind in ("application/json", "text/plain"):
        with pytest.raises((ModelError, EndpointRejected)) as caught:
            read(Script(sent(junk, kind)))
        assert "Unexpected" not in str(caught.value)
        assert "\n" not in str(caught.value)
