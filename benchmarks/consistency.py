"""How far a score moves from reading to reading, with readers as far apart as two strong ones are.

    python -m benchmarks.consistency [--runs 20] [--every 3] [--trades FOLDER]

The truth is the kept reading of each resume of real length (kept_readings.py). A reading of it loses, swaps and changes
items as often as two independent readers of the same fifty requests differ (``disturbed``), and is judged alone, and
with what ``--samples auto`` asks beside it.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections import Counter
from pathlib import Path
from statistics import mean, median
from typing import Any, NamedTuple

from evaluator import CandidateReport
from evaluator.models.reading import Reading
from evaluator.models.vocabulary import Agency, Axis, Context, Dimension, Outcome, System
from evaluator.pipeline.assessment import Assessor
from evaluator.pipeline.evidence import Answers
from evaluator.pipeline.preparation import Candidate
from evaluator.report import axis_of

from .kept_readings import labelled
from .readers import Read, read_all

# Measured on fifty requests, each answered by two readers (benchmarks/readers.py): of the items of one, 7 % have no
# counterpart in the other, 5 % one of another dimension; of those with one, so many differ in an attribute.
DROPPED, SWAPPED = 0.073, 0.048
FLIPPED = {
    "outcome": 0.041,
    "system": 0.024,
    "agency": 0.020,
    "production": 0.014,
    "context": 0.005,
}
PAIRS = (
    ("infrastructure", "scalability"), ("modeling", "theory"), ("modeling", "prototyping"),
    ("infrastructure", "reproducibility"), ("data", "experimentation"), ("experimentation", "modeling"),
    ("delivery", "infrastructure"), ("infrastructure", "monitoring"), ("collaboration", "delivery"),
)  # fmt: skip
_VALUES: dict[str, list[Any]] = {"outcome": list(Outcome), "system": list(System), "agency": list(Agency), "context": list(Context)}  # fmt: skip
_MOST = 5


def disturbed(reading: Reading, chance: random.Random) -> Reading:
    """The reading of another strong reader of the same request."""
    kept = []
    for finding in reading.findings:
        if chance.random() < DROPPED:
            continue
        changes: dict[str, object] = {}
        if chance.random() < SWAPPED:
            near = [b if a == finding.shows.dimension else a for a, b in PAIRS if finding.shows.dimension in (a, b)]  # fmt: skip
            if near:
                changes["dimension"] = Dimension(chance.choice(near))
        for name, share in FLIPPED.items():
            if chance.random() < share:
                now = getattr(finding.shows, name)
                if isinstance(now, bool):
                    changes[name] = not now
                else:
                    changes[name] = chance.choice([v for v in _VALUES[name] if v != now])
        if "system" in changes:
            changes["ml_specific"] = changes["system"] is System.ML
        kept.append(finding.model_copy(update={"shows": finding.shows.model_copy(update=changes)}))
    return reading.model_copy(update={"findings": tuple(kept)})


def asked(
    assessor: Assessor, candidate: Candidate, truth: Reading, chance: random.Random, most: int
) -> tuple[CandidateReport, int]:
    """The report of one evaluation and its calls; asks again when the evaluator does (``pipeline/sampling.py``)."""
    readings = [disturbed(truth, chance)]
    samples = [assessor.verified(candidate, readings[0])]
    if samples[0].is_unsupported:
        readings.append(disturbed(truth, chance))
        most = len(readings)
    while len(readings) < most and not assessor.is_settled(candidate, samples):
        more = [disturbed(truth, chance) for _ in range(2)]
        readings += more
        samples += [assessor.verified(candidate, reading) for reading in more]
    return assessor.report(candidate, Answers(readings=tuple(readings))), len(readings)


def spread(reports: list[CandidateReport]) -> float:
    return max(
        max(axis_of(r, axis).score for r in reports) - min(axis_of(r, axis).score for r in reports)
        for axis in Axis
    )


def apart(reports: list[CandidateReport]) -> list[float]:
    """How far each reading's scores lie from the median of all."""
    found = []
    for axis in Axis:
        scores = [axis_of(r, axis).score for r in reports]
        found += [abs(score - median(scores)) for score in scores]
    return found


class Measured(NamedTuple):
    """Reports of one resume, reading by reading."""

    one: list[CandidateReport]
    auto: list[CandidateReport]
    calls: float


def measured(read: Read, runs: int, assessor: Assessor) -> Measured:
    chance = random.Random(read.resume.id)
    truth = read.readings[0]
    ones = [asked(assessor, read.candidate, truth, chance, 1) for _ in range(runs)]
    autos = [asked(assessor, read.candidate, truth, chance, _MOST) for _ in range(runs)]
    return Measured(
        [report for report, _ in ones],
        [report for report, _ in autos],
        mean(calls for _, calls in autos),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--every", type=int, default=3, help="takes every so manyth resume")
    parser.add_argument("--trades", type=Path, help="folder of the real resumes of many trades")
    options = parser.parse_args()
    reads, assessor = asyncio.run(_read(options.every, options.trades))
    rows = [measured(read, options.runs, assessor) for read in reads if read.readings]
    print(f"{len(rows)} resumes, {options.runs} readings of each")
    for name in ("one", "auto"):
        every: list[list[CandidateReport]] = [getattr(row, name) for row in rows]
        ranges = sorted(spread(reports) for reports in every)
        away = sorted(distance for reports in every for distance in apart(reports))
        tracks = mean(
            Counter(r.track for r in reports).most_common(1)[0][1] / len(reports)
            for reports in every
        )
        print(
            f"{name:5} usual track {tracks:.1%}; a score from its median: mean {mean(away):.1f}, nineteen of twenty within "
            f"{away[int(0.95 * len(away))]:.1f}; range over all readings: median {median(ranges):.1f}, "
            f"nine of ten {ranges[int(0.9 * len(ranges))]:.1f}, widest {ranges[-1]:.1f}"
        )
    print(f"calls a candidate with auto: {mean(row.calls for row in rows):.2f}")


async def _read(every: int, trades: Path | None) -> tuple[list[Read], Assessor]:
    from evaluator import Settings
    from evaluator.pipeline.session import Session

    reads = await read_all(labelled(trades=trades)[::every])
    async with Session(Settings(reader="rules", offline=True, as_of="2026-11")) as session:
        return reads, session.assessor


if __name__ == "__main__":
    main()
