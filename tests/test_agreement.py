"""Readings are merged by vote: slips move nothing, agreement does."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.agreement import is_settled, merge
from evaluator.models.document import RESUME, Location
from evaluator.models.evidence import Evidence
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome


def item(start: int = 0, dimension: Dimension = Dimension.MODELING, **changes: object) -> Evidence:
    base = Evidence(
        id="e0", quote="quote", source=RESUME, dimension=dimension, context=Context.WORK,
        agency=Agency.OWNED, outcome=Outcome.STATED, production=True, ml_specific=True,
        location=Location(start=start, end=start + 50),
    )  # fmt: skip
    return base.model_copy(update=changes)


def test_a_single_reading_fills_what_the_rules_pass_over() -> None:
    rule, extra = item(), item(100, Dimension.DATA)
    assert {e.dimension for e in merge([[extra]], [rule], 1).evidence} == {"modeling", "data"}


def test_a_single_reading_moves_nothing_that_the_rules_read() -> None:
    rule = item()
    for slip in (
        [],
        [item(agency=Agency.EXPOSED)],
        [item(dimension=Dimension.DELIVERY)],
        [item(), item(10, Dimension.THEORY)],
        [item(5, context=Context.LISTED, production=False)],
    ):
        (kept,) = merge([slip], [rule], 1).evidence
        assert kept == rule.model_copy(update={"id": "e1"})


def test_three_readings_of_one_mind_overrule_the_rules() -> None:
    said = [item(agency=Agency.CONTRIBUTED), item(dimension=Dimension.DATA)]
    merged = merge([said, said, said], [item()], 3)
    by_dimension = {e.dimension: e for e in merged.evidence}
    assert by_dimension[Dimension.MODELING].agency is Agency.CONTRIBUTED
    assert Dimension.DATA in by_dimension
    assert merged.agreement == 1.0
    (kept,) = merge([said, said, [item()]], [item()], 3).evidence
    assert kept.agency is Agency.OWNED


def test_without_the_rules_most_readings_decide() -> None:
    strong, weak = item(outcome=Outcome.QUANTIFIED), item(outcome=Outcome.NONE)
    other = item(dimension=Dimension.DATA)
    merged = merge([[strong, other], [strong], [weak]], [], 3)
    (kept,) = merged.evidence
    assert kept.outcome is Outcome.QUANTIFIED
    assert merged.agreement == round((1 + 1 / 3) / 2, 3)
    assert merge([[], []], [], 2).agreement == 1.0


ITEMS = st.builds(
    item,
    st.sampled_from([0, 60, 120]),
    st.sampled_from([Dimension.MODELING, Dimension.DATA]),
    agency=st.sampled_from(Agency),
    production=st.booleans(),
)
READINGS = st.lists(ITEMS, max_size=4)


def shown(samples: list[list[Evidence]], rules: list[Evidence], planned: int) -> list[str]:
    return [e.model_dump_json() for e in merge(samples, rules, planned).evidence]


@settings(max_examples=400)
@given(st.data(), READINGS, st.integers(2, 5))
def test_stopping_early_never_changes_the_result(
    data: st.DataObject, rules: list[Evidence], planned: int
) -> None:
    done = data.draw(st.integers(1, planned - 1))
    samples = data.draw(st.lists(READINGS, min_size=done, max_size=done))
    if is_settled(samples, rules, planned):
        rest = data.draw(st.lists(READINGS, min_size=planned - done, max_size=planned - done))
        assert shown(samples, rules, planned) == shown([*samples, *rest], rules, planned)
