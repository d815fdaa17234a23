"""``stability RUN --against KEPT``: two runs of one pinned set."""

from __future__ import annotations

from pathlib import Path

from ..batch.store import RunStore, report_of
from ..calibration.drift import Drift, Moved, drift
from ..errors import UsageError
from ..models.vocabulary import BAND_NAMES, Axis
from ..report import CandidateReport
from .options import refuse_no_run

_MOST_TOLD = 30


def drift_of(run: Path, kept: Path) -> Drift:
    """How far verdicts of a run lie from those of a kept one.

    Raises:
        UsageError: one of them is no run, or no document is in both.
        StorageError: another process works on one of them.
    """
    before, now = _reports(kept), _reports(run)
    if not before.keys() & now.keys():
        message = f"No document of {run} is in {kept}."
        raise UsageError(message, hint="Read the same files into both.")
    return drift(before, now)


def _reports(run: Path) -> dict[str, CandidateReport]:
    refuse_no_run(run)
    found = {}
    with RunStore(run) as store:
        for item in store.items():
            row = store.row(item.key) if item.state == "done" else None
            report = report_of(row) if row else None
            if report is not None:
                found[item.id] = report
    return found


def drift_text(found: Drift) -> str:
    """The comparison for a terminal."""
    before, now = found.readers
    lines = [f"before: {'; '.join(before)}", f"now:    {'; '.join(now)}", ""]
    only = f" ({found.missing} only in one of them)" if found.missing else ""
    lines.append(f"{found.candidates} documents{only}; tracks equal {found.tracks:.1%}")
    for axis in Axis:
        lines.append(  # noqa: PERF401 - two lines of text
            f"{axis.value.upper():4}bands equal {found.bands[axis]:.1%}, score moved {found.shift[axis]:+.1f} on average, "
            f"{found.distance[axis]:.1f} apart"
        )
    lines += [f"farthest {found.farthest:.1f} points", *map(_line, found.moved[:_MOST_TOLD])]
    if len(found.moved) > _MOST_TOLD:
        lines.append(f"and {len(found.moved) - _MOST_TOLD} more")
    return "\n".join(lines) + "\n"


def _line(moved: Moved) -> str:
    parts = [
        f"{axis.value.upper()} {BAND_NAMES[was]} → {BAND_NAMES[is_]}"
        for axis, (was, is_) in moved.bands.items()
        if was != is_
    ]
    was, is_ = moved.tracks
    parts += [f"track {was.value} → {is_.value}"] if was is not is_ else []
    return f"  {moved.id}  {', '.join(parts)}{' (was borderline)' if moved.borderline else ''}"
