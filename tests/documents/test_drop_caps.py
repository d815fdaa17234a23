"""Large initials of several lines, which pictures of pages put beside other words."""

from __future__ import annotations

import pytest

from evaluator.documents.draft import Draft, DraftLine
from evaluator.documents.drawing import confirming
from evaluator.documents.drawing.confirming import confirmed
from evaluator.documents.drawing.pictures import View

LINES = ["B", "aker with a long history. Ordered flour each Monday"]


def _confirmed(monkeypatch: pytest.MonkeyPatch, shown: list[str]) -> list[str]:
    seen = Draft(lines=[DraftLine(line) for line in shown])
    monkeypatch.setattr(confirming, "read_view", lambda _: seen)
    found = confirmed(Draft(lines=[DraftLine(line) for line in LINES]), [View(b"")])
    assert found is not None
    return [line.text for line in found.lines]


def test_a_word_beside_an_initial_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = ["aker with a long history. Ordered flour each", "BMonday"]
    assert _confirmed(monkeypatch, shown) == LINES


def test_a_word_that_is_not_there_is_still_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = ["B", "aker with a long history. Ordered flour each"]
    assert _confirmed(monkeypatch, shown) == [LINES[0], LINES[1].removesuffix(" Monday")]
