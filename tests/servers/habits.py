"""EndpointCapabilities of model servers, as seen or reported: what each answers instead of what OpenAI would."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .model import Answer, completion

ITEM: dict[str, Any] = {
    "source": "resume", "passage": 1, "anchor": "Trained a model", "dimension": "modeling", "context": "work",
    "agency": "owned", "outcome": "none", "result_passage": 0, "result_anchor": "", "production": False, "system": "ml",
}  # fmt: skip
FACT = {"passage": 1, "anchor": "Trained a model", "kind": "leads"}
GOOD = json.dumps({"items": [ITEM], "scope": []})
Body = dict[str, Any]
Reply = tuple[int, dict[str, str], bytes]


def error(status: int, message: str = "no", **fields: Any) -> Reply:
    """An error as OpenAI words it."""
    told = {"message": message, "type": "x", "param": None, "code": None, **fields}
    return status, {}, json.dumps({"error": told}).encode()


def raw(status: int, body: object, kind: str = "application/json") -> Reply:
    """Any body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return status, {"content-type": kind}, data


def always(reply: Reply) -> Answer:
    """The same to everybody."""
    return lambda _: reply


def refusing(offends: Callable[[Body], bool], refusal: Reply) -> Answer:
    """A refusal while the body holds what offends, and the good reply without it."""
    return lambda body: refusal if offends(body) else completion(GOOD)


def first(*replies: Reply) -> Answer:
    """These in turn, then the good reply."""
    left = list(replies)
    return lambda _: left.pop(0) if left else completion(GOOD)


def _event(data: object) -> str:
    return f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n"


def events(pieces: list[dict[str, Any]]) -> Reply:
    """A stream of events with these deltas."""
    chunks = [{"id": "x", "choices": [{"index": 0, "delta": piece}]} for piece in pieces]
    last = {"id": "x", "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    usage = {"id": "x", "choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 3}}
    text = ": keep-alive\n\n" + "".join(map(_event, [*chunks, last, usage, "[DONE]"]))
    return 200, {"content-type": "text/event-stream"}, text.encode()


def _has_system(body: Body) -> bool:
    roles = [message["role"] for message in body["messages"]]
    return "system" in roles


def _roles_repeat(body: Body) -> bool:
    roles = [message["role"] for message in body["messages"]]
    return roles != ["user"]


def _named(part: str) -> Callable[[Body], bool]:
    return lambda body: part in body


def _call(arguments: object) -> dict[str, Any]:
    return {"id": "c", "type": "function", "function": {"name": "evidence_items", "arguments": arguments}}  # fmt: skip


_JINJA = {"error": {"code": 500, "message": "Jinja Exception: System role not supported", "type": "server_error"}}  # fmt: skip
NO_SYSTEM: dict[str, Answer] = {
    "a template": refusing(_has_system, raw(400, {"object": "error", "message": "System role not supported", "type": "BadRequestError", "code": 400})),
    "a template that fails": refusing(_has_system, raw(500, _JINJA)),
    "a model of OpenAI": refusing(_has_system, error(400, "Unsupported value: 'messages[0].role' does not support 'system' with this model.", code="unsupported_value", param="messages[0].role")),
    "roles by turns": refusing(_roles_repeat, error(400, "Conversation roles must alternate user/assistant/user/assistant/...")),
    "Gemma at Google": refusing(_has_system, raw(400, [{"error": {"code": 400, "message": "Developer instruction is not enabled for models/gemma-3-27b-it", "status": "INVALID_ARGUMENT"}}])),
    "a list of roles": refusing(_has_system, raw(422, {"detail": [{"loc": ["body", "messages", 0, "role"], "msg": "Input should be 'user' or 'assistant'", "input": "system"}]})),
    "unexpected role": refusing(_has_system, error(400, "Unexpected role 'system' after None")),
    "the first message": refusing(_has_system, error(400, "The first message's role must be user")),
    "in Chinese": refusing(_has_system, error(400, "该模型不支持 system 角色")),
    "Anthropic": refusing(_has_system, raw(400, {"type": "error", "error": {"type": "invalid_request_error", "message": "messages: Unexpected role \"system\". The Messages API accepts a top-level `system` parameter."}})),
    "within a success": refusing(_has_system, raw(200, {"base_resp": {"status_code": 2013, "status_msg": "invalid params, role system not supported"}})),
    "system messages": refusing(_has_system, error(422, "This model does not support system messages.")),
}  # fmt: skip
ELSEWHERE: dict[str, Answer] = {
    "reasoning_content": always(completion(None, reasoning_content=GOOD)),
    "reasoning": always(completion("", reasoning=f"I list them.\n{GOOD}")),
    "after a lone </think>": always(completion(f"The user wants {{items}}.\n</think>\n\n{GOOD}")),
    "a tool's arguments": always(completion(None, tool_calls=[_call(GOOD)])),
    "a tool's arguments as an object": always(completion(None, tool_calls=[_call(json.loads(GOOD))])),
    "a function's arguments": always(completion("", function_call={"name": "f", "arguments": GOOD})),
    "parsed": always(completion(None, parsed=json.loads(GOOD))),
    "content as an object": always(completion(json.loads(GOOD))),
    "thinking parts": always(completion([{"type": "thinking", "thinking": "hm {"}, {"type": "text", "text": GOOD}])),
    "a final channel": always(completion(f"<|channel|>analysis<|message|>{{draft}}<|channel|>final<|message|>{GOOD}")),
    "after [/THINK]": always(completion(f"[THINK]{{items: []}}[/THINK]{GOOD}")),
    "text of a completion": always(raw(200, {"object": "text_completion", "choices": [{"index": 0, "text": GOOD, "finish_reason": "stop"}]})),
    "a stream nobody asked for": always(events([{"role": "assistant"}, *({"content": GOOD[i : i + 40]} for i in range(0, len(GOOD), 40))])),
    "a stream of a tool's arguments": always(events([{"tool_calls": [_call(GOOD[:50])]}, {"tool_calls": [_call(GOOD[50:])]}])),
    "a stream alone": refusing(lambda body: not body.get("stream"), error(400, "This model only supports stream=true; set stream to true")),
    "JSON as plain text": always((200, {"content-type": "text/plain"}, completion(GOOD)[2])),
    "a byte order mark": always((200, {}, b"\xef\xbb\xbf" + completion(GOOD)[2])),
    "a delta": always(raw(200, {"choices": [{"index": 0, "delta": {"content": GOOD}, "finish_reason": "stop"}]})),
    "a second choice": always(raw(200, {"choices": [{"index": 0, "message": {"content": ""}}, {"index": 1, "message": {"content": GOOD}}]})),
    "details of the reasoning": always(completion("", reasoning_details=[{"type": "reasoning.text", "text": GOOD}])),
    "a gateway's wrapping": always(raw(200, {"success": True, "data": {"choices": [{"message": {"content": GOOD}}]}})),
    "a list of one": always(raw(200, [{"choices": [{"message": {"content": GOOD}}]}])),
    "Ollama's own form": always(raw(200, {"model": "stub", "message": {"role": "assistant", "content": GOOD}, "done": True})),
    "no more than a message": always(raw(200, {"choices": [{"message": {"content": GOOD}}]})),
}  # fmt: skip


def _written(**changes: Any) -> str:
    return json.dumps({"items": [{**ITEM, **changes}], "scope": []})


_TITLED = {"dimension": "Modeling", "agency": "OWNED", "context": "Work", "outcome": " none."}
_NULLS = dict.fromkeys(("source", "outcome", "production", "result_passage", "result_anchor"))
DRIFT: dict[str, str] = {
    "a word after": f'```json\n{GOOD}\n```\nI kept to the form {{"items": [...]}} as asked.',
    "a word before": f"Here is the {{requested}} JSON:\n{GOOD}",
    "a bare list": json.dumps([ITEM]),
    "a bare item": json.dumps(ITEM),
    "items one after another": f"{json.dumps(ITEM)}\n",
    "JSON in JSON": json.dumps(GOOD),
    "items in JSON": json.dumps({"items": json.dumps([ITEM])}),
    "each item in JSON": json.dumps({"items": [json.dumps(ITEM)]}),
    "the schema's name around": json.dumps({"evidence_items": json.loads(GOOD)}),
    "a list under another name": json.dumps({"evidence_items": [ITEM]}),
    "a tool call as text": json.dumps({"name": "evidence_items", "arguments": GOOD}),
    "a list of wrappers": json.dumps([{"items": [ITEM]}]),
    "twice the same": GOOD + GOOD,
    "one item without a list": json.dumps({"items": ITEM}),
    "items by number": json.dumps({"items": {"0": ITEM}}),
    "numbers and booleans as text": _written(passage="1", production="false", result_passage="0"),
    "a number with its mark": _written(passage="[1]"),
    "a number with a fraction": _written(passage=1.0),
    "capitals": _written(**_TITLED),
    "other keys": json.dumps({"Items": [{k.title().replace("_", ""): v for k, v in ITEM.items()}]}),
    "nulls": _written(**_NULLS),
    "a list of one": _written(dimension=["modeling"]),
    "an axis before": _written(dimension="ML: Modeling"),
    "a path": _written(dimension="ml.modeling"),
    "a note behind": _written(agency="owned (led)"),
    "a section's name": _written(context="employment"),
    "a word for nothing": _written(outcome="null"),
    "a number and its section": _written(passage="1 (employment)"),
    "an object of a number": _written(passage={"number": 1}),
    "British": _written(dimension="modelling"),
    "a comma too many": f"{GOOD[:-2]},]}}",
    "a comment": GOOD.replace("[{", "[ // the first\n{"),
    "words of Python": GOOD.replace("false", "False"),
    "Python": str(json.loads(GOOD)),
    "NaN": GOOD.replace('"outcome"', '"sure": NaN, "outcome"'),
}
_FORM = 'Generated JSON does not match the expected schema. See "failed_generation".'
PASSING: dict[str, Answer] = {
    "a sample that was no JSON": first(*[error(400, "Failed to generate JSON. Please adjust your prompt.", code="json_validate_failed", failed_generation='{"items": [{"so')] * 2),
    "a sample of another form": first(error(400, _FORM, code="json_validate_failed", failed_generation="")),
    "a sample that can be read": always(error(400, _FORM, code="json_validate_failed", failed_generation=json.dumps([ITEM]))),
    "a failed tool call": first(error(400, "Failed to call a function.", code="tool_use_failed")),
    "restricted for a while": first(error(400, "Access to this feature is temporarily restricted; try later.")),
    "no word": first((400, {}, b"")),
    "an unknown word": first(error(400, "Error from provider: internal")),
    "overloaded": first(error(422, "Model is overloaded, please retry")),
    "too early": first((425, {}, b"")),
    "an error in a success": first(raw(200, {"error": {"message": "Provider returned error", "code": 502}})),
    "loading": first(raw(503, {"error": {"message": "Loading model", "type": "unavailable_error"}})),
}  # fmt: skip
LIMITS: dict[str, Answer] = {
    "a cap of the reply": refusing(_named("max_completion_tokens"), error(400, "max_completion_tokens is too large: 8000. This model supports at most 2048 completion tokens.", code="invalid_value")),
    "a small window of vLLM": refusing(lambda b: bool({"max_tokens", "max_completion_tokens"} & b.keys()), error(400, "'max_tokens' or 'max_completion_tokens' is too large: 8000. This model's maximum context length is 4096 tokens and your request has 900 input tokens.")),
    "requested in all": refusing(lambda b: bool({"max_tokens", "max_completion_tokens"} & b.keys()), error(400, "This model's maximum context length is 8192 tokens. However, you requested 9000 tokens (1000 in the messages, 8000 in the completion).")),
    "extra inputs": refusing(_named("max_completion_tokens"), raw(422, {"detail": [{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"], "msg": "Extra inputs are not permitted"}]})),
    "stream options": refusing(lambda b: not b.get("stream") or "stream_options" in b, error(400, "stream must be true; stream_options is not permitted")),
}  # fmt: skip
WRONG_NAME: dict[str, Reply] = {
    "OpenAI": error(404, "The model `stub` does not exist or you do not have access to it.", code="model_not_found"),
    "OpenAI's project": error(403, "Project `p` does not have access to model `stub`", code="model_not_found"),
    "LiteLLM": error(400, "litellm.BadRequestError: Invalid model name passed in model=stub. Call `/v1/models` to view available models for your key."),
    "OpenRouter": error(400, "stub is not a valid model ID", code=400),
    "OpenRouter without a host": error(404, "No endpoints found for stub."),
    "Mistral": raw(400, {"object": "error", "message": "Invalid model: stub", "type": "invalid_model", "code": "1500"}),
    "DeepSeek": error(400, "Model Not Exist"),
    "Ollama": error(404, 'model "stub" not found, try pulling it first'),
    "vLLM": raw(404, {"object": "error", "message": "The model `stub` does not exist.", "type": "NotFoundError", "code": 404}),
    "Google": raw(404, [{"error": {"code": 404, "message": "models/stub is not found for API version v1main, or is not supported for generateContent."}}]),
    "a gateway without a provider": error(400, "provider is required in model name: expected provider/model"),
    "Bedrock": raw(400, {"message": "The provided model identifier is invalid."}),
    "Together": error(400, "Unable to access model stub. Please visit https://together.example/models", code="model_not_available"),
    "Azure": error(404, "The API deployment for this resource does not exist.", code="DeploymentNotFound"),
    "Groq": error(400, "The model `stub` has been decommissioned and is no longer supported.", code="model_decommissioned"),
    "Hugging Face": error(400, "The requested model 'stub' is not supported by any provider you have enabled.", code="model_not_supported"),
    "a gateway": error(503, "No available channel for model stub under group default"),
    "a page": (404, {"content-type": "text/plain"}, b"404 page not found"),
    "another method": (405, {}, b'{"detail": "Method Not Allowed"}'),
}  # fmt: skip
