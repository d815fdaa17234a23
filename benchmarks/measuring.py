"""The figures of the model card and the data card, measured anew and kept in ``benchmarks/measured.json``."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from evaluator import CandidateReport, DocumentError, Evaluator, Settings
from evaluator.calibration import calibrate, judgement_of, load_labels
from evaluator.calibration.measures import wilson
from evaluator.models.vocabulary import Axis, Track
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.report import axis_of
from evaluator.version import __version__
from tests.audit.writers import figures, judged, load_people

from .judgement import FIXTURES
from .kept_readings import labelled
from .nulls import simulate
from .readers import Read, quotes_and_traps, read_all

OTHER_TRADES = frozenset(
    "ACCOUNTANT ADVOCATE AGRICULTURE APPAREL ARTS AUTOMOBILE AVIATION BANKING BPO BUSINESS-DEVELOPMENT CHEF CONSTRUCTION"
    " CONSULTANT DESIGNER DIGITAL-MEDIA FINANCE FITNESS HEALTHCARE HEALTH-AND-FITNESS HR MECHANICAL-ENGINEER"
    " OPERATIONS-MANAGER PUBLIC-RELATIONS SALES TEACHER".split()
)
"""Folders of people of whom hardly anybody works on models or on systems."""
_LENGTHS = ((0, 300, "under 300 words"), (300, 700, "300 to 699 words"), (700, 10**9, "700 words and more"))  # fmt: skip


def measured(trades: Path | None, cvs: Path | None, *, audits: int = 10_000) -> dict[str, Any]:
    """Everything that the cards tell.

    Args:
        trades: folder of the real resumes of many trades, with their ``labels.json``.
        cvs: folder of the public CVs.
        audits: simulated ones in which groups do not matter.
    """
    reads = asyncio.run(read_all(labelled(cvs, trades)))
    real = [read for read in reads if read.resume.group in {"trades", "cv"}]
    invented = [read for read in reads if read.resume.group not in {"trades", "cv"}]
    return {
        "evaluator": __version__,
        "rubric": reads[0].by_rules.provenance.rubric,
        "real": by_reader(real) if real else None,
        "invented": by_reader(invented),
        "unlabelled": asyncio.run(false_alarms(trades)) if trades else None,
        "short": asyncio.run(short()),
        "writers": figures(asyncio.run(judged(load_people()))),
        "nulls": simulate(audits, 400),
        "data": data(reads),
    }


def by_reader(reads: Sequence[Read]) -> dict[str, Any]:
    """Agreement of each reader with the labels, in all and by group, language, length and label."""
    found: dict[str, Any] = {}
    readers: dict[str, Callable[[Read], CandidateReport | None]] = {
        "model": lambda read: read.by_model,
        "embedded rules": lambda read: read.by_rules,
    }
    for name, report_of in readers.items():
        pairs = [(read, report) for read in reads if (report := report_of(read)) is not None]
        if pairs:
            found[name] = {
                "all": agreement(pairs),
                "group": _split(pairs, lambda read: read.resume.group),
                "language": _split(
                    pairs, lambda read: read.candidate.document.language or "not told"
                ),
                "length": _split(pairs, _length),
                "label": _split(pairs, lambda read: str(read.resume.label["track"])),
            }
    return found


Pairs = Sequence[tuple[Read, CandidateReport]]


def agreement(pairs: Pairs) -> dict[str, Any]:
    """How often the track is defensible and right, bands are right, and what was claimed that is not there."""
    labels = [read.resume.label for read, _ in pairs]
    reports = [report for _, report in pairs]
    fair = sum(r.track.value in told["acceptable_tracks"] for r, told in zip(reports, labels, strict=True))  # fmt: skip
    away = [r for r, told in zip(reports, labels, strict=True) if told["track"] == "unrelated"]
    quotes, traps = quotes_and_traps([read for read, _ in pairs], reports)
    low, high = wilson(fair, len(pairs))
    return {
        "n": len(pairs),
        "fair": fair / len(pairs),
        "fair_low": low,
        "fair_high": high,
        "right": mean(r.track.value == told["track"] for r, told in zip(reports, labels, strict=True)),
        "bands": mean(
            axis_of(r, axis).band == told[f"{axis.value}_band"]
            for r, told in zip(reports, labels, strict=True)
            for axis in Axis
        ),
        "quotes": quotes if any(told.get("key_quotes") for told in labels) else None,
        "traps": traps,
        "unrelated": len(away),
        "unrelated_alarms": sum(r.track is not Track.UNRELATED for r in away),
        "unrelated_deep": sum(r.track in {Track.ML, Track.OPS, Track.DUAL} for r in away),
    }  # fmt: skip


def _split(pairs: Pairs, key: Callable[[Read], str]) -> dict[str, Any]:
    groups: dict[str, list[tuple[Read, CandidateReport]]] = {}
    for read, report in pairs:
        groups.setdefault(key(read), []).append((read, report))
    return {name: agreement(groups[name]) for name in sorted(groups)}


def _length(read: Read) -> str:
    words = len(read.candidate.document.text.split())
    return next(name for low, high, name in _LENGTHS if low <= words < high)


async def false_alarms(folder: Path) -> dict[str, Any]:
    """What the embedded reader says of real resumes of trades that have nothing to do with the field."""
    settings = Settings(reader="rules", offline=True, github="none", as_of="2026-11")
    tracks: Counter[str] = Counter()
    unread = 0
    async with Evaluator(settings) as evaluator:
        for path in _others(folder):
            try:
                report = await evaluator.evaluate(path)
            except DocumentError:
                unread += 1
            else:
                tracks[report.track.value] += 1
    return {"n": sum(tracks.values()), "unread": unread, "tracks": dict(sorted(tracks.items()))}


def _others(folder: Path) -> Iterable[Path]:
    for path in sorted((folder / "real-resumes").glob("*/*/*")):
        kind = ".txt" if path.parent.parent.name == "text" else ".pdf"
        if path.suffix == kind and path.parent.name in OTHER_TRADES:
            yield path


async def short() -> dict[str, Any]:
    """The labelled short resumes that were kept apart, by the embedded reader, by group and language."""
    labels = [label for label in load_labels(FIXTURES / "labels.toml") if label.split == "test"]
    settings = Settings(reader="rules", offline=True, snapshots=FIXTURES / "portfolios")
    async with Session(settings) as session:
        found = {
            label.id: judgement_of(
                await session.evaluate_document(
                    await session.read_document(load_input(label.resume))
                )
            )
            for label in labels
        }
    told = calibrate("embedded rules", labels, found)
    return {
        "track": told.track.model_dump(),
        "traps": told.traps.model_dump(),
        "group": {name: share.model_dump() for name, share in told.groups.items()},
        "language": {name: share.model_dump() for name, share in told.languages.items()},
    }


def data(reads: Sequence[Read]) -> dict[str, Any]:
    """What the sets hold."""
    groups: dict[str, list[Read]] = {}
    for read in reads:
        groups.setdefault(read.resume.group, []).append(read)
    return {
        "real length": {
            name: {
                "n": len(found),
                "words": median(len(r.candidate.document.text.split()) for r in found),
                "tracks": dict(sorted(Counter(str(r.resume.label["track"]) for r in found).items())),
                "readings": sum(bool(r.readings) for r in found),
            }
            for name, found in groups.items()
        },
        "short": {
            split: sum(label.split == split for label in load_labels(FIXTURES / "labels.toml"))
            for split in ("dev", "test")
        },
        "languages": dict(sorted(Counter(label.language for label in load_labels(FIXTURES / "labels.toml")).items())),
        "writers": len(load_people()),
    }  # fmt: skip
