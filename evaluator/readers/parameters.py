"""What a request carries beside its messages, and what an endpoint was found not to take.

No field is sent that nobody asked for: temperature and effort are refused by one model or another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..models.base import Value
from .address import ModelAddress
from .messages import MOST_CHARACTERS, Message, in_one
from .refusals import Refusal
from .wire import EVIDENCE, Form

Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh"]
Tier = Literal["auto", "default", "flex", "priority"]

FORMS = ("strict", "schema", "object", "prompt")
"""The ladder of structured output, from the firmest to what every server takes."""
_MAY_GO = (
    "reasoning_effort", "temperature", "service_tier", "stream_options", "max_completion_tokens", "max_tokens",
)  # fmt: skip


class ModelOptions(Value):
    """Which model, where, and what the user set for it."""

    model: str
    base_url: str
    effort: Effort | None = None
    temperature: float | None = None
    service_tier: Tier | None = None

    @property
    def endpoint(self) -> str:
        """What capabilities are remembered for."""
        return f"{ModelAddress.parse(self.base_url).identity} {self.model}"


@dataclass(slots=True)
class EndpointCapabilities:
    """Request features that an endpoint and a model accept, learned from its refusals."""

    form: int = 0
    dropped: set[str] = field(default_factory=set)
    most: int = MOST_CHARACTERS
    """Characters of passages that its context window holds."""
    system: bool = True
    """It takes a message in the role of the system."""
    stream: bool = False
    """It answers in a stream of events alone."""

    @classmethod
    def load(cls, kept: dict[str, object]) -> EndpointCapabilities:
        """From :meth:`dump`; anything senseless is left out."""
        form, dropped, most = kept.get("form"), kept.get("dropped"), kept.get("most")
        return cls(
            form=form if isinstance(form, int) and 0 <= form < len(FORMS) else 0,
            dropped={str(name) for name in dropped} if isinstance(dropped, list) else set(),
            most=most if isinstance(most, int) and most > 0 else MOST_CHARACTERS,
            system=kept.get("system") is not False,
            stream=kept.get("stream") is True,
        )

    def dump(self) -> dict[str, object]:
        """Plain JSON."""
        found: dict[str, object] = {
            "form": self.form,
            "dropped": sorted(self.dropped),
            "most": self.most,
        }
        return found | ({} if self.system else {"system": False}) | ({"stream": True} if self.stream else {})  # fmt: skip

    def adapt(self, refusal: Refusal) -> bool:
        """Drop what a refusal names, once; False when nothing is left to drop."""
        for parameter in _MAY_GO:
            if parameter in refusal.said and parameter not in self.dropped:
                self.dropped.add(parameter)
                return True
        if (
            refusal.tells_of("limit")
            and not {"max_completion_tokens", "max_tokens"} <= self.dropped
        ):
            self.dropped |= {"max_completion_tokens", "max_tokens"}
            return True
        if self.system and refusal.tells_of("system"):
            self.system = False
            return True
        if not self.stream and refusal.tells_of("stream"):
            self.stream = True
            return True
        if refusal.tells_of("form") and self.form < len(FORMS) - 1:
            self.form += 1
            return True
        return False

    def messages(self, messages: Sequence[Message]) -> list[Message]:
        """The messages as the endpoint takes them."""
        return list(messages) if self.system else [in_one(messages)]

    def arguments(
        self, options: ModelOptions, limit: int, asked: Form = EVIDENCE
    ) -> dict[str, Any]:
        """Fields of the request body beside model and messages."""
        wanted: dict[str, Any] = {
            "max_completion_tokens": limit,
            "reasoning_effort": options.effort,
            "temperature": options.temperature,
            "service_tier": options.service_tier,
        }
        if "max_completion_tokens" in self.dropped:
            wanted["max_tokens"] = limit
        found = {
            name: value
            for name, value in wanted.items()
            if value is not None and name not in self.dropped
        }
        if self.stream:
            found["stream"] = True
            if "stream_options" not in self.dropped:
                found["stream_options"] = {"include_usage": True}
        form = FORMS[self.form]
        if form in {"strict", "schema"}:
            body: dict[str, Any] = {"name": asked.name, "schema": asked.schema}
            if form == "strict":
                body["strict"] = True
            found["response_format"] = {"type": "json_schema", "json_schema": body}
        elif form == "object":
            found["response_format"] = {"type": "json_object"}
        return found
