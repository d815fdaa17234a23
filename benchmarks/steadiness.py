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
import json
import random
from collections.abc import Callable
from pathlib import Path

import httpx2

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.models.vocabulary import DIMENSIONS, Axis
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.steadiness import steadiness
from evaluator.readers.replies import ReplyStore
from evaluator.rubric import load_rubric
from tests.servers.model import completion
from tests.servers.readings import Item, exact, noisy, opinionated, reply_of, with_extras

ROOT = Path(__file__).resolve().parents[1]
RESUMES, PORTFOLIOS = ROOT / "fixtures" / "resumes", ROOT / "fixtures" / "portfolios"
Truth = Callable[[bytes], list[Item]]


def agreeing(body: bytes) -> list[Item]:
    return exact(json.loads(body))


def of_its_own_mind(body: bytes) -> list[Item]:
    return opinionated(with_extras(json.loads(body), random.Random(9), 0.4), random.Random(7), 0.3)


async def readings(
    path: Path, truth: Truth, samples: int, runs: int, *, noise: bool = True
) -> list[CandidateReport]:
    """Reports of one resume, each from noisy replies of its own."""
    chance = random.Random(path.name)
    known: dict[bytes, list[Item]] = {}

    def answer(incoming: httpx2.Request) -> httpx2.Response:
        body = incoming.content
        items = known.setdefault(body, truth(body)) if body not in known else known[body]
        _, _, content = completion(reply_of(noisy(items, chance) if noise else items))
        return httpx2.Response(200, headers={"content-type": "application/json"}, content=content)

    settings = Settings(
        reader="model", model="stub", base_url="http://127.0.0.1:9/v1", samples=samples, refresh=True,
        snapshots=PORTFOLIOS,
    )  # fmt: skip
    async with Evaluator(settings, model_transport=httpx2.MockTransport(answer)) as evaluator:
        assert evaluator._model is not None
        evaluator._model._store = ReplyStore(None)
        document = await evaluator.read_document(load_input(path))
        candidate = await evaluator.candidate(document, ask_github=False)

        async def same(*_: object, **__: object) -> object:
            return candidate

        evaluator.candidate = same  # type: ignore[method-assign, assignment]
        return [await evaluator.evaluate_document(document) for _ in range(runs)]


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
        clean = asyncio.run(readings(path, agreeing, 1, 1, noise=False))[0]
        for truth in (agreeing, of_its_own_mind):
            for samples in (1, 5):
                (still,) = asyncio.run(readings(path, truth, samples, 1, noise=False))
                found = asyncio.run(readings(path, truth, samples, runs))
                row.append(steadiness(found).range)
                if truth is agreeing:
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
