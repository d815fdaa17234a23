"""Years of work, on its names or on an axis."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ...models.document import RESUME
from ...models.vocabulary import AXIS_OF, Axis, Dimension, Shows
from ...roles.advert_words import years_in
from ...roles.model import Requirement, RequirementVerdict
from ...roles.names import METHOD, PROFESSION, known_name
from ...structure.dates import total_months
from ..mentions import Mention
from ..requirement_grounds import Citation, Judged, Quote, Rank
from .candidate_facts import NOWHERE, CandidateFacts

_NEARLY = 0.6
"""Share of the years asked that is partly."""
_OPENINGS = frozenset({"summary", "header", "unnamed"})
"""Where a resume sums itself up."""
_DATED = frozenset({"employment", "projects", "summary", "unnamed"})
_WORKED = frozenset({Shows.DONE, Shows.PART})
_ML_NAMES = frozenset({"machine learning", "deep learning", "data science"})
_OPS_NAMES = frozenset({"DevOps", "MLOps"})


def judge_years(facts: CandidateFacts, r: Requirement) -> Judged:
    """By the dated jobs that show it; jobs at the same time count once. A reader who was asked says which jobs they are."""
    if facts.grounds.was_asked:
        return _as_read(facts, r)
    assert r.years is not None
    found = facts.named(r.names)
    done = [m for m in found if _is_done(facts, r, m)]
    years = _dated(facts, r, done)
    why = f"{years:.1f} years of dated work; the role asks for {r.years:g}"
    grounds = facts.grounds
    if years >= r.years or (_is_any_work(r) and grounds.career >= r.years):
        return facts.judged(r, RequirementVerdict.FOUND, done, why)
    if (found or not _names_tools(r)) and _states(facts, r):
        is_borne_out = not _names_tools(r) and grounds.career >= _NEARLY * r.years
        verdict = RequirementVerdict.FOUND if is_borne_out else RequirementVerdict.PARTLY
        told = "the resume states that many years"
        return facts.judged(
            r, verdict, done, told if is_borne_out else f"{told}; its dated jobs do not show them"
        )
    if years >= _NEARLY * r.years:
        return facts.judged(r, RequirementVerdict.PARTLY, done, why)
    if years or not found or grounds.career:
        return facts.judged(r, RequirementVerdict.MISSING, done, why if found else NOWHERE)
    return facts.judged(r, RequirementVerdict.UNCLEAR, found, "no dated job shows it")


def _as_read(facts: CandidateFacts, r: Requirement) -> Judged:
    """By the jobs that a reader cites: a share of a job counts half, and never makes years whole alone, but a part.

    What code counts on its own is a part at most, since it doesn't know whether a job was that work.
    """
    assert r.years is not None
    cited = [c for c in facts.citations(r) if c.shows in _WORKED]
    whole = total_months(_months_of_cited(facts, [c for c in cited if c.shows is Shows.DONE])) / 12
    every = total_months(_months_of_cited(facts, cited)) / 12
    years = (whole + every) / 2
    quotes = [Quote(quote=c.quote, source=c.source, location=c.location) for c in cited]
    why = f"{years:.1f} years of dated work by the quotes; the role asks for {r.years:g}"
    if whole and years >= r.years:
        return facts.quoted(r, RequirementVerdict.FOUND, quotes, why)
    if every >= _NEARLY * r.years:
        return facts.quoted(r, RequirementVerdict.PARTLY, quotes, why)
    found = facts.named(r.names)
    done = [m for m in found if _is_done(facts, r, m)]
    ours = _dated(facts, r, done)
    if ours >= r.years and not _is_other_work(facts, r):
        why = f"{ours:.1f} years of dated work; the role asks for {r.years:g}; the quotes show {years:.1f}"
        return facts.judged(r, RequirementVerdict.PARTLY, done, why)
    if (found or not _names_tools(r)) and not _is_any_work(r) and _states(facts, r):
        why = "the resume states that many years; no quote shows such work"
        return facts.judged(r, RequirementVerdict.PARTLY, done, why)
    if cited and not every:
        return facts.quoted(r, RequirementVerdict.UNCLEAR, quotes, "no dated job shows it")
    return facts.quoted(r, RequirementVerdict.MISSING, quotes, why)


def _is_other_work(facts: CandidateFacts, r: Requirement) -> bool:
    """Whether a reader looked for such jobs and found neighbours alone."""
    told = facts.citations(r)
    return bool(told) and all(c.shows is Shows.NEAR for c in told)


def _dated(facts: CandidateFacts, r: Requirement, done: Sequence[Mention]) -> float:
    """Years of the dated jobs that show what is asked."""
    places = dict.fromkeys(m.place for m in done if m.place)
    spans = [months for p in places for months in facts.grounds.months_of(p)]
    axes = _axes_asked(r)
    spans += _months_of(facts, axes)
    years = total_months(spans) / 12
    if not axes and not _names_tools(r):
        years = max(years, facts.grounds.years or 0.0)
    return years


def _is_done(facts: CandidateFacts, r: Requirement, m: Mention) -> bool:
    """Whether a mention tells work; the name of a profession tells it in the title of a job alone."""
    if m.rank and _is_head(m):
        return True
    return m.rank >= Rank.LITTLE and m not in set(facts.mentions.of(_professions(r.names)))


@lru_cache(1024)
def _professions(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(n for n in names if (known := known_name(n)) and known.family == PROFESSION)


def _is_head(m: Mention) -> bool:
    """Whether the head of a job names it, as a title names a trade."""
    return m.place is not None and m.place.kind == "title"


def _is_any_work(r: Requirement) -> bool:
    return not r.names and r.dimension is None


def _names_tools(r: Requirement) -> bool:
    return not all(map(_is_method, r.names))


def _axes_asked(r: Requirement) -> frozenset[Axis]:
    """The axes whose dated evidence counts for years, any one of which is asked for; none where only names do."""
    return _axes_of(r.names, r.dimension)


@lru_cache(1024)
def _axes_of(names: tuple[str, ...], dimension: Dimension | None) -> frozenset[Axis]:
    known = {name.name for n in names if (name := known_name(n))}
    axes = {AXIS_OF[dimension]} if dimension is not None else set()
    if known & _ML_NAMES:
        axes.add(Axis.ML)
    if known & _OPS_NAMES:
        axes.add(Axis.OPS)
    return frozenset(axes)


def _is_method(name: str) -> bool:
    """Whether a name is a way to work, which jobs do not spell out."""
    known = known_name(name)
    return known is not None and known.family == METHOD


def _months_of(facts: CandidateFacts, axes: frozenset[Axis]) -> list[tuple[int, int]]:
    places = (
        facts.grounds.place_at(item.location.start or 0)
        for item in facts.mentions.counted
        if item.source == RESUME and AXIS_OF[item.dimension] in axes
    )
    told = dict.fromkeys(p for p in places if p and p.kind in _DATED)
    return [months for p in told for months in facts.grounds.months_of(p)]


def _months_of_cited(facts: CandidateFacts, cited: Sequence[Citation]) -> list[tuple[int, int]]:
    """Of the jobs that a reader cites."""
    places = (facts.grounds.place_at(c.location.start or 0) for c in cited if c.source == RESUME)
    told = dict.fromkeys(p for p in places if p and p.kind in _DATED)
    return [months for p in told for months in facts.grounds.months_of(p)]


def _states(facts: CandidateFacts, r: Requirement) -> bool:
    """Whether the resume's summary says so many years itself, of what is asked."""
    index = facts.grounds.index
    told = years_in(facts.grounds.text) if index is None else index.years
    return any(
        years >= (r.years or 0.0)
        and (place := facts.grounds.place_at(start)) is not None
        and place.kind in _OPENINGS
        and not facts.mentions.is_in_copy(start, end)
        and (_is_any_work(r) or _is_told_of(facts, r, *facts.mentions.sentence(start, end)))
        for years, start, end in told
    )


def _is_told_of(facts: CandidateFacts, r: Requirement, first: int, last: int) -> bool:
    """Whether a sentence of the resume names what is asked, or shows work on an axis that is."""
    if any(first <= m.start < last for m in facts.named(r.names)):
        return True
    axes = _axes_asked(r)
    return any(
        item.source == RESUME
        and AXIS_OF[item.dimension] in axes
        and (item.location.start or 0) < last
        and first < (item.location.end or 0)
        for item in facts.mentions.counted
    )
