"""The same facts in four styles of writing, and how far the verdicts on them differ.

``fixtures/writers`` holds thirty sets of facts about invented people. Each deed is told tersely, plainly, polished as
language models do it, and as somebody writes whose first language is another.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.models.reading import Reading
from evaluator.models.vocabulary import Axis
from evaluator.pipeline.evidence import Answers
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.readers.wire import parse_reply
from evaluator.report import axis_of

STYLES = ("terse", "plain", "polished", "non-native")
FACTS = Path(__file__).resolve().parents[2] / "fixtures" / "writers"
_AS_OF = "2026-11"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@dataclass(frozen=True)
class Job:
    """A job with its deeds, each in every style."""

    title: str
    employer: str
    start: str
    end: str
    deeds: list[tuple[str, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Person:
    """One set of facts."""

    name: str
    title: str
    town: str
    jobs: list[Job] = field(default_factory=list)
    schools: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)


def load_people(folder: Path = FACTS) -> list[Person]:
    """Sets of facts: a line each for a person (@), job (J), deed (D), school (E) and skills (S)."""
    people: list[Person] = []
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, _, rest = line.partition(" ")
            parts = rest.split(" | ")
            if kind == "@":
                name, title, town = parts
                people.append(Person(name, title, town))
            elif kind == "J":
                title, employer, start, end = parts
                people[-1].jobs.append(Job(title, employer, start, end))
            elif kind == "D":
                people[-1].jobs[-1].deeds.append(tuple(rest.split(" || ")))
            elif kind == "E":
                people[-1].schools.append(", ".join(parts))
            elif kind == "S":
                people[-1].skills.append(rest)
    return people


def resume(person: Person, style: str, *, layout: str | None = None) -> str:
    """A resume in Markdown or plain text.

    Args:
        person: whose facts it tells.
        style: of the sentences.
        layout: the style whose headings and dates it has; None is the same.
    """
    form = layout or style
    work, school, skills = {
        "terse": ("EXPERIENCE", "EDUCATION", "SKILLS"),
        "plain": ("Experience", "Education", "Skills"),
        "polished": ("## Professional Experience", "## Education", "## Core Skills"),
        "non-native": ("Work experience", "Education", "Knowledges"),
    }[form]
    lines = [f"# {person.name}" if form == "polished" else person.name, f"{person.title}, {person.town}", "", work, ""]  # fmt: skip
    for job in person.jobs:
        lines += [_head(job, form), *(f"- {deed[STYLES.index(style)]}" for deed in job.deeds), ""]
    return "\n".join([*lines, school, "", *person.schools, "", skills, "", *person.skills, ""])


def _head(job: Job, form: str) -> str:
    start, end = (_month(text, form) for text in (job.start, job.end))
    if form == "polished":
        return f"### {job.title} | {job.employer} | {start} – {end}\n"
    if form == "non-native":
        return f"{start} - {end}: {job.title}, {job.employer}"
    return f"{job.title}, {job.employer}, {start} – {end}"


def _month(text: str, form: str) -> str:
    if text == "now":
        return {"polished": "Present", "non-native": "until now"}.get(form, "present")
    year, month = text.split("-")
    return f"{month}/{year}" if form in {"terse", "non-native"} else f"{_MONTHS[int(month) - 1]} {year}"  # fmt: skip


async def judged(
    people: Sequence[Person], *, layout: str | None = None
) -> list[list[CandidateReport]]:
    """Each person's reports in the order of :data:`STYLES`, by the embedded reader."""
    settings = Settings(reader="rules", offline=True, github="none", as_of=_AS_OF)
    async with Evaluator(settings) as evaluator:
        return [
            [await evaluator.evaluate(resume(p, style, layout=layout).encode()) for style in STYLES]
            for p in people
        ]


async def judged_by_replies(
    people: Sequence[Person], *, single: bool = False
) -> list[list[CandidateReport]]:
    """The same by kept replies of strong readers, each of which saw nothing but the request.

    Four read each set, one style each, so that nobody compared styles of one set at first. Where a verdict is not settled
    by that reading, two more are kept, by four others.

    Args:
        people: sets of facts.
        single: whether the first reading decides, as with ``--samples 1``.
    """
    kept = json.loads((FACTS / "replies.json").read_text(encoding="utf-8"))
    settings = Settings(reader="rules", offline=True, github="none", as_of=_AS_OF)
    async with Session(settings) as session:

        async def report(person: Person, style: str) -> CandidateReport:
            text = resume(person, style).encode()
            document = await session.read_document(load_input(text))
            candidate = await session.candidate(document)
            readings = [_reading(reply) for reply in kept[person.name][style]]
            first = session.assessor.verified(candidate, readings[0])
            if single or session.assessor.is_settled(candidate, [first]):
                readings = readings[:1]
            return session.assessor.report(candidate, Answers(readings=tuple(readings)))

        return [[await report(person, style) for style in STYLES] for person in people]


def _reading(reply: object) -> Reading:
    parsed = parse_reply(json.dumps(reply))
    return Reading(findings=tuple(parsed.findings), scope=tuple(parsed.scope))


def figures(found: Sequence[Sequence[CandidateReport]]) -> dict[str, object]:
    """Shares of sets that all styles agree on, and how far scores lie apart."""
    spreads = [
        max(scores) - min(scores)
        for reports in found
        for scores in ([axis_of(r, axis).score for r in reports] for axis in Axis)
    ]
    return {
        "sets": len(found),
        "bands_equal": mean(len({bands_of(r) for r in reports}) == 1 for reports in found),
        "tracks_equal": mean(len({r.track for r in reports}) == 1 for reports in found),
        "bands_within_one": mean(_within_one(reports) for reports in found),
        "spread_median": round(median(spreads), 1),
        "spread_mean": round(mean(spreads), 1),
        "spread_most": round(max(spreads), 1),
        "as_plain": {
            style: mean(bands_of(reports[n]) == bands_of(reports[1]) for reports in found)
            for n, style in enumerate(STYLES)
        },
        "mean_score": {
            style: round(mean(axis_of(reports[n], a).score for reports in found for a in Axis), 1)
            for n, style in enumerate(STYLES)
        },
    }


def bands_of(report: CandidateReport) -> tuple[int, ...]:
    return tuple(axis_of(report, axis).band for axis in Axis)


def _within_one(reports: Sequence[CandidateReport]) -> bool:
    return all(max(found) - min(found) <= 1 for found in zip(*map(bands_of, reports), strict=True))
