"""The benchmark of writers tells the same facts in each style and counts what differs; two plain cases hold in all of them."""

from __future__ import annotations

import asyncio
import re

import pytest

from evaluator.models.vocabulary import Track

from .writers import STYLES, Person, figures, judged, judged_by_replies, load_people, resume

PEOPLE = load_people()


def test_each_set_tells_each_deed_in_every_style() -> None:
    assert len(PEOPLE) == 30
    assert len({person.name for person in PEOPLE}) == 30
    for person in PEOPLE:
        deeds = [deed for job in person.jobs for deed in job.deeds]
        assert len(deeds) >= 4
        assert all(len(deed) == len(STYLES) for deed in deeds), person.name
        texts = [resume(person, style) for style in STYLES]
        assert len(set(texts)) == len(STYLES)
        assert all(job.employer in text for text in texts for job in person.jobs)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_every_decimal_figure_stands_in_every_style(person: Person) -> None:
    for job in person.jobs:
        for deed in job.deeds:
            told = [set(re.findall(r"\d+\.\d+", text)) for text in deed]
            assert told[1] == told[2] == told[3], deed
            assert told[1] <= told[0], deed


def test_an_engineer_of_operations_and_an_accountant_are_told_apart_whoever_writes() -> None:
    wanted = {"Desta Wolde": Track.OPS, "Gareth Llewellyn": Track.UNRELATED}
    some = [person for person in PEOPLE if person.name in wanted]
    found = asyncio.run(judged(some))
    for person, reports in zip(some, found, strict=True):
        assert {report.track for report in reports} == {wanted[person.name]}
    measured = figures(found)
    assert (measured["sets"], measured["tracks_equal"]) == (2, 1)


def test_what_differs_is_counted() -> None:
    some = [person for person in PEOPLE if person.name in {"Desta Wolde", "Gareth Llewellyn"}]
    one, other = asyncio.run(judged(some))
    mixed = figures([[one[0], *other[1:]]])
    assert (mixed["bands_equal"], mixed["tracks_equal"], mixed["bands_within_one"]) == (0, 0, 0)
    assert mixed["as_plain"] == {"terse": 0, "plain": 1, "polished": 1, "non-native": 1}
    assert mixed["spread_most"] == pytest.approx(one[0].axes.ops.score - min(r.axes.ops.score for r in other), abs=0.1)  # fmt: skip


def test_with_a_model_no_style_moves_a_band_by_more_than_one() -> None:
    found = asyncio.run(judged_by_replies(PEOPLE))
    measured = figures(found)
    assert measured["bands_within_one"] == 1
    assert sum(len({report.track for report in reports}) == 1 for reports in found) >= 25
