"""From probabilities to what a statement shows, and no more than its resume does."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from evaluator.models.evidence import Attributes
from evaluator.models.reading import ShownPassage
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome, System
from evaluator.readers.rules.decision_table import decision
from evaluator.readers.rules.levels import WeighedStatement
from evaluator.readers.rules.lexicon import lexicon_for
from evaluator.readers.rules.probability import ONE
from evaluator.readers.rules.signs import Statement
from evaluator.readers.rules.surroundings import HEADS

SURE = ONE - 1
TEXT = "Trained the churn model"


def told(heads: dict[str, int], context: Context = Context.WORK) -> WeighedStatement:
    passage = ShownPassage(number=1, section="employment", context=context, heading="", text=TEXT)
    statement = Statement(passage, (0, len(TEXT)), lexicon_for("en", TEXT))
    return WeighedStatement(statement, context, {head: heads.get(head, 0) for head in HEADS})


def shown(
    heads: dict[str, int],
    context: Context = Context.WORK,
    level: int = 4,
    leads: Collection[Dimension] = (),
) -> list[Attributes]:
    return decision().of(told(heads, context), dict.fromkeys(Dimension, level), leads)


def test_what_is_not_likely_is_nothing() -> None:
    assert shown({}) == []


def test_one_statement_serves_at_most_two_dimensions() -> None:
    found = shown({"done": SURE, "modeling": SURE, "data": SURE, "delivery": SURE})
    assert [shows.dimension for shows in found] == [Dimension.MODELING, Dimension.DATA]


def test_in_a_list_nothing_is_done() -> None:
    (found,) = shown(
        {"done": SURE, "modeling": SURE, "names modeling": SURE}, context=Context.LISTED
    )
    assert (found.agency.value, found.context) == ("exposed", Context.LISTED)


def test_a_mention_beside_the_work_is_a_mention_of_a_list() -> None:
    (found,) = shown({"names delivery": SURE})
    assert (found.agency.value, found.context) == ("exposed", Context.LISTED)


def test_what_is_not_sure_is_a_mention_where_the_resume_shows_the_dimension() -> None:
    unsure = {"modeling": decision().named.maybe}
    (found,) = shown(unsure, level=1)
    assert (found.dimension, found.agency) == (Dimension.MODELING, Agency.EXPOSED)
    assert shown(unsure, level=0) == []


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
    (found,) = shown({"done": SURE, "delivery": SURE, **heads})
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("level", "agency", "outcome"),
    [
        (2, Agency.CONTRIBUTED, Outcome.QUANTIFIED),
        (3, Agency.OWNED, Outcome.STATED),
        (4, Agency.OWNED, Outcome.QUANTIFIED),
    ],
)
def test_no_statement_is_told_as_more_than_its_resume(
    level: int, agency: Agency, outcome: Outcome
) -> None:
    sure = {"done": SURE, "delivery": SURE, "owned": SURE, "result": SURE, "quantified": SURE}
    (found,) = shown(sure, level=level)
    assert (found.agency, found.outcome) == (agency, outcome)


def test_the_statement_that_shows_most_carries_the_level_of_its_resume() -> None:
    (found,) = shown({"delivery": SURE}, level=3, leads=[Dimension.DELIVERY])
    assert (found.agency, found.outcome) == (Agency.OWNED, Outcome.STATED)


def test_modelling_is_of_a_model_and_operations_are_of_what_is_likeliest() -> None:
    def system(**heads: int) -> System | None:
        (found,) = shown({"done": SURE, **heads})
        assert found.ml_specific is (found.system is System.ML)
        return found.system

    assert system(modeling=SURE) is System.ML
    assert system(delivery=SURE) is System.SOFTWARE
    assert system(delivery=SURE, ml=SURE) is System.ML
    assert system(infrastructure=SURE, office=SURE, security=SURE - 1) is System.OFFICE
