"""What a reader's citations change."""

from __future__ import annotations

import pytest

from evaluator.roles.model import Requirement

from .conftest import (
    ADVERT,
    LACKING,
    REPOSITORY,
    USED,
    Part,
    asks,
    cited,
    grounds,
    job,
    judge,
    skills,
)


@pytest.mark.parametrize(
    ("text", "shows", "verdict", "why"),
    [
        ("Kept the brokers alive.", "done", "found", "a quote shows work with it"),
        (
            "Kept the brokers alive.",
            "studied",
            "unclear",
            "a quote says that it was learned, not used",
        ),
        ("Kept the brokers alive.", "named", "unclear", "a quote merely names it"),
        (
            "Kept the brokers alive.",
            "denied",
            "missing",
            "a quote says that it is lacking",
        ),
        ("Kept the brokers alive.", "near", "missing", "a quote shows only something similar"),
        ("Ran Kafka.", "done", "found", USED),
        ("Ran Kafka.", "near", "partly", f"{USED}; a quote shows only something similar"),
    ],
)
def test_a_citation_counts_where_code_finds_less(
    text: str, shows: str, verdict: str, why: str
) -> None:
    of = grounds(job(text), was_asked=True)
    of.citations = [cited(shows, text, of), cited("denied", "brokers", of)]
    found = judge(asks("tool", "Kafka"), of)
    assert (found.verdict.value, found.why) == (verdict, why)
    assert found.quotes[0].quote == text


@pytest.mark.parametrize(
    ("lacking", "told"),
    [("Excellent", ", without “Excellent”"), ("a licence to bribe", ""), ("", "")],
)
def test_a_reader_who_misses_a_part_overrules_the_name_and_says_what(
    lacking: str, told: str
) -> None:
    of = grounds(job("Ran Kafka."))
    of.citations = [
        cited("part", "Ran Kafka.", of).model_copy(update={"lacking": lacking}),
        cited("near", "Ran", of),
    ]
    found = judge(asks("tool", "Kafka", quote="Excellent Kafka."), of)
    assert found.verdict.value == "partly"
    assert found.why == f"a quote shows only a part of what is asked{told}"


@pytest.mark.parametrize(
    ("asked", "part", "shows", "why"),
    [
        (asks("tool", "Kafka", quote="Excellent Kafka"), skills("Kafka, Rust"), "named",
         "named without saying what was done with it; the role asks for much of it"),
        (asks("tool", "Kafka"), skills("Heard of: Kafka"), "named", LACKING),
        (asks("language", "German", quote="German at C1"), Part("languages", "German (A2)"), "part",
         "the resume tells a much lower level than is asked for"),
        (asks("education", "doctorate"), Part("education", "B.Sc. Physics, 2013"), "part", "the highest degree named is a bachelor's degree"),
    ],
)  # fmt: skip
def test_words_that_code_reads_as_less_stay_less(
    asked: Requirement, part: Part, shows: str, why: str
) -> None:
    of = grounds(part, was_asked=True)
    of.citations = [cited(shows, part.text, of)]
    assert (judge(asked, of).verdict.value, judge(asked, of).why) == ("missing", why)
    of.citations = [cited("done", part.text, of)]
    assert judge(asked, of).verdict.value == "found"


def test_a_reader_who_was_asked_for_a_trade_decides_about_it() -> None:
    of = grounds(job("Priced credit risk for a bank."), was_asked=True)
    trade = asks("domain", "finance", quote="Banking")
    assert judge(trade, of).verdict.value == "unclear"
    of.citations = [cited("near", "Priced credit risk for a bank.", of)]
    assert judge(trade, of).verdict.value == "missing"
    of.citations = [cited("done", "Priced credit risk for a bank.", of)]
    assert judge(trade, of).verdict.value == "found"


def test_a_degree_of_another_subject_is_a_part_though_a_reader_calls_it_near() -> None:
    of = grounds(Part("education", "M.A. History, 2015"), was_asked=True, degrees=("master",))
    of.citations = [cited("near", "M.A. History, 2015", of)]
    asked = asks("education", "bachelor", quote="A degree in computing")
    assert judge(asked, of).verdict.value == "partly"


def test_what_no_quote_speaks_to_is_missing_but_for_character() -> None:
    of = grounds(job("Ran Kafka."), was_asked=True)
    assert judge(asks("other", quote="Star schemas and their grain"), of).verdict.value == "missing"
    assert judge(asks("other", quote="Curious and proactive"), of).verdict.value == "unclear"
    of.citations = [cited("near", "Ran Kafka.", of)]
    assert judge(asks("other", quote="Star schemas and their grain"), of).verdict.value == "unclear"


def test_what_code_alone_finds_used_is_partly_met_where_a_reader_was_asked() -> None:
    found = judge(asks("tool", "Kafka"), grounds(job("Ran Kafka."), was_asked=True))
    assert (found.verdict.value, found.why) == ("partly", f"{USED}; no quote shows such work")


def test_a_citation_of_the_advert_and_one_of_years_count_nothing() -> None:
    of = grounds(job(f"{ADVERT}.", 1))
    of.citations = [cited("done", ADVERT, of), cited("done", ADVERT, of, REPOSITORY)]
    assert judge(asks("tool", "Kafka"), of, ADVERT).verdict.value == "missing"
    assert judge(asks("years", "Kafka", years=5), of).why.startswith("1.0 years")


def test_what_is_never_scored_is_left_for_a_person_to_check() -> None:
    found = judge(asks("place"), grounds(job("Ran Kafka in Northfield.")))
    assert (found.verdict.value, found.share) == ("unclear", 0)
    assert found.why == "listed for a person to check; never scored"


def test_a_list_of_skills_shows_no_part_of_work_with_a_tool() -> None:
    of = grounds(skills("Brokers, queues"), job("Kept brokers."), was_asked=True)
    of.citations = [cited("part", "Brokers, queues", of)]
    assert judge(asks("tool", "Kafka"), of).verdict.value == "unclear"
    of.citations = [cited("part", "Kept brokers.", of)]
    assert judge(asks("tool", "Kafka"), of).verdict.value == "partly"


def test_a_course_is_unclear_though_much_is_asked_and_a_mere_name_is_missing() -> None:
    of = grounds(skills("Kafka seen in a seminar"), was_asked=True)
    asked = asks("tool", "Kafka", quote="Very good knowledge of Kafka")
    for shows, verdict in (("studied", "unclear"), ("named", "missing")):
        of.citations = [cited(shows, "Kafka seen in a seminar", of)]
        assert judge(asked, of).verdict.value == verdict


def test_what_has_no_name_is_missing_where_a_reader_was_asked_and_cites_nothing() -> None:
    for was_asked, verdict in ((True, "missing"), (False, "unclear")):
        of = grounds(job("Ran Kafka."), was_asked=was_asked)
        assert judge(asks("certificate"), of).verdict.value == verdict


def test_years_stand_for_a_degree_only_where_no_reader_was_asked() -> None:
    asked = asks("education", "master", similar=True, quote="A master or work experience")
    for was_asked, verdict in ((True, "unclear"), (False, "found")):
        of = grounds(job("Ran Kafka.", 5), was_asked=was_asked)
        assert judge(asked, of).verdict.value == verdict
