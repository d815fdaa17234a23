"""From probabilities to what a statement shows."""

from __future__ import annotations

import pytest

from evaluator.models.vocabulary import Context, Dimension, Outcome, System
from evaluator.readers.rules.decision import decision
from evaluator.readers.rules.probability import ONE
from evaluator.readers.rules.surroundings import HEADS

SURE = ONE - 1


def likely(**heads: int) -> dict[str, int]:
    return {head: heads.get(head, 0) for head in HEADS}


def test_what_is_not_likely_is_nothing() -> None:
    assert decision().of(likely(), Context.WORK) == []
    assert decision().of(likely(modeling=SURE), Context.WORK) == []


def test_one_statement_serves_at_most_two_dimensions() -> None:
    found = decision().of(likely(done=SURE, modeling=SURE, data=SURE, delivery=SURE), Context.WORK)
    assert [shows.dimension for shows in found] == [Dimension.MODELING, Dimension.DATA]


def test_in_a_list_nothing_is_done() -> None:
    sure = {"done": SURE, "modeling": SURE, "names modeling": SURE}
    (found,) = decision().of(likely(**sure), Context.LISTED)
    assert (found.agency.value, found.context) == ("exposed", Context.LISTED)


def test_a_mention_beside_the_work_is_a_mention_of_a_list() -> None:
    (found,) = decision().of(likely(**{"names delivery": SURE}), Context.WORK)
    assert (found.agency.value, found.context) == ("exposed", Context.LISTED)


@pytest.mark.parametrize(
    ("heads", "outcome"),
    [
        ({}, Outcome.NONE),
        ({"scope": SURE}, Outcome.SCOPE),
        ({"scope": SURE, "result": SURE}, Outcome.STATED),
        ({"result": SURE, "quantified": SURE}, Outcome.QUANTIFIED),
    ],
)
def test_a_figure_is_more_than_words_and_words_are_more_than_scope(
    heads: dict[str, int], outcome: Outcome
) -> None:
    (found,) = decision().of(likely(done=SURE, delivery=SURE, **heads), Context.WORK)
    assert found.outcome is outcome


def test_modelling_is_of_a_model_and_operations_are_of_what_is_likeliest() -> None:
    def system(**heads: int) -> System | None:
        (found,) = decision().of(likely(done=SURE, **heads), Context.WORK)
        assert found.ml_specific is (found.system is System.ML)
        return found.system

    assert system(modeling=SURE) is System.ML
    assert system(delivery=SURE) is System.SOFTWARE
    assert system(delivery=SURE, ml=SURE) is System.ML
    assert system(infrastructure=SURE, office=SURE, security=SURE - 1) is System.OFFICE
