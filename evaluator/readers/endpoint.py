"""One OpenAI-compatible endpoint: calls, retries, limits, and what its errors mean.

The only module that imports the SDK. The SDK's own retries are off; the retry policy is ours.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import httpx2
import openai
from openai import AsyncOpenAI
from openai.types.chat import ChatCompletion

from ..errors import ContextOverflow, EndpointRejected, ModelError
from ..models.reading import Usage
from ..network.causes import cause_of
from ..network.proxies import Proxy
from ..pacing import BackoffGate, Limiter
from ..secret_masking import apart
from ..transport import MODEL_CONNECTIONS, RetryPolicy, Transient, retry_after
from .address import ModelAddress
from .answers import answering, body_of, completion_in
from .circuit import Circuit
from .completions import CUT, FILTER, answer_of, plain, refusal_of, usage_of
from .json_values import lists_in
from .messages import CHARACTERS_PER_TOKEN, Message
from .native import form_of_reply
from .parameters import EndpointCapabilities, ModelOptions
from .prices import Spending
from .refusals import Refusal
from .replies import Reply
from .wire import EVIDENCE, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

NO_KEY = "none"
"""Sent where no key is set; local servers look at none."""
_USUAL_OUTPUT = 900
"""Tokens of a reply, for limits by the minute; corrected once the reply is there."""


_TRIES_OF_A_STRANGER = 3
"""Before anything was ever answered, so that a wrong address or a proxy is told within seconds."""
_TRIES_OF_A_FAILURE = 6
"""Of a stranger that answers, and answers with an error: about ten seconds, in which a slip of its passes."""
_TRIES_OF_A_REFUSAL = 2
_TRIES_OF_A_SAMPLE = 4
_UNKNOWN = Usage(calls=1, input_tokens=None, cached_tokens=None, output_tokens=None)


class _Filtered(Exception):
    """A filter refused the request itself."""


@dataclass(slots=True)
class _ConnectionGroup:
    """A few connections. A pool looks at every idle one of its own for each call, so one of all would be slow."""

    client: AsyncOpenAI
    calls: int = 0
    """In flight."""


class Endpoint:
    """Calls one model at one address.

    Args:
        options: model, address and what the user set.
        capabilities: what it was found not to take; changed in place.
        api_key: may be any text for local servers.
        http: makes clients of ours for so many calls each; tests inject a transport through them.
        retries: how often and how long a failing call is repeated.
        limits: requests and tokens a minute.
        spending: what was spent, and the budget.
        proxy: that stands between; for the reasons of failures.
    """

    def __init__(
        self,
        options: ModelOptions,
        capabilities: EndpointCapabilities,
        *,
        api_key: str,
        http: Callable[[], httpx2.AsyncClient],
        retries: RetryPolicy,
        limits: Limiter,
        spending: Spending,
        proxy: Proxy | None = None,
    ) -> None:
        self._address = ModelAddress.parse(options.base_url)
        self._where = self._address.shown
        self._proxy = proxy
        self._api_key = api_key
        self._http = http
        self._lanes: list[_ConnectionGroup] = []
        self._options = options
        self._capabilities = capabilities
        self._retries = retries
        self._limits = limits
        self._spending = spending
        self._gate = BackoffGate(sleep=retries.sleep)
        self._circuit = Circuit(self._where)
        self._answered = False

    async def complete(
        self, messages: Sequence[Message], limit: int, asked: Form = EVIDENCE
    ) -> Reply:
        """One reply, asked for until it comes or the retry policy gives up.

        Raises:
            ContextOverflow: the request must be made shorter.
            ModelError: this candidate got no reply.
            EndpointRejected: the endpoint would refuse every call, or gave no reply to many candidates in a row.
        """

        async def once() -> Reply:
            return await self._call(messages, limit, asked)

        try:
            reply = await self._retries.run(once)
        except _Filtered:
            self._circuit.closed()
            return Reply(content="", refusal=FILTER, usage=Usage(calls=1))
        except Transient as error:
            if not self._answered:
                hint = error.hint or "Check --base-url and the server."
                raise EndpointRejected(error.message, hint=hint) from error
            self._circuit.failed(error)
            raise ModelError(error.message) from error
        else:
            self._circuit.closed()
            return reply

    async def _call(self, messages: Sequence[Message], limit: int, asked: Form) -> Reply:
        expected = round(sum(len(m["content"]) for m in messages) / CHARACTERS_PER_TOKEN)
        while True:
            await self._gate.acquire()
            await self._limits.acquire(expected + _USUAL_OUTPUT)
            self._spending.check()
            self._circuit.check()
            try:
                # As chat.completions.create does, without its walk over the whole body for the types
                # of each parameter: a fifth of what a candidate costs here.
                with self._client() as client:
                    reply: object = await client.post(
                        "/chat/completions",
                        body={
                            "model": self._options.model,
                            "messages": self._capabilities.messages(messages),
                            **self._capabilities.arguments(self._options, limit, asked),
                        },
                        cast_to=ChatCompletion,
                    )
            except openai.APIStatusError as error:
                refusal = Refusal.of(error.status_code, error.body, model=self._options.model)
                if refusal.generated and lists_in(refusal.generated) is not None:
                    self._answered = True
                    return Reply(content=refusal.generated, usage=_UNKNOWN)
                if not self._learns_from(refusal):
                    raise self._translate(refusal, error.response) from error
            except openai.APIConnectionError as error:
                raise self._unreached(error) from error
            except json.JSONDecodeError as error:
                if body_of(error.doc) is None:
                    message = f"{self._where} answered something that is not JSON."
                    raise self._strange(message) from error
                return self._reply(error.doc, expected)
            else:
                if not self._learns_within(reply):
                    return self._reply(reply, expected)

    def _unreached(self, error: openai.APIConnectionError) -> Exception:
        cause = cause_of(error, self._address.base, proxy=self._proxy, option="--base-url")
        message = f"The model endpoint {self._where} cannot be reached: {cause.what}."
        if self._answered:
            return Transient(message, hint=cause.hint)
        if cause.lasts:
            return EndpointRejected(message, hint=cause.hint)
        # What took its whole time to fail leaves none for another try.
        slow = isinstance(error.__cause__, httpx2.ConnectTimeout)
        return Transient(message, hint=cause.hint, tries=1 if slow else _TRIES_OF_A_STRANGER)

    def _strange(self, message: str, hint: str | None = None) -> Transient:
        """An answer that no model server gives; another try is worth more once one was seen there."""
        tries = None if self._answered else _TRIES_OF_A_STRANGER
        return Transient(message, hint=hint, tries=tries)

    def _learns_from(self, refusal: Refusal) -> bool:
        """Whether the refusal names something that can be left out, which then is."""
        if refusal.tells_of("overflow") and not refusal.tells_of("limit"):
            return False
        if refusal.tells_of("passing") and not refusal.tells_of("form", "system", "stream"):
            return False
        # Older llama.cpp servers answer 500 to a response format they do not know.
        about_habits = refusal.status in {400, 422}
        about_habits |= refusal.status in {404, 500, 501} and refusal.tells_of(
            "form", "system", "stream"
        )
        if not about_habits or "json_validate_failed" in refusal.said:
            return False
        if refusal.names_the_model or not self._capabilities.adapt(refusal):
            return False
        self._answered = True
        return True

    def _learns_within(self, reply: object) -> bool:
        """The same of a refusal that came with a success."""
        if getattr(reply, "choices", None) or isinstance(reply, str):
            return False
        refusal = replace(Refusal.within(reply, model=self._options.model), status=400)
        return refusal.tells_of("form", "system", "stream") and self._learns_from(refusal)

    def _translate(self, refusal: Refusal, response: httpx2.Response) -> Exception:
        """The error that a refusal is: of everybody, of this candidate, or one that passes."""
        status, told = refusal.status, self._told(refusal)
        if 300 <= status < 400:
            return self._redirected(response)
        if refusal.tells_of("quota") or status == 402:
            return _used_up()
        if refusal.tells_of("overflow") or status == 413:
            message = "The request is longer than the model's context window."
            return ContextOverflow(message)
        if refusal.names_the_model:
            message = f"The endpoint {self._where} knows no model “{self._options.model}” ({told})."
            return EndpointRejected(message, hint="Check --model and --base-url.")
        if status == 400 and "content_filter" in refusal.said:
            return _Filtered()
        if status in {408, 409, 425, 429} or status >= 500:
            return self._passing(refusal, response)
        return self._for_everybody(refusal) or self._for_one(refusal)

    def _told(self, refusal: Refusal) -> str:
        said = refusal.sentence.rstrip(".")
        return f"{refusal.status}: {said}" if said else str(refusal.status)

    def _for_everybody(self, refusal: Refusal) -> EndpointRejected | None:
        """What the status alone says of every call."""
        status, told = refusal.status, self._told(refusal)
        if status == 407:
            variable = self._proxy.variable if self._proxy else "HTTP_PROXY"
            message = f"The proxy before {self._where} asks for a user name and a password (407)."
            return EndpointRejected(
                message,
                hint=f"Write its user name and password into {variable}, before the host and an @.",
            )
        if refusal.is_page and status in {401, 403}:
            message = f"A page instead of the model answered at {self._where} ({told})."
            return EndpointRejected(message, hint="Check --base-url; a proxy or firewall may stand before it.")  # fmt: skip
        if status in {401, 403}:
            what = "key" if status == 401 or not refusal.sentence else "call"
            message = f"The model endpoint refused the {what} ({told})."
            return EndpointRejected(message, hint="Check OPENAI_API_KEY.")
        if status in {404, 405, 410}:
            message = f"The endpoint {self._where} knows no model “{self._options.model}”, or has no chat completions there ({told})."
            return EndpointRejected(message, hint="Check --model and --base-url, which mostly ends in /v1.")  # fmt: skip
        return None

    def _for_one(self, refusal: Refusal) -> Transient:
        """A refusal of unknown meaning: some pass, so it is asked again, a few times at most."""
        self._answered = True
        tries = _TRIES_OF_A_SAMPLE if refusal.tells_of("passing") else _TRIES_OF_A_REFUSAL
        message = f"The model endpoint refused the request ({self._told(refusal)})."
        return Transient(message, tries=tries, concerns_one=True)

    def _redirected(self, response: httpx2.Response) -> EndpointRejected:
        """Candidates are sent where the user said, and nowhere else."""
        target = apart(urljoin(str(response.url), response.headers.get("location", "")))[0]
        shown = urlsplit(target)._replace(query="", fragment="").geturl()
        shown = shown.removesuffix("/chat/completions")
        message = f"The model endpoint {self._where} redirects to {shown} ({response.status_code})."
        return EndpointRejected(
            message, hint="Give that as --base-url if candidates may be sent there."
        )

    def _passing(self, refusal: Refusal, response: httpx2.Response) -> Transient:
        headers = {k.lower(): v for k, v in response.headers.items()}
        after = retry_after(headers, body=refusal.said)
        message = f"The model endpoint failed ({refusal.status})."
        if refusal.status == 429:
            self._answered = True
            self._gate.trip(after)
        elif self._proxy is not None and not self._answered:
            host = urlsplit(self._address.base).hostname
            return self._strange(
                f"The model endpoint {self._where}, or the proxy {self._proxy.shown} before it, failed ({refusal.status}).",
                hint=f"Check --base-url, and {self._proxy.variable}; {host} in NO_PROXY goes past the proxy.",
            )
        is_loading = after is not None or refusal.status == 429 or refusal.tells_of("loading")
        tries = None if self._answered or is_loading else _TRIES_OF_A_FAILURE
        return Transient(message, after=after, tries=tries)

    def _reply(self, found: object, expected: int) -> Reply:
        if isinstance(found, str) and (body := body_of(found)) is not None:
            found = ChatCompletion.construct(**body)
        if not getattr(found, "choices", None):
            wrapped = completion_in(plain(found))
            found = ChatCompletion.construct(**wrapped) if wrapped else found
        if not isinstance(found, ChatCompletion) or not getattr(found, "choices", None):
            raise self._no_completion(found)
        self._answered = True
        self._gate.reset()
        usage = usage_of(found)
        tier = getattr(found, "service_tier", None)
        self._spending.add(usage, tier if isinstance(tier, str) else None, expected=expected)
        if usage.input_tokens is not None and usage.output_tokens is not None:
            used = usage.input_tokens + usage.output_tokens
            self._limits.adjust(used - expected - _USUAL_OUTPUT)
        choice = found.choices[0] if len(found.choices) == 1 else answering(found.choices)
        finish = str(getattr(choice, "finish_reason", None) or "").lower()
        message = getattr(choice, "message", None)
        return Reply(
            content=answer_of(choice),
            truncated=finish in CUT,
            refusal=refusal_of(finish, getattr(message, "refusal", None)),
            tier=tier if isinstance(tier, str) else None,
            usage=usage,
        )

    def _no_completion(self, found: object) -> Exception:
        """A page of a proxy, or an error in the body of a success."""
        refusal = Refusal.within(found)
        if refusal.tells_of("quota"):
            return _used_up()
        if native := form_of_reply(plain(found)):
            message = f"{self._where} answered as {native.name} does, without one text that could be the answer."
            return self._strange(message, hint=native.hint)
        what = (
            "a page for people" if refusal.is_page else "a response that is not a chat completion"
        )
        shown = f": {refusal.sentence.rstrip('.')}." if refusal.sentence else "."
        hint = "Check --base-url; a proxy or a login may stand before the server."
        return self._strange(
            f"{self._where} answered {what}{shown}", hint=hint if refusal.is_page else None
        )

    async def aclose(self) -> None:
        """Close the connections."""
        for lane in self._lanes:
            await lane.client.close()

    def _headers(self) -> dict[str, Any]:
        """Beside the SDK's own, or instead of its authorization."""
        found: dict[str, Any] = {}
        if self._api_key.startswith("Basic "):
            found["Authorization"] = self._api_key
        elif self._api_key != NO_KEY and self._address.takes_api_key_header:
            found["api-key"] = self._api_key
        return found

    @contextmanager
    def _client(self) -> Iterator[AsyncOpenAI]:
        """A client with a free connection; a new one when there is none."""
        lane = next((lane for lane in self._lanes if lane.calls < MODEL_CONNECTIONS), None)
        if lane is None:
            lane = _ConnectionGroup(
                AsyncOpenAI(
                    api_key=self._api_key,
                    base_url=self._address.base,
                    default_query=dict(self._address.query),
                    default_headers=self._headers(),
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


def _used_up() -> EndpointRejected:
    message = "The quota of the model account is used up."
    return EndpointRejected(message, hint="Raise it, or use another key.")
