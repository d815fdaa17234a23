"""Responsibility and scope first, years second, titles last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ..models.evidence import ScopeFact
from ..models.vocabulary import Agency, Context, Outcome, ScopeKind, Seniority, Track
from ..rubric import Rubric, SeniorityRules
from ..structure.responsibility import Responsibility
from .axis_scores import Verdict
from .tenure import DONE, Tenure

_STEPS = tuple(Seniority)


def seniority_of(
    verdict: Verdict,
    scope: Sequence[ScopeFact],
    role: Responsibility,
    tenure: Tenure,
    rubric: Rubric,
) -> Seniority | None:
    """The seniority in this trade; None where the track is *unrelated*.

    Args:
        verdict: with the items that count.
        scope: statements of responsibility that a reader found.
        role: titles and years of the jobs, and what code reads of responsibility for a reader that finds none.
        tenure: months of work with evidence.
        rubric: with the years that support each step.
    """
    if verdict.track is Track.UNRELATED:
        return None
    done = [i for i in verdict.used if i.context in DONE and i.agency is not Agency.EXPOSED]
    work = [i for i in done if i.context is Context.WORK]
    if role.only_as_junior or not work:
        return Seniority.JUNIOR
    rules = rubric.seniority
    facts = _facts(scope, role)
    years = tenure.either / 12 if tenure.is_known and tenure.either else None
    step = _by_scope(facts, years, role.years, rules)
    if step is Seniority.ENGINEER:
        owned = sum(item.agency is Agency.OWNED for item in work)
        results = sum(i.agency is Agency.OWNED and i.outcome is not Outcome.NONE for i in work)
        is_new = years is not None and years < rules.engineer_years and results < rules.results
        is_guided = not owned and (years is None or years < rules.senior_years)
        if (is_new or is_guided) and not facts:
            step = Seniority.JUNIOR
    return _by_title(step, facts, years, role, rules)


def _facts(scope: Sequence[ScopeFact], role: Responsibility) -> Counter[ScopeKind]:
    facts = Counter(fact.kind for fact in scope)
    if not scope:
        facts[ScopeKind.GUIDES] += role.guides
        facts[ScopeKind.LEADS] += 2 * role.directs
        facts[ScopeKind.ANSWERS] += role.answers_for_teams
    return +facts


def _by_scope(
    facts: Counter[ScopeKind], years: float | None, all_years: float | None, rules: SeniorityRules
) -> Seniority:
    """What the facts about responsibility say, as far as the years support it; unknown years hold nothing back."""

    def lasted(needed: float, of: float | None = years) -> bool:
        return of is None or of >= needed

    leads = facts[ScopeKind.LEADS]
    if facts[ScopeKind.ANSWERS] and leads and lasted(rules.director_years, all_years):
        return Seniority.DIRECTOR
    if (leads >= rules.lead_facts or facts[ScopeKind.ANSWERS]) and lasted(rules.lead_years):
        return Seniority.LEAD
    guides = leads or facts[ScopeKind.DECIDES] or facts[ScopeKind.GUIDES] >= rules.senior_guides
    return Seniority.SENIOR if guides and lasted(rules.senior_years) else Seniority.ENGINEER


def _by_title(
    step: Seniority,
    facts: Counter[ScopeKind],
    years: float | None,
    role: Responsibility,
    rules: SeniorityRules,
) -> Seniority:
    """A title moves the step by one where what was answered for leaves it open."""
    long = years is None or years >= rules.senior_years
    named = role.titles
    if step is Seniority.LEAD and "director" in named:
        return Seniority.DIRECTOR
    if (
        step is Seniority.SENIOR
        and "lead" in named
        and (years is None or years >= rules.lead_title_years)
    ):
        return Seniority.LEAD
    if step is Seniority.ENGINEER and named & {"senior", "lead"} and long:
        return Seniority.SENIOR
    if step is Seniority.LEAD and not named & {"lead", "director"}:
        sure = facts[ScopeKind.LEADS] > rules.lead_facts or facts[ScopeKind.ANSWERS]
        return step if sure else Seniority.SENIOR
    if named == {"junior"}:
        return _STEPS[max(0, _STEPS.index(step) - 1)]
    return step
