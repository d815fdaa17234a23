"""Train the embedded reader's classifier of statements, and say how good it is on people whom it has not learned from.

    python -m training --trades FOLDER --cvs FOLDER           # writes weights.bin, weights.toml and validation.txt
    python -m training --trades FOLDER --cvs FOLDER --check   # compares with those shipped; writes nothing
    python -m training --trades FOLDER --cvs FOLDER --test    # the same of the test part; for a release alone

Learned from: what strong readers found in resumes of real length (benchmarks/kept_readings.py), what annotators named as key
quotes and as traps, resumes of other trades, in which nothing counts, the short resumes of the development split, and
the sentences in ``training/statements``; from the labelled ones once more without the headings of their jobs. Each person is in one part; folds validate on people of the training part,
and ``decision.toml`` is chosen by them.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from pathlib import Path

from evaluator import CandidateReport
from evaluator.readers.rules.decision_table import decision

from . import reliability
from .fitting import Fit
from .learning import Lesson, learn
from .levels import inputs_of, learn_levels, step_of
from .measuring import likely_of, moved, report_of, table
from .resumes import (
    HERE,
    LABELLED,
    WRITTEN,
    Part,
    Person,
    bare,
    people,
    sources,
    styles,
    vignettes,
    written,
)
from .weights import FOLDER, files_of

Judged = list[tuple[Person, CandidateReport]]


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
    everyone = [*asyncio.run(people(resumes)), *written(), styles()]
    everyone += bare(everyone)
    lesson = Lesson(everyone)
    first, second, odds = learn(lesson)
    likely = [likely_of(odds[lesson.rows_of(number)]) for number in range(len(everyone))]
    third, thirds = learn_levels(everyone, likely)
    steps = [step_of(_unseen(person, third, thirds)) for person in everyone]
    measured = [n for n, person in enumerate(everyone) if person.group != WRITTEN]

    def judged(part: Part, *, is_bare: bool = False) -> Judged:
        chosen = [n for n in measured if (everyone[n].part, everyone[n].is_bare) == (part, is_bare)]
        return [
            (everyone[n], report_of(everyone[n], likely[n], decision(), steps[n])) for n in chosen
        ]

    validation = judged(Part.TRAINING)
    levels = [
        pair
        for n in measured
        if everyone[n].part is Part.TRAINING and everyone[n].group in LABELLED
        if not everyone[n].is_bare
        for pair in reliability.of_levels(everyone[n], steps[n], inputs_of(everyone[n], likely[n]))
    ]
    told = _told(validation, judged(Part.TRAINING, is_bare=True), levels)
    print(told)
    files = {
        FOLDER / name: data
        for name, data in files_of(
            (first, second), third, everyone, (lesson.answers, lesson.weights)
        ).items()
    }
    files[HERE / "validation.txt"] = f"{told}\n".encode()
    differs = [path.name for path, data in files.items() if _shipped(path) != data]
    if not options.check:
        for path, data in files.items():
            path.write_bytes(data)
    if options.test:
        print("test", table(judged(Part.TEST)), sep="\n")
    if options.check and differs:
        message = f"not what is shipped: {', '.join(differs)}"
        raise SystemExit(message)


def _told(validation: Judged, without_headings: Judged, levels: Sequence[reliability.Pair]) -> str:
    """What ``validation.txt`` holds."""
    labelled = [(person, report) for person, report in validation if person.group in LABELLED]
    return "\n\n".join(
        (
            "validation, by folds\n" + table(validation),
            moved(validation, without_headings),
            reliability.table("a dimension at a level", levels),
            reliability.table("confidence, track defensible", reliability.of_tracks(labelled)),
        )
    )


def _shipped(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _unseen(person: Person, third: Fit, thirds: Sequence[Fit]) -> Fit:
    """What has not learned from a person."""
    return third if person.fold is None else thirds[person.fold]


if __name__ == "__main__":
    main()
