"""The report for the candidate: what is shown, what only the resume says, and what would help for the role."""

from __future__ import annotations

from collections.abc import Iterator

from ..models.vocabulary import Dimension, Standing
from ..report import CandidateReport, evidence_of
from ..wording import dimension_sentence, level_name, rise_advice
from .blocks import Block, level_line, level_words, place_of, quote_line, strongest_first
from .checks import checks
from .questions import to_add

_MOST_STEPS = 5
_MOST = 4


def candidate_blocks(report: CandidateReport) -> list[Block]:
    """All but the axes, which each format draws in its own way."""
    role = report.role_fit.role
    told = [
        Block("What your public code shows", tuple(_shown(report))),
        Block(
            "What your resume says and no public code shows (no penalty)", tuple(_claimed(report))
        ),
        Block(f"What to add for the role {role}, only if it is true", to_add(report)),
        Block(f"What would help most for the role {role}", tuple(_steps(report))),
        Block("What to fix in the document", checks(report, for_candidate=True), is_alert=True),
    ]
    return [block for block in told if block.lines]


def _shown(report: CandidateReport) -> Iterator[str]:
    for dimension, found in report.dimensions.items():
        if found.standing in {Standing.CORROBORATED, Standing.DEMONSTRATED}:
            items = evidence_of(report, dimension)
            where = sorted({item.source for item in items if item.source != "resume"})
            yield f"{dimension.value} ({level_line(report, dimension)}): {', '.join(where)}"


def _claimed(report: CandidateReport) -> Iterator[str]:
    for dimension, found in report.dimensions.items():
        if found.standing is Standing.CLAIMED:
            item = strongest_first(evidence_of(report, dimension))[0]
            yield f"{dimension.value} ({level_words(report, dimension)[0]}): {quote_line(item)}"


def _steps(report: CandidateReport) -> Iterator[str]:
    """What the role asks for first, then what would raise an axis most; each about a line of the resume."""
    asked = {need.dimension: need.needed for need in report.role_fit.missing}
    wanted = dict.fromkeys([*asked, *(step.dimension for step in report.advice.next_steps)])
    levels = {d: report.dimensions[d].level for d in wanted if report.dimensions[d].level < _MOST}
    for dimension, level in list(levels.items())[:_MOST_STEPS]:
        needed = asked.get(dimension)
        ask = f"; the role asks for: {level_name(needed)}" if needed else ""
        yield f"{dimension.value} (now: {level_words(report, dimension)[0]}{ask}): {_advice(report, dimension, level)}"


def _advice(report: CandidateReport, dimension: Dimension, level: int) -> str:
    items = strongest_first(evidence_of(report, dimension))
    advice = rise_advice(dimension, level, items)
    if not items:
        return f"{dimension_sentence(dimension)} {advice}"
    first = items[0]
    return f"You wrote “{' '.join(first.quote.split())}” ({place_of(first)}). {advice}"
