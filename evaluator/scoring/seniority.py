"""Responsibility and scope first, years second, titles not at all."""

from __future__ import annotations

from ..models.vocabulary import Agency, Context, Outcome, Seniority
from ..rubric import Rubric
from ..structure.responsibility import Responsibility
from .tenure import Tenure
from .verdict import Verdict


def seniority_of(
    verdict: Verdict, role: Responsibility, tenure: Tenure, rubric: Rubric
) -> Seniority:
    """Responsibility and scope first, years second, titles not at all."""
    years = tenure.either / 12
    rules = rubric.roles
    owned = sum(
        item.agency is Agency.OWNED
        and item.outcome is not Outcome.NONE
        and item.context is Context.WORK
        for item in verdict.used
    )
    if max(verdict.bands.values()) < 2 or role.only_as_student:
        return Seniority.JUNIOR
    if role.answers_for_teams and years >= rules.lead_years:
        return Seniority.DIRECTOR
    if role.directs and years >= rules.lead_years and owned:
        return Seniority.LEAD
    guides = role.guides or owned >= rules.senior_owned_alone
    if owned >= rules.senior_owned and years >= rules.senior_years and guides:
        return Seniority.SENIOR
    if years >= rules.engineer_years or owned >= rules.senior_owned:
        return Seniority.ENGINEER
    return Seniority.JUNIOR
