"""A strong reader, beside counting keywords and reading titles, on resumes of real length.

    python -m benchmarks.readers [--cvs FOLDER] [--trades FOLDER] [--misread]

The requests of the product were answered by strong, careful readers who saw nothing else; their readings are kept
(kept_readings.py) and judged anew. Prints, for each group: how many, how long, who wrote and who labelled them; tracks
right and defensible, kappa, level error, seniority, key quotes found, passages taken that must not count, readings set
aside. Then how far two readers of the same fifty requests agree, and what ``--samples auto`` would ask. The embedded
reader has learned from most of these people; what it is worth on those that it has not is ``python -m training``'s to say.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from evaluator import CandidateReport, Settings
from evaluator.calibration.measures import weighted_kappa
from evaluator.models.document import Document
from evaluator.models.evidence import Evidence
from evaluator.models.reading import Reading
from evaluator.models.vocabulary import Agency, Axis, Dimension
from evaluator.pipeline.evidence import Answers
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.preparation import Candidate
from evaluator.pipeline.session import Session
from evaluator.report import axis_of
from evaluator.scoring.tenure import DONE

from .judgement import by_keywords, by_titles
from .kept_readings import LabelledResume, labelled, letters, readings_of

GROUPS = {
    "written": "written by five hands for this purpose, labelled by three others",
    "kept apart": "written by two more hands and labelled by two more after the arithmetic was fitted",
    "trades": "real people of many trades, two public collections; labelled by an independent annotator",
    "cv": "public CVs of real people in ML and operations; labelled by two annotators",
    "later cv": "public CVs of other real people, half of them in ML and operations; labelled by two more annotators after everything was fitted",
}
_NEVER = ("n/a", None)


@dataclass(frozen=True, slots=True)
class Read:
    """One resume, read."""

    resume: LabelledResume
    candidate: Candidate
    readings: list[Reading]
    by_model: CandidateReport | None
    settled: bool
    set_aside: bool


async def read_all(resumes: Iterable[LabelledResume]) -> list[Read]:
    settings = Settings(reader="rules", offline=True, github="none", as_of="2026-11")
    found = []
    async with Session(settings) as session:
        assessor = session.assessor
        for resume in resumes:
            document = await session.read_document(load_input(resume.path))
            candidate = await session.candidate(document)
            readings = readings_of(resume, candidate)
            samples = [assessor.verified(candidate, reading) for reading in readings[:1]]
            found.append(
                Read(
                    resume=resume,
                    candidate=candidate,
                    readings=readings,
                    by_model=assessor.report(candidate, Answers(readings=tuple(readings[:1])))
                    if readings
                    else None,
                    settled=not samples or assessor.is_settled(candidate, samples),
                    set_aside=any(sample.is_unsupported for sample in samples),
                )
            )
    return found


def second(read: Read, session: Session) -> CandidateReport:
    """The report of another reader's reading alone."""
    return session.assessor.report(read.candidate, Answers(readings=tuple(read.readings[1:2])))


class _Places:
    """Spans of labelled words and of quotes, counted in letters, which layout does not move."""

    def __init__(self, read: Read) -> None:
        self._file = read.resume.path.read_text(encoding="utf-8", errors="replace")
        self._flat = _flat(self._file)
        self._shown = _flat(read.candidate.document.text)

    def of_label(self, label: str | list[int] | Mapping[str, object]) -> str:
        """The letters of a labelled span."""
        if isinstance(label, str):
            return _flat(label)
        place: Any = label["at"] if isinstance(label, Mapping) else label
        first, last = place
        at = letters(self._file)
        return _flat(self._file[at[first] : at[last] + 1])

    def share(self, wanted: str, item: Evidence, *, of_quote: bool) -> float:
        """How much of a label, or of an item's quote, lies in the other."""
        start = self._shown.find(wanted)
        best = 0.0
        for quote in (item.quote, *([item.result_quote] if item.result_quote else [])):
            flat = _flat(quote)
            at = self._shown.find(flat)
            if start < 0 or at < 0 or not flat or not wanted:
                common = len(wanted) if wanted in flat else len(flat) if flat in wanted else 0
            else:
                common = max(0, min(start + len(wanted), at + len(flat)) - max(start, at))
            best = max(best, common / (len(flat) if of_quote else min(len(wanted), len(flat))))
        return best


def _flat(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def quotes_and_traps(
    reads: Sequence[Read], reports: Sequence[CandidateReport]
) -> tuple[float, float]:
    """Share of key quotes that an item rests on, and of traps that an item of something done consists of."""
    found, taken = [], []
    for read, report in zip(reads, reports, strict=True):
        places = _Places(read)
        done = [e for e in report.evidence if e.context in DONE and e.agency is not Agency.EXPOSED]
        for key in read.resume.label.get("key_quotes", ()):
            words = places.of_label(key if "at" in key else key["quote"])
            found.append(
                any(places.share(words, e, of_quote=False) >= 0.5 for e in report.evidence)
            )
        for trap in read.resume.label.get("traps", ()):
            words = places.of_label(trap)
            taken.append(any(places.share(words, e, of_quote=True) >= 0.5 for e in done))
    return mean(found or [0]), mean(taken or [0])


def row(name: str, reads: Sequence[Read], reports: Sequence[CandidateReport]) -> str:
    labels = [read.resume.label for read in reads]
    exact = mean(r.track.value == told["track"] for r, told in zip(reports, labels, strict=True))
    fair = mean(
        r.track.value in told["acceptable_tracks"] for r, told in zip(reports, labels, strict=True)
    )
    kappa = [
        weighted_kappa(
            [
                (told[f"{axis.value}_band"], axis_of(r, axis).band)
                for r, told in zip(reports, labels, strict=True)
            ]
        )
        for axis in Axis
    ]
    levels = [
        abs(r.dimensions[d].level - told["levels"].get(d.value, 0))
        for r, told in zip(reports, labels, strict=True)
        if "levels" in told
        for d in Dimension
    ]
    ranks = [
        (r.seniority.value if r.seniority else None, told)
        for r, told in zip(reports, labels, strict=True)
        if told["track"] != "unrelated" and told.get("seniority") not in _NEVER
    ]
    same = mean(rank == told["seniority"] for rank, told in ranks)
    near = mean(rank in (told.get("seniority_ok") or [told["seniority"]]) for rank, told in ranks)
    quotes, traps = quotes_and_traps(reads, reports)
    kappas = " / ".join("–" if k is None else f"{k:.2f}" for k in kappa)
    return (
        f"{name:26}{len(reads):5}{exact:8.1%}{fair:8.1%}{kappas:>14}{mean(levels):8.2f}"
        f"{same:8.0%}{near:6.0%}{quotes:8.1%}{traps:7.1%}"
    )


def baselines(labelled: Sequence[tuple[Mapping[str, Any], Document]]) -> list[str]:
    """Rows of two things that people use instead of a reader: counting keywords and reading titles."""
    rows = []
    for name, judge in (("keywords", by_keywords), ("titles", by_titles)):
        told = [(label, judge(document)) for label, document in labelled]
        right = mean(found.track.value == label["track"] for label, found in told)
        fair = mean(found.track.value in label["acceptable_tracks"] for label, found in told)
        pairs = [
            [(label[f"{axis.value}_band"], found.bands[axis]) for label, found in told]
            for axis in Axis
        ]
        kappas = " / ".join(f"{weighted_kappa(of_axis) or 0:.2f}" for of_axis in pairs)
        rows.append(f"  {name:24}{len(told):5}{right:8.1%}{fair:8.1%}{kappas:>14}")
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cvs", type=Path, help="folder of the public CVs")
    parser.add_argument("--trades", type=Path, help="folder of the real resumes of many trades")
    parser.add_argument("--group", choices=list(GROUPS), help="this group alone")
    parser.add_argument("--misread", action="store_true", help="name who is misread")
    options = parser.parse_args()
    resumes = labelled(options.cvs, options.trades)
    chosen = [each for each in resumes if options.group in {None, each.group}]
    every = asyncio.run(read_all(chosen))
    print(
        f"{'':26}{'n':>5}{'track':>8}{'fair':>8}{'kappa ML/Ops':>14}{'level':>8}{'senior':>8}{'fair':>6}{'quotes':>8}{'traps':>7}"
    )
    kept = [read for read in every if read.by_model is not None]
    for group, origin in GROUPS.items():
        reads = [read for read in kept if read.resume.group == group]
        if not reads:
            continue
        words = [len(read.candidate.document.text.split()) for read in reads]
        print(f"\n{group}: {origin}; median {median(words):.0f} words")
        print(row("  strong reader", reads, [r.by_model for r in reads if r.by_model]))
        print(*baselines([(r.resume.label, r.candidate.document) for r in reads]), sep="\n")
    print(f"\nall, {len(kept)} resumes")
    print(row("  strong reader", kept, [r.by_model for r in kept if r.by_model]))
    print(*baselines([(r.resume.label, r.candidate.document) for r in kept]), sep="\n")
    print(f"  set aside as steered: {sum(read.set_aside for read in kept)}")
    calls = mean(1 if read.settled else 3 for read in kept)
    print(f"  calls a candidate with --samples auto, at least: {calls:.2f}")
    asyncio.run(consistency(kept))
    if options.misread:
        for read in kept:
            label, report = read.resume.label, read.by_model
            if report and report.track.value not in label["acceptable_tracks"]:
                print(f"  {read.resume.id}: {label['track']} read as {report.track.value}")


async def consistency(kept: Sequence[Read]) -> None:
    """Two readers of the same requests."""
    twice = [read for read in kept if len(read.readings) > 1]
    if not twice:
        return
    settings = Settings(reader="rules", offline=True, github="none", as_of="2026-11")
    async with Session(settings) as session:
        pairs = [(read.by_model, second(read, session)) for read in twice]
    same = mean(a.track is b.track for a, b in pairs if a)
    bands = mean(
        axis_of(a, axis).band == axis_of(b, axis).band for a, b in pairs if a for axis in Axis
    )
    apart = sorted(
        abs(axis_of(a, axis).score - axis_of(b, axis).score) for a, b in pairs if a for axis in Axis
    )
    print(
        f"\ntwo readers of the same {len(twice)} requests: tracks equal {same:.0%}, bands {bands:.0%}; scores apart "
        f"{mean(apart):.1f} on average, median {median(apart):.1f}, nine of ten within {apart[int(0.9 * len(apart))]:.1f}, "
        f"most {apart[-1]:.1f}"
    )


if __name__ == "__main__":
    main()
