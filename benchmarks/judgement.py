"""Agreement of the embedded reader with ``fixtures/labels.toml``.

    python -m benchmarks.judgement

The labels were set before the reader was run on them; the reader has been looked at with them since, so
these figures describe the fixtures and promise nothing for unseen resumes.
"""

from __future__ import annotations

import asyncio
import tomllib
from pathlib import Path

from evaluator import CandidateReport, Evaluator, Settings
from evaluator.models.vocabulary import Dimension

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "fixtures"


async def read_all() -> dict[str, CandidateReport]:
    settings = Settings(reader="rules", offline=True, snapshots=FIXTURES / "portfolios")
    async with Evaluator(settings) as evaluator:
        paths = sorted((FIXTURES / "resumes").iterdir())
        return {path.stem: await evaluator.evaluate(path) for path in paths}


def main() -> None:
    labels = tomllib.loads((FIXTURES / "labels.toml").read_text(encoding="utf-8"))
    reports = asyncio.run(read_all())
    tracks = bands = seniorities = counted = wanted = trapped = traps = 0
    error = 0.0
    for name, label in labels.items():
        report = reports[name]
        quotes = "\n".join(" ".join(item.quote.split()) for item in report.evidence)
        found = [words for words in label["counts"] if words in quotes]
        caught = [words for words in label["ignores"] if words in quotes]
        levels = {d.value: report.dimensions[d].level for d in Dimension}
        differ = {
            d: (label["levels"].get(d, 0), n)
            for d, n in levels.items()
            if label["levels"].get(d, 0) != n
        }
        error += sum(abs(a - b) for a, b in differ.values()) / len(levels)
        right = report.track.value == label["track"]
        tracks += right
        bands += (report.axes.ml.band == label["ml"]) + (report.axes.ops.band == label["ops"])
        seniorities += report.seniority.value == label["seniority"]
        counted, wanted = counted + len(found), wanted + len(label["counts"])
        trapped, traps = trapped + len(caught), traps + len(label["ignores"])
        mark = " " if right else "!"
        print(
            f"{mark} {name:16} {label['track']:>10} {report.track.value:>10}  "
            f"ml {label['ml']} {report.axes.ml.band}  ops {label['ops']} {report.axes.ops.band}  "
            f"{label['seniority']:>8} {report.seniority.value:>8}  "
            + " ".join(f"{d[:8]}:{a}>{b}" for d, (a, b) in differ.items())
        )
        for words in label["counts"]:
            if words not in found:
                print(f"      missed: {words}")
        for words in caught:
            print(f"      used:   {words}")
    n = len(labels)
    print(
        f"tracks {tracks}/{n}, bands {bands}/{2 * n}, seniority {seniorities}/{n}, level error {error / n:.2f}"
    )
    print(f"key quotes {counted}/{wanted}, passages that must not count {trapped}/{traps}")


if __name__ == "__main__":
    main()
