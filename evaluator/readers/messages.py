"""What is sent to a model: the fixed part first, byte for byte the same for all, the candidate last.

Long documents become several requests, cut between sections; passages keep their numbers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, TypedDict

from ..models.document import RESUME
from ..models.reading import ReadingRequest, ShownPassage, ShownSource
from ..prompt_files import load_prompt

CHARACTERS_PER_TOKEN = 4.2
"""Of o200k on our prompts and resumes of Latin script; benchmarks/tokens.py counts them."""
_DENSE_PER_TOKEN = 1.3
"""The same where a character is a syllable or a word: Chinese, Japanese, Korean."""
_SCHEMA_TOKENS = 390
_TOKENS_PER_ITEM = 90
MOST_CHARACTERS = 40_000
"""Passages of one request; a resume of two pages and ten repositories has a fifth of it."""


class Message(TypedDict):
    """One message of a chat, in the only roles that every server knows."""

    role: Literal["system", "user"]
    content: str


def build_messages(request: ReadingRequest) -> list[Message]:
    """The messages of one request."""
    passages = "\n".join(line for s in request.sources for line in _lines(s.name, s.passages))
    # From the content, so that equal candidates make equal requests; a stranger cannot know it.
    boundary = hashlib.sha256(passages.encode("utf-8")).hexdigest()[:12]
    if request.requirements:
        # The same for all candidates of an opening, so before what is the candidate's own.
        asked = "\n".join(
            f"[{number}] {' '.join(text.split())}"
            for number, text in enumerate(request.requirements, start=1)
        )
        mark = hashlib.sha256(asked.encode("utf-8")).hexdigest()[:12]
        candidate = load_prompt("candidate_for_role").render(
            mark=mark, requirements=asked, boundary=boundary, passages=passages
        )
    else:
        candidate = load_prompt("candidate").render(boundary=boundary, passages=passages)
    return [
        {"role": "system", "content": load_prompt("read_candidate").body},
        {"role": "user", "content": candidate},
    ]


def in_one(messages: Sequence[Message]) -> Message:
    """All messages as one of the user, for templates that know no system and want roles by turns."""
    return {"role": "user", "content": "\n\n".join(message["content"] for message in messages)}


def _lines(source: str, passages: Sequence[ShownPassage]) -> Iterator[str]:
    """A line a passage; the heading of an entry stands at its first passage alone."""
    prefix = "" if source == RESUME else f"{source} "
    before: str | None = None
    for passage in passages:
        place = passage.section
        if passage.heading != before:
            place = (
                f"{passage.section}; {passage.heading or '-'}"
                if before or passage.heading
                else place
            )
            before = passage.heading
        yield f"{prefix}[{passage.number}] ({place}) {' '.join(passage.text.split())}"


def _size(source: str, passages: Sequence[ShownPassage]) -> int:
    return sum(len(line) + 1 for line in _lines(source, passages))


def size_of(request: ReadingRequest) -> int:
    """Characters of all passages as they are sent."""
    return sum(_size(source.name, source.passages) for source in request.sources)


def split(request: ReadingRequest, most: int) -> list[ReadingRequest]:
    """Requests of at most ``most`` characters each (a single passage may be longer).

    Cuts fall between sections or repositories, inside a section only where it alone is too long.
    """
    if size_of(request) <= most:
        return [request]
    parts: list[list[tuple[str, list[ShownPassage]]]] = [[]]
    room = most
    for name, block in _blocks(request, most):
        size = _size(name, block)
        if size > room and parts[-1]:
            parts.append([])
            room = most
        parts[-1].append((name, block))
        room -= size
    return [
        request.model_copy(
            update={
                "sources": tuple(
                    ShownSource(name=name, passages=tuple(p for _, block in blocks for p in block))
                    for name, blocks in groupby(part, key=lambda named: named[0])
                )
            }
        )
        for part in parts
    ]


def _blocks(request: ReadingRequest, most: int) -> Iterator[tuple[str, list[ShownPassage]]]:
    """Runs of passages that belong together."""
    for source in request.sources:
        for _, run in groupby(source.passages, key=lambda p: p.section):
            block: list[ShownPassage] = []
            size = 0
            for passage in run:
                length = _size(source.name, [passage])
                if block and size + length > most:
                    yield source.name, block
                    block, size = [], 0
                block.append(passage)
                size += length
            yield source.name, block


def tokens_of(text: str) -> int:
    """About how many tokens a text has."""
    dense = sum(character >= "\u2e80" for character in text)
    return round((len(text) - dense) / CHARACTERS_PER_TOKEN + dense / _DENSE_PER_TOKEN)


def expected_input(request: ReadingRequest) -> int:
    """About how many input tokens a request costs, all its parts and the schema included."""
    parts = split(request, MOST_CHARACTERS)
    return sum(
        _SCHEMA_TOKENS + sum(tokens_of(message["content"]) for message in build_messages(part))
        for part in parts
    )


def expected_output(items: int) -> int:
    """About how many output tokens so many items cost."""
    return 10 + _TOKENS_PER_ITEM * items
