"""Languages that people speak."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...roles.model import Requirement, RequirementVerdict
from ...roles.speech import (
    languages_in,
    said_before_language,
    said_of_language,
    says,
    turns,
)
from ..grounds import Judged, Rank
from ..mentions import Mention
from .findings import OFTEN_SILENT, Findings

_ELSEWHERE = frozenset({"employment", "projects", "publications", "title", "education"})
"""Where the name of a language is a market, a text, a team or a school."""


class _Told(NamedTuple):
    code: str
    rank: Rank
    """Done where it is spoken, studied where it is a little, denied."""
    start: int
    end: int


def judge_language(findings: Findings, r: Requirement) -> Judged:
    """By what the resume says of it, or by the language that it is written in."""
    wanted = {code for name in r.names for code, _, _ in languages_in(name)}
    told = list(_told(findings))
    ours = [t for t in told if t.code in wanted and not findings.is_aside(t.start, t.end)]
    best = max((t.rank for t in ours), default=None)
    quotes = [Mention(t.rank, t.start, t.end, None) for t in ours if t.rank is best]
    if best is Rank.DONE:
        return findings.judged(r, RequirementVerdict.FOUND, quotes, "the resume names it")
    if findings.grounds.language in wanted:
        why = "the resume is written in it"
        return findings.judged(r, RequirementVerdict.FOUND, quotes, why)
    if best is Rank.STUDIED:
        return findings.judged(
            r, RequirementVerdict.PARTLY, quotes, "only a little of it is claimed"
        )
    if best is Rank.DENIED:
        why = "the resume says that it is not spoken"
        return findings.judged(r, RequirementVerdict.MISSING, quotes, why)
    if len({t.code for t in told}) > 1:
        why = "other languages are named, and this one is not"
        return findings.judged(r, RequirementVerdict.MISSING, (), why)
    return findings.judged(r, RequirementVerdict.UNCLEAR, (), OFTEN_SILENT)


def _told(findings: Findings) -> Iterator[_Told]:
    """Languages as the resume tells them, each with the words beside it."""
    grounds = findings.grounds
    for code, start, end in languages_in(grounds.text):
        place = grounds.place_at(start)
        if place is None or place.kind in _ELSEWHERE or findings.mentions.is_in_copy(start, end):
            continue
        first, last = findings.mentions.sentence(start, end)
        said, after = grounds.text[first:last], said_of_language(grounds.text, end)
        if says("not", after) or turns("denied", said, start - first, end - first):
            rank = Rank.DENIED
        elif (
            says("little", after)
            or says("little", said_before_language(grounds.text, start))
            or turns("wished", said, start - first, end - first)
        ):
            rank = Rank.STUDIED
        else:
            rank = Rank.DONE
        yield _Told(code, rank, first, last)
