"""Readings of one reader are merged by majority, item by item."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluator.merged_readings import merge, merge_scope
from evaluator.models.document import RESUME, Location
from evaluator.models.evidence import Evidence, ScopeFact
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome, ScopeKind


def item(start: int = 0, dimension: Dimension = Dimension.MODELING, **changes: object) -> Evidence:
    base = Evidence(
        id="e0", quote="quote", source=RESUME, dimension=dimension, context=Context.WORK,
        agency=Agency.OWNED, outcome=Outcome.STATED, production=True, ml_specific=True,
        location=Location(start=start, end=start + 50),
    )  # fmt: skip
    return base.model_copy(update=changes)


def test_most_readings_decide_about_an_item_and_its_attributes() -> None:
    strong, weak = item(outcome=Outcome.QUANTIFIED), item(outcome=Outcome.NONE)
    other = item(dimension=Dimension.DATA)
    merged = merge([[strong, other], [strong], [weak]])
    (kept,) = merged.evidence
    assert kept.outcome is Outcome.QUANTIFIED
    assert merged.disputed == (other,)
    assert merged.agreement == round((1 + 1 / 3) / 2, 3)
    assert merge([[], []]).agreement == 1.0


def test_ordered_attributes_take_the_median_and_of_two_the_weaker() -> None:
    told = [item(outcome=outcome) for outcome in (Outcome.NONE, Outcome.STATED, Outcome.QUANTIFIED)]
    assert merge([[one] for one in told]).evidence[0].outcome is Outcome.STATED
    both = merge([[item(agency=Agency.OWNED)], [item(agency=Agency.CONTRIBUTED)]])
    assert both.evidence[0].agency is Agency.CONTRIBUTED


def test_the_same_words_are_one_place_however_long_the_quote() -> None:
    inner = item().model_copy(update={"location": Location(start=10, end=30)})
    (kept,) = merge([[item()], [inner]]).evidence
    assert kept.location == item().location
    assert len(merge([[item()], [item(100)]]).evidence) == 0


def test_one_reading_has_one_vote() -> None:
    twice = [item(), item(10)]
    assert merge([twice, [], []]).evidence == ()


def test_what_every_reading_must_hold_needs_all_of_them() -> None:
    both = merge([[item()], [item(), item(100)]], needed=2)
    assert [kept.location.start for kept in both.evidence] == [0]


def fact(start: int, kind: ScopeKind = ScopeKind.LEADS) -> ScopeFact:
    return ScopeFact(kind=kind, quote="quote", location=Location(start=start, end=start + 9))


def test_responsibility_that_most_readings_find_counts() -> None:
    kept = merge_scope([[fact(0), fact(50)], [fact(4)], [fact(0, ScopeKind.GUIDES)]])
    assert kept == (fact(0),)


ITEMS = st.builds(
    item,
    st.sampled_from([0, 60, 120]),
    st.sampled_from([Dimension.MODELING, Dimension.DATA]),
    agency=st.sampled_from(Agency),
    production=st.booleans(),
)
READINGS = st.lists(ITEMS, max_size=4)


@given(st.lists(READINGS, min_size=1, max_size=5))
def test_nothing_counts_that_less_than_half_of_the_readings_hold(
    samples: list[list[Evidence]],
) -> None:
    for kept in merge(samples).evidence:
        holding = sum(
            any(
                other.dimension is kept.dimension
                and (other.location.start or 0) < (kept.location.end or 0)
                and (kept.location.start or 0) < (other.location.end or 0)
                for other in sample
            )
            for sample in samples
        )
        assert 2 * holding > len(samples)
