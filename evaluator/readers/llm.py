"""The model reader: one chat completion per candidate against any OpenAI-compatible endpoint.

The only module that imports the SDK. The SDK's own retries are off; patience is ours. A reply is never
trusted to follow the schema that was asked for.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import httpx2
import openai
from openai import AsyncOpenAI

from ..errors import ModelError, ModelRefused
from ..models.reading import Reading, ReadingRequest, Usage
from ..prompting import load_prompt
from ..transport import Patience, Transient, retry_after
from .wire import SCHEMA, SCHEMA_NAME, InvalidReply, ParsedReply, parse_reply

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion, ChatCompletionMessageParam

MAX_OUTPUT = 4_000
_MAX_OUTPUT_RAISED = 12_000
_MAX_INPUT_CHARACTERS = 120_000
_FORMS = ("strict", "schema", "object", "prompt")
_FORM_WORDS = ("response_format", "json_schema", "schema", "grammar", "json_object", "strict")
_QUOTA = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active"}


class _Truncated(Exception):
    """The reply ended at the output limit."""


class ModelReader:
    """Reads with a generative model.

    Args:
        model: the name the endpoint knows it by.
        base_url: the endpoint, or None for the SDK's default.
        api_key: may be any text for local servers.
        http: a client of ours; tests inject a transport through it.
        patience: how often and how long a failing call is repeated.
    """

    name = "model"

    def __init__(
        self,
        *,
        model: str,
        base_url: str | None,
        api_key: str,
        http: httpx2.AsyncClient,
        patience: Patience,
    ) -> None:
        self._client = AsyncOpenAI(
            api_key=api_key, base_url=base_url, http_client=http, max_retries=0
        )
        self.model = model
        self._where = str(self._client.base_url)
        self._patience = patience
        self._form = 0
        self._dropped: set[str] = set()
        self._answered = False

    async def read(self, request: ReadingRequest, *, sample: int = 0) -> Reading:
        messages = build_messages(request)
        usage = Usage()
        limit, asked_again, problem = MAX_OUTPUT, False, ""
        while True:
            completion = await self._complete(messages, limit)
            usage = _add(usage, completion)
            try:
                parsed = parse_reply(self._content(completion))
            except _Truncated:
                if limit == _MAX_OUTPUT_RAISED:
                    message = "The model's reply does not fit its output limit."
                    raise ModelError(message) from None
                limit = _MAX_OUTPUT_RAISED
            except InvalidReply as error:
                problem = str(error)
                if asked_again:
                    message = f"The model gave no valid reply twice: {problem}"
                    raise ModelError(message) from error
                asked_again = True
                again = load_prompt("ask_again").render(problem=problem)
                messages = [*messages, {"role": "user", "content": again}]
            else:
                return _reading(parsed, usage)

    async def _complete(
        self, messages: list[ChatCompletionMessageParam], limit: int
    ) -> ChatCompletion:
        """One reply of the endpoint, repeated while it is worth it."""

        async def once() -> ChatCompletion:
            return await self._call(messages, limit)

        try:
            return await self._patience.run(once)
        except Transient as error:
            if not self._answered:
                raise ModelRefused(
                    error.message, mend="Check --base-url and the server."
                ) from error
            raise ModelError(error.message) from error

    async def _call(self, messages: list[ChatCompletionMessageParam], limit: int) -> ChatCompletion:
        while True:
            arguments = self._arguments(limit)
            try:
                reply: object = await self._client.chat.completions.create(
                    model=self.model, messages=messages, **arguments
                )
            except openai.BadRequestError as error:
                self._answered = True
                if not self._adapt(error):
                    raise self._bad_request(error) from error
            except openai.UnprocessableEntityError as error:
                if not self._adapt(error):
                    raise self._bad_request(error) from error
            except openai.APIStatusError as error:
                raise self._translate(error) from error
            except openai.APIConnectionError as error:
                message = f"The model endpoint {self._where} cannot be reached."
                raise Transient(message) from error
            except json.JSONDecodeError as error:
                message = f"{self._where} answered something that is not JSON."
                raise Transient(message) from error
            else:
                return self._completion(reply)

    def _arguments(self, limit: int) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        if "max_completion_tokens" not in self._dropped:
            arguments["max_completion_tokens"] = limit
        elif "max_tokens" not in self._dropped:
            arguments["max_tokens"] = limit
        form = _FORMS[self._form]
        if form in {"strict", "schema"}:
            body: dict[str, Any] = {"name": SCHEMA_NAME, "schema": SCHEMA}
            if form == "strict":
                body["strict"] = True
            arguments["response_format"] = {"type": "json_schema", "json_schema": body}
        elif form == "object":
            arguments["response_format"] = {"type": "json_object"}
        return arguments

    def _adapt(self, error: openai.APIStatusError) -> bool:
        """Drop what the endpoint refuses, once, and remember it; False when nothing is left to drop."""
        said = f"{error.message} {error.body}".lower()
        for parameter in ("max_completion_tokens", "max_tokens"):
            if parameter in said and parameter not in self._dropped:
                self._dropped.add(parameter)
                return True
        if any(word in said for word in _FORM_WORDS) and self._form < len(_FORMS) - 1:
            self._form += 1
            return True
        return False

    def _bad_request(self, error: openai.APIStatusError) -> ModelError:
        return ModelError(f"The model endpoint refused the request: {_said(error)}")

    def _translate(self, error: openai.APIStatusError) -> Exception:
        status, code = error.status_code, str(error.code or "")
        if status in {401, 403}:
            message = f"The model endpoint refused the key ({status})."
            return ModelRefused(message, mend="Check OPENAI_API_KEY.")
        if status == 404:
            message = f"The endpoint {self._where} knows no model “{self.model}” (404)."
            return ModelRefused(message, mend="Check --model and --base-url.")
        if code in _QUOTA or "insufficient_quota" in str(error.body):
            message = "The quota of the model account is used up."
            return ModelRefused(message, mend="Raise it, or use another key.")
        # Older llama.cpp servers answer 500 to a response format they do not know.
        if (
            status == 500
            and any(w in str(error.body).lower() for w in _FORM_WORDS)
            and self._adapt(error)
        ):
            return Transient("The endpoint does not take this response format.", after=0.0)
        if status in {408, 409, 429} or status >= 500:
            self._answered = self._answered or status == 429
            headers = {k.lower(): v for k, v in error.response.headers.items()}
            message = f"The model endpoint failed ({status})."
            return Transient(message, after=retry_after(headers))
        return self._bad_request(error)

    def _completion(self, reply: object) -> ChatCompletion:
        from openai.types.chat import ChatCompletion

        if not isinstance(reply, ChatCompletion) or not getattr(reply, "choices", None):
            message = f"{self._where} answered something that is no chat completion."
            raise Transient(message)
        self._answered = True
        return reply

    def _content(self, completion: ChatCompletion) -> str:
        choice = completion.choices[0]
        if choice.finish_reason == "length":
            raise _Truncated
        if choice.finish_reason == "content_filter":
            message = "The model's content filter stopped the reading."
            raise ModelError(message)
        refusal = getattr(choice.message, "refusal", None)
        if refusal:
            message = "The model refused to read this candidate."
            raise ModelError(message)
        content: object = choice.message.content
        if isinstance(content, list):
            content = "".join(part.get("text", "") for part in content if isinstance(part, dict))
        if not isinstance(content, str) or not content.strip():
            message = "it was empty."
            raise InvalidReply(message)
        return content

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.close()


def build_messages(request: ReadingRequest) -> list[ChatCompletionMessageParam]:
    """Fixed part first, byte for byte the same for all candidates; the candidate last.

    Raises:
        ModelError: the text is far longer than a resume.
    """
    lines: list[str] = []
    for source in request.sources:
        prefix = "" if source.name == "resume" else f"{source.name} "
        for passage in source.passages:
            place = f"{passage.section}; {passage.heading}" if passage.heading else passage.section
            text = " ".join(passage.text.split())
            lines.append(f"{prefix}[{passage.number}] ({place}) {text}")
    passages = "\n".join(lines)
    if len(passages) > _MAX_INPUT_CHARACTERS:
        message = f"The resume has {len(passages):,} characters, more than one reading takes."
        raise ModelError(message)
    # From the content, so that equal candidates make equal requests; a stranger cannot know it.
    boundary = hashlib.sha256(passages.encode("utf-8")).hexdigest()[:12]
    candidate = load_prompt("candidate").render(boundary=boundary, passages=passages)
    return [
        {"role": "system", "content": load_prompt("read_candidate").body},
        {"role": "user", "content": candidate},
    ]


def _reading(parsed: ParsedReply, usage: Usage) -> Reading:
    prompts = [load_prompt(name) for name in ("read_candidate", "candidate", "ask_again")]
    return Reading(
        findings=tuple(parsed.findings),
        rejected=parsed.rejected,
        usage=usage,
        prompts={p.key: p.sha256[:16] for p in prompts},
    )


def _add(usage: Usage, completion: ChatCompletion) -> Usage:
    """Count every attempt; what the endpoint does not say is unknown."""
    told = completion.usage
    details = getattr(told, "prompt_tokens_details", None)
    cached = getattr(details, "cached_tokens", None)

    def plus(known: int | None, more: object) -> int | None:
        return known + more if known is not None and isinstance(more, int) else None

    return Usage(
        calls=usage.calls + 1,
        input_tokens=plus(usage.input_tokens, getattr(told, "prompt_tokens", None)),
        cached_tokens=plus(usage.cached_tokens, cached),
        output_tokens=plus(usage.output_tokens, getattr(told, "completion_tokens", None)),
    )


def _said(error: openai.APIStatusError) -> str:
    """The endpoint's own words, short: proxies echo whole prompts in their errors."""
    return " ".join(error.message.split())[:160]
