"""The embedded reader beside two things that people use instead: counting keywords and reading titles.

    python -m benchmarks.judgement [SPLIT] [--speed]

SPLIT is ``test`` (kept apart, the default), ``dev`` (the reader was built with it) or ``all``. ``--speed``
prints resumes a second and core for reading and judging, without extraction.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from pathlib import Path

from evaluator import Settings
from evaluator.calibration import Judgement, Label, calibrate, judgement_of, load_labels
from evaluator.models.document import Document
from evaluator.models.vocabulary import Axis, Track
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.render.calibration import calibration_text

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_KEYWORDS = {
    Axis.ML: re.compile(
        r"\b(?:machine learning|deep learning|pytorch|tensorflow|keras|scikit-learn|xgboost|lightgbm|nlp|computer vision|llms?|neural networks?|"
        r"transformers?|regression|classification|clustering|models?|pandas|numpy|statistics|a/b test\w*|hugging face|bert|gpt)\b",
        re.I,
    ),
    Axis.OPS: re.compile(
        r"\b(?:kubernetes|docker|terraform|aws|gcp|azure|ci/cd|jenkins|github actions|gitlab|mlflow|kubeflow|airflow|prometheus|grafana|"
        r"monitoring|helm|argo\w*|kafka|spark|ansible|linux|mlops|devops|deploy\w*|pipelines?)\b",
        re.I,
    ),
}
_TITLES = {
    Axis.ML: re.compile(
        r"machine learning|\bML\b|\bAI\b|data scien|research scientist|applied scientist|computer vision|\bNLP\b|künstliche|datenwissenschaft|"
        r"científic|cientista|算法|机器学习|機械学習|データサイエンティスト",
        re.I,
    ),
    Axis.OPS: re.compile(
        r"devops|mlops|\bSRE\b|site reliability|platform|infrastructure|reliability|systems? engineer|operations|plattform|plateforme|"
        r"plataforma|platformy|平台|基盤|インフラ",
        re.I,
    ),
}


def by_keywords(document: Document) -> Judgement:
    """Distinct keywords of each axis: none 0, up to two 1, up to five 2, up to nine 3, more 4."""
    bands = {}
    for axis, form in _KEYWORDS.items():
        found = len({match.lower() for match in form.findall(document.text)})
        bands[axis] = sum(found > limit for limit in (0, 2, 5, 9))
    return _judged(bands)


def by_titles(document: Document) -> Judgement:
    """Words of titles in the first lines and in dated lines: an axis that a title names is deep."""
    titles = "\n".join(
        document.text[line.start : line.end]
        for line in document.lines
        if line.number <= 4 or re.search(r"(?:19|20)\d\d", document.text[line.start : line.end])
    )
    return _judged({axis: 3 if form.search(titles) else 0 for axis, form in _TITLES.items()})


def _judged(bands: dict[Axis, int]) -> Judgement:
    deep = {axis for axis, band in bands.items() if band >= 3}
    if deep:
        track = Track.DUAL if len(deep) == 2 else Track(next(iter(deep)).value)
    else:
        track = Track.DEVELOPING if any(bands.values()) else Track.UNRELATED
    return Judgement(track=track, bands=bands)


async def compare(labels: list[Label]) -> None:
    settings = Settings(reader="rules", offline=True, snapshots=FIXTURES / "portfolios")
    async with Session(settings) as session:
        documents = {
            label.id: await session.read_document(load_input(label.resume)) for label in labels
        }
        ours = {
            name: judgement_of(await session.evaluate_document(document))
            for name, document in documents.items()
        }
    found = [
        calibrate("embedded rules", labels, ours),
        calibrate("keywords", labels, {n: by_keywords(d) for n, d in documents.items()}),
        calibrate("titles", labels, {n: by_titles(d) for n, d in documents.items()}),
    ]
    # Who of the part kept apart is misread is not told: whoever builds the reader would learn from it.
    print(calibration_text(found).split("\nTracks by ")[0].rstrip())


async def speed(labels: list[Label]) -> None:
    settings = Settings(reader="rules", offline=True, snapshots=FIXTURES / "portfolios")
    async with Session(settings) as session:
        documents = [await session.read_document(load_input(label.resume)) for label in labels]
        preparing, judging = [], []
        for _ in range(6):
            start = time.process_time()
            candidates = [await session.candidate(document) for document in documents]
            middle = time.process_time()
            for candidate in candidates:
                await session.evaluate_candidate(candidate)
            preparing.append(middle - start)
            judging.append(time.process_time() - middle)
    print(
        f"{len(documents)} resumes, best of six on one core: reading and judging "
        f"{len(documents) / min(judging):.0f} a second, redaction before it {len(documents) / min(preparing):.0f} a second"
    )


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    split = words[0] if words else "test"
    everyone = load_labels(FIXTURES / "labels.toml")
    if "--speed" in sys.argv:
        asyncio.run(speed(list(everyone)))
        return
    asyncio.run(compare([label for label in everyone if split in {"all", label.split}]))


if __name__ == "__main__":
    main()
