"""One OpenAI-compatible endpoint: calls, patience, limits, and what its errors mean.

The only module that imports the SDK. The SDK's own retries are off; patience is ours.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2
import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion
from openai.types.chat.chat_completion import Choice

from ..errors import ContextOverflow, ModelError, ModelRefused
from ..models.reading import Usage
from ..pacing import Gate, Turns
from ..transport import MODEL_CONNECTIONS, Patience, Transient, retry_after
from .messages import CHARACTERS_PER_TOKEN, Message
from .parameters import Habits, ModelOptions
from .prices import Spending
from .replies import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_QUOTA = ("insufficient_quota", "billing_hard_limit_reached", "billing_not_active")
_OVERFLOW = ("context_length_exceeded", "exceed_context_size", "maximum context", "context window", "context size", "context length")  # fmt: skip
_USUAL_OUTPUT = 900
"""Tokens of a reply, for limits by the minute; corrected once the reply is there."""


_FILTER = "The model's content filter stopped the reading."


class _Filtered(Exception):
    """A filter refused the request itself."""


@dataclass(slots=True)
class _Lane:
    """A few connections. A pool looks at every idle one of its own for each call, so one of all would be slow."""

    client: AsyncOpenAI
    calls: int = 0
    """In flight."""


class Endpoint:
    """Calls one model at one address.

    Args:
        options: model, address and what the user set.
        habits: what it was found not to take; changed in place.
        api_key: may be any text for local servers.
        http: makes clients of ours for so many calls each; tests inject a transport through them.
        patience: how often and how long a failing call is repeated.
        limits: requests and tokens a minute.
        spending: what was spent, and the budget.
    """

    def __init__(
        self,
        options: ModelOptions,
        habits: Habits,
        *,
        api_key: str,
        http: Callable[[], httpx2.AsyncClient],
        patience: Patience,
        limits: Turns,
        spending: Spending,
    ) -> None:
        self._api_key = api_key
        self._http = http
        self._lanes: list[_Lane] = []
        self._options = options
        self._habits = habits
        self._patience = patience
        self._limits = limits
        self._spending = spending
        self._gate = Gate(sleep=patience.sleep)
        self._answered = False

    async def complete(self, messages: Sequence[Message], limit: int) -> Reply:
        """One reply, asked for until it comes or patience ends.

        Raises:
            ContextOverflow: the request must be made shorter.
            ModelError: this candidate got no reply.
            ModelRefused: the endpoint would refuse every call.
        """

        async def once() -> Reply:
            return await self._call(messages, limit)

        try:
            return await self._patience.run(once)
        except _Filtered:
            return Reply(content="", refusal=_FILTER, usage=Usage(calls=1))
        except Transient as error:
            if not self._answered:
                raise ModelRefused(
                    error.message, mend="Check --base-url and the server."
                ) from error
            raise ModelError(error.message) from error

    async def _call(self, messages: Sequence[Message], limit: int) -> Reply:
        expected = round(sum(len(m["content"]) for m in messages) / CHARACTERS_PER_TOKEN)
        while True:
            await self._gate.turn()
            await self._limits.turn(expected + _USUAL_OUTPUT)
            self._spending.check()
            try:
                # As chat.completions.create does, without its walk over the whole body for the types
                # of each parameter: a fifth of what a candidate costs here.
                with self._client() as client:
                    reply: object = await client.post(
                        "/chat/completions",
                        body={
                            "model": self._options.model,
                            "messages": list(messages),
                            **self._habits.arguments(self._options, limit),
                        },
                        cast_to=ChatCompletion,
                    )
            except openai.APIStatusError as error:
                if not self._learns_from(error):
                    raise self._translate(error) from error
            except openai.APIConnectionError as error:
                message = f"The model endpoint {self._options.base_url} cannot be reached."
                raise Transient(message) from error
            except json.JSONDecodeError as error:
                message = f"{self._options.base_url} answered something that is not JSON."
                raise Transient(message) from error
            else:
                return self._reply(reply, expected)

    def _learns_from(self, error: openai.APIStatusError) -> bool:
        """Whether the refusal names something that can be left out, which then is."""
        said = f"{error.message} {error.body}"
        if _means_overflow(said):
            return False
        # Older llama.cpp servers answer 500 to a response format they do not know.
        about_form = error.status_code == 500 and self._habits.names_the_form(str(error.body))
        if error.status_code not in {400, 404, 422} and not about_form:
            return False
        if error.status_code == 404 and not self._habits.names_the_form(said):
            return False
        self._answered = True
        return self._habits.adapt(said)

    def _translate(self, error: openai.APIStatusError) -> Exception:
        status, said = error.status_code, f"{error.code} {error.message} {error.body}"
        if status in {401, 403}:
            message = f"The model endpoint refused the key ({status})."
            return ModelRefused(message, mend="Check OPENAI_API_KEY.")
        if status == 402 or any(word in said for word in _QUOTA):
            message = "The quota of the model account is used up."
            return ModelRefused(message, mend="Raise it, or use another key.")
        if status == 404:
            message = f"The endpoint {self._options.base_url} knows no model “{self._options.model}” (404)."
            return ModelRefused(message, mend="Check --model and --base-url.")
        if status == 413 or _means_overflow(said):
            message = "The request is longer than the model's context window."
            return ContextOverflow(message)
        if status == 400 and "content_filter" in said:
            return _Filtered()
        if status in {408, 409, 429} or status >= 500:
            return self._passing(error)
        self._answered = True
        return ModelError(f"The model endpoint refused the request: {_short(error.message)}")

    def _passing(self, error: openai.APIStatusError) -> Transient:
        headers = {k.lower(): v for k, v in error.response.headers.items()}
        after = retry_after(headers, body=str(error.body))
        if error.status_code == 429:
            self._answered = True
            self._gate.close(after)
        return Transient(f"The model endpoint failed ({error.status_code}).", after=after)

    def _reply(self, found: object, expected: int) -> Reply:
        if not isinstance(found, ChatCompletion) or not getattr(found, "choices", None):
            raise self._no_completion(found)
        self._answered = True
        self._gate.passed()
        usage = _usage(found)
        tier = getattr(found, "service_tier", None)
        self._spending.add(usage, tier if isinstance(tier, str) else None, expected=expected)
        if usage.input_tokens is not None and usage.output_tokens is not None:
            used = usage.input_tokens + usage.output_tokens
            self._limits.correct(used - expected - _USUAL_OUTPUT)
        choice = found.choices[0]
        return Reply(
            content=_text(choice.message.content),
            truncated=choice.finish_reason == "length",
            refusal=_refusal(choice),
            tier=tier if isinstance(tier, str) else None,
            usage=usage,
        )

    def _no_completion(self, found: object) -> Exception:
        """A page of a proxy, or an error in the body of a success."""
        error = getattr(found, "error", None)
        said = str(error) if error else str(found) if isinstance(found, str) else ""
        if any(word in said for word in _QUOTA):
            message = "The quota of the model account is used up."
            return ModelRefused(message, mend="Raise it, or use another key.")
        where = self._options.base_url
        shown = f": {_short(said)}" if said else "."
        return Transient(f"{where} answered something that is no chat completion{shown}")

    async def aclose(self) -> None:
        """Close the connections."""
        for lane in self._lanes:
            await lane.client.close()

    @contextmanager
    def _client(self) -> Iterator[AsyncOpenAI]:
        """A client with a free connection; a new one when there is none."""
        lane = next((lane for lane in self._lanes if lane.calls < MODEL_CONNECTIONS), None)
        if lane is None:
            lane = _Lane(
                AsyncOpenAI(
                    api_key=self._api_key,
                    base_url=self._options.base_url,
                    http_client=self._http(),
                    max_retries=0,
                )
            )
            self._lanes.append(lane)
        lane.calls += 1
        try:
            yield lane.client
        finally:
            lane.calls -= 1


def _means_overflow(said: str) -> bool:
    return any(word in said.lower() for word in _OVERFLOW)


def _refusal(choice: Choice) -> str:
    if choice.finish_reason == "content_filter":
        return _FILTER
    refused = getattr(choice.message, "refusal", None)
    return "The model refused to read this candidate." if refused else ""


def _text(content: object) -> str:
    if isinstance(content, list):
        content = "".join(part.get("text", "") for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _usage(completion: ChatCompletion) -> Usage:
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


def _short(said: str) -> str:
    """The endpoint's own words, short: proxies echo whole prompts in their errors."""
    return " ".join(said.split())[:160]
