"""Years of dated work with what is asked for."""

from __future__ import annotations

import pytest

from .conftest import (
    ML_ITEMS,
    NOWHERE,
    OPS_ITEMS,
    WORK,
    Case,
    Part,
    asks,
    check_verdict,
    cited,
    grounds,
    job,
    judge,
    months,
)

CASES = (
    Case("years of jobs", asks("years", "Kafka", years=4), (job(WORK, 5),), "found",
         "5.0 years of dated work; the role asks for 4", (WORK,)),
    Case("years of the axis of a dimension", asks("years", years=4, dimension="modeling"), (job("Trained ranking models.", 4),),
         "found", "4.0 years of dated work; the role asks for 4", known=ML_ITEMS),
    Case("years of machine learning", asks("years", "machine learning", years=3), (job("Trained ranking models.", 4),),
         "found", "4.0 years of dated work; the role asks for 3", known=ML_ITEMS),
    Case("years of operations", asks("years", "DevOps", years=3), (job("Ran the clusters.", 3),),
         "found", "3.0 years of dated work; the role asks for 3", known={"items": [("infrastructure", "Ran the clusters.")]}),
    Case("years of any relevant work", asks("years", years=5), (job("Ran Kafka."),), "found",
         "6.0 years of dated work; the role asks for 5", known={"years": 6.0}),
    Case("years that come near", asks("years", "Kafka", years=8), (job(WORK, 5),), "partly",
         "5.0 years of dated work; the role asks for 8", (WORK,)),
    Case("years stated in the summary", asks("years", "Kafka", years=8),
         (Part("summary", "Nine years of streaming, eight years of Kafka."), job(WORK, 2)), "partly",
         "the resume states that many years; its dated jobs do not show them", (WORK,)),
    Case("years stated among hobbies", asks("years", "Kafka", years=8), (Part("interests", "8 years of chess"), job(WORK, 2)),
         "missing", "2.0 years of dated work; the role asks for 8", (WORK,)),
    Case("years without dates", asks("years", "Kafka", years=3), (job(WORK),), "unclear", "no dated job shows it", (WORK,)),
    Case("years in either of two trades", asks("years", "DevOps", "machine learning", years=4), (job("Ran clusters.", 4),), "found",
         "4.0 years of dated work; the role asks for 4", known=OPS_ITEMS),
    Case("years by the title of a job", asks("years", "data engineering", years=3), (Part("title", "Data Engineer, Larkmoor", months(4)),), "found",
         "4.0 years of dated work; the role asks for 3"),
    Case("years of a profession that was not followed", asks("years", "data engineering", years=3), (job("Ran shifts.", 9),), "missing", NOWHERE),
    Case("years of a method untold", asks("years", "DevOps", years=3), (job("Ran Kafka.", 3),), "missing", NOWHERE),
    Case("years stated of other work", asks("years", "machine learning", years=6),
         (Part("summary", "Six years in retail. Keen on models."), Part("projects", "Machine learning for house prices."), job("Ran shifts.", 6)),
         "missing", "0.0 years of dated work; the role asks for 6", ("Machine learning for house prices.",)),
    Case("years too few", asks("years", "Kafka", years=9), (job(WORK, 5),), "missing",
         "5.0 years of dated work; the role asks for 9", (WORK,)),
    Case("years of a tool that is nowhere", asks("years", "COBOL", years=3), (job(WORK, 5),), "missing", NOWHERE),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_years_are_those_of_dated_work(case: Case) -> None:
    check_verdict(case)


def test_jobs_cited_as_a_part_alone_do_not_make_years_whole() -> None:
    text = "Ran Kafka."
    of = grounds(job(text, 6), was_asked=True)
    r = asks("years", "Kafka", years=5)
    of.citations = [cited("part", text, of), cited("done", text, of)]
    assert judge(r, of).verdict.value == "found"
    of.citations = [cited("part", text, of)]
    found = judge(r, of)
    assert (found.verdict.value, found.share) == ("partly", 0.5)
    assert found.why == "3.0 years of dated work by the quotes; the role asks for 5"


def test_a_reader_who_was_asked_says_which_jobs_count() -> None:
    of = grounds(job("Ran the shifts of a dairy.", 2), job("Kept queues alive.", 5), was_asked=True)
    r = asks("years", years=5)
    of.years = 1.0
    of.citations = [cited("near", "Ran the shifts of a dairy.", of)]
    assert judge(r, of).verdict.value == "missing"
    of.citations += [cited("part", "Kept queues alive.", of)]
    assert judge(r, of).verdict.value == "partly"
    of.citations += [cited("done", "Kept queues", of)]
    assert judge(r, of).verdict.value == "found"
    undated = grounds(job("Kept queues alive."), was_asked=True)
    undated.citations = [cited("done", "Kept queues alive.", undated)]
    assert judge(r, undated).why == "no dated job shows it"
    claim = grounds(
        Part("summary", "Nine years of streaming, eight years of Kafka."), was_asked=True
    )
    assert judge(asks("years", "Kafka", years=8), claim).verdict.value == "partly"
    assert judge(r, claim).verdict.value == "missing"


def test_what_code_counts_on_its_own_is_a_part_where_a_reader_was_asked() -> None:
    found = judge(asks("years", "Kafka", years=5), grounds(job(WORK, 5), was_asked=True))
    assert found.verdict.value == "partly"
    assert found.why == "5.0 years of dated work; the role asks for 5; the quotes show 0.0"
    of = grounds(job(WORK, 5), was_asked=True)
    of.citations = [cited("near", WORK, of)]
    assert judge(asks("years", "Kafka", years=5), of).verdict.value == "missing"


def test_shares_of_jobs_are_a_part_where_the_jobs_last_nearly_long_enough() -> None:
    of = grounds(job("Ran Kafka.", 4), was_asked=True)
    of.citations = [cited("part", "Ran Kafka.", of)]
    assert judge(asks("years", "Kafka", years=6), of).verdict.value == "partly"
    assert judge(asks("years", "Kafka", years=7), of).verdict.value == "missing"


def test_years_stated_by_the_advert_are_none() -> None:
    advert = "We ask for 9 years of work with Kafka in busy places"
    of = grounds(Part("summary", f"{advert}."))
    r = asks("years", "Kafka", years=9)
    assert judge(r, of).verdict.value == "partly"
    assert judge(r, of, advert).verdict.value == "missing"
