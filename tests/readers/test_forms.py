"""Looking up by first letters finds what an ordinary search of each form finds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evaluator.readers.rules
from evaluator.readers.rules.forms import Forms, prefixes, word_starts
from evaluator.readers.rules.lexicon import Pattern, Said, lexicon_for

FOLDER = Path(evaluator.readers.rules.__file__).parent / "lexicon"
FORMS = [
    r"train(?:ed|ing)? models?",
    r"(?:built|build) (?:\S+ ){0,3}?pipelines?",
    r"(?:very )?fast",
    r"a/b tests?",
    r"\w*modell\w*",
    r"(?<!no )cluster",
    r"(?:p99|p95)",
    r"x?gboost",
    r"\d+ ms",
    r"o{2}ps",
]
WORDS = st.sampled_from(
    "trained train training models model built the a pipelines pipeline very fast a/b tests Prognosemodelle "
    "no cluster p99 p95 xgboost gboost 20 ms oops Very FAST trainer faster über".split()
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_the_same_is_found_at_every_word(text: str) -> None:
    quick = Forms(FORMS)
    plain = re.compile(rf"(?:{'|'.join(FORMS)})(?!\w)", re.I)
    for start, prefix in word_starts(text):
        expected = plain.match(text, start)
        found = [p.match(text, start) for p in quick.starting_with(prefix)]
        assert any(found) == (expected is not None)


def test_forms_of_the_beginning_hold_there_only() -> None:
    pattern = Pattern(["^they built", "^(?:we|you) ran|led"], {}, "en")
    assert pattern.first(Said("They built it")) == 0
    assert pattern.first(Said("and they built it")) is None
    assert pattern.first(Said("We ran it")) == 0
    assert pattern.first(Said("what we ran was led by them")) == len("what we ran was ")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("trained", {"tra"}),
        ("(?:built|led) x", {"bui", "led"}),
        ("(?:very )?fast", {"ver", "fas"}),
        ("a/b", {"a"}),
        ("colou?rs", {"col"}),
        ("to", {"to"}),
        ("x?gboost", None),
        (r"\w*modell", None),
        ("(?!no)cluster|Kafka", {"clu", "kaf"}),
        ("(?:a|b)?", None),
    ],
)
def test_prefixes(form: str, expected: set[str] | None) -> None:
    assert prefixes(form) == expected


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda p: p.stem)
def test_every_file_compiles_and_has_all_dimensions(path: Path) -> None:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    assert len(raw["concepts"]) == 12
    assert {"owned", "contributed", "stated", "denied", "others", "wish", "ml", "software"} <= set(
        raw["phrases"]
    )
    said = Said("Designed and trained a fraud model; Kubernetes. 设计 設計 मॉडल")
    lexicon = lexicon_for(path.stem, said.text)
    assert {hit.dimension.value for hit in lexicon.find(said)} >= {"modeling", "infrastructure"}


def test_hindi_in_latin_letters_is_told_by_its_small_words() -> None:
    text = "Model banaya aur train kiya, production mein hai, team ke liye"
    assert lexicon_for("en", text) is not lexicon_for("en", "Built and trained a model")
