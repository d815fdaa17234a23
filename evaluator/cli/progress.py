"""How a run is told while it goes on: a bar, plain lines, or JSON lines."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Literal

import click

from ..batch.log import RunStatus
from ..batch.store import Item
from ..batch.summary import Progress, Summary
from ..render.escaping import for_terminal
from .streams import is_terminal

Told = Literal["auto", "bar", "lines", "json", "none"]
Waiting = Callable[[], str | None]
_STALE_SECONDS = 120.0


@contextmanager
def telling(told: Told, total: int, waiting: Waiting) -> Iterator[Progress]:
    """Tell a run on standard error; ``auto`` draws a bar on a terminal and writes lines elsewhere."""
    if told == "bar" or (told == "auto" and is_terminal(sys.stderr)):
        with _bar(total, waiting) as progress:
            yield progress
    elif told == "json":
        yield _json_lines(total, waiting)
    elif told == "none":
        yield lambda item, track, summary: None
    else:
        yield _lines(total)


def _lines(total: int) -> Progress:
    def line(item: Item, track: str | None, summary: Summary) -> None:
        what = track or ("unchanged" if item.state == "done" else f"failed: {item.reason}")
        done = summary.ended
        click.echo(f"[{done}/{total}] {for_terminal(item.source)}: {for_terminal(what)}", err=True)

    return line


def _json_lines(total: int, waiting: Waiting) -> Progress:
    begun = time.monotonic()

    def line(item: Item, track: str | None, summary: Summary) -> None:
        done = summary.ended
        facts = {
            "source": item.source, "state": item.state, "reason": item.reason, "track": track,
            "done": summary.done, "failed": summary.failed, "unchanged": summary.kept, "total": total,
            "per_second": round(done / max(1e-6, time.monotonic() - begun), 2),
            "tokens": summary.tokens, "cost_usd": round(summary.cost_usd, 6), "waiting": waiting(),
        }  # fmt: skip
        click.echo(json.dumps(facts), err=True)

    return line


@contextmanager
def _bar(total: int, waiting: Waiting) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[sums]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[waiting]}"),
    )
    begun = time.monotonic()
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=total, sums="", waiting="")

        def advance(item: Item, track: str | None, summary: Summary) -> None:
            rate = summary.ended / max(1e-6, time.monotonic() - begun)
            sums = f"{summary.failed} failed · {rate:.1f}/s"
            if summary.tokens:
                sums += f" · {summary.tokens:,} tokens · {summary.cost_usd:.4f} USD"
            wait = waiting()
            bar.update(task, advance=1, sums=sums, waiting=f"waiting for {wait}" if wait else "")

        yield advance


def told_status(found: RunStatus) -> str:
    """A run's state in a few lines."""
    if found.started is None:
        return "No run has been recorded here yet."
    begun = datetime.fromisoformat(found.started)
    latest = datetime.fromisoformat(found.latest or found.started)
    finished = found.done + found.failed
    of = f" of {found.total}" if found.total else ""
    lines = [f"{finished}{of} evaluated in this run, {found.failed} of them failed"]
    if found.kept:
        lines.append(f"{found.kept} unchanged since a run before")
    seconds = max(1e-6, (latest - begun).total_seconds())
    lines.append(
        f"{finished / seconds:.1f} per second · {found.tokens:,} tokens · {found.cost_usd:.4f} USD"
    )
    if found.ended:
        how = f"stopped: {found.stopped}" if found.stopped else "ended"
        lines.append(f"{how} at {found.ended}")
    else:
        quiet = (datetime.now(UTC) - latest).total_seconds()
        lines.append(f"going on in process {found.process}; latest event {quiet:.0f} s ago")
        if quiet > _STALE_SECONDS:
            lines.append("It may have been stopped: run the same command again to continue.")
    return "\n".join(lines)
