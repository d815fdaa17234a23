"""Lists in a text of any form: found whole or not at all, whatever stands around them."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.readers.json_values import lists_in, name_of, without_thinking
from evaluator.readers.wire import InvalidReply, parse_reply

ITEM = {
    "source": "resume", "passage": 1, "anchor": "Trained a model", "dimension": "modeling", "context": "work",
    "agency": "owned", "outcome": "none", "production": False, "system": "ml",
}  # fmt: skip
GOOD = json.dumps({"items": [ITEM], "scope": []})
_SCRAPS = ["{", "}", "[", "]", '"', "'", "\\", ",", ":", "//", "/*", "*/", "None", "<think>", "</think>", "\n", "items", "1", GOOD]  # fmt: skip


@given(st.lists(st.sampled_from(_SCRAPS), max_size=40).map("".join))
def test_any_text_is_a_reply_or_an_invalid_one(text: str) -> None:
    found = lists_in(text)
    assert found is None or isinstance(found.items, list)
    with suppress(InvalidReply):
        assert all(f.anchor == "Trained a model" for f in parse_reply(text).findings)


@given(st.text(alphabet="ab {}[]<>/", max_size=60), st.text(alphabet="ab .!", max_size=60))
def test_prose_around_an_answer_hides_nothing(before: str, after: str) -> None:
    assert len(parse_reply(f"{before}\n{GOOD}\n{after}").findings) == 1


@pytest.mark.parametrize(
    "torn", ['{{"items": [{0},', '{{"a": [{0}, {{', "[{0}, {0}", '{{"items": [{0}, {{"source']
)
def test_items_of_a_torn_list_are_not_taken_for_all(torn: str) -> None:
    assert lists_in(torn.format(json.dumps(ITEM))) is None


def test_a_whole_list_is_read_though_what_is_around_it_is_torn() -> None:
    assert len(parse_reply(GOOD[:-1]).findings) == 1


def test_the_last_answer_counts_and_a_draft_does_not() -> None:
    draft = json.dumps({"items": [{**ITEM, "anchor": "draft of it"}]})
    for text in (f"{draft}\nBetter:\n{GOOD}", f"<think>{draft}</think>{GOOD}", f"{draft}</think>{GOOD}"):  # fmt: skip
        assert [f.anchor for f in parse_reply(text).findings] == ["Trained a model"]


def test_an_example_in_a_schema_is_no_answer() -> None:
    schema = {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object"}}}}  # fmt: skip
    assert lists_in(json.dumps(schema)) is None


def test_thoughts_and_names() -> None:
    assert without_thinking("<think>a</think>b<thinking>c</thinking>d</think>e<think>f") == (
        "bd</think>e<think>f"
    )
    assert {name_of(key) for key in ("resultPassage", "Result-Passage", " result passage")} == {
        "result_passage"
    }
