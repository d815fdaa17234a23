"""Which blocks a report has for whom."""

from __future__ import annotations

from ..report import CandidateReport
from .blocks import Audience, Block, blocks
from .candidate_view import candidate_blocks


def blocks_for(report: CandidateReport, audience: Audience) -> list[Block]:
    """All but the axes, which each format draws in its own way."""
    return blocks(report) if audience is Audience.RECRUITER else candidate_blocks(report)
