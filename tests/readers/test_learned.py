"""The classifier of statements: its features, its file, its training."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from evaluator.calibration import load_labels
from evaluator.models.evidence import Finding
from evaluator.models.reading import ReadingRequest, ShownPassage, ShownSource
from evaluator.models.vocabulary import Context, Dimension
from evaluator.readers.rules import learned
from evaluator.readers.rules.learned import (
    BIAS,
    MENTION,
    TARGETS,
    compiled,
    features,
    likelihoods,
    mention,
    probabilities,
    senses_in,
)
from evaluator.readers.rules.reader import RulesReader
from training import __main__ as training
from training.__main__ import Example, train, written


def test_features_are_stems_pairs_pieces_and_characters() -> None:
    found = features("Trained 40 Netzwerke")
    assert {BIAS, "train", "0", "netzw", "^ trai", "0 netz", "~rain"} <= set(found)
    assert {"模型", "型训"} <= set(features("模型训练 with Python"))
    assert "pytho" in features("模型training,Python")
    assert features("") == {BIAS: 1.0}


def test_it_learns_what_it_is_shown() -> None:
    shown = [(d, w) for d, w in ((Dimension.DATA, "labelled pictures"), (Dimension.MONITORING, "alerts at night"))]  # fmt: skip
    every = frozenset(TARGETS)
    examples = [
        Example(f"{words} {noise}", frozenset({dimension.value}), every, f"{dimension}{noise}")
        for dimension, words in shown
        for noise in ("for us", "every day", "in the plant", "with care", "since spring")
    ]
    others = (Example(f"{w} sold shoes", frozenset({MENTION}), every, w) for w in "abcd")
    weights = compiled(train([*examples, *others]))
    found = likelihoods("labelled many pictures", weights)
    assert max(found, key=lambda target: found[target]) == Dimension.DATA.value
    assert found[Dimension.DATA.value] > 0.5 > found[Dimension.MONITORING.value]
    assert found[MENTION] < 0.5 < likelihoods("we sold many shoes", weights)[MENTION]


def test_a_target_is_learned_from_those_that_were_judged_for_it() -> None:
    judged = frozenset({Dimension.DATA.value})
    examples = [
        Example(f"{word} files", frozenset({Dimension.DATA.value} if word == "cleaned" else ()), judged, str(n))
        for n in range(4)
        for word in ("cleaned", "sold")
    ]  # fmt: skip
    weights = compiled(
        train([*examples, Example("cleaned files", frozenset(), frozenset({MENTION}), "x")])
    )
    assert likelihoods("cleaned files", weights)[Dimension.DATA.value] > 0.5


@pytest.mark.parametrize(
    ("text", "senses"),
    [
        ("I built something that tells which pumps will fail", ["make", "thing", "tell", "which", "future"]),
        ("never shown the last winter, wrong in one of ten", ["unseen", "error"]),
        ("Hatte nie gelernt, was er erkennt", ["teach", "tell"]),
        ("", []),
    ],
)  # fmt: skip
def test_words_of_one_sense_are_one(text: str, senses: list[str]) -> None:
    assert senses_in(text) == senses


@pytest.mark.parametrize(
    ("text", "is_mention"),
    [
        ("The models are trained by another team", True),
        ("Would love to use Kubernetes one day", True),
        ("The vendor deploys the model", True),
        ("Trained the churn model on two years of calls", False),
        ("Set up alerts for slow endpoints", False),
    ],
)
def test_what_others_did_is_told_from_own_work(text: str, is_mention: bool) -> None:
    assert (mention(text) > 0.5) is is_mention


def test_the_sentences_are_many_in_every_language_and_dimension() -> None:
    sentences = written()
    assert len(sentences) >= 1900
    for dimension in Dimension:
        assert sum(dimension.value in example.of for example in sentences) >= 30
    assert sum(MENTION in example.of for example in sentences) >= 400


def test_what_the_forms_find_does_not_hang_on_what_was_learned_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    some = load_labels(training.ROOT / "fixtures/labels.toml")[:8]
    monkeypatch.setattr(training, "load_labels", lambda _: some)
    found = asyncio.run(training.found_by_forms())
    assert found
    learned._read.cache_clear()
    monkeypatch.setattr(learned, "_weights", dict)
    assert asyncio.run(training.found_by_forms()) == found


def findings(heading: str, *lines: str, language: str | None = "en") -> Sequence[Finding]:
    passages = [
        ShownPassage(
            number=n, section="employment", context=Context.WORK, heading=heading, text=line
        )
        for n, line in enumerate(lines, start=1)
    ]
    source = ShownSource(name="resume", passages=tuple(passages))
    return RulesReader().read_now(ReadingRequest(language=language, sources=(source,))).findings


_UNKNOWN = "Sifted recordings with the fitters until only usable ones were left"


@pytest.mark.parametrize(
    ("heading", "line", "dimensions"),
    [
        ("Data Scientist, Alpha", _UNKNOWN, {Dimension.DATA}),
        ("Cook, Alpha", "Planned the menu for two hundred guests and bought the fish", set()),
        ("Cook, Alpha", "Examples", set()),
    ],
)
def test_it_speaks_where_the_forms_are_silent(
    heading: str, line: str, dimensions: set[Dimension]
) -> None:
    found = findings(heading, "Trained a churn model with XGBoost, AUC 0.9.", line)
    assert {f.shows.dimension for f in found if f.passage == 2} == dimensions


def test_it_is_silent_in_a_language_whose_denials_nobody_knows() -> None:
    line = "Reuní y etiqueté 20.000 fotografías de hojas con el equipo"
    assert probabilities(line)[Dimension.DATA] > 0.9
    assert findings("Data Scientist", line, language="es")
    assert findings("Data Scientist", line, language="it") == ()
