"""Train the embedded reader's classifier of statements, and say how good it is on people whom it has not learned from.

    python -m training --trades FOLDER --cvs FOLDER           # writes weights.bin and weights.toml
    python -m training --trades FOLDER --cvs FOLDER --check   # prints what validation gives; writes nothing
    python -m training --trades FOLDER --cvs FOLDER --test    # the same of the test part; for a release alone

Learned from: what strong readers found in resumes of real length (benchmarks/kept_readings.py), what annotators named as key
quotes and as traps, resumes of other trades, in which nothing counts, the short resumes of the development split, and
the sentences in ``training/statements``. Each person is in one part; folds validate on people of the training part,
and ``decision.toml`` is chosen by them.
"""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from evaluator.readers.rules.decision import decision

from .learning import Lesson, learn
from .measuring import likely_of, report_of, table
from .resumes import WRITTEN, Part, people, sources, vignettes, written
from .weights import write


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    parser.add_argument("--trades", type=Path, required=True, help="folder of real resumes of many trades")  # fmt: skip
    parser.add_argument("--cvs", type=Path, required=True, help="folder of the public CVs")
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--test", action="store_true", help="measure on the test part too")
    options = parser.parse_args()
    resumes = [*sources(options.trades, options.cvs), *vignettes()]
    everyone = [*asyncio.run(people(resumes)), *written()]
    lesson = Lesson(everyone)
    first, second, odds = learn(lesson)
    if not options.check:
        write((first, second), everyone, (lesson.answers, lesson.weights))
    for part in (Part.TRAINING, *([Part.TEST] if options.test else [])):
        chosen = [
            (person, report_of(person, likely_of(odds[lesson.rows_of(number)]), decision()))
            for number, person in enumerate(everyone)
            if person.group != WRITTEN and person.part is part
        ]
        print("validation, by folds" if part is Part.TRAINING else "test")
        print(table(chosen))


if __name__ == "__main__":
    main()
