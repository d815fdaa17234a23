"""Views in addresses."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import settings as few
from hypothesis import strategies as st

from evaluator.models.vocabulary import Dimension
from evaluator.service.filtering import View

NAMES = ["q", "track", "ml", "ops", "seniority", "standing", "flag", "decision", "met", "clear", "sort", "page", *Dimension]  # fmt: skip


@few(max_examples=60)
@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["1", "2", "4", "dual", "senior", "yes", "ml", "hidden text", "GPU & more", "x", "", "99999999", "²", "-1"])))  # fmt: skip
def test_an_address_and_its_view_say_the_same(asked: dict[str, str]) -> None:
    view = View.of(asked)
    assert View.of(dict(parse_qsl(view.query(page=view.page)))) == view


def test_what_an_address_says_without_sense_is_passed_over() -> None:
    nonsense = {"track": "<script>", "ml": "9", "ops": "-1", "page": "0", "modeling": "x", "sort": "__class__", "decision": "hire"}  # fmt: skip
    assert View.of(nonsense) == View()
    assert View.of({"q": "  GPU   clusters " + "x" * 500}).q.startswith("GPU clusters x")
    assert len(View.of({"q": "x" * 500}).q) == 200


@pytest.mark.parametrize(
    ("asked", "narrows", "further"),
    [({}, 0, 0), ({"track": "ml", "q": "x"}, 1, 0), ({"modeling": "2", "clear": "1"}, 2, 2)],
)
def test_set_filters_are_counted(asked: dict[str, str], narrows: int, further: int) -> None:
    view = View.of(asked)
    assert (view.narrows, view.narrows_further) == (narrows, further)
