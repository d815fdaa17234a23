"""What a batch would cost, from the requests it would send. Reads documents, calls nothing."""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import DocumentError
from ..models.base import Value
from ..pipeline.evaluator import Evaluator
from ..pipeline.inputs import load_input
from .sources import BatchSource

_CHARACTERS_PER_TOKEN = 4.2
_OUTPUT_TOKENS = 900


class Estimate(Value):
    """Expected amounts for all samples of all readable files."""

    files: int
    pages: int
    unreadable: int
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    """None: the model's price is unknown."""


async def estimate(sources: Sequence[BatchSource], evaluator: Evaluator) -> Estimate:
    """Add up what each file would need."""
    pages = unreadable = characters = readable = 0
    for source in sources:
        try:
            document = await evaluator.read_document(load_input(source.path))
        except DocumentError:
            unreadable += 1
            continue
        readable += 1
        pages += document.pages
        characters += evaluator.request_characters(document)
    samples = evaluator.settings.samples
    tokens_in = round(samples * characters / _CHARACTERS_PER_TOKEN)
    tokens_out = samples * readable * _OUTPUT_TOKENS
    return Estimate(
        files=len(sources),
        pages=pages,
        unreadable=unreadable,
        input_tokens=tokens_in,
        output_tokens=tokens_out,
        cost_usd=evaluator.price_of(tokens_in, tokens_out),
    )
