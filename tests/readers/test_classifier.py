"""The classifier of statements: whole numbers that are the same everywhere, and nothing of one head in another."""

from __future__ import annotations

import hashlib
import struct
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evaluator.readers.rules
from evaluator.models.reading import ShownPassage
from evaluator.models.vocabulary import Context
from evaluator.readers.rules.classifier import WIDTHS, Rows, Step, shipped
from evaluator.readers.rules.features import ROWS, features
from evaluator.readers.rules.lexicon import lexicon_for
from evaluator.readers.rules.probability import ONE, log_odds_step, probability, steps
from evaluator.readers.rules.signs import SIGNS, Statement
from evaluator.readers.rules.surroundings import HEAD, HEADS, INPUTS, inputs_of

_HEADS = 3
_WIDTHS = {1: "b", 2: "h"}


def passage(text: str, heading: str = "Engineer, Alpha Works") -> ShownPassage:
    return ShownPassage(
        number=1, section="employment", context=Context.WORK, heading=heading, text=text
    )


def statement(text: str, heading: str = "Engineer, Alpha Works") -> Statement:
    return Statement(passage(text, heading), (0, len(text)), lexicon_for("en", text))


def stored(rows: Sequence[Sequence[int]], width: int) -> bytes:
    """Rows as the file holds them: raised to be positive, little-endian."""
    raised = 1 << (8 * width - 1)
    kind = _WIDTHS[width].upper()
    return b"".join(struct.pack(f"<{_HEADS}{kind}", *(w + raised for w in row)) for row in rows)


@pytest.mark.parametrize("width", _WIDTHS)
@given(data=st.data())
def test_rows_are_added_for_all_heads_at_once(width: int, data: st.DataObject) -> None:
    most = (1 << (8 * width - 1)) - 1
    weight = st.integers(-most, most)
    rows = data.draw(
        st.lists(st.lists(weight, min_size=_HEADS, max_size=_HEADS), min_size=1, max_size=5)
    )
    found = data.draw(
        st.lists(st.tuples(st.integers(0, len(rows) - 1), st.integers(0, 400)), max_size=40)
    )
    expected = [sum(rows[row][head] * value for row, value in found) for head in range(_HEADS)]
    assert Rows(stored(rows, width), width, _HEADS).sums(found) == expected


def test_a_step_says_its_bias_of_nothing_and_weighs_by_head() -> None:
    step = Step(Rows(stored([[100, -100, 0]], 1), 1, _HEADS), (0.01, 0.01, 1.0), (0.0, 0.0, -1.0))
    assert step.scores([]) == [0, 0, steps(-1.0)]
    assert step.scores([(0, 2)]) == [steps(2.0), steps(-2.0), steps(-1.0)]


def test_probabilities_rise_with_the_log_odds_and_end_at_eight() -> None:
    every = [probability(steps(z / 4)) for z in range(-40, 41)]
    assert every == sorted(every)
    assert probability(steps(0.0)) == ONE // 2
    assert steps(100.0) == steps(8.0)
    assert log_odds_step(steps(-100.0)) == 0


def test_features_are_words_stems_neighbours_pieces_and_characters() -> None:
    found = features("Trained 40 Netzwerke", passage(""))
    assert {"wtrained", "strain", "b^ trained", "w0", "b0 netzwerke", "crain"} <= set(found)
    assert "hengineer" in found
    assert {"d模型", "d型训", "d模型训"} <= set(features("模型训练 with Python", passage("")))
    assert "wpython" in features("模型training,Python", passage(""))
    assert all(0 <= row < ROWS for row, _ in found.values())


def test_a_long_text_has_no_more_features_than_its_first_words() -> None:
    words = [f"word{chr(97 + n % 26)}{n}" for n in range(5000)]
    found = features(" ".join(words), passage(""))
    assert found == features(" ".join(words[:2500]), passage(""))


def test_signs_tell_the_own_clauses_from_others_work() -> None:
    text = "Trained the churn model, while the platform team deployed it on Kubernetes."
    signs = {SIGNS[number] for number in statement(text).signs}
    assert {"modeling SAYS", "own modeling SAYS", "infrastructure NAME"} <= signs
    assert not any(sign.startswith("own infrastructure") for sign in signs)
    assert {"section employment", "context work", "own words"} <= signs


def test_an_effect_is_a_sign_and_a_head_count_is_none() -> None:
    effect = {SIGNS[n] for n in statement("Trained a model that cut losses by 12 %.").signs}
    assert {"outcome quantified", "effect"} <= effect
    plain = {SIGNS[n] for n in statement("Trained a model for the losses.").signs}
    assert not {"outcome quantified", "outcome stated", "effect"} & plain


def scores(**likely: float) -> list[int]:
    return [steps(likely.get(head, -8.0)) for head in HEADS]


def named(inputs: dict[int, int]) -> dict[str, int]:
    return {INPUTS[number]: value for number, value in inputs.items()}


def test_of_the_job_a_statement_sees_the_others_and_never_itself() -> None:
    alone = statement("Trained models with PyTorch.")
    other = statement("Ran Kubernetes.", "Seller, Beta Works")
    first = scores(done=8.0, modeling=8.0)
    mine = named(inputs_of([alone, other], [first, scores()])[0])
    assert not any(name.startswith(("job sum", "job best", "after", "before")) for name in mine)
    theirs = named(inputs_of([alone, other], [first, scores()])[1])
    assert theirs["resume best done"] == theirs["resume best ml"] == 64
    assert "job best done" not in theirs


def test_a_statement_without_a_term_gives_nothing_to_the_others() -> None:
    own = [statement("Trained models with PyTorch."), statement("Ran Kubernetes.")]
    said = [scores(done=8.0, modeling=8.0), scores(done=4.0)]
    alone = inputs_of(own, said)
    beside = statement("Served guests and kept the kitchen clean.")
    likely = scores(done=8.0, data=8.0, result=8.0)
    for at in range(3):
        found = inputs_of([*own[:at], beside, *own[at:]], [*said[:at], likely, *said[at:]])
        assert named(found.pop(at))["resume best done"] == 64
        assert found == alone


def test_what_neither_holds_a_term_nor_is_likely_to_tell_of_one_is_silent() -> None:
    found = inputs_of([statement("Kept files tidy.")] * 2, [scores(done=8.0), scores(data=-2.0)])
    assert [bool(inputs) for inputs in found] == [False, True]


def test_one_misread_line_among_forty_leaves_the_mass_of_a_job_small() -> None:
    lines = [statement(f"Used PyTorch {n} times.") for n in range(40)]
    found = inputs_of(lines, [scores(done=8.0, modeling=8.0), *([scores()] * 39)])
    last = named(found[-1])
    assert last["job best ml"] == 64
    assert last["job mean ml"] <= 2


def test_what_the_next_statement_tells_is_seen_in_the_same_job_only() -> None:
    first = statement("Trained the churn model.")
    after = statement("Losses fell by 12 %.")
    elsewhere = statement("Losses fell by 12 %.", "Seller, Beta Works")
    told = scores(result=8.0)
    assert named(inputs_of([first, after], [scores(), told])[0])["after result"] == 63
    assert "after result" not in named(inputs_of([first, elsewhere], [scores(), told])[0])


def test_inputs_are_whole_numbers_from_zero() -> None:
    lines = [statement("Trained the churn model."), statement("Ran Kubernetes for 12 teams.")]
    for inputs in inputs_of(lines, [scores(done=1.0), scores(result=-1.0)]):
        assert all(value > 0 for value in inputs.values())
        assert max(inputs) < len(INPUTS)
    assert len(set(INPUTS)) == len(INPUTS)
    assert HEADS[HEAD["done"]] == "done"


def test_achievements_told_apart_from_the_jobs_are_seen_as_work() -> None:
    job = passage("Built the feature store", heading="")
    apart = job.model_copy(update={"section": "achievements"})
    assert features(apart.text, apart) == features(job.text, job)
    lexicon = lexicon_for("en", job.text)
    one, other = (Statement(p, (0, len(p.text)), lexicon) for p in (job, apart))
    assert one.signs == other.signs


def test_the_same_words_under_another_heading_are_another_place() -> None:
    cook = statement("Built the feature store", "Line cook")
    bare = cook.under("")
    assert (bare.text, bare.place) == (cook.text, ("employment", ""))
    assert bare.signs == statement("Built the feature store", "").signs


def test_the_weights_are_those_that_the_manifest_tells_of() -> None:
    folder = Path(evaluator.readers.rules.__file__).parent
    manifest = tomllib.loads((folder / "weights.toml").read_text(encoding="utf-8"))
    data = (folder / "weights.bin").read_bytes()
    assert hashlib.sha256(data).hexdigest() == manifest["weights"]
    assert manifest["heads"] == list(HEADS)
    assert len(data) == len(HEADS) * (ROWS * WIDTHS[0] + len(INPUTS) * WIDTHS[1])
    assert {(group["part"], group["group"]) for group in manifest["people"]} >= {
        ("training", "other trades"), ("training", "written"), ("test", "kept apart"),
    }  # fmt: skip


def test_reading_twice_gives_the_same_numbers_and_loads_the_weights_once() -> None:
    lines = [statement("Trained the churn model."), statement("Losses fell by 12 %.")]
    assert shipped().read(lines) == shipped().read(lines)
    assert shipped() is shipped()
