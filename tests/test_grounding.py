"""A quote counts only when it stands in its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.documents.reading import read_document
from evaluator.grounding import GroundedSource, find_anchor, ground
from evaluator.models.document import RESUME
from evaluator.models.evidence import Attributes, Evidence, Finding
from evaluator.models.shown import Piece, ShownText
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome

SENTENCE = "Reduced inference latency from 512 ms to 90 ms for 3 million users at Kestrel Maps without downtime"

KEPT = {
    "verbatim": "latency from 512 ms to 90 ms",
    "case": "REDUCED INFERENCE LATENCY",
    "typography": "latency from 512\u00a0ms to 90 ms",
    "punctuation": "latency, from 512 ms; to 90 ms!",
    "elided": "Reduced inference latency … for 3 million users",
    "elided with dots": "Reduced inference ... for 3 million users",
    "dropped article": "Reduced inference latency from 512 ms to 90 for 3 million users at Kestrel Maps",
}
REFUSED = {
    "number changed": "latency from 512 ms to 9 ms",
    "number cut": "latency from 12 ms to 90 ms",
    "letters glued": "educed inference latenc",
    "other employer": "3 million users at Falcon Maps",
    "other technology": "Reduced training latency from 512 ms to 90 ms for 3 million users",
    "denied": "Reduced inference latency from 512 ms to 90 ms for 3 million users not at Kestrel Maps",
    "spliced": "Reduced inference latency at Kestrel Maps without downtime",
    "invented": "Led twelve engineers in three countries",
    "backwards pieces": "3 million users … Reduced inference latency",
    "empty": "",
    "dashes": "—",
}


@pytest.mark.parametrize("anchor", KEPT.values(), ids=KEPT.keys())
def test_harmless_variants_are_found(anchor: str) -> None:
    assert find_anchor(anchor, SENTENCE) is not None


@pytest.mark.parametrize("anchor", REFUSED.values(), ids=REFUSED.keys())
def test_fakes_are_refused(anchor: str) -> None:
    assert find_anchor(anchor, SENTENCE) is None


@given(st.text(min_size=12, max_size=80), st.data())
def test_any_piece_between_boundaries_is_found_where_it_stands(
    text: str, data: st.DataObject
) -> None:
    words = text.split()
    if not words:
        return
    start = data.draw(st.integers(0, len(words) - 1))
    piece = " ".join(words[start : start + 4])
    span = find_anchor(piece, text)
    if span is None:
        assert not any(c.isalnum() for c in piece)
    else:
        assert 0 <= span[0] < span[1] <= len(text)


def _shown(number: int, text: str, start: int) -> ShownText:
    piece = Piece(
        shown_start=0,
        shown_end=len(text),
        source_start=start,
        source_end=start + len(text),
        verbatim=True,
    )
    return ShownText(
        number=number,
        section="employment",
        context=Context.WORK,
        heading="",
        text=text,
        pieces=(piece,),
    )


SHOWS = Attributes(
    dimension=Dimension.MODELING, context=Context.WORK, agency=Agency.OWNED, outcome=Outcome.NONE, production=False, ml_specific=True,
)  # fmt: skip


def _finding(anchor: str, passage: int = 1, source: str = RESUME) -> Finding:
    return Finding(source=source, passage=passage, anchor=anchor, shows=SHOWS)


TEXT = "Built the first model of all. It was good.\nBuilt the second model of all."
DOCUMENT = read_document(TEXT.encode(), "a.txt")
SOURCE = GroundedSource(
    name=RESUME, text=TEXT, shown=(_shown(1, TEXT[:42], 0), _shown(2, TEXT[43:], 43))
)


def _quotes(*findings: Finding) -> tuple[list[str], list[str]]:
    found = ground(findings, [SOURCE], DOCUMENT)
    for item in found.evidence:
        assert TEXT[item.location.start : item.location.end] == item.quote
    return [item.quote for item in found.evidence], [one.reason.value for one in found.dropped]


def test_a_quote_is_the_whole_sentence_of_the_source() -> None:
    assert _quotes(_finding("the first model")) == (["Built the first model of all."], [])


def test_a_quote_ends_where_others_deeds_begin() -> None:
    text = "Built the churn model; the platform team deployed it; I watched its scores."
    source = GroundedSource(name=RESUME, text=text, shown=(_shown(1, text, 0),))
    document = read_document(text.encode(), "a.txt")

    def quote(anchor: str) -> str:
        (item,) = ground([_finding(anchor)], [source], document).evidence
        return item.quote

    assert quote("Built the churn model") == "Built the churn model"
    assert quote("I watched its scores.") == "I watched its scores."
    assert quote("the churn model") == "Built the churn model"
    assert (
        quote("churn model; the platform team deployed")
        == "Built the churn model; the platform team deployed it"
    )


def test_a_wrong_passage_number_is_mended_only_when_the_anchor_is_unique() -> None:
    assert _quotes(_finding("Built the second model", 1)) == (
        ["Built the second model of all."],
        [],
    )
    assert _quotes(_finding("model of all", 7)) == ([], ["quote_not_found"])
    assert _quotes(_finding("good", 2)) == ([], ["quote_not_found"])


def test_forged_quotes_and_unknown_sources_are_rejected() -> None:
    forged, elsewhere = _finding("Led forty engineers"), _finding("the first model", source="x/y")
    assert _quotes(forged, elsewhere) == ([], ["quote_not_found", "unknown_source"])


def test_duplicates_become_one_item_and_ids_count() -> None:
    found = ground(
        [_finding("second model", 2), _finding("first model"), _finding("the first")],
        [SOURCE],
        DOCUMENT,
    )
    assert [item.id for item in found.evidence] == ["e1", "e2"]
    assert found.evidence[1].location.line == 2


def _item(**changes: object) -> Evidence:
    (item,) = ground([_finding("first model")], [SOURCE], DOCUMENT).evidence
    return item.model_copy(update=changes)
