"""What has been kept for longer than it may be: told, never deleted unasked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from ..audit.purging import expired
from ..errors import UsageError
from ..settings import Settings


def days_told(days: float) -> str:
    """A retention in words."""
    return "1 day" if days == 1 else f"{days:g} days"


def say_expired(run: Path, settings: Settings) -> None:
    """One line on standard error where candidates of a run are older than the retention."""
    if settings.retention_days is not None:
        count = expired(run, settings.retention_days)
        if count:
            click.echo(f"evaluator: {expired_told(run, count, settings.retention_days)}; “evaluator purge {run} --expired” removes them", err=True)  # fmt: skip


def expired_told(run: Path, count: int, days: float) -> str:
    """How many candidates are too old, in words."""
    who = "1 candidate" if count == 1 else f"{count} candidates"
    return f"{who} of {run} {'was' if count == 1 else 'were'} evaluated more than {days_told(days)} ago"


def old_snapshots(folder: Path, days: float) -> int:
    """Portfolio snapshots that were fetched longer ago."""
    oldest = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    return sum(path.stat().st_mtime < oldest for path in folder.glob("*.json"))


def require_retention(settings: Settings) -> float:
    """The configured retention in days.

    Raises:
        UsageError: none are set.
    """
    if settings.retention_days is None:
        message = "No retention is set."
        raise UsageError(message, hint="Set EVALUATOR_RETENTION_DAYS, or give --older-than DAYS.")
    return settings.retention_days
