"""Every short labelled resume shows a difficulty that no other of its split shows."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

from evaluator.calibration import Label, load_labels

from ..conftest import ROOT

SHORT = [
    label
    for label in load_labels(ROOT / "fixtures" / "labels.toml")
    if label.resume.parent.name == "labelled"
]
# Traps of one kind in one language differ in their words alone; so many of them are kept at most.
TRAPS = {"dev": 4, "test": 2}


def layout(resume: Path) -> tuple[bool, ...]:
    """Whether it has bullets, headings, and jobs with headings of their own."""
    text = resume.read_text(encoding="utf-8")
    return (bool(re.search(r"(?m)^[-*•・·]\s", text)), bool(re.search("(?m)^#", text)), "### " in text)  # fmt: skip


def draw(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def shows(label: Label) -> set[tuple[object, ...]]:
    """The difficulties; of the test split, which gives the figures and is learned from by nobody, coarser ones."""
    kind, language, track = label.style, label.language, label.track
    form = layout(label.resume)
    found: set[tuple[object, ...]] = {("kind", kind, form), ("language", language, form)}
    levels = label.levels or {}
    if label.split == "test":
        found |= {("kind", kind, track), ("kind", kind, language), ("language", language, track)}
        found |= {("dimension", dimension) for dimension in levels}
    else:
        found |= {("kind", kind, language, track), ("kind", kind, label.seniority)}
        for dimension, level in levels.items():
            found |= {("kind", kind, dimension), ("language", language, dimension), (dimension, level)}  # fmt: skip
    if label.ignores:
        number = draw(f"labelled/{label.resume.name}") % TRAPS[label.split]
        found.add(("trap", kind, language, number))
    return found


@pytest.mark.parametrize("split", ["dev", "test"])
def test_none_shows_only_what_others_show(split: str) -> None:
    shown = {label.id: shows(label) for label in SHORT if label.split == split}
    assert len(shown) > 50
    times = Counter(difficulty for found in shown.values() for difficulty in found)
    assert [name for name, found in shown.items() if all(times[one] > 1 for one in found)] == []
