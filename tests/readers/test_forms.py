"""Looking up by first letters finds what an ordinary search of each form finds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evaluator.readers.rules
from evaluator.models.vocabulary import Dimension
from evaluator.readers.rules.lexicon import (
    Concepts,
    Pattern,
    Phrases,
    PreparedText,
    Strength,
    lexicon_for,
)
from evaluator.text.forms import ByStart, Finder, Forms, Search, prefixes, word_starts

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
        tried = ByStart([("x", quick)])[prefix]
        assert any(match_at(text, start) for _, match_at in tried) == (expected is not None)


RESULTS = [
    r"\d{1,3}\s?%|\b(?:two|three) times", r"[$€]\s?\d+", r"(?<![\w.])\d+ (?:ms|fps)|\bto half\b", "p9[59]",
]  # fmt: skip
TOLD = st.sampled_from(
    "5 % 12% two times two-times $ 5 €7 ms 40 fps x40 .40 to half p95 xp99 P99 three TIMES".split(
        " "
    )
)


@given(st.lists(TOLD, max_size=9).map(" ".join))
def test_a_search_by_first_letters_finds_what_the_whole_expression_finds(text: str) -> None:
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(RESULTS)})", re.I)
    assert Search(RESULTS).finds(text) == (whole.search(text) is not None)


IN_ORDER = [
    r"\d{2} (?:years|ans)", r"(?:^|(?<=[|·])) ?single", r"b?orn in (?-i:[A-Z])\w+", "born in", "(?:my|his) wife", "ſingular|Istanbul", r"(?-i:[A-Z]\w+ )?Club",
]  # fmt: skip
WRITTEN = st.sampled_from(
    ["30 years", "٣٠ ans", "single", "| single", "single ", "Born in", "orn in", "Rome", "rome", "my wife", "MY WIFEs", "singular", "İstanbul", "ıstanbul", "Chess Club", "club", "\n", "·", "-", "x"]
)  # fmt: skip


@given(st.lists(WRITTEN, max_size=9), st.sampled_from(["", " "]))
def test_a_finder_finds_the_places_of_the_whole_expression_in_its_order(
    words: list[str], between: str
) -> None:
    text = between.join(words)
    forms = [form.replace(" ", r"\s") for form in IN_ORDER]
    whole = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I | re.M)
    expected = [match.span() for match in whole.finditer(text)]
    assert [match.span() for match in Finder(forms).finditer(text)] == expected
    assert Finder(forms).without(text) == whole.sub(" ", text)


def test_a_search_refuses_a_form_that_may_begin_with_anything() -> None:
    with pytest.raises(ValueError, match="ingenieur"):
        Search([r"\S*ingenieur"])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("They built it", 0),
        ("and they built it", None),
        ("We ran it", 0),
        ("what we ran was led by them", len("what we ran was ")),
        ("by a Chefingenieur who led it", len("by a ")),
        ("led by a Chefingenieur", 0),
    ],
)
def test_a_phrase_stands_where_its_first_form_does(text: str, place: int | None) -> None:
    forms = ["^they built", "^(?:we|you) ran|led", r"\S*ingenieur"]
    assert Phrases([("x", Pattern(forms, {}, "en"))]).place("x", PreparedText(text)) == place


def test_a_concept_is_found_once_at_a_place_whatever_its_forms_begin_with() -> None:
    forms = ["model", "mo(?:del|nitor) drift", r"\S*del drifts?", "^model"]
    concepts = Concepts([((Dimension.MONITORING, Strength.NAME), Pattern(forms, {}, "en"))])
    (hit,) = concepts.hits(PreparedText("model drifts"))
    assert (hit.start, hit.end) == (0, len("model drifts"))


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("trained", {"tra"}),
        ("(?:built|led) x", {"bui", "led"}),
        ("(?:very )?fast", {"ver", "fas"}),
        ("a/b", {"a"}),
        ("colou?rs", {"col"}),
        ("to", {"to"}),
        ("x?gboost", {"x", "gbo"}),
        (r"\w*modell", None),
        ("(?!no)cluster|Kafka", {"clu", "kaf"}),
        ("(?:a|b)?", None),
        (r"\d+ nodes", set("0123456789")),
        (r"\d? nodes", None),
        ("(?-i:CI) for", {"ci"}),
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
    said = PreparedText("Designed and trained a fraud\nmodel; Kubernetes. 设计 設計 मॉडल")
    lexicon = lexicon_for(path.stem, said.text)
    assert {hit.dimension.value for hit in lexicon.find(said)} >= {"modeling", "infrastructure"}


def test_hindi_in_latin_letters_is_told_by_its_small_words() -> None:
    text = "Model banaya aur train kiya, production mein hai, team ke liye"
    assert lexicon_for("en", text) is not lexicon_for("en", "Built and trained a model")
