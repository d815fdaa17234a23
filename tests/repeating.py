"""A resume read again and again by a model on no network, for tests and for benchmarks/consistency.py."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2

from evaluator import CandidateReport, Settings
from evaluator.documents.reading import read_document
from evaluator.models.document import Document
from evaluator.pipeline.session import Session
from evaluator.readers.replies import ReplyStore
from evaluator.transport import RetryPolicy

from .conftest import PORTFOLIOS, no_sleep
from .servers.model import completion
from .servers.readings import Item, exact, reply_of

Change = Callable[[list[Item]], list[Item]]
Truth = Callable[[dict[str, Any]], list[Item]]
Answer = Callable[[httpx2.Request], httpx2.Response]


def model_evaluator(answer: Answer, **options: Any) -> Session:
    """An evaluator whose model answers so; replies stay in memory and are asked for each time."""
    settings = Settings(
        reader="model", model="stub", base_url="http://127.0.0.1:9/v1", snapshots=PORTFOLIOS, refresh=True,
        github_wait=0, **options,
    )  # fmt: skip
    return Session(
        settings,
        model_transport=httpx2.MockTransport(answer),
        retries=RetryPolicy(sleep=no_sleep),
        replies=ReplyStore(None),
    )


def answering(change: Change, truth: Truth = exact) -> Answer:
    """A model that reads so and then slips; what it read is remembered."""
    read: dict[bytes, list[Item]] = {}

    def answer(incoming: httpx2.Request) -> httpx2.Response:
        body = incoming.content
        if body not in read:
            read[body] = truth(json.loads(body))
        _, _, content = completion(reply_of(change(read[body])))
        return httpx2.Response(200, headers={"content-type": "application/json"}, content=content)

    return answer


def document_of(path: Path) -> Document:
    """Read in this process: the parsers' own worker processes have tests of their own."""
    return read_document(path.read_bytes(), path.name)


async def repeated(
    path: Path, change: Change, *, samples: int, runs: int, truth: Truth = exact
) -> list[CandidateReport]:
    """Reports of one resume, each from replies of its own."""
    async with model_evaluator(answering(change, truth), samples=samples) as session:
        candidate = await session.candidate(document_of(path), ask_github=False)
        return [await session.evaluate_candidate(candidate) for _ in range(runs)]
