"""The classifier of statements: its features, its file, its training."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evaluator.models.evidence import Finding
from evaluator.models.reading import ReadingRequest, ShownPassage, ShownSource
from evaluator.models.vocabulary import Context, Dimension
from evaluator.readers.rules.learned import BIAS, features, probabilities
from evaluator.readers.rules.reader import RulesReader
from training.__main__ import Example, train, written


def test_features_are_stems_pairs_pieces_and_characters() -> None:
    found = features("Trained 40 Netzwerke")
    assert {BIAS, "train", "0", "netzw", "^ trai", "0 netz", "~rain"} <= set(found)
    assert {"模型", "型训"} <= set(features("模型训练 with Python"))
    assert "pytho" in features("模型training,Python")
    assert features("") == {BIAS: 1.0}


def test_it_learns_what_it_is_shown() -> None:
    shown = [(d, w) for d, w in ((Dimension.DATA, "labelled pictures"), (Dimension.MONITORING, "alerts at night"))]  # fmt: skip
    examples = [
        Example(f"{words} {noise}", frozenset({dimension}), f"{dimension}{noise}")
        for dimension, words in shown
        for noise in ("for us", "every day", "in the plant", "with care", "since spring")
    ]
    weights = train([*examples, *(Example(f"{w} sold shoes", frozenset(), w) for w in "abcd")])
    found = probabilities("labelled many pictures", weights)
    assert max(found, key=lambda d: found[d]) is Dimension.DATA
    assert found[Dimension.DATA] > 0.5 > found[Dimension.MONITORING]


def test_the_sentences_are_many_in_every_language_and_dimension() -> None:
    sentences = written()
    assert len(sentences) >= 850
    for dimension in Dimension:
        assert sum(dimension in example.dimensions for example in sentences) >= 30
    assert sum(not example.dimensions for example in sentences) >= 150


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
