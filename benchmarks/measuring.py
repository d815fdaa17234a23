"""The figures of the model card and the data card, measured anew and kept in ``benchmarks/measured.json``."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

from evaluator import CandidateReport, Settings
from evaluator.calibration import calibrate, judgement_of, load_labels
from evaluator.calibration.measures import wilson
from evaluator.models.vocabulary import Axis, Track
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.report import axis_of
from evaluator.rubric import load_rubric
from evaluator.version import __version__
from tests.audit.writers import figures, judged, load_people

from .judgement import FIXTURES
from .kept_readings import labelled
from .nulls import simulate
from .readers import Read, quotes_and_traps, read_all

VALIDATION = Path(__file__).resolve().parents[1] / "training" / "validation.txt"
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
        "rubric": load_rubric().version,
        "real": by_model(real) if real else None,
        "invented": by_model(invented),
        "embedded": validated(VALIDATION.read_text(encoding="utf-8")),
        "short": asyncio.run(short()),
        "writers": figures(asyncio.run(judged(load_people()))),
        "nulls": simulate(audits, 400),
        "data": data(reads),
    }


def by_model(reads: Sequence[Read]) -> dict[str, Any]:
    """Agreement of the model's kept readings with the labels, in all and by group, language, length and label.

    The embedded reader has learned from these people: its figures are those of validation (:func:`validated`).
    """
    pairs = [(read, read.by_model) for read in reads if read.by_model is not None]
    if not pairs:
        return {}
    return {
        "all": agreement(pairs),
        "group": _split(pairs, lambda read: read.resume.group),
        "language": _split(pairs, lambda read: read.candidate.document.language or "not told"),
        "length": _split(pairs, _length),
        "label": _split(pairs, lambda read: str(read.resume.label["track"])),
    }


def validated(text: str) -> dict[str, Any]:
    """The embedded reader's figures on people whom it had not learned from, out of ``training/validation.txt``."""
    rows = re.findall(
        r"^  (written|trades|cv|all) +(\d+) +([\d.]+)% +([\d.]+)% +([\d.]+) / ([\d.]+) +([\d.]+) +\d+% +\d+% +([\d.]+)% +([\d.]+)%$",
        text,
        re.M,
    )
    others = re.search(r"other trades: (\d+), deep (\d+), developing (\d+)", text)
    if len(rows) != 4 or others is None:
        message = "validation.txt has another form"
        raise ValueError(message)
    names = ("n", "right", "fair", "kappa_ml", "kappa_ops", "level", "quotes", "traps")
    groups = {name: dict(zip(names, map(float, found), strict=True)) for name, *found in rows}
    trades = dict(zip(("n", "deep", "developing"), map(int, others.groups()), strict=True))
    return {"groups": groups, "other_trades": trades}


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
