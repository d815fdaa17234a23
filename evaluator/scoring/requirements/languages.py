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
    step_of_language,
    turns,
)
from ..mentions import Mention, Mentions
from ..requirement_grounds import Judged, Rank
from ..text_index import Spoken
from .candidate_facts import OFTEN_SILENT, CandidateFacts

_FAR = 3
_ELSEWHERE = frozenset({"employment", "projects", "publications", "title", "education"})
"""Where the name of a language is a market, a text, a team or a school."""
_TESTS = frozenset({"TOEIC", "TOEFL", "IELTS", "TestDaF", "DELF", "DALF", "JLPT"})
"""Tests of a language, which tell of it wherever they stand."""


class _Told(NamedTuple):
    code: str
    rank: Rank
    """Done where it is spoken, studied where it is a little, denied."""
    start: int
    end: int
    step: int | None
    """How well, from 1 to 6; None where only its name is told."""


def judge_language(facts: CandidateFacts, r: Requirement) -> Judged:
    """By what the resume says of it, or by the language that it is written in."""
    wanted = {code for name in r.names for code, _, _ in languages_in(name)}
    told = list(_told(facts))
    ours = [t for t in told if t.code in wanted and not facts.is_aside(t.start, t.end)]
    best = max((t.rank for t in ours), default=None)
    quotes = [Mention(t.rank, t.start, t.end, None) for t in ours if t.rank is best]
    asked = _step_asked(r.quote or r.text, wanted) if len(wanted) == 1 else None
    steps = [t.step for t in ours if t.step is not None and t.rank is not Rank.DENIED]
    if asked is not None and steps and facts.grounds.language not in wanted:
        verdict, why = _by_step(asked, max(steps))
        return facts.judged(r, verdict, quotes, why)
    if best is Rank.DONE:
        return facts.judged(r, RequirementVerdict.FOUND, quotes, "the resume names it")
    if facts.grounds.language in wanted:
        why = "the resume is written in it"
        return facts.judged(r, RequirementVerdict.FOUND, quotes, why)
    if best is Rank.STUDIED:
        return facts.judged(r, RequirementVerdict.PARTLY, quotes, "only a little of it is claimed")
    if best is Rank.DENIED:
        why = "the resume says that it is not spoken"
        return facts.judged(r, RequirementVerdict.MISSING, quotes, why)
    if len({t.code for t in told}) > 1 or any(_is_listed(facts, t) for t in told):
        why = "other languages are named, and this one is not"
        return facts.judged(r, RequirementVerdict.MISSING, (), why)
    return facts.judged(r, RequirementVerdict.UNCLEAR, (), OFTEN_SILENT)


def _is_listed(facts: CandidateFacts, told: _Told) -> bool:
    """Whether it stands under a heading for languages, where people name all that they speak."""
    place = facts.grounds.place_at(told.start)
    return place is not None and place.kind == "languages"


def _step_asked(text: str, wanted: set[str]) -> int | None:
    """The level that a sentence asks for; of several languages each has its own words beside it."""
    named = languages_in(text)
    if {code for code, _, _ in named} <= wanted:
        return step_of_language(text)
    steps = [
        step_of_language(f"{said_before_language(text, start)} {said_of_language(text, end)}")
        for code, start, end in named
        if code in wanted
    ]
    return next((step for step in steps if step is not None), None)


def _by_step(asked: int, held: int) -> tuple[RequirementVerdict, str]:
    """One step below what is asked, or two, is a part of it; a beginner is far from it."""
    if held >= asked:
        return (
            RequirementVerdict.FOUND,
            "the resume tells the level that is asked for, or a higher one",
        )
    if asked - held < _FAR:
        return RequirementVerdict.PARTLY, "the resume tells a lower level than is asked for"
    return RequirementVerdict.MISSING, "the resume tells a much lower level than is asked for"


def _told(facts: CandidateFacts) -> Iterator[_Told]:
    """Languages as the resume tells them, but for what repeats the advert."""
    index = facts.grounds.index
    for start, end, first, last, rank, code, step in (
        spoken_in(facts.mentions) if index is None else index.languages
    ):
        if not facts.mentions.is_in_copy(start, end):
            yield _Told(code, Rank(rank), first, last, step)


def spoken_in(mentions: Mentions) -> Iterator[Spoken]:
    """Languages as the resume tells them, each with the words beside it."""
    grounds = mentions.grounds
    for code, start, end in languages_in(grounds.text):
        place = grounds.place_at(start)
        is_test = grounds.text[start:end] in _TESTS
        if place is None or (place.kind in _ELSEWHERE and not is_test):
            continue
        first, last = mentions.sentence(start, end)
        said, after = grounds.text[first:last], said_of_language(grounds.text, end)
        before = said_before_language(grounds.text, start)
        if says("not", after) or turns("denied", said, start - first, end - first):
            rank = Rank.DENIED
        elif (
            says("little", after)
            or says("little", before)
            or turns("wished", said, start - first, end - first)
        ):
            rank = Rank.STUDIED
        else:
            rank = Rank.DONE
        yield start, end, first, last, rank, code, step_of_language(f"{before} {after}")
