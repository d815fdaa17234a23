"""Passages to findings without a model: what the classifier says of each statement, by the page of thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext

from ...models.document import RESUME
from ...models.evidence import Finding
from ...models.reading import Reading, ReadingRequest, ShownPassage
from ..protocol import Turn
from .classifier import shipped
from .decision_table import decision
from .finding import findings_of
from .lexicon import Lexicon, lexicon_for
from .parts import statements_in
from .signs import Statement


class RulesReader:
    """Reads without a model: the same passages always give the same findings."""

    name = "rules"

    async def read(
        self, request: ReadingRequest, *, sample: int = 0, turn: Turn = nullcontext
    ) -> Reading:
        return self.read_now(request)

    def read_now(self, request: ReadingRequest) -> Reading:
        """The reading itself, for callers without an event loop."""
        findings: list[Finding] = []
        for source in request.sources:
            if source.name == RESUME:  # repositories are read from their facts, which say more
                findings += _read_resume(source.passages, request.language)
        return Reading(findings=tuple(findings))


def statements_of(
    passages: Sequence[ShownPassage], language: str | None
) -> tuple[list[Statement], Lexicon]:
    """All statements of a resume, in reading order, and the lexicon of its languages."""
    lexicon = lexicon_for(language, "\n".join(passage.text for passage in passages))
    statements = [
        Statement(passage, span, lexicon)
        for passage in passages
        for span in statements_in(passage.text, lexicon)
    ]
    return statements, lexicon


def _read_resume(passages: Sequence[ShownPassage], language: str | None) -> list[Finding]:
    statements, lexicon = statements_of(passages, language)
    return findings_of(statements, shipped().read(statements), decision(), lexicon)
