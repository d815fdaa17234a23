"""The resumes that are learned from: who wrote them, which part they belong to, their statements and their labels."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from benchmarks.kept_readings import LabelledResume, labelled, readings_of
from evaluator import Settings
from evaluator.calibration import load_labels
from evaluator.models.document import RESUME
from evaluator.models.evidence import Attributes, Finding
from evaluator.models.reading import ShownPassage
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome, System
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.preparation import Candidate
from evaluator.pipeline.session import Session
from evaluator.readers.rules.levels import DONE
from evaluator.readers.rules.lexicon import Lexicon, lexicon_for
from evaluator.readers.rules.parts import statements_in
from evaluator.readers.rules.signs import Statement
from evaluator.structure.sections import Section

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
OTHER_TRADES = "other trades"
VIGNETTES = "vignettes"
WRITTEN = "statements"
LABELLED = frozenset({"written", "trades", "cv"})
"""Groups of resumes of real length that annotators labelled and that are learned from."""
_TRADES_APART = """ACCOUNTANT ADVOCATE AGRICULTURE APPAREL ARTS AUTOMOBILE AVIATION BANKING BPO BUSINESS-DEVELOPMENT CHEF
    CONSTRUCTION DESIGNER DIGITAL-MEDIA FINANCE FITNESS HEALTHCARE HR PUBLIC-RELATIONS SALES TEACHER""".split()
"""Folders of people who operate no models and no computers for others."""
_UNRELATED = {
    "track": "unrelated", "acceptable_tracks": ["unrelated"], "ml_band": 0, "ops_band": 0, "seniority": "n/a",
}  # fmt: skip
_SECTIONS = {
    Context.WORK: Section.EMPLOYMENT,
    Context.PROJECT: Section.PROJECTS,
    Context.PUBLICATION: Section.PUBLICATIONS,
    Context.COURSEWORK: Section.COURSES,
}
_LATER = "later cv"
"""Public CVs that nothing is learned from."""
_TEST_SHARE = 5
_PATIENCE = 600.0
"""Seconds that a document may take: who is learned from must not depend on how busy the machine is."""
_FOLDS = 4


class Part(StrEnum):
    """What a person's resume is for. Nobody is in two parts."""

    TRAINING = "training"
    TEST = "test"


@dataclass(slots=True)
class Marked:
    """A statement and what is known of it."""

    statement: Statement
    readings: list[list[Finding]]
    """By reading of a strong reader, the findings that stand in it."""
    is_key: str | None = None
    """The dimension for which an annotator named it as a key quote."""
    is_trap: bool = False
    """Whether an annotator named it as something that must not count."""


@dataclass(slots=True)
class Person:
    """One resume."""

    id: str
    group: str
    label: dict[str, Any]
    path: Path
    statements: list[Marked]
    candidate: Candidate | None = None
    read: int = 0
    """How many strong readers read it."""
    language: str | None = None
    dimensions: dict[int, frozenset[str]] = field(default_factory=dict)
    """Of the written statements: their dimensions by number."""
    is_bare: bool = False
    """Whether this is the same resume with its statements under no heading of a job; learned from, never measured."""

    @property
    def part(self) -> Part:
        apart = self.group == "kept apart" or self._draw % _TEST_SHARE == 0
        return Part.TEST if apart and self.group != WRITTEN else Part.TRAINING

    @property
    def fold(self) -> int | None:
        """Which fold validates on it; None for what only trains."""
        is_validated = self.part is Part.TRAINING and self.group != WRITTEN
        return self._draw // _TEST_SHARE % _FOLDS if is_validated else None

    @property
    def _draw(self) -> int:
        return int(hashlib.sha256(self.id.encode()).hexdigest(), 16)


FOLDS = range(_FOLDS)


def written() -> Iterator[Person]:
    """The sentences written for this, one file a language: ``dimension,dimension | text``, ``-`` for none."""
    for path in sorted((HERE / "statements").glob("??.txt")):
        lines = _lines(path)
        lexicon = lexicon_for(path.stem, "\n".join(lines))
        person = Person(path.stem, WRITTEN, {}, path, [], language=path.stem)
        for number, line in enumerate(lines):
            names, _, text = line.partition(" | ")
            passage = ShownPassage(
                number=1, section=Section.EMPLOYMENT, context=Context.WORK, heading="", text=text
            )
            statement = Statement(passage, (0, len(text)), lexicon)
            person.statements.append(Marked(statement, []))
            person.dimensions[number] = frozenset() if names == "-" else frozenset(names.split(","))
        yield person


def styles() -> Person:
    """The facts that are told in four styles, with what each shows; a statement for each style."""
    path = HERE / "statements/styles.txt"
    person = Person(path.stem, WRITTEN, {}, path, [], language="en")
    lexicon = lexicon_for("en", path.read_text("utf-8"))
    for line in _lines(path):
        names, agency, outcome, context, system, texts = line.split(" | ")
        findings = [
            Finding(
                source=RESUME, passage=1, anchor=".",
                shows=Attributes(
                    dimension=Dimension(name), context=Context(context), agency=Agency(agency),
                    outcome=Outcome(outcome), production=context == Context.WORK,
                    ml_specific=system == "ml", system=System.ML if system == "ml" else System.SOFTWARE,
                ),
            )
            for name in names.split(",")
            if name != "none"
        ]  # fmt: skip
        for text in texts.split(" || "):
            passage = ShownPassage(
                number=1, section=_SECTIONS[Context(context)], context=Context(context),
                heading="", text=text,
            )  # fmt: skip
            statement = Statement(passage, (0, len(text)), lexicon)
            person.statements.append(Marked(statement, [findings]))
    return person


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line and line[0] != "#"]


def sources(trades: Path, cvs: Path) -> list[LabelledResume]:
    """Resumes with labels, and those of other trades, which need none."""
    known = set(json.loads((trades / "labels.json").read_text("utf-8")))
    others = [
        LabelledResume(f"neg/{name}", OTHER_TRADES, path, _UNRELATED)
        for path in sorted((trades / "real-resumes").rglob("*.txt"))
        if path.parent.name in _TRADES_APART
        and (name := str(path.relative_to(trades / "real-resumes"))) not in known
    ]
    return [*(one for one in labelled(cvs, trades) if one.group != _LATER), *others]


def vignettes() -> list[LabelledResume]:
    """Short invented resumes of the development split, whose labels name words that count and words that do not."""
    return [
        LabelledResume(label.id, VIGNETTES, label.resume, label.model_dump(mode="json"))
        for label in load_labels(ROOT / "fixtures/labels.toml")
        if label.split == "dev"
    ]


async def people(resumes: Sequence[LabelledResume]) -> list[Person]:
    """Taken into statements as the reader takes them, with what is known of each."""
    settings = Settings(
        reader="rules", offline=True, github="none", as_of="2026-11", document_seconds=_PATIENCE
    )
    found = []
    async with Session(settings) as session:
        for resume in resumes:
            document = await session.read_document(load_input(resume.path))
            found.append(_person(resume, await session.candidate(document)))
    return found


def bare(everyone: Iterable[Person]) -> list[Person]:
    """People of the training part once more, all that they did under no heading, as a list of achievements tells it.

    Else it would be learned that what stands under no job is not worth much: the other trades have many such resumes.
    """
    return [
        replace(person, statements=[_bare(marked) for marked in person.statements], is_bare=True)
        for person in everyone
        if person.part is Part.TRAINING and person.group in LABELLED | {VIGNETTES}
    ]


def _bare(marked: Marked) -> Marked:
    if marked.statement.passage.context not in DONE:
        return marked
    return replace(marked, statement=marked.statement.under(""))


def lexicon_of(candidate: Candidate) -> Lexicon:
    """Of the languages of a resume."""
    request = candidate.request
    text = "\n".join(passage.text for passage in request.sources[0].passages)
    return lexicon_for(request.language, text)


def statements_of(candidate: Candidate) -> list[Statement]:
    """All statements of a resume, in reading order."""
    lexicon = lexicon_of(candidate)
    return [
        Statement(passage, span, lexicon)
        for passage in candidate.request.sources[0].passages
        for span in statements_in(passage.text, lexicon)
    ]


def _person(resume: LabelledResume, candidate: Candidate) -> Person:
    statements = statements_of(candidate)
    readings = [] if resume.group in {OTHER_TRADES, VIGNETTES} else readings_of(resume, candidate)
    marked = [Marked(statement, [[] for _ in readings]) for statement in statements]
    by_passage: dict[int, list[Marked]] = {}
    for one in marked:
        by_passage.setdefault(one.statement.passage.number, []).append(one)
    for number, reading in enumerate(readings):
        for finding in reading.findings:
            beside = by_passage.get(finding.passage, [])
            at = beside[0].statement.passage.text.find(finding.anchor) if beside else -1
            for one in beside:
                if one.statement.start <= at < one.statement.end:
                    one.readings[number].append(finding)
                    break
    _mark(marked, resume)
    return Person(
        resume.id, resume.group, resume.label, resume.path, marked, candidate, len(readings),
        candidate.request.language,
    )  # fmt: skip


def _mark(marked: Sequence[Marked], resume: LabelledResume) -> None:
    """Key quotes and traps of the annotators."""
    label = resume.label
    if resume.group == VIGNETTES:
        keys = [{"quote": words, "dimension": ""} for words in label["counts"]]
        traps: list[Any] = list(label["ignores"])
        text = ""
    else:
        keys, traps = label.get("key_quotes", []), label.get("traps", [])
        text = resume.path.read_text(encoding="utf-8", errors="replace")
    flat = [(one, _flat(one.statement.text)) for one in marked]
    for key in keys:
        words = _letters_of(key["at"] if "at" in key else key["quote"], text)
        for one, own in flat:
            if _overlap(words, own) >= 0.5:
                one.is_key = key["dimension"]
    for trap in traps:
        words = _letters_of(trap.get("at", "") if isinstance(trap, dict) else trap, text)
        for one, own in flat:
            # What is half a trap may tell of own work beside.
            if len(own) <= 2 * len(words) and _overlap(words, own) >= 0.5:
                one.is_trap = True


def _letters_of(label: str | Sequence[int], text: str) -> str:
    if isinstance(label, str):
        return _flat(label)
    first, last = label
    places = [at for at, character in enumerate(text) if character.isalnum()]
    return _flat(text[places[first] : places[last] + 1])


def _overlap(words: str, own: str) -> float:
    """How much of the shorter lies in the other, where one begins in the other."""
    if not words or not own:
        return 0.0
    if words in own or own in words:
        return 1.0
    most = min(len(words), len(own)) - 1
    for size in range(most, most // 2, -1):
        if words[-size:] == own[:size] or own[-size:] == words[:size]:
            return size / (most + 1)
    return 0.0


def _flat(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
