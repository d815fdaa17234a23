"""What forms begin with: they are tried nowhere else, and find the same."""

from __future__ import annotations

import re

import pytest

from evaluator.roles.advert_words import kinds, words
from evaluator.roles.beginnings import Forms, beginnings_of
from evaluator.roles.speech import languages_in

from ..conftest import RESUMES


@pytest.mark.parametrize(
    ("form", "found"),
    [
        (r"\bbank\w*", {"bank"}),
        (r"\b(?:Asset manag\w+|loans?|e-?commerce)\b", {"asset manag", "loan", "e"}),
        (r"\bno (?:\w+ ){0,3}(?:experience|knowledge)\b", {"no "}),
        (r"(?<!driving )\blicence\b", {"licence"}),
        (r"\b(?P<n>\d{1,2})\s*(?:years|-)", {r"\d"}),
        (r"one|(?:two|three) or|four", {"one", "two", "three", "four"}),
        (r"\b(?:work )?from anywhere", None),
        (r"\b(?:a|b)*c", None),
        (r"^\s+no", None),
        (r"x?y", None),
    ],
)
def test_what_a_form_begins_with(form: str, found: set[str] | None) -> None:
    assert beginnings_of(form) == found


def test_what_is_tried_where_it_may_begin_finds_what_is_tried_everywhere() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(RESUMES.glob("*.md"))]
    texts.append("İzmir bank; 12 years at banks. Twelve loans, 3 years, hr tech.")
    assert len(texts) > 3
    found = 0
    for trade in kinds("domains"):
        tried = Forms(words("domains", trade))
        plain = re.compile("|".join(f"(?:{form})" for form in words("domains", trade)), re.I)
        for text in texts:
            there = [m.span() for m in tried.finditer(text, text.lower())]
            assert there == [m.span() for m in plain.finditer(text)]
            found += len(there)
    assert found > 10


def test_languages_are_named_in_their_order_and_apart() -> None:
    text = "English, Deutschkenntnisse and 日本語; polishing italiano"
    named = [(code, text[start:end]) for code, start, end in languages_in(text)]
    assert named == [("en", "English"), ("de", "Deutschkenntnisse"), ("ja", "日本語"), ("it", "italiano")]  # fmt: skip
