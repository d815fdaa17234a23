"""The form of a resume moves no verdict: the same statements by job, by theme, in capitals, in paragraphs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

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


FORMS: list[Callable[[Told], list[str]]] = [by_achievement, in_capitals, by_area, in_paragraphs]


@pytest.mark.no_cover
def test_the_form_moves_no_track() -> None:
    """By each form one of forty-four that stands at a border may fall to the other side, and nobody further."""

    async def tracks(label: Label) -> list[str]:
        """As it stands, and in each form."""
        told = taken_apart(label.resume.read_text(encoding="utf-8"))
        read: list[Path | bytes] = [label.resume]
        read += ["\n".join(form(told)).encode() for form in FORMS]
        return [(await evaluator.evaluate(one)).track for one in read]

    async def all_of_them() -> dict[str, list[str]]:
        async with evaluator:
            chosen = [one for one in LABELS[:44] if "### " in one.resume.read_text("utf-8")]
            return {label.id: await tracks(label) for label in chosen}

    evaluator = Evaluator(Settings(reader="rules", offline=True))
    found = asyncio.run(all_of_them())
    assert len(found) >= 40
    for number, form in enumerate(FORMS, 1):
        moved = {name: (row[0], row[number]) for name, row in found.items() if row[0] != row[number]}  # fmt: skip
        assert len(moved) <= 1, (form.__name__, moved)
        assert not any(set(tracks) in OPPOSED for tracks in moved.values()), (form.__name__, moved)
