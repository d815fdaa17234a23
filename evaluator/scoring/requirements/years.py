"""Years of work, on its names or on an axis."""

from __future__ import annotations

from ...models.document import RESUME
from ...models.vocabulary import AXIS_OF, Axis
from ...roles.advert_words import years_in
from ...roles.model import Requirement, RequirementVerdict
from ...roles.names import METHOD, known_name
from ...structure.dates import total_months
from ..grounds import Judged, Rank
from .findings import Findings

_NEARLY = 0.6
"""Share of the years asked that is partly."""
_OPENINGS = frozenset({"summary", "header", "unnamed"})
"""Where a resume sums itself up."""
_DATED = frozenset({"employment", "projects"})
_ML_NAMES = frozenset({"machine learning", "deep learning"})
_OPS_NAMES = frozenset({"DevOps", "site reliability engineering"})


def judge_years(findings: Findings, r: Requirement) -> Judged:
    """By the dated jobs that show it; jobs at the same time count once."""
    assert r.years is not None
    found = list(findings.mentions.of(r.names))
    done = [m for m in found if m.rank is Rank.DONE]
    spans = [m.place.months for m in done if m.place and m.place.months]
    axis = _axis_asked(r)
    is_method = all(map(_is_method, r.names))
    if axis is not None:
        spans += _months_of(findings, axis)
    years = total_months(spans) / 12
    if axis is None and is_method:
        years = max(years, findings.grounds.years or 0.0)
    why = f"{years:.1f} years of dated work; the role asks for {r.years:g}"
    if years >= r.years:
        return findings.judged(r, RequirementVerdict.FOUND, done, why)
    if years >= _NEARLY * r.years:
        return findings.judged(r, RequirementVerdict.PARTLY, done, why)
    if _states(findings, r.years):
        why = "the resume states so many years; its dated jobs do not show them"
        return findings.judged(r, RequirementVerdict.PARTLY, done, why)
    if years:
        return findings.judged(r, RequirementVerdict.MISSING, done, why)
    if axis is None and not found and not is_method:
        why = "found nowhere in the resume or the public code"
        return findings.judged(r, RequirementVerdict.MISSING, (), why)
    return findings.judged(r, RequirementVerdict.UNCLEAR, found, "no dated job shows it")


def _axis_asked(r: Requirement) -> Axis | None:
    """The axis whose dated evidence counts for years; None where only names do."""
    if r.dimension is not None:
        return AXIS_OF[r.dimension]
    known = {name.name for n in r.names if (name := known_name(n))}
    if known & _ML_NAMES:
        return Axis.ML
    return Axis.OPS if known & _OPS_NAMES else None


def _is_method(name: str) -> bool:
    """Whether a name is a way to work, which jobs do not spell out."""
    known = known_name(name)
    return known is not None and known.family == METHOD


def _months_of(findings: Findings, axis: Axis) -> list[tuple[int, int]]:
    places = (
        findings.grounds.place_at(item.location.start or 0)
        for item in findings.mentions.counted
        if item.source == RESUME and AXIS_OF[item.dimension] is axis
    )
    return [p.months for p in places if p and p.months and p.kind in _DATED]


def _states(findings: Findings, wanted: float) -> bool:
    """Whether the resume's summary says so many years itself."""
    return any(
        years >= wanted
        and (place := findings.grounds.place_at(start)) is not None
        and place.kind in _OPENINGS
        and not findings.mentions.is_in_copy(start, end)
        for years, start, end in years_in(findings.grounds.text)
    )
