"""``consistency``: the same resume read again and again by the user's own model."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import click

from ..errors import UsageError
from ..models.vocabulary import BAND_NAMES, Axis
from ..pipeline.consistency import Consistency, consistency_of
from ..pipeline.session import Session
from ..report import CandidateReport
from ..settings import Settings
from . import DONE, NOTHING_DONE
from .drifting import drift_of, drift_text
from .options import deliver, reading_options, settings_from, source_of


@click.command()
@click.argument("source", type=click.Path(path_type=Path, readable=False))
@click.option("--repeats", type=click.IntRange(2, 500), default=10, show_default=True, metavar="N", help="Number of readings.")  # fmt: skip
@click.option("--against", type=click.Path(path_type=Path, file_okay=False), metavar="KEPT", help="Compare the run SOURCE with this earlier run of the same files; reads nothing.")  # fmt: skip
@click.option("--least", type=click.FloatRange(0, 1), default=0.95, show_default=True, metavar="SHARE", help="With --against: exit 1 if fewer tracks are the same.")  # fmt: skip
@reading_options
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="PATH", help="Write to a file instead of standard output.")  # fmt: skip
def consistency(
    source: Path,
    repeats: int,
    against: Path | None,
    least: float,
    format_: str,
    output: Path | None,
    **values: Any,
) -> int:
    """Read one resume many times with the model and tell how far the verdicts differ.

    Every repeat is a reading of its own and is paid for; kept replies of earlier repeats are used again
    unless --refresh is given. With --against two runs of one pinned set are compared instead, such as before and
    after a provider changed its model.
    """
    settings = settings_from(values)
    if against is not None:
        drifted = drift_of(source, against)
        told = (
            drifted.model_dump_json(indent=2) + "\n" if format_ == "json" else drift_text(drifted)
        )
        deliver(told, output, settings.access)
        return DONE if drifted.tracks >= least else NOTHING_DONE
    if settings.reader_in_use == "rules":
        message = "The embedded rules give the same reading every time."
        raise UsageError(message, hint="Give --reader model, --model NAME and --base-url URL.")
    found = consistency_of(asyncio.run(_read(source, settings, repeats)))
    if format_ == "json":
        text = (
            json.dumps({**found.model_dump(mode="json"), "range": round(found.range, 1)}, indent=2)
            + "\n"
        )
    else:
        text = _told(found, settings)
    deliver(text, output, settings.access)
    return DONE


async def _read(source: Path, settings: Settings, repeats: int) -> list[CandidateReport]:
    async with Session(settings) as session:
        candidate = await session.candidate(await session.read_document(source_of(source)))
        room = asyncio.Semaphore(settings.concurrency)

        async def one(number: int) -> CandidateReport:
            async with room:
                first = number * settings.most_samples
                return await session.evaluate_candidate(candidate, first_sample=first)

        return list(await asyncio.gather(*(one(number) for number in range(repeats))))


def _told(found: Consistency, settings: Settings) -> str:
    cost = "cost unknown" if found.cost_usd is None else f"{found.cost_usd:.4f} USD"
    lines = [
        f"{found.readings} readings with {settings.samples} sample(s) each by {settings.model}, {cost}",
        "",
    ]
    for axis in Axis:
        spread = found.axes[axis]
        bands = ", ".join(f"{BAND_NAMES[band]} {n}" for band, n in spread.bands.items())
        lines.append(
            f"{axis.value.upper():4}{spread.lowest:5.1f} to {spread.highest:5.1f}   "
            f"range {spread.highest - spread.lowest:4.1f}, deviation {spread.deviation:4.1f}   {bands}"
        )
    tracks = ", ".join(f"{track.value} {n}" for track, n in found.tracks.items())
    lines += ["", f"Track: {tracks}; {found.borderline} marked borderline", ""]
    unsteady = sorted(found.levels.items(), key=lambda item: item[1])
    lines.append("Agreement on levels:")
    lines += [f"  {d.value:16}{share:5.0%}" for d, share in unsteady]
    return "\n".join(lines) + "\n"
