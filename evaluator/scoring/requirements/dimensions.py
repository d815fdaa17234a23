"""A level of one of the twelve dimensions, with or without the tools that it asks to be reached with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from ...models.evidence import Evidence
from ...models.vocabulary import AXIS_OF, Axis, Dimension, System
from ...roles.advert_words import forms
from ...roles.model import Requirement, RequirementVerdict
from ...roles.names import FIELD, METHOD, UMBRELLAS, known_name, known_names
from ...wording import level_name
from ..mentions import Mention
from ..requirement_grounds import Judged, Quote, Rank
from .candidate_facts import SHARES, CandidateFacts, of_both_sources

_APPLIED, _MUCH = 2, 3
_FAMILIES = {
    Dimension.MODELING: {"deep-learning", "classical-ml", "field"},
    Dimension.DATA: {"transform", "data-quality", "features", "labelling"},
    Dimension.EXPERIMENTATION: {"tracking", "evaluation"},
    Dimension.PROTOTYPING: {"llm"},
    Dimension.DELIVERY: {"ci"},
    Dimension.INFRASTRUCTURE: {"containers", "infrastructure-as-code", "kubernetes-tools"},
    Dimension.MONITORING: {"observability"},
    Dimension.REPRODUCIBILITY: {"tracking", "features"},
    Dimension.SCALABILITY: {"serving", "streaming", "web-services"},
}
"""Families of tools that each dimension is worked in with."""


def judge_dimension(facts: CandidateFacts, r: Requirement) -> Judged:
    """By the level that the evidence carries: below what is asked, applied work is partly and a mention unclear."""
    dimension, wanted = r.dimension, r.level
    assert dimension is not None
    assert wanted is not None
    level = level_of(facts, dimension)
    items = [item for item in facts.mentions.counted if item.dimension is dimension]
    items.sort(key=lambda i: (-facts.grounds.points.get(i.id, 0.0), i.id))
    if r.names:
        return _of_models(facts, r, _with_names(facts, r, level, items))
    if level >= wanted:
        verdict = RequirementVerdict.FOUND
    elif level >= _APPLIED:
        verdict = RequirementVerdict.PARTLY
    elif r.quote and (tools := _tools_used(facts, dimension)):
        verdict = RequirementVerdict.FOUND if wanted <= _APPLIED else RequirementVerdict.PARTLY
        why = f"{_why(level, wanted)}; tools for it were used"
        judged = facts.judged(r, verdict, tools, why)
        return _of_models(facts, r, replace(judged, level=level))
    elif level == 1 or dimension is Dimension.COLLABORATION or _is_near(facts, r):
        verdict = RequirementVerdict.UNCLEAR
    else:
        verdict = RequirementVerdict.MISSING
    judged = Judged(
        requirement=r,
        verdict=verdict,
        share=min(1.0, level / wanted),
        evidence=tuple(item.id for item in items),
        quotes=tuple(
            Quote(quote=i.quote, source=i.source, location=i.location)
            for i in of_both_sources(_once(items))
        ),
        why=_why(level, wanted),
        level=level,
    )
    return _of_models(facts, r, judged)


def _once(items: Iterable[Evidence]) -> Iterable[Evidence]:
    """The first of those that stand on the same words."""
    found: dict[tuple[str, int | None, int | None], Evidence] = {}
    for item in items:
        found.setdefault((item.source, item.location.start, item.location.end), item)
    return found.values()


def _of_models(facts: CandidateFacts, r: Requirement, judged: Judged) -> Judged:
    """Operations of models are asked for, and only other operations are told: a part."""
    assert r.dimension is not None
    asks = r.quote is not None and forms("models").search(r.quote) is not None
    asks = asks and AXIS_OF[r.dimension] is Axis.OPS
    partly = RequirementVerdict.PARTLY
    if not asks or judged.share < SHARES[partly] or _works_on_models(facts):
        return judged
    verdict = partly if judged.verdict is RequirementVerdict.FOUND else judged.verdict
    why = f"{judged.why}; none of it with models"
    return replace(judged, verdict=verdict, share=SHARES[partly], why=why)


def _works_on_models(facts: CandidateFacts) -> bool:
    """Whether operations of systems that learn are told."""
    points = facts.grounds.points
    return any(
        item.system is System.ML
        and AXIS_OF[item.dimension] is Axis.OPS
        and points.get(item.id, 0.0) >= _APPLIED
        for item in facts.mentions.counted
    )


def level_of(facts: CandidateFacts, dimension: Dimension) -> int:
    """The level without what repeats the advert."""
    grounds, counted = facts.grounds, facts.mentions.counted
    told = grounds.levels[dimension]
    ours = [item for item in grounds.evidence if item.dimension is dimension]
    left = [item for item in counted if item.dimension is dimension]
    if len(left) == len(ours):
        return told
    best = int(max((grounds.points.get(item.id, 0.0) for item in left), default=0.0))
    if best >= 3 and dimension in grounds.corroborated:
        return told
    return min(told, best)


def _is_near(facts: CandidateFacts, r: Requirement) -> bool:
    """Whether an advert's words ask for work beside much that is told, where silence says little."""
    assert r.dimension is not None
    axis = AXIS_OF[r.dimension]
    levels = [level_of(facts, d) for d in Dimension if AXIS_OF[d] is axis]
    return r.quote is not None and sum(level >= _APPLIED for level in levels) >= _MUCH


def _tools_used(facts: CandidateFacts, dimension: Dimension) -> list[Mention]:
    """Work with tools of the trade, where no statement says enough of it."""
    return [m for m in facts.named(_tools_of(dimension)) if m.rank is Rank.DONE]


@cache
def _tools_of(dimension: Dimension) -> tuple[str, ...]:
    families = _FAMILIES.get(dimension, ())
    return tuple(n.name for n in known_names().values() if n.family in families)


def _with_names(facts: CandidateFacts, r: Requirement, level: int, items: list[Evidence]) -> Judged:
    """Work and the tools for it, such as deployment with Kubernetes: both make it whole."""
    assert r.level is not None
    found = facts.named(r.names)
    done = [m for m in found if m.rank is Rank.DONE]
    told = any(m.rank for m in found)
    if done or (level >= r.level and (told or r.similar or not _names_product(r))):
        verdict = RequirementVerdict.FOUND
    elif (
        level >= r.level
        or any(m.rank is Rank.LITTLE for m in found)
        or any(m.rank is Rank.STUDIED and _is_school(m) for m in found)
    ):
        verdict = RequirementVerdict.PARTLY
    elif told or level >= _APPLIED or (level and not _names_product(r)):
        verdict = RequirementVerdict.UNCLEAR
    else:
        verdict = RequirementVerdict.MISSING
    *others, last = r.names
    names = f"{', '.join(others)} or {last}" if others else last
    named = f"{names} was used" if done else f"no use of {names} is described"
    why = named if done and level < r.level else f"{_why(level, r.level)}; {named}"
    judged = facts.judged(r, verdict, done or found, why)
    ids = (*judged.evidence, *(item.id for item in items))
    return replace(judged, level=level, evidence=tuple(dict.fromkeys(ids)))


def _names_product(r: Requirement) -> bool:
    """Whether tools are asked for; a way to work and what a whole family does are the work itself, which its level tells."""
    known = [known_name(n) for n in r.names]
    return any(
        n is None or (n.family not in {FIELD, METHOD} and n.name not in UMBRELLAS) for n in known
    )


def _is_school(m: Mention) -> bool:
    return m.place is not None and m.place.kind in {"education", "courses"}


def _why(level: int, wanted: int) -> str:
    return f"{level_name(level)}; the role asks for: {level_name(wanted)}"
