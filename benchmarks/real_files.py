"""Figures on real PDF files with a reference text beside each, which are no part of the repository.

    python -m benchmarks.documents build/corpus --real FOLDER

Half of the files, by a hash of their name, may be looked at while the reader is written; the other half
is only measured.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium

from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError
from evaluator.models.document import FlagKind
from fixtures.corpus.measures import tokens

Engine = Callable[[bytes, str], str]
_TIMED = 8
"""One of so many files is timed: the slowest engine takes a tenth of a second a page."""
_ALARMS = {FlagKind.HIDDEN_TEXT, FlagKind.INVISIBLE_CHARACTERS, FlagKind.NOT_READ, FlagKind.INSTRUCTION}  # fmt: skip


@dataclass
class Score:
    """Sums over files."""

    files: int = 0
    f1: float = 0.0
    kept: int = 0
    pairs: int = 0
    lost: int = 0
    """Words of the reference that the text holds nowhere, not even within another word."""
    flagged: list[str] = field(default_factory=list)

    def add(self, name: str, text: str, reference: str) -> None:
        """Count one file."""
        got, want = tokens(text), tokens(reference)
        common = sum((Counter(got) & Counter(want)).values())
        self.files += 1
        self.f1 += 2 * common / max(1, len(got) + len(want))
        neighbours, squashed = set(pairwise(got)), "".join(got)
        self.kept += sum(pair in neighbours for pair in pairwise(want))
        self.pairs += max(0, len(want) - 1)
        self.lost += sum(word not in squashed for word in set(want))

    def __str__(self) -> str:
        f1, together = self.f1 / max(1, self.files), self.kept / max(1, self.pairs)
        return (
            f"{self.files} files  F1 {f1:.4f}  neighbours {together:.4f}  words lost {self.lost}"
            f"  files flagged {len(self.flagged)}"
        )


def looked_at(path: Path) -> bool:
    """Whether a file belongs to the half that may be looked at."""
    return hashlib.sha256(path.stem.encode()).digest()[0] % 2 == 0


def report(folder: Path, engines: dict[str, Engine]) -> None:
    """Print what is right on all files, and pages per processor second on some."""
    files = [p for p in sorted(folder.rglob("*.pdf")) if p.with_suffix(".txt").exists()]
    halves = {True: Score(), False: Score()}
    for path in files:
        _score(path, halves[looked_at(path)])
    for half, score in halves.items():
        print(f"real files, the half {'looked at' if half else 'never looked at'}: {score}")
        print("".join(f"  {line}\n" for line in score.flagged[:10]), end="")
    timed = [(path.name, path.read_bytes()) for path in files[::_TIMED]]
    pages = 0
    for _, data in timed:
        document = pdfium.PdfDocument(data)
        pages += len(document)
        document.close()
    print(f"pages per processor second ({pages} pages of real files)")
    for name, engine in engines.items():
        best = min(_seconds(engine, timed) for _ in range(2))
        print(f"  {name:15} {pages / best:7.1f}")


def _score(path: Path, score: Score) -> None:
    reference = path.with_suffix(".txt").read_text(encoding="utf-8", errors="replace")
    try:
        document = read_document(path.read_bytes(), path.name)
    except DocumentError as error:
        score.add(path.name, "", reference)
        score.flagged.append(f"{path.name}: {error}")
        return
    score.add(path.name, document.text, reference)
    kinds = [flag.kind.value for flag in document.flags if flag.kind in _ALARMS]
    if kinds:
        score.flagged.append(f"{path.name}: {', '.join(kinds)}")


def _seconds(engine: Engine, files: list[tuple[str, bytes]]) -> float:
    start = time.process_time()
    for name, data in files:
        engine(data, name)
    return time.process_time() - start
