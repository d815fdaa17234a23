"""Levels of a dimension, and the tools named beside them."""

from __future__ import annotations

import pytest

from evaluator.models.vocabulary import Dimension
from evaluator.scoring import Judged

from .conftest import (
    ADVERT,
    ML_ITEMS,
    WORK,
    Case,
    asks,
    check_verdict,
    grounds,
    job,
    judge,
    skills,
)

CASES = (
    Case("level reached", asks("dimension", dimension="modeling", level=3), (job("Trained ranking models."),), "found",
         "owned, with a result; the role asks for: owned, with a result", ("Trained ranking models.",), {**ML_ITEMS, "levels": {"modeling": 3}}),
    Case("level below", asks("dimension", dimension="modeling", level=4), (job("Trained ranking models."),), "partly",
         "applied; the role asks for: owned, measured or confirmed", ("Trained ranking models.",), {**ML_ITEMS, "levels": {"modeling": 2}}),
    Case("level of a mention", asks("dimension", dimension="theory", level=2), (job("Read papers."),), "unclear",
         "mentioned; the role asks for: applied", known={"levels": {"theory": 1}}),
    Case("level of what few tell", asks("dimension", dimension="collaboration", level=2), (), "unclear",
         "nothing found; the role asks for: applied"),
    Case("level of nothing", asks("dimension", dimension="theory", level=2), (), "missing",
         "nothing found; the role asks for: applied"),
    Case("level with its tool", asks("dimension", "Kubernetes", dimension="infrastructure", level=2), (job(WORK),), "found",
         "applied; the role asks for: applied; Kubernetes was used", (WORK,), {"levels": {"infrastructure": 2}}),
    Case("level, and its tool in a list", asks("dimension", "Kubernetes", dimension="infrastructure", level=2),
         (skills("Kubernetes, Go"),), "found",
         "applied; the role asks for: applied; no use of Kubernetes is described", known={"levels": {"infrastructure": 2}}),
    Case("level without its tool", asks("dimension", "Nomad", dimension="infrastructure", level=2), (job(WORK),), "partly",
         "applied; the role asks for: applied; no use of Nomad is described", known={"levels": {"infrastructure": 2}}),
    Case("tool below the level", asks("dimension", "Kubernetes", dimension="infrastructure", level=3), (job(WORK),), "found",
         "Kubernetes was used", (WORK,), {"levels": {"infrastructure": 2}}),
    Case("below the level without its tool", asks("dimension", "Nomad", dimension="infrastructure", level=3), (job(WORK),),
         "unclear", "applied; the role asks for: owned, with a result; no use of Nomad is described", known={"levels": {"infrastructure": 2}}),
    Case("level of a way to work", asks("dimension", "A/B testing", dimension="experimentation", level=2), (job("Compared models."),),
         "found", "applied; the role asks for: applied; no use of A/B testing is described", known={"levels": {"experimentation": 2}}),
    Case("operations of models, where only others are told",
         asks("dimension", dimension="monitoring", level=2, quote="You have watched models for drift"), (job("Ran alerts."),), "partly",
         "owned, with a result; the role asks for: applied; none of it with models", ("Ran alerts.",),
         {"levels": {"monitoring": 3}, "items": [("monitoring", "Ran alerts.")]}),
    Case("a tool in something small beside work", asks("dimension", "Nomad", dimension="infrastructure", level=2),
         (job("Tried Nomad for a week."),), "partly", "nothing found; the role asks for: applied; no use of Nomad is described"),
    Case("neither level nor tool", asks("dimension", "Nomad", dimension="infrastructure", level=3), (), "missing",
         "nothing found; the role asks for: owned, with a result; no use of Nomad is described"),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_level_is_held_against_the_one_that_is_asked_for(case: Case) -> None:
    check_verdict(case)


def test_half_of_a_level_is_half_of_its_share() -> None:
    found = judge(asks("dimension", dimension="data", level=4), grounds(levels={"data": 2}))
    assert (found.share, found.level, found.source) == (0.5, 2, "none")


def test_what_repeats_the_advert_lowers_a_level_and_quotes_nothing() -> None:
    def level(corroborated: bool, *items: tuple[str, str]) -> Judged:
        of = grounds(
            job(f"{ADVERT}.\nCut the lag of the queue by half."), items=items, levels={"scalability": 4},
            points={"e0": 4.0, "e1": 3.2},
            corroborated=frozenset([Dimension.SCALABILITY] if corroborated else []),
        )  # fmt: skip
        return judge(asks("dimension", dimension="scalability", level=4), of, ADVERT)

    copied = ("scalability", ADVERT)
    own = ("scalability", "Cut the lag of the queue by half.")
    assert level(False, copied).level == 0
    assert level(False, copied, own).level == 3
    assert level(True, copied, own).level == 4
    assert level(False, copied, own).evidence == ("e1",)
