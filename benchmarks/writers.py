"""The same facts in four styles of writing: whether verdicts depend on who held the pen.

    python -m benchmarks.writers [--sets N] [--layout own|same] [--json] [--each]
    python -m benchmarks.writers --replies [--single]     # with a model: by kept replies of strong readers

``fixtures/writers`` holds thirty sets of facts about invented people. Each deed is told tersely, plainly, polished as
language models do it, and as somebody writes whose first language is another. Each style has the layout that goes with
it; ``--layout same`` gives all of them one, which leaves the wording alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Iterator, Sequence

from evaluator import CandidateReport
from tests.audit.writers import (
    Person,
    bands_of,
    figures,
    judged,
    judged_by_replies,
    load_people,
)


def _told(
    people: Sequence[Person], found: Sequence[Sequence[CandidateReport]]
) -> Iterator[str]:  # fmt: skip
    for person, reports in zip(people, found, strict=True):
        cells = [f"{'/'.join(map(str, bands_of(r)))} {r.track.value}" for r in reports]
        mark = " " if len(set(cells)) == 1 else "!"
        yield f"{mark} {person.name:<26}" + "".join(f"{cell:<18}" for cell in cells)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int)
    parser.add_argument("--layout", choices=["own", "same"], default="own")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--each", action="store_true", help="bands and track of each")
    parser.add_argument("--replies", action="store_true", help="by a model's kept replies")
    parser.add_argument("--single", action="store_true", help="of these the first alone")
    asked = parser.parse_args()
    people = load_people()[: asked.sets]
    if asked.replies:
        found = asyncio.run(judged_by_replies(people, single=asked.single))
    else:
        found = asyncio.run(judged(people, layout="plain" if asked.layout == "same" else None))
    if asked.each:
        print("\n".join(_told(people, found)))
    measured = figures(found)
    if asked.json:
        print(json.dumps(measured, indent=2))
        return
    for name, value in measured.items():
        print(f"{name.replace('_', ' '):<18}{value}")


if __name__ == "__main__":
    main()
