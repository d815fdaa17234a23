"""Questions in words, answered from evidence first."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import settings as few
from hypothesis import strategies as st

from evaluator.service.searching import TextIndex, words_of


def made(*texts: tuple[str, list[str], str]) -> TextIndex:
    index = TextIndex()
    index.stale({id_: 1 for id_, _, _ in texts})
    index.add((id_, 1, report(quotes), text) for id_, quotes, text in texts)
    return index


def report(quotes: list[str]) -> str:
    items = [{"id": f"e{n}", "quote": quote, "result_quote": None} for n, quote in enumerate(quotes, start=1)]  # fmt: skip
    return json.dumps({"evidence": items})


POOL = (
    ("a", ["Ran the GPU clusters of the lab"], "Skills: Excel"),
    ("b", ["Wrote reports"], "Hobbies: building a cluster of GPUs at home"),
    ("c", ["Trained a model on one GPU"], "none"),
)


def test_evidence_comes_before_the_rest_of_the_resume() -> None:
    found = made(*POOL).search("who ran GPU clusters?")
    assert found.ids == ("a", "b")
    assert found.is_whole


def test_blind_search_reads_evidence_alone() -> None:
    assert made(*POOL).search("GPU clusters", only_evidence=True).ids == ("a",)


def test_if_nobody_has_all_words_those_with_some_are_named_as_such() -> None:
    found = made(*POOL).search("GPU zeppelins")
    assert not found.is_whole
    assert set(found.ids) == {"a", "b", "c"}
    assert made(*POOL).search("zeppelins").ids == ()


def test_what_was_found_is_shown_in_its_words() -> None:
    index = made(*POOL)
    found = index.search("gpu cluster")
    shown = index.snippets(["a", "b", "nobody"], found.query)
    assert [p.text for p in shown["a"].pieces if p.is_hit] == ["GPU", "clusters"]
    assert shown["a"].item == "e1"
    assert shown["b"].item is None
    assert set(index.snippets(["a", "b"], found.query, only_evidence=True)) == {"a"}


def test_who_is_gone_or_changed_is_found_no_more_by_the_old_words() -> None:
    index = made(*POOL)
    assert index.stale({"a": 2, "c": 1}) == ["a"]
    index.add([("a", 2, report(["Sold bread"]), None)])
    assert index.search("GPU").ids == ("c",)
    assert index.search("bread").ids == ("a",)


@pytest.mark.parametrize("question", ["", "  ", "?!", '"', "NEAR(", "a OR b", "text:x", "who ran it"])  # fmt: skip
def test_no_question_is_a_program(question: str) -> None:
    index = made(*POOL)
    index.snippets(["a"], index.search(question).query)


@few(max_examples=40)
@given(st.text(max_size=40))
def test_any_text_can_be_asked(question: str) -> None:
    index = _INDEX
    index.snippets(["a"], index.search(question).query)


_INDEX = made(*POOL)


def test_question_words_alone_are_looked_for_after_all() -> None:
    assert words_of("who works here") == ["who", "works", "here"]
    assert words_of("Who RAN gpu clusters?") == ["gpu", "clusters"]
