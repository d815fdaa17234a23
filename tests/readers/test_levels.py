"""What a resume shows as a whole: sums over its statements."""

from __future__ import annotations

import pytest

from evaluator.models.reading import ShownPassage
from evaluator.models.vocabulary import Context, Dimension
from evaluator.readers.rules.levels import INPUTS, LEVELS, Shown, Step, WeighedStatement
from evaluator.readers.rules.lexicon import lexicon_for
from evaluator.readers.rules.probability import ONE
from evaluator.readers.rules.signs import Statement
from evaluator.readers.rules.surroundings import HEADS

TEXT = "Trained the churn model"
LEAST = (ONE // 2,) * len(LEVELS)


def resume(*every: dict[str, int], context: Context | None = Context.WORK) -> Shown:
    passage = ShownPassage(
        number=1, section="employment", context=Context.WORK, heading="", text=TEXT
    )
    statement = Statement(passage, (0, len(TEXT)), lexicon_for("en", TEXT))
    return Shown(
        [
            WeighedStatement(statement, context, {h: heads.get(h, 0) for h in HEADS})
            for heads in every
        ]
    )


def step(name: str, *biases: float) -> Step:
    """Asks for one input alone."""
    rows = [[float(other == name)] * len(LEVELS) for other in INPUTS]
    return Step(rows, biases)


def test_many_likely_statements_are_as_much_as_one_sure_one() -> None:
    judge = step("applied", -0.9, -0.9, -9, -9)
    many = resume(*[{"delivery": ONE // 4}] * 4)
    assert judge.levels(many, LEAST)[Dimension.DELIVERY] == 2
    assert judge.levels(resume({"delivery": ONE // 4}), LEAST)[Dimension.DELIVERY] == 0
    assert judge.levels(resume({"delivery": ONE}), LEAST)[Dimension.DELIVERY] == 2


def test_a_level_stands_on_those_below() -> None:
    shows_all_but_two = step("applied", 1, -9, 1, 1)
    assert set(shows_all_but_two.levels(resume({}), LEAST).values()) == {1}


@pytest.mark.parametrize("context", [None, Context.LISTED, Context.COURSEWORK])
def test_what_is_nobodys_or_only_listed_was_not_done(context: Context | None) -> None:
    shown = resume({"delivery": ONE, "owned": ONE, "result": ONE}, context=context)
    inputs = dict(zip(INPUTS, shown.inputs()[Dimension.DELIVERY], strict=True))
    assert inputs["applied"] == inputs["owned with a result"] == 0


def test_the_leader_of_a_dimension_shows_its_level_best() -> None:
    owned = {"delivery": ONE // 2, "owned": ONE, "result": ONE}
    shown = resume({"delivery": ONE}, owned, {"names data": ONE})
    levels = dict.fromkeys(Dimension, 0)
    assert shown.leaders({**levels, Dimension.DELIVERY: 2}) == {Dimension.DELIVERY: 0}
    assert shown.leaders({**levels, Dimension.DELIVERY: 3}) == {Dimension.DELIVERY: 1}
    assert shown.leaders({**levels, Dimension.DATA: 1}) == {Dimension.DATA: 2}


def test_a_statement_that_was_hardly_done_leads_only_where_all_are_such() -> None:
    unlikely, likely = {"delivery": ONE, "done": 0}, {"delivery": ONE // 2, "done": ONE // 2}
    levels = {**dict.fromkeys(Dimension, 0), Dimension.DELIVERY: 2}
    assert resume(unlikely, likely).leaders(levels, ONE // 4) == {Dimension.DELIVERY: 1}
    assert resume(unlikely, likely).leaders(levels) == {Dimension.DELIVERY: 0}
    assert resume(unlikely).leaders(levels, ONE // 4) == {Dimension.DELIVERY: 0}


def test_a_resume_without_statements_shows_what_the_biases_say() -> None:
    assert set(step("applied", -1, -1, -1, -1).levels(resume(), LEAST).values()) == {0}
