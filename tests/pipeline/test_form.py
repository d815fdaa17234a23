"""The form of a resume moves no verdict: the same statements by job, by theme, in capitals, in paragraphs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from evaluator import Evaluator, Settings
from evaluator.calibration import Label, load_labels

from ..conftest import ROOT


@dataclass
class Told:
    """A Markdown resume taken apart."""

    head: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def taken_apart(text: str) -> Told:
    told, other = Told(), False
    for line in text.split("\n"):
        if line.startswith("### "):
            told.jobs.append(line[4:])
        elif line.startswith("## "):
            other = "xperience" not in line and "ork" not in line
            if other:
                told.rest.append(line)
        elif other:
            told.rest.append(line)
        elif line.startswith("- "):
            told.statements.append(line[2:])
        elif not told.jobs:
            told.head.append(line)
    return told


def bullets(statements: list[str], mark: str = "-") -> list[str]:
    return [f"{mark} {statement}" for statement in statements]


def by_achievement(told: Told) -> list[str]:
    return [*told.head, "## Key achievements", *bullets(told.statements), "", "## Employment history", *told.jobs, "", *told.rest]  # fmt: skip


def in_capitals(told: Told) -> list[str]:
    plain = [line.lstrip("# ") if line.startswith("#") else line for line in told.rest]
    return [told.head[0].lstrip("# "), "", "WHAT I ACHIEVED", "", *bullets(told.statements, "*"), "", "EMPLOYMENT", "", *told.jobs, "", *plain]  # fmt: skip


def by_area(told: Told) -> list[str]:
    plain = [line.lstrip("# ") for line in told.rest]
    return [told.head[0].lstrip("# "), "", "KEY ACHIEVEMENTS", "", "Area one", *bullets(told.statements[:2]), "", "Area two", *bullets(told.statements[2:]), "", "CAREER", *told.jobs, "", *plain]  # fmt: skip


def in_paragraphs(told: Told) -> list[str]:
    whole = [f"{line.rstrip('.')}." for line in told.statements]
    first, second = " ".join(whole[:2]), " ".join(whole[2:])
    return [*told.head, "## Highlights", "", first, "", second, "", "## Positions", *told.jobs, "", *told.rest]  # fmt: skip


TITLES = {
    "gideon-park",
    "goran-babic",
    "ignacy-sobol",
    "jory-penhallow",
    "liam-onuoha",
    "petra-hale",
}
"""Their statements speak no word of this trade, or of another one: only the title of the job, or of the section, tells
which it is, and the forms below take it away."""
LABELS = [
    label
    for label in load_labels(ROOT / "fixtures" / "labels.toml")
    if label.split == "dev" and label.language == "en" and label.resume.suffix == ".md"
    if label.resume.read_text("utf-8").count("\n- ") >= 4 and label.id not in TITLES
]


OPPOSED = [{"ml", "ops"}, *({"unrelated", track} for track in ("ml", "ops", "dual"))]


@pytest.mark.parametrize("form", [by_achievement, in_capitals, by_area, in_paragraphs])
def test_the_form_moves_no_track(form: Callable[[Told], list[str]]) -> None:
    """One of forty-four that stands at a border may fall to the other side, and nobody further."""

    async def tracks(label: Label) -> tuple[str, str, str]:
        text = label.resume.read_text(encoding="utf-8")
        other = "\n".join(form(taken_apart(text))).encode()
        before, after = await evaluator.evaluate(label.resume), await evaluator.evaluate(other)
        return label.id, before.track, after.track

    async def all_of_them() -> list[tuple[str, str, str]]:
        async with evaluator:
            return [
                await tracks(label) for label in LABELS[:44] if "### " in label.resume.read_text()
            ]

    evaluator = Evaluator(Settings(reader="rules", offline=True))
    found = asyncio.run(all_of_them())
    assert len(found) >= 40
    moved = [one for one in found if one[1] != one[2]]
    assert len(moved) <= 1
    assert not any({before, after} in OPPOSED for _, before, after in moved)
