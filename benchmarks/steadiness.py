"""How far noise moves a verdict: a hundred noisy readings of each fixture, beside a model that gives numbers.

    python -m benchmarks.steadiness [--runs 100]

The noisy model drops a fifth of the evidence, sets a tenth of the attributes (the dimension too) to
another value and invents two items a reply. Its true reading is that of the embedded rules, which also
read beside it; so this is kind to the product. The last columns are less kind: there the model has an
opinion of its own on three items in ten and finds evidence in four of ten passages that the rules pass over.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from pathlib import Path
from typing import Any

from evaluator import CandidateReport
from evaluator.models.vocabulary import DIMENSIONS, Axis
from evaluator.pipeline.steadiness import steadiness
from evaluator.rubric import load_rubric
from tests.conftest import RESUMES
from tests.repeating import Truth, repeated
from tests.servers.readings import Item, exact, noisy, opinionated, with_extras


def of_its_own_mind(body: dict[str, Any]) -> list[Item]:
    """The reading of a model that is not always of the rules' opinion."""
    return opinionated(with_extras(body, random.Random(9), 0.4), random.Random(7), 0.3)


def readings(path: Path, truth: Truth, samples: int, runs: int) -> list[CandidateReport]:
    """Reports of one resume, each from noisy replies of its own."""
    chance = random.Random(path.name)
    return asyncio.run(
        repeated(path, lambda items: noisy(items, chance), samples=samples, runs=runs, truth=truth)
    )


def without_noise(path: Path, truth: Truth, samples: int) -> CandidateReport:
    """The report that noise disturbs."""
    (found,) = asyncio.run(repeated(path, list, samples=samples, runs=1, truth=truth))
    return found


def numbers(clean: CandidateReport, chance: random.Random) -> dict[Axis, float]:
    """Scores when the model itself gives each dimension's level, with the same noise."""
    weights = load_rubric().score.weights
    found = {}
    for axis in Axis:
        levels = [clean.dimensions[d].level for d in DIMENSIONS[axis]]
        said = [
            0 if chance.random() < 0.2 else chance.randint(0, 4) if chance.random() < 0.1 else level
            for level in levels
        ]
        said[chance.randrange(6)] = 4  # two inventions a reply, one for each axis
        ranked = sorted(said, reverse=True)
        found[axis] = 25 * sum(w * level for w, level in zip(weights, ranked, strict=True))
    return found


def range_of_numbers(clean: CandidateReport, runs: int) -> float:
    chance = random.Random(5)
    every = [numbers(clean, chance) for _ in range(runs)]
    return max(max(n[a] for n in every) - min(n[a] for n in every) for a in Axis)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs: int = parser.parse_args().runs
    print(
        f"{'range of scores in points':28}{'agreeing model':>18}{'own mind':>14}{'model gives':>14}"
    )
    print(
        f"{'over ' + str(runs) + ' runs':28}{'1':>9}{'5':>9}{'1':>7}{'5':>7}{'numbers':>14}  moved unseen"
    )
    worst = [0.0] * 5
    unseen_of_all = 0
    for path in sorted(RESUMES.iterdir()):
        row, unseen = [], 0
        clean = without_noise(path, exact, 1)
        for truth in (exact, of_its_own_mind):
            for samples in (1, 5):
                still = without_noise(path, truth, samples)
                found = readings(path, truth, samples, runs)
                row.append(steadiness(found).range)
                if truth is exact:
                    unseen += sum(r.track is not still.track and not r.borderline for r in found)
        row.append(range_of_numbers(clean, runs))
        worst = [max(pair) for pair in zip(worst, row, strict=True)]
        unseen_of_all += unseen
        print(
            f"{path.stem:28}{row[0]:9.1f}{row[1]:9.1f}{row[2]:7.1f}{row[3]:7.1f}{row[4]:14.1f}  {unseen}",
            flush=True,
        )
    print(
        f"{'widest':28}{worst[0]:9.1f}{worst[1]:9.1f}{worst[2]:7.1f}{worst[3]:7.1f}{worst[4]:14.1f}  {unseen_of_all}"
    )
    print("targets: 12.0 with one sample, 5.0 with five, no track moved unseen")


if __name__ == "__main__":
    main()
