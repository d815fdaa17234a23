"""What a batch would cost, from the requests it would send. Reads documents, calls nothing."""

from __future__ import annotations

from collections.abc import Iterable

from ..errors import DocumentError
from ..models.base import Value
from ..pipeline.session import Session
from .sources import BatchSource


class Estimate(Value):
    """Expected amounts for all samples of all readable files."""

    files: int
    pages: int
    unreadable: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    """None: the model's price is unknown."""


async def estimate(sources: Iterable[BatchSource], session: Session) -> Estimate:
    """Add up what each file would need."""
    chosen = session.settings.samples
    samples = 1 if chosen == "auto" else chosen
    files = pages = unreadable = tokens_in = tokens_out = 0
    for source in sources:
        files += 1
        try:
            document = await session.read_document(source.load())
            candidate = await session.candidate(document, github=source.github, ask_github=False)
        except DocumentError:
            unreadable += 1
            continue
        pages += document.pages
        expected = session.expected_tokens(candidate)
        tokens_in += samples * expected[0]
        tokens_out += samples * expected[1]
    return Estimate(
        files=files,
        pages=pages,
        unreadable=unreadable,
        input_tokens=tokens_in,
        output_tokens=tokens_out,
        cost_usd=session.price_of(tokens_in, tokens_out),
    )
