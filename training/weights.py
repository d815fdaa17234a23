"""The two files of weights: rows in one or two bytes a weight, and the manifest of what they come from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from evaluator.readers.rules.classifier import WIDTHS
from evaluator.readers.rules.levels import INPUTS
from evaluator.readers.rules.surroundings import HEADS

from .fitting import Fit
from .levels import step_of
from .resumes import ROOT, Person
from .targets import Table

FOLDER = ROOT / "evaluator/readers/rules"


def packed(fit: Fit, width: int) -> tuple[bytes, list[float]]:
    """Rows of whole weights raised to be positive, little-endian, and by head the size of 1."""
    most = (1 << (8 * width - 1)) - 1
    scales = [float(f"{s:.9g}") for s in np.maximum(np.abs(fit.weights).max(0), 1e-9) / most]
    whole = np.clip(np.rint(fit.weights / np.array(scales)), -most, most).astype(np.int64)
    return (whole + most + 1).astype(f"<u{width}").tobytes(), scales


def files_of(
    fits: Sequence[Fit], levels: Fit, people: Sequence[Person], tables: Iterable[Table]
) -> dict[str, bytes]:
    """Both files by name.

    Args:
        fits: of step 1 and step 2.
        levels: the step from all statements to levels.
        people: who was learned from or measured.
        tables: answers and weights, for the hash of the data.
    """
    rows = [packed(fit, width) for fit, width in zip(fits, WIDTHS, strict=True)]
    data = b"".join(part for part, _ in rows)
    lines = [
        "# Written by python -m training. What weights.bin holds, and what it comes from.",
        f'weights = "{hashlib.sha256(data).hexdigest()}"',
        f'learned_from = "{_hash(people, tables)}"',
        f"heads = {json.dumps(HEADS)}",
    ]
    for (_, scales), fit in zip(rows, fits, strict=True):
        biases = [float(f"{bias:.6g}") for bias in fit.biases]
        lines += ["", "[[steps]]", f"scales = {scales}", f"biases = {biases}"]
    step = step_of(levels)
    lines += ["", "[levels]", f"inputs = {json.dumps(INPUTS)}", f"biases = {step.biases}"]
    lines += ["weights = [", *(f"    {row}," for row in step.weights), "]"]
    counted = [person for person in people if not person.is_bare]
    counts = Counter((person.part.value, person.group) for person in counted)
    statements: Counter[tuple[str, str]] = Counter()
    for person in counted:
        statements[person.part.value, person.group] += len(person.statements)
    for (part, group), count in sorted(counts.items()):
        of = f'part = "{part}"', f'group = "{group}"', f"statements = {statements[part, group]}"
        lines += ["", "[[people]]", *of, f"count = {count}"]
    return {"weights.bin": data, "weights.toml": ("\n".join(lines) + "\n").encode()}


def _hash(people: Sequence[Person], tables: Iterable[Table]) -> str:
    found = hashlib.sha256()
    for person in people:
        for marked in person.statements:
            found.update(marked.statement.text.encode())
    for table in tables:
        found.update(table.tobytes())
    return found.hexdigest()
