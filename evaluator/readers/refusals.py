"""What a model server says when it refuses, and what it means by that."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_SAID_MOST = 4_000
_SHOWN_MOST = 160
_DEEPEST = 6
_TELLING = (
    "message", "msg", "detail", "details", "error", "errors", "error_description", "code", "type", "param", "loc",
    "reason", "status", "title", "metadata", "raw", "innererror", "base_resp", "status_msg", "error_msg",
)  # fmt: skip
"""Keys of what a server says itself; others repeat what it was sent."""
_SENTENCE = (
    "message", "msg", "detail", "error", "error_description", "error_msg", "status_msg", "title", "errors", "details", "base_resp",
)  # fmt: skip
_TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.I)
_TAG = re.compile(r"<[^<>]{0,300}>")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = files(__package__).joinpath("refusals.toml").read_text(encoding="utf-8")
    return {name: re.compile("|".join(words)) for name, words in tomllib.loads(text).items()}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One answer that is no completion."""

    status: int
    said: str
    """Everything telling in it, in lower case, without the name of the model."""
    sentence: str
    """For the user: its own words, in one short line."""
    is_page: bool = False
    """It is a page for people, so something else than a model server answered."""
    generated: str | None = None
    """What the model wrote, where the server refused that as no JSON."""

    @classmethod
    def of(cls, status: int, body: object, *, model: str = "") -> Refusal:
        """From a decoded JSON body, or a text."""
        if isinstance(body, str):
            body = _decoded(body)
        if isinstance(body, str):
            return cls._of_text(status, body)
        said = " ".join(_words(body)).lower()[:_SAID_MOST]
        if len(model) > 2:
            said = said.replace(model.lower(), "…")
        generated = body.get("failed_generation") if isinstance(body, dict) else None
        return cls(
            status=status,
            said=said,
            sentence=shortened(_sentence(body) or said),
            generated=generated if isinstance(generated, str) else None,
        )

    @classmethod
    def within(cls, found: object, *, model: str = "") -> Refusal:
        """From what came with a success and is no completion: gateways put errors there."""
        told = {name: value for name in _SENTENCE if (value := getattr(found, name, None))}
        return cls.of(200, found if isinstance(found, str) else told, model=model)

    @classmethod
    def _of_text(cls, status: int, text: str) -> Refusal:
        title = _TITLE.search(text[:20_000])
        is_page = bool(title) or text.lstrip()[:100].lower().startswith(("<!doctype", "<html"))
        plain = title.group(1) if title else _TAG.sub(" ", text[:_SAID_MOST])
        return cls(status=status, said=plain.lower(), sentence=shortened(plain), is_page=is_page)

    def tells_of(self, *kinds: str) -> bool:
        """Whether its words are of one of the kinds that ``refusals.toml`` names."""
        return any(_patterns()[kind].search(self.said) for kind in kinds)

    @property
    def names_the_model(self) -> bool:
        """Whether it refuses the name of the model, which it would for everybody."""
        if self.status >= 500 or self.tells_of("model_failed"):
            return self.tells_of("model_failed")
        return self.tells_of("model") and not self.tells_of("form", "parameter", "passing")


def shortened(said: str) -> str:
    """The endpoint's own words, short: proxies echo whole prompts in their errors."""
    return " ".join(said.split())[:_SHOWN_MOST]


def _decoded(text: str) -> Any:
    stripped = text.lstrip("\ufeff \t\r\n")
    if stripped[:1] not in {"{", "["}:
        return text
    try:
        return json.loads(stripped)
    except (ValueError, RecursionError):
        return text


def _words(value: object, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        yield value[:_SAID_MOST]
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, list):
        for each in value[:20]:
            yield from _words(each, depth + 1)
    elif isinstance(value, dict):
        for name in _TELLING:
            if name in value:
                yield from _words(value[name], depth + 1)


def _sentence(value: object, depth: int = 0) -> str:
    if isinstance(value, str):
        return value
    if depth > _DEEPEST:
        return ""
    found: list[str] = []
    if isinstance(value, list):
        found = [_sentence(each, depth + 1) for each in value[:3]]
    elif isinstance(value, dict):
        found = [_sentence(value[name], depth + 1) for name in _SENTENCE if value.get(name)]
    return next((text for text in found if text), "")
