"""``calibrate``: a reader's verdicts beside people's labels."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import click

from ..batch.chained_store import ChainedStore
from ..batch.databases import is_run
from ..calibration import Calibration, Label, calibrate, judgement_of, load_labels
from ..calibration.comparison import Consistency
from ..errors import UsageError
from ..pipeline.consistency import consistency_of
from ..pipeline.inputs import load_input
from ..pipeline.session import Session
from ..render.calibration import calibration_html, calibration_json, calibration_text
from ..report import CandidateReport
from ..review.decision_book import DecisionBook
from ..review.proposing import differences
from ..review.terminal_lines import differences_json, differences_text
from ..rubric import load_rubric
from ..settings import Settings
from .options import deliver, reading_options, settings_from

_RENDER = {"text": calibration_text, "json": calibration_json, "html": calibration_html}


@click.command("calibrate")
@click.argument("labels", type=click.Path(path_type=Path))
@click.option("--split", default="all", show_default=True, metavar="NAME", help="A part of the set, as its labels name it.")  # fmt: skip
@click.option("--beside", "beside", multiple=True, type=click.Choice(["rules", "model"]), help="Another reader for the table; may be given twice.")  # fmt: skip
@click.option("--repeats", type=click.IntRange(1, 100), default=1, show_default=True, metavar="N", help="Readings of each resume, to see how far they differ.")  # fmt: skip
@reading_options
@click.option("--format", "format_", type=click.Choice(list(_RENDER)), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def calibrate_(
    labels: Path,
    split: str,
    beside: tuple[str, ...],
    repeats: int,
    format_: str,
    output: Path | None,
    **values: Any,
) -> None:
    """Compare a reader with a labelled set of resumes (TOML, JSON or CSV).

    Prints how often the track is right, how well bands and levels agree, which key quotes were found and
    which traps were taken, for each group and language.

    Of a run folder in place of a labelled set it tells where the people who decided differ from the machine again and
    again, and what could be looked at. It changes nothing.
    """
    if is_run(labels):
        deliver(_of_decisions(labels, format_), output)
        return
    settings = settings_from(values)
    everyone = load_labels(labels)
    chosen = [label for label in everyone if split in {"all", label.split}]
    if not chosen:
        known = ", ".join(sorted({label.split for label in everyone}))
        message = f"No label of {labels} is in the split “{split}”."
        raise UsageError(message, hint=f"There are: {known}.")
    readers = dict.fromkeys([settings.reader_in_use, *beside])
    found = [
        asyncio.run(_calibrated(chosen, settings.model_copy(update={"reader": reader}), repeats))
        for reader in readers
    ]
    deliver(_RENDER[format_](found), output, settings.access)


def _of_decisions(run: Path, format_: str) -> str:
    with ChainedStore(run) as store:
        history = DecisionBook(run, store, load_rubric()).history()
    render = differences_json if format_ == "json" else differences_text
    return render(differences(history))


async def _calibrated(labels: list[Label], settings: Settings, repeats: int) -> Calibration:
    async with Session(settings) as session:
        room = asyncio.Semaphore(settings.concurrency)

        async def one(label: Label) -> list[CandidateReport]:
            async with room:
                document = await session.read_document(load_input(label.resume))
                candidate = await session.candidate(document)
                return [
                    await session.evaluate_candidate(
                        candidate, first_sample=number * settings.most_samples
                    )
                    for number in range(repeats)
                ]

        reports = await asyncio.gather(*(one(label) for label in labels))
    judged = {
        label.id: judgement_of(of_one[0]) for label, of_one in zip(labels, reports, strict=True)
    }
    name = settings.reader_in_use
    found = calibrate(f"{name} {settings.model}" if name == "model" else name, labels, judged)
    if repeats == 1:
        return found
    spreads = [consistency_of(of_one) for of_one in reports]
    return found.model_copy(
        update={
            "spread": Consistency(
                repeats=repeats,
                same_track=sum(len(spread.tracks) == 1 for spread in spreads),
                widest=round(max(spread.range for spread in spreads), 1),
            )
        }
    )
