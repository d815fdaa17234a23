"""The run's record: one JSON line an event, without personal data.

The lines stand in the database, written together with what they tell of; ``log.jsonl`` is appended from there
and repaired when a killed run left it behind.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..access import open_own
from ..errors import StorageError
from ..models.base import Value
from ..models.reading import Usage
from ..version import __version__
from .files import storage_error
from .record_of_use import FILES, NOTED, USE
from .store import RunStore

NAME = "log.jsonl"
_OLDER = "lines of log.jsonl before the database kept them"


def line_of(event: str, **facts: object) -> str:
    """One event as a line. Times stand here and not in reports."""
    line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
    return json.dumps(line, ensure_ascii=False)


class RunLog:
    """Keeps ``log.jsonl`` equal to the record in the database.

    Args:
        folder: of the run.
        store: holds the record.

    Raises:
        StorageError: the file cannot be written, or is a link.
    """

    def __init__(self, folder: Path, store: RunStore) -> None:
        self._path = folder / NAME
        self._store = store
        with store.turn(NAME):
            self._look()
        self.append()

    def _look(self) -> None:
        """See how far the file is, and mend its end."""
        try:
            with os.fdopen(open_own(self._path, self._store.access), "r+b") as stream:
                there = stream.read()
                whole = there[: there.rfind(b"\n") + 1]
                if len(whole) < len(there):
                    stream.truncate(len(whole))  # a line that a killed run had begun
        except OSError as error:
            raise storage_error(self._path, error) from error
        found = whole.count(b"\n")
        older = self._store.mark(_OLDER)
        if older is None:
            older = str(found)
            self._store.set_mark(_OLDER, older)
        self._written = max(0, found - int(older))
        self._size = len(whole)

    def append(self) -> None:
        """Append what the database has and the file has not."""
        with self._store.turn(NAME):
            self._append()

    def _append(self) -> None:
        if self._store.is_shared and self._path.stat().st_size != self._size:
            self._look()  # another worker wrote
        lines = self._store.lines(self._written)
        if not lines:
            return
        try:
            descriptor = open_own(self._path, self._store.access, flags=os.O_WRONLY | os.O_APPEND)
            with os.fdopen(descriptor, "a", encoding="utf-8") as stream:
                stream.write("".join(f"{line}\n" for line in lines))
                self._size = stream.tell()
        except OSError as error:
            raise storage_error(self._path, error) from error
        self._written += len(lines)

    def note_use(self) -> None:
        """Note how far the records of use and of the tables have come."""
        for chain in (USE, FILES):
            entries = self._store.entries(chain)
            if entries:
                last = entries[-1]
                self._store.record(line_of(NOTED, chain=chain, number=last.number, hash=last.hash))
        self.append()


def started_line(settings: dict[str, object], total: int | None, begun_before: int) -> str:
    """The beginning of a run.

    Args:
        settings: what is told of them.
        total: sources; None when nobody counted.
        begun_before: candidates whose calls a killed run had begun.
    """
    return line_of("run started", evaluator=__version__, settings=settings, total=total, process=os.getpid(), begun_before=begun_before)  # fmt: skip


def failed_line(id_: str, reason: str, spent: Usage, cost: float | None) -> str:
    """A failure, with what its calls of the model have cost, if there were any."""
    told: dict[str, object] = {"id": id_, "reason": reason.split(":")[0]}
    if spent.calls:
        told |= {"calls": spent.calls, "input_tokens": spent.input_tokens, "output_tokens": spent.output_tokens, "cost_usd": cost}  # fmt: skip
    return line_of("failed", **told)


class RunStatus(Value):
    """What the record tells of the latest run of a folder."""

    started: str | None = None
    """When, ISO 8601."""
    ended: str | None = None
    process: int | None = None
    total: int | None = None
    done: int = 0
    failed: int = 0
    kept: int = 0
    tokens: int = 0
    cost_usd: float = 0.0
    latest: str | None = None
    """When the latest event was."""
    stopped: str | None = None


def read_status(folder: Path) -> RunStatus:
    """The state of a run from its record alone, so that it can be asked while the run goes on.

    Raises:
        StorageError: there is no record, or it cannot be read.
    """
    facts: dict[str, Any] = {}
    done = failed = tokens = 0
    cost = 0.0
    for event in events(folder / NAME):
        kind = event["event"]
        if kind == "run started":
            facts = {
                "started": event["at"],
                "process": event.get("process"),
                "total": event.get("total"),
            }
            done = failed = tokens = 0
            cost = 0.0
        elif kind in {"done", "failed"}:
            done += kind == "done"
            failed += kind == "failed"
            tokens += int(_number(event, "input_tokens") + _number(event, "output_tokens"))
            cost += _number(event, "cost_usd")
        elif kind == "run ended":
            facts |= {
                "ended": event["at"],
                "kept": event.get("kept", 0),
                "stopped": event.get("stopped"),
            }
        facts["latest"] = event["at"]
    try:
        return RunStatus.model_validate(
            {**facts, "done": done, "failed": failed, "tokens": tokens, "cost_usd": round(cost, 6)}
        )
    except ValidationError as error:
        message = f"{folder / NAME} is no record of this program."
        raise StorageError(message, hint="Run batch again: it writes what is missing.") from error


def _number(event: dict[str, Any], name: str) -> float:
    value = event.get(name)
    return value if isinstance(value, int | float) else 0


def events(path: Path) -> Iterator[dict[str, Any]]:
    """Whole lines of a record; one that was torn or written by something else is left out.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        with path.open(encoding="utf-8", errors="replace") as stream:
            for line in stream:
                if line.endswith("\n"):
                    event = _event(line)
                    if event is not None:
                        yield event
    except OSError as error:
        raise storage_error(path, error) from error


def _event(line: str) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_ours = isinstance(event, dict) and {"at", "event"} <= event.keys() and _is_time(event["at"])
    return event if is_ours else None


def _is_time(text: object) -> bool:
    try:
        return isinstance(text, str) and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
