"""Processor time of seeing a run by another role: at first, when nothing of its texts is kept, and then.

python -m benchmarks.switching RESUMES [ROLE] [N]    # a folder, a role of 24 requirements is the dearer kind, 2,000 candidates
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from evaluator import CandidateReport, Settings
from evaluator.batch.outputs import without_evidence
from evaluator.batch.row_identity import key_of
from evaluator.batch.store import Item, Kept, RunStore
from evaluator.batch.switching import switch_role
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.roles.loading import load_role


async def read(paths: list[Path]) -> list[tuple[CandidateReport, str]]:
    """Reports and texts of resumes."""
    found = []
    async with Session(Settings(reader="rules", offline=True, github="none")) as session:
        for path in paths:
            document = await session.read_document(load_input(path))
            found.append((await session.evaluate_document(document), document.text))
    return found


def fill(store: RunStore, read: list[tuple[CandidateReport, str]], count: int) -> None:
    """Candidates with one of these reports each, and a line of their own."""
    for number in range(count):
        report, text = read[number % len(read)]
        id_ = sha256(str(number).encode()).hexdigest()[:16]
        report = report.model_copy(update={"id": id_})
        parts = {"reader": "rules", "content": id_}
        item = Item(source=f"{number:05}.txt", key=key_of(parts), id=id_, state="done", reason="", parts=parts)  # fmt: skip
        store.finish(item, Kept(id=id_, report=report.to_json(), text=f"{text}\nNo. {number}", row=without_evidence(report), snapshot=None))  # fmt: skip


def main() -> None:
    """Print seconds of the processor for each switch."""
    folder, *more = sys.argv[1:]
    role, count = (*more, "ml-engineer")[0], int((*more[1:], "2000")[0])
    found = asyncio.run(read(sorted(Path(folder).iterdir())))
    with tempfile.TemporaryDirectory() as place, RunStore(Path(place) / "run") as store:
        fill(store, found, count)
        for what, name in (("nothing kept", role), ("another", "dual"), ("kept", role)):
            began, wanted = time.process_time(), load_role(name)
            done = switch_role(store, wanted).done
            print(f"{what}: {done} candidates by {wanted.name}, {time.process_time() - began:.1f} s of the processor")  # fmt: skip


if __name__ == "__main__":
    main()
