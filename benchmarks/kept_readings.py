"""Readings of resumes of real length by strong readers, kept without a word of anybody's resume.

A kept item names its words by their place: the counts of letters and digits before and after them in the file. So
readings of real people's resumes can stand in the repository, which holds none of their text, under the SHA-256 of
each file; the files themselves are named by whoever has them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evaluator.models.document import RESUME
from evaluator.models.evidence import Anchor, Attributes, Finding, ScopeFinding
from evaluator.models.reading import Reading
from evaluator.models.shown import ShownText
from evaluator.models.vocabulary import Agency, Context, Dimension, Outcome, ScopeKind, System
from evaluator.pipeline.preparation import Candidate

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "fixtures" / "real_length"
_ITEM = ("dimension", "context", "agency", "outcome", "system")


@dataclass(frozen=True, slots=True)
class LabelledResume:
    """One resume with what an independent person said of it."""

    id: str
    group: str
    """``written`` by five hands, ``kept apart`` by two more, ``trades``, ``cv`` and ``later cv`` by real people."""
    path: Path
    label: dict[str, Any]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def letters(text: str) -> list[int]:
    """Offsets of the letters and digits of a text."""
    return [at for at, character in enumerate(text) if character.isalnum()]


def labelled(cvs: Path | None = None, trades: Path | None = None) -> list[LabelledResume]:
    """Every labelled resume whose file is at hand.

    Args:
        cvs: folder of the public CVs, which nobody but their collector has.
        trades: folder of the real resumes of many trades, with their ``labels.json``.
    """
    found = [
        LabelledResume(path.stem, "kept apart" if path.stem[0] in "fg" else "written", path, label)
        for path in sorted((FOLDER / "resumes").iterdir())
        if (label := _labels().get(path.stem))
    ]
    if trades:
        of_trades: dict[str, Any] = json.loads((trades / "labels.json").read_text("utf-8"))
        for name, label in sorted(of_trades.items()):
            path = trades / "real-resumes" / name
            found.append(LabelledResume(name, "trades", path, label))
    by_hash = {
        label["sha256"]: (name.rpartition(" ")[0], label)
        for name, label in _labels().items()
        if "sha256" in label
    }
    for path in sorted(cvs.glob("*.txt")) if cvs else ():
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        if sha256 in by_hash:
            group, label = by_hash[sha256]
            found.append(LabelledResume(path.stem, group, path, label))
    return found


@cache
def _labels() -> dict[str, dict[str, Any]]:
    value: dict[str, dict[str, Any]] = json.loads((FOLDER / "labels.json").read_text("utf-8"))
    return value


@cache
def _kept() -> dict[str, list[dict[str, Any]]]:
    value: dict[str, list[dict[str, Any]]] = json.loads(
        (FOLDER / "readings.json").read_text("utf-8")
    )
    return value


def readings_of(resume: LabelledResume, candidate: Candidate) -> list[Reading]:
    """The kept readings of a resume, as findings in the passages of today."""
    text = resume.path.read_text(encoding="utf-8", errors="replace")
    places = letters(text)
    finder = _Finder(text, places, candidate)
    return [
        Reading(
            findings=tuple(finder.findings(kept["items"])),
            scope=tuple(finder.scope(kept["scope"])),
        )
        for kept in _kept().get(resume.sha256, ())
    ]


class _Finder:
    """From letters of a file to passages as they are shown."""

    def __init__(self, text: str, places: Sequence[int], candidate: Candidate) -> None:
        self._text = text
        self._places = places
        self._shown = candidate.resume.shown
        shown_in = candidate.document.text
        self._letters = letters(shown_in)

    def findings(self, items: Iterable[Sequence[Any]]) -> Iterator[Finding]:
        for first, last, d, c, a, o, system, production, *result in items:
            anchor = self._anchor(first, last)
            yield Finding(
                source=RESUME,
                passage=anchor.passage,
                anchor=anchor.words,
                shows=Attributes(
                    dimension=tuple(Dimension)[d],
                    context=tuple(Context)[c],
                    agency=tuple(Agency)[a],
                    outcome=tuple(Outcome)[o],
                    production=bool(production),
                    ml_specific=tuple(System)[system] is System.ML,
                    system=tuple(System)[system],
                ),
                result=self._anchor(*result) if result else None,
            )

    def scope(self, facts: Iterable[Sequence[int]]) -> Iterator[ScopeFinding]:
        for first, last, kind in facts:
            yield ScopeFinding(at=self._anchor(first, last), kind=tuple(ScopeKind)[kind])

    def _anchor(self, first: int, last: int) -> Anchor:
        words = self._text[self._places[first] : self._places[last] + 1]
        # The document may have lost or gained a letter; the nearest passage that holds the words is meant.
        holding = [s for s in self._shown if _flat(words) in _flat(s.text)]
        nearest = min(holding, key=lambda s: abs(self._letters_before(s) - first), default=None)
        return Anchor(passage=nearest.number if nearest else 0, words=words)

    def _letters_before(self, shown: ShownText) -> int:
        start = shown.pieces[0].source_start if shown.pieces else 0
        low, high = 0, len(self._letters)
        while low < high:
            middle = (low + high) // 2
            if self._letters[middle] < start:
                low = middle + 1
            else:
                high = middle
        return low


@cache
def _flat(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
