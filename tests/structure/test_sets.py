"""Eighteen careers in many formats and templates: each is read as what it is, whatever its form."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator import Evaluator, Settings
from evaluator.documents.reading import read_document
from evaluator.structure.outline import Outline, outline
from evaluator.structure.sections import Section
from fixtures.corpus.content import Resume
from fixtures.corpus.content import Section as Part
from fixtures.corpus.sets import careers, forms

# Many files for one promise; each step has tests of its own.
pytestmark = pytest.mark.no_cover
SECTIONS = {
    "Summary": Section.SUMMARY,
    "Experience": Section.EMPLOYMENT,
    "Education": Section.EDUCATION,
    "Skills": Section.SKILLS,
    "Certifications": Section.CERTIFICATIONS,
    "Languages": Section.LANGUAGES,
    "Projects": Section.PROJECTS,
    "Volunteering": Section.VOLUNTEERING,
    "Publications": Section.PUBLICATIONS,
}
BY_DAY = (2, 7)
"""Of the careers, those that are read by day too."""


def chosen(nightly: bool) -> list[Resume]:
    found = careers()
    assert len(found) == 18
    return found if nightly else [found[number] for number in BY_DAY]


def squashed(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def faults(part: Part, text: str, parts: Outline) -> list[str]:
    """What of a section is not where it belongs."""
    section = SECTIONS[part.heading]
    passages = {squashed(text[p.start : p.end]): p for p in parts.passages}
    entries = [entry for entry in parts.entries if entry.section is section]
    found = []
    if len(entries) != len(part.entries):
        found.append(f"{len(entries)} entries in {part.heading}")
    for told, entry in zip(part.entries, entries, strict=False):
        if entry.period is None or squashed(told.title) not in squashed(entry.title):
            found.append(f"{entry.title}: not {told.title}, {told.when}")
        for bullet in told.bullets:
            passage = passages.get(squashed(bullet))
            if (
                passage is None
                or passage.section is not section
                or parts.entry_of(passage) != entry
            ):
                found.append(bullet)
    listed = squashed("".join(part.words))
    kept = "".join(squashed(text[p.start : p.end]) for p in parts.passages if p.section is section)
    return [*found, *([part.heading] if listed not in kept else [])]


def test_every_form_of_a_career_has_its_sections_entries_and_statements(nightly: bool) -> None:
    wrong, files = {}, 0
    for resume in chosen(nightly):
        for name, data in forms(resume, every=nightly).items():
            files += 1
            document = read_document(data, name)
            parts = outline(document)
            found = [f for part in resume.sections for f in faults(part, document.text, parts)]
            if name == "resume.json":
                # There the place of a school has no field, and a name none for what it is of.
                found = [fault for fault in found if ": not " not in fault]
            if found or document.flags:
                wrong[resume.name, name] = [*found, *document.flags]
    # In the narrowest columns a head may break at every word.
    assert len(wrong) <= files // 100, wrong


@pytest.mark.anyio
async def test_every_form_of_a_career_has_one_verdict(nightly: bool, tmp_path: Path) -> None:
    verdicts = {}
    async with Evaluator(Settings(reader="rules", offline=True)) as evaluator:
        for resume in chosen(nightly):
            told = set()
            for name, data in forms(resume).items():
                path = tmp_path / name
                path.write_bytes(data)
                report = await evaluator.evaluate(path)
                bands = report.axes.ml.band, report.axes.ops.band
                told.add((report.track, report.seniority, *bands))
            verdicts[resume.name] = told
    assert {name: told for name, told in verdicts.items() if len(told) > 1} == {}
