"""Train the embedded reader's classifier of statements, and say how good it is on people whom it has not learned from.

    python -m training --trades FOLDER --cvs FOLDER           # writes weights.bin and weights.toml
    python -m training --trades FOLDER --cvs FOLDER --check   # compares with those shipped; writes nothing
    python -m training --trades FOLDER --cvs FOLDER --test    # the same of the test part; for a release alone

Learned from: what strong readers found in resumes of real length (benchmarks/kept_readings.py), what annotators named as key
quotes and as traps, resumes of other trades, in which nothing counts, the short resumes of the development split, and
the sentences in ``training/statements``. Each person is in one part; folds validate on people of the training part,
and ``decision.toml`` is chosen by them.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from evaluator.readers.rules.decision import decision

from .fitting import Fit
from .learning import Lesson, learn
from .levels import learn_levels, step_of
from .measuring import likely_of, report_of, table
from .resumes import WRITTEN, Part, Person, people, sources, vignettes, written
from .weights import FOLDER, files_of


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--trades", type=Path, required=True, help="folder of real resumes of many trades")  # fmt: skip
    parser.add_argument("--cvs", type=Path, required=True, help="folder of the public CVs")
    parser.add_argument(
        "--check", action="store_true", help="compare with what is shipped, and write nothing"
    )
    parser.add_argument("--test", action="store_true", help="measure on the test part too")
    options = parser.parse_args()
    resumes = [*sources(options.trades, options.cvs), *vignettes()]
    everyone = [*asyncio.run(people(resumes)), *written()]
    lesson = Lesson(everyone)
    first, second, odds = learn(lesson)
    likely = [likely_of(odds[lesson.rows_of(number)]) for number in range(len(everyone))]
    third, thirds = learn_levels(everyone, likely)
    files = files_of((first, second), third, everyone, (lesson.answers, lesson.weights))
    differs = [name for name, data in files.items() if _shipped(name) != data]
    if not options.check:
        for name, data in files.items():
            (FOLDER / name).write_bytes(data)
    for part in (Part.TRAINING, *([Part.TEST] if options.test else [])):
        chosen = [
            (person, report_of(person, told, decision(), step_of(_unseen(person, third, thirds))))
            for person, told in zip(everyone, likely, strict=True)
            if person.group != WRITTEN and person.part is part
        ]
        print("validation, by folds" if part is Part.TRAINING else "test")
        print(table(chosen))
    if options.check and differs:
        message = f"not what is shipped: {', '.join(differs)}"
        raise SystemExit(message)


def _shipped(name: str) -> bytes:
    path = FOLDER / name
    return path.read_bytes() if path.exists() else b""


def _unseen(person: Person, third: Fit, thirds: Sequence[Fit]) -> Fit:
    """What has not learned from a person."""
    return third if person.fold is None else thirds[person.fold]


if __name__ == "__main__":
    main()
