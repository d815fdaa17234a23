"""The model reader: one reply per candidate, asked once, kept, and never trusted to follow its schema."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import ContextOverflow, ModelError
from ..models.reading import Reading, ReadingRequest, Usage
from ..prompt_files import load_prompt
from .messages import Message, build_messages, size_of, split
from .parameters import EndpointCapabilities, ModelOptions
from .protocol import Turn, Unread
from .replies import Reply, ReplyStore, key_of
from .wire import (
    EVIDENCE,
    WITH_REQUIREMENTS,
    Form,
    InvalidReply,
    ParsedReply,
    parse_reply,
)

if TYPE_CHECKING:
    from .endpoint import Endpoint

MAX_OUTPUT = 8_000
"""Tokens of a reply; a resume of three pages needs about 4,000, hidden reasoning counts too."""
MAX_OUTPUT_RAISED = 20_000
_SMALLEST_PART = 400
_PROMPTS = ("read_candidate", "candidate", "ask_again")
_PROMPTS_FOR_ROLE = ("read_candidate", "candidate_for_role", "ask_again")

_OFFLINE = "--offline disables model calls."


class Parse(Protocol):
    """Makes sure that a reply's text is what was asked for."""

    def __call__(self, content: str, *, truncated: bool = False) -> object: ...


class ModelReader:
    """Reads with a generative model.

    Args:
        options: model, address and what the user set.
        rubric: key of the rubric that the evidence is for; a part of a kept reply's identity.
        store: where replies are kept.
        connect: makes the endpoint; called when the first question is not kept.
        refresh: ask again although a reply is kept.
        offline: kept replies only.
    """

    name = "model"

    def __init__(
        self,
        options: ModelOptions,
        *,
        rubric: str,
        store: ReplyStore,
        connect: Callable[[EndpointCapabilities], Endpoint],
        refresh: bool = False,
        offline: bool = False,
    ) -> None:
        self._options = options
        self._rubric = rubric
        self._store = store
        self._connect = connect
        self._refresh = refresh
        self._offline = offline
        self._known: EndpointCapabilities | None = None
        self._endpoint: Endpoint | None = None
        self._connecting = asyncio.Lock()

    def get_ready(self) -> None:
        """Import the SDK in a thread, while what the first question is about is made ready."""
        if self._endpoint is None and not self._offline:
            loop = asyncio.get_running_loop()
            loop.run_in_executor(None, import_module, ".endpoint", __package__)

    async def read(
        self, request: ReadingRequest, *, sample: int = 0, turn: Turn = nullcontext
    ) -> Reading:
        """One independent reading, arguments as :meth:`Reader.read`; a long request is read in parts.

        Raises:
            CandidateRefused: the model refused, or gave no valid reply, twice.
            ModelError: this candidate got no reply.
            EndpointRejected: the endpoint would refuse every call, or the budget is spent.
        """
        key = self._key(request, sample)
        answers = self._kept(key) or await self._ask(request, sample, key, turn)
        prompts = prompts_for(request)
        readings = [
            _reading(parse_reply(r.content, truncated=r.truncated), r, prompts) for r in answers
        ]
        return Reading(
            findings=tuple(f for reading in readings for f in reading.findings),
            scope=tuple(f for reading in readings for f in reading.scope),
            meets=tuple(f for reading in readings for f in reading.meets),
            rejected=sum(reading.rejected for reading in readings),
            dropped=tuple(d for reading in readings for d in reading.dropped),
            usage=Usage.sum(reading.usage for reading in readings),
            tier=readings[0].tier,
            notes=tuple(dict.fromkeys(note for reading in readings for note in reading.notes)),
            prompts=readings[0].prompts,
        )

    def questions(self, request: ReadingRequest, *, sample: int = 0) -> list[tuple[str, Any]]:
        """The bodies that :meth:`read` would send for what is not kept, under their keys."""
        found: list[tuple[str, Any]] = []
        if self._kept(self._key(request, sample)):
            return found
        for part in split(request, self._capabilities.most):
            key = self._key(part, sample)
            if not self._kept(key):
                messages = self._capabilities.messages(build_messages(part))
                body = {"model": self._options.model, "messages": messages}
                arguments = self._capabilities.arguments(self._options, MAX_OUTPUT, form_of(part))
                for name in ("service_tier", "stream", "stream_options"):
                    arguments.pop(name, None)  # a batch file has a tier of its own, and no stream
                found.append((key, {**body, **arguments}))
        return found

    @property
    def _capabilities(self) -> EndpointCapabilities:
        if self._known is None:
            kept = {} if self._refresh else self._store.capabilities(self._options.endpoint)
            self._known = EndpointCapabilities.load(kept)
        return self._known

    def _key(self, part: ReadingRequest, sample: int) -> str:
        return key_of(
            {
                "endpoint": self._options.endpoint,
                "effort": self._options.effort,
                "temperature": self._options.temperature,
                "messages": build_messages(part),
                "ask_again": load_prompt("ask_again").sha256,
                "schema": form_of(part).schema,
                "rubric": self._rubric,
                "sample": sample,
            }
        )

    def _kept(self, key: str) -> list[Reply]:
        """The replies that answer a question, or none if one is missing."""
        if self._refresh:
            return []
        reply = self._store.get(key)
        if reply is None or not reply.parts:
            return [reply] if reply else []
        parts = [self._store.get(part) for part in reply.parts]
        return [part for part in parts if part is not None] if all(parts) else []

    async def _ask(
        self, request: ReadingRequest, sample: int, whole: str, turn: Turn
    ) -> list[Reply]:
        """Replies to all parts of a request, kept so that the same parts are found again.

        ``whole`` is the key of the request, which nothing is kept under.
        """
        found: dict[str, Reply] = {}
        waiting = split(request, self._capabilities.most)
        while waiting:
            part = waiting.pop(0)
            key = whole if part is request else self._key(part, sample)
            kept = [] if key == whole else self._kept(key)
            if len(kept) == 1:
                found[key] = kept[0]
                continue
            if self._offline:
                message = "No cached reply for this candidate."
                raise ModelError(message, hint=_OFFLINE)
            try:
                async with turn():
                    found[key] = await self._converse(build_messages(part), form_of(part))
            except ContextOverflow:
                waiting = [*self._smaller(part), *waiting]
            else:
                await asyncio.to_thread(self._store.keep, [(key, found[key])])
        if len(found) > 1:
            together = Reply(content="", parts=tuple(found))
            await asyncio.to_thread(self._store.keep, [(whole, together)])
        return list(found.values())

    def _smaller(self, part: ReadingRequest) -> list[ReadingRequest]:
        """The window is too small: cut this part, and every later request before it is sent."""
        most = size_of(part) // 2
        smaller = split(part, most)
        if most < _SMALLEST_PART or len(smaller) == 1:
            message = "The model's context window is too small for this prompt."
            raise ModelError(message)
        self._capabilities.most = min(self._capabilities.most, most)
        self._store.keep_capabilities(self._options.endpoint, self._capabilities.dump())
        return smaller

    async def _converse(
        self, messages: Sequence[Message], form: Form, parse: Parse = parse_reply
    ) -> Reply:
        """A valid reply: cut ones get more room once, invalid and refused ones one more chance."""
        usage, limit = Usage(), MAX_OUTPUT
        asked_again = refused = False
        while True:
            reply = await self._complete(messages, limit, form)
            usage = Usage.sum([usage, reply.usage])
            if reply.refusal:
                if refused:
                    raise Unread(reply.refusal, usage=usage)
                refused = True
                continue
            if reply.truncated and limit < MAX_OUTPUT_RAISED:
                limit = MAX_OUTPUT_RAISED
                continue
            try:
                parse(reply.content, truncated=reply.truncated)
            except InvalidReply as error:
                if reply.truncated:
                    message = "The model's reply does not fit its output limit."
                    raise Unread(message, usage=usage) from error
                if asked_again:
                    message = f"The model gave no valid reply twice: {error}"
                    raise Unread(message, usage=usage) from error
                asked_again = True
                again = load_prompt("ask_again").render(problem=str(error))
                messages = [*messages, {"role": "user", "content": again}]
            else:
                return reply.model_copy(update={"usage": usage})

    async def _complete(self, messages: Sequence[Message], limit: int, form: Form) -> Reply:
        endpoint = await self._connected()
        before = self._capabilities.dump()
        try:
            return await endpoint.complete(messages, limit, form)
        finally:
            if self._capabilities.dump() != before:
                self._store.keep_capabilities(self._options.endpoint, self._capabilities.dump())

    async def _connected(self) -> Endpoint:
        if self._endpoint is None:
            async with self._connecting:
                if self._endpoint is None:
                    # Importing the SDK takes most of a second, in which other documents are read.
                    self._endpoint = await asyncio.to_thread(self._connect, self._capabilities)
        return self._endpoint

    async def reply_to(self, messages: Sequence[Message], form: Form, parse: Parse) -> Reply:
        """A valid reply to any other question, kept like the readings.

        Args:
            messages: what is asked.
            form: of the reply.
            parse: raises :class:`InvalidReply` of what is none.

        Raises:
            ModelError: there is no reply, or ``offline`` and none is kept.
            EndpointRejected: the endpoint would refuse every call.
        """
        key = key_of(
            {
                "endpoint": self._options.endpoint,
                "effort": self._options.effort,
                "temperature": self._options.temperature,
                "messages": list(messages),
                "schema": form.schema,
            }
        )
        if kept := self._kept(key):
            return kept[0]
        if self._offline:
            message = "No cached reply for this question."
            raise ModelError(message, hint=_OFFLINE)
        reply = await self._converse(messages, form, parse)
        await asyncio.to_thread(self._store.keep, [(key, reply)])
        return reply

    @property
    def prompts(self) -> dict[str, str]:
        """Prompt id and version to content hash."""
        return _hashes(_PROMPTS)

    async def aclose(self) -> None:
        """Close the connections and the store."""
        if self._endpoint is not None:
            await self._endpoint.aclose()
        self._store.close()


def form_of(request: ReadingRequest) -> Form:
    """What a reply to a request looks like."""
    return WITH_REQUIREMENTS if request.requirements else EVIDENCE


def prompts_for(request: ReadingRequest) -> dict[str, str]:
    """The prompts of a request: id and version to content hash."""
    return _hashes(_PROMPTS_FOR_ROLE if request.requirements else _PROMPTS)


def _hashes(names: Sequence[str]) -> dict[str, str]:
    return {p.key: p.sha256[:16] for p in map(load_prompt, names)}


def _reading(parsed: ParsedReply, reply: Reply, prompts: dict[str, str]) -> Reading:
    notes = ("a reply of the model was cut at its output limit; its whole items were kept",)
    return Reading(
        findings=tuple(parsed.findings),
        scope=tuple(parsed.scope),
        meets=tuple(parsed.meets),
        rejected=len(parsed.dropped),
        dropped=tuple(parsed.dropped),
        usage=reply.usage,
        tier=reply.tier,
        notes=notes if reply.truncated else (),
        prompts=prompts,
    )
