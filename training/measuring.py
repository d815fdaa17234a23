"""What the reader would say of people by given probabilities, judged as the product judges, and two baselines beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.kept_readings import LabelledResume
from benchmarks.readers import Read, baselines, row
from evaluator import CandidateReport
from evaluator.models.document import Document
from evaluator.models.evidence import Finding
from evaluator.models.reading import Reading, ReadingRequest
from evaluator.models.vocabulary import Track
from evaluator.pipeline.evidence import read_by_rules
from evaluator.pipeline.report_assembly import judged
from evaluator.readers.rules.classifier import NOTHING
from evaluator.readers.rules.decision_table import Decision
from evaluator.readers.rules.finding import findings_of
from evaluator.readers.rules.levels import Likely, Step
from evaluator.readers.rules.probability import probability, steps
from evaluator.readers.rules.reader import RulesReader
from evaluator.readers.rules.surroundings import HEADS
from evaluator.roles.loading import load_role
from evaluator.rubric import load_rubric
from evaluator.structure.dates import Month

from .fitting import Table
from .learning import SILENT
from .resumes import OTHER_TRADES, VIGNETTES, WRITTEN, Person, lexicon_of

HEADER = f"{'':26}{'n':>5}{'track':>8}{'fair':>8}{'kappa ML/Ops':>14}{'level':>8}{'senior':>8}{'fair':>6}{'quotes':>8}{'traps':>7}"
_DEEP = frozenset({Track.ML, Track.OPS, Track.DUAL})
_PRESENT = Month.parse("2026-11")


class _Prepared(RulesReader):
    """Reads what it was given."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self._findings = tuple(findings)

    def read_now(self, request: ReadingRequest) -> Reading:
        return Reading(findings=self._findings)


def likely_of(odds: Table) -> list[Likely]:
    """Probabilities by head from log odds, as the classifier tells them."""
    return [
        NOTHING
        if line[0] == SILENT
        else {head: probability(steps(float(z))) for head, z in zip(HEADS, line, strict=True)}
        for line in odds
    ]


def report_of(
    person: Person, likely: Sequence[Likely], decision: Decision, step: Step
) -> CandidateReport:
    """The report of one person by what is likely of the statements, and by a step from these to levels."""
    candidate = person.candidate
    assert candidate is not None
    statements = [marked.statement for marked in person.statements]
    found = findings_of(statements, likely, decision, lexicon_of(candidate), step)
    return judged(
        candidate,
        read_by_rules(candidate, _Prepared(found), _PRESENT),
        rubric=load_rubric(),
        role=load_role("dual"),
        stage=None,
        present=_PRESENT,
    )


def table(judged_people: Iterable[tuple[Person, CandidateReport]]) -> str:
    """Agreement with the labels, by group, in the form of ``benchmarks.readers``."""
    found = list(judged_people)
    groups = {person.group: None for person, _ in found if person.group not in {OTHER_TRADES, VIGNETTES, WRITTEN}}  # fmt: skip
    lines = [HEADER]
    for group in [*groups, None]:
        chosen = [(p, r) for p, r in found if p.group == group or (group is None and p.group in groups)]  # fmt: skip
        if chosen:
            lines.append(row(f"  {group or 'all'}", [_read(p, r) for p, r in chosen], [r for _, r in chosen]))  # fmt: skip
    labelled = [person for person, _ in found if person.group in groups]
    lines += baselines([(person.label, _document(person)) for person in labelled])
    lines.append("  words (median): " + ", ".join(_words(labelled, group) for group in [*groups, None]))  # fmt: skip
    others = [r.track for p, r in found if p.group == OTHER_TRADES]
    if others:
        deep = sum(track in _DEEP for track in others)
        developing = others.count(Track.DEVELOPING)
        lines.append(f"  {OTHER_TRADES}: {len(others)}, deep {deep}, developing {developing}")
    short = [(p, r) for p, r in found if p.group == VIGNETTES]
    if short:
        right = sum(r.track.value == p.label["track"] for p, r in short)
        lines.append(f"  {VIGNETTES}: {len(short)}, tracks right {right / len(short):.1%}")
    return "\n".join(lines)


def moved(
    judged_people: Iterable[tuple[Person, CandidateReport]],
    again: Iterable[tuple[Person, CandidateReport]],
) -> str:
    """How many tracks are others when the same statements stand under no heading of a job."""
    as_it_is = {person.id: report.track for person, report in judged_people}
    lines = ["the same statements under no heading of a job"]
    told = [(person, as_it_is[person.id], report.track) for person, report in again]
    for group in dict.fromkeys(person.group for person, _, _ in told):
        tracks = [(before, after) for person, before, after in told if person.group == group]
        others = sum(before is not after for before, after in tracks)
        lines.append(f"  {group}: {len(tracks)}, another track {others / len(tracks):.1%}")
    return "\n".join(lines)


def _words(people: Sequence[Person], group: str | None) -> str:
    sizes = [len(_document(p).text.split()) for p in people if group in {None, p.group}]
    return f"{group or 'all'} {median(sizes):.0f}"


def _document(person: Person) -> Document:
    assert person.candidate is not None
    return person.candidate.document


def _read(person: Person, report: CandidateReport) -> Read:
    assert person.candidate is not None
    resume = LabelledResume(person.id, person.group, person.path, person.label)
    return Read(
        resume=resume, candidate=person.candidate, readings=[], by_model=report,
        settled=True, set_aside=False,
    )  # fmt: skip
