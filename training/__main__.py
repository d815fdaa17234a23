"""Train the embedded reader's classifier of statements, and say how good it is on what it has not seen.

    python -m training          # writes evaluator/readers/rules/learned.tsv; about a minute
    python -m training --check  # five-fold cross-validation by resume and by sentence; writes nothing

Two sources: the sentences in ``training/statements``, written for this with their dimensions, and what the forms
of the lexicon find in the resumes of the development split. Logistic regression, one dimension against the rest,
stochastic gradient descent with averaged weights and features left out by lot; examples of a dimension and the
others weigh the same together.
"""

from __future__ import annotations

import asyncio
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from evaluator import Settings
from evaluator.calibration import load_labels
from evaluator.models.vocabulary import Context, Dimension, Track
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.readers.rules.entries import entries_of
from evaluator.readers.rules.learned import (
    BIAS,
    MENTION,
    TARGETS,
    compiled,
    features,
    likelihoods,
)
from evaluator.readers.rules.lexicon import lexicon_for
from evaluator.readers.rules.parts import statements_in
from evaluator.readers.rules.reader import main_dimensions
from evaluator.readers.rules.sentences import sentences_of

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WEIGHTS = ROOT / "evaluator/readers/rules/learned.tsv"
_STEP = 0.5
_SMALLEST = 0.12
_FOLDS = 5
_LEAST = 0.4
_BOTH = 2

Trained = dict[str, dict[str, float]]
_DIMENSIONS = frozenset(d.value for d in Dimension)


class Fit(NamedTuple):
    """How often all examples are seen, how fast weights shrink, and which share of an example's features is left out.

    Leaving some out makes the others learn: a statement is known although its telling word is new. Of mentions
    it knew less that way.
    """

    rounds: int
    shrink: float
    left_out: float


_OF_SUBJECTS = Fit(rounds=20, shrink=0.02, left_out=0.2)
_OF_MENTIONS = Fit(rounds=12, shrink=0.01, left_out=0.0)


class Example(NamedTuple):
    """A sentence, which targets it is of, which it was judged for, and the resume or file that it comes from."""

    text: str
    of: frozenset[str]
    judged: frozenset[str]
    source: str


def written() -> list[Example]:
    """The sentences written for this: ``dimension,dimension | text``, ``-`` for none."""
    found = []
    for path in sorted((HERE / "statements").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                head, _, text = line.partition(" | ")
                names = frozenset({MENTION} if head == "-" else head.split(","))
                found.append(Example(text, names, frozenset(TARGETS), line))
    return found


async def found_by_forms() -> list[Example]:
    """Statements of the development split and what the forms say of them; entries of other trades say nothing."""
    found = []
    settings = Settings(reader="rules", offline=True, github="none")
    async with Session(settings) as session:
        for label in load_labels(ROOT / "fixtures/labels.toml"):
            if label.split != "dev":
                continue
            document = await session.read_document(load_input(label.resume))
            request = (await session.candidate(document)).request
            passages = request.sources[0].passages
            lexicon = lexicon_for(request.language, "\n".join(p.text for p in passages))
            # Without what was learned before: training again gives the same weights.
            lexicon = replace(lexicon, fits=False)
            statements = [(p, statements_in(p.text, lexicon)) for p in passages]
            entries = entries_of(statements, lexicon)
            for passage, spans in statements:
                if passage.context not in {Context.WORK, Context.PROJECT}:
                    continue
                entry = entries[passage.section, passage.heading]
                for sentence in sentences_of(passage, spans, entry, lexicon):
                    text = sentence.said.text
                    dimensions = frozenset(d.value for d in main_dimensions([sentence.known]))
                    counts, ignored = _holds(text, label.counts), _holds(text, label.ignores)
                    of_others = not (entry.ml or entry.software or counts)
                    if dimensions or of_others:
                        found.append(Example(text, dimensions, _DIMENSIONS, label.id))
                    is_in_trade = label.track is not Track.UNRELATED
                    counts = counts or (bool(dimensions) and is_in_trade and not ignored)
                    if counts != ignored:
                        is_mention = frozenset({MENTION} if ignored else ())
                        found.append(Example(text, is_mention, frozenset({MENTION}), label.id))
    return found


def _holds(text: str, quotes: Sequence[str]) -> bool:
    flat = " ".join(text.split())
    return any(quote in flat or flat in quote for quote in quotes)


def train(examples: list[Example]) -> Trained:
    """Weights by feature and target."""
    trained: Trained = {}
    for target in TARGETS:
        judged = [example for example in examples if target in example.judged]
        if len({target in example.of for example in judged}) < _BOTH:
            continue
        for name, weight in _weights_of(target, judged).items():
            if abs(weight) >= _SMALLEST:
                trained.setdefault(name, {})[target] = round(weight, 2)
    return trained


def _weights_of(target: str, examples: list[Example]) -> dict[str, float]:
    seen = [features(example.text) for example in examples]
    counts = Counter(feature for one in seen for feature in one)
    names = sorted({BIAS, *(feature for feature, count in counts.items() if count > 1)})
    place = {name: number for number, name in enumerate(names)}
    rows = [[(place[f], value) for f, value in one.items() if f in place] for one in seen]
    truth = [target in example.of for example in examples]
    how = _OF_MENTIONS if target == MENTION else _OF_SUBJECTS
    return dict(zip(names, _fit(how, rows, truth, len(names), place[BIAS]), strict=True))


def _fit(
    how: Fit, rows: list[list[tuple[int, float]]], truth: list[bool], size: int, bias: int
) -> list[float]:
    positive = sum(truth)
    share = {
        True: len(truth) / (2 * max(1, positive)),
        False: len(truth) / (2 * (len(truth) - positive)),
    }
    weights, sums = [0.0] * size, [0.0] * size
    order = list(range(len(rows)))
    dice = random.Random(1)
    for turn in range(how.rounds):
        step = _STEP / (1 + turn)
        keep = 1.0 - step * how.shrink
        dice.shuffle(order)
        for number in order:
            row = [f for f in rows[number] if f[0] == bias or dice.random() >= how.left_out]
            total = sum(weights[place] * value for place, value in row)
            guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            move = step * min(4.0, share[truth[number]]) * (truth[number] - guess)
            for place, value in row:
                shrunk = weights[place] * (1.0 if place == bias else keep)
                weights[place] = shrunk + move * value / 4
        if turn >= how.rounds // 2:
            sums = [a + b for a, b in zip(sums, weights, strict=True)]
    return [a / (how.rounds - how.rounds // 2) for a in sums]


def write(trained: Trained) -> int:
    """The file of weights; gives the number of features in it."""
    lines = [
        "\t".join([name, *(f"{target}={weight:g}" for target, weight in sorted(of.items()))])
        for name, of in sorted(trained.items())
    ]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def check(examples: list[Example]) -> None:
    """Precision and recall of each dimension on sources that were not trained on."""
    sources = sorted({example.source for example in examples})
    random.Random(3).shuffle(sources)
    fold_of = {source: number % _FOLDS for number, source in enumerate(sources)}
    right, said, there = (Counter[str]() for _ in range(3))
    for fold in range(_FOLDS):
        trained = compiled(train([e for e in examples if fold_of[e.source] != fold]))
        for example in examples:
            if fold_of[example.source] != fold:
                continue
            for target, likely in likelihoods(example.text, trained).items():
                if target in example.judged:
                    right[target] += target in example.of and likely >= _LEAST
                    said[target] += likely >= _LEAST
                    there[target] += target in example.of
    for target in TARGETS:
        told = f"precision {right[target] / max(1, said[target]):.2f}  recall {right[target] / there[target]:.2f}"
        print(f"{target:16} {told}  of {there[target]}")
    of_dimensions = [
        sum(n for t, n in each.items() if t != MENTION) for each in (right, said, there)
    ]
    hits, told_of, all_of = of_dimensions
    print(
        f"{'dimensions':16} precision {hits / told_of:.2f}  recall {hits / all_of:.2f}"
        f"  of {all_of} in {len(examples)} statements"
    )


def main() -> None:
    # Twice: what the forms find is many more, in words that they know already.
    examples = [*written(), *written(), *asyncio.run(found_by_forms())]
    if "--check" in sys.argv:
        check(examples)
    else:
        print(
            f"{write(train(examples))} features from {len(examples)} statements in {WEIGHTS.name}"
        )


if __name__ == "__main__":
    main()
