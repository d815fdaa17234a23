"""The run's record: one JSON line an event, without personal data.

The lines stand in the database, written together with what they tell of; ``log.jsonl`` is appended from there
and mended when a killed run left it behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ..models.base import Value
from .files import storage_error
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
        StorageError: the file cannot be written.
    """

    def __init__(self, folder: Path, store: RunStore) -> None:
        self._path = folder / NAME
        self._store = store
        try:
            there = self._path.read_bytes() if self._path.exists() else b""
            whole = there[: there.rfind(b"\n") + 1]
            if len(whole) < len(there):
                with self._path.open("r+b") as stream:
                    stream.truncate(len(whole))  # a line that a killed run had begun
        except OSError as error:
            raise storage_error(self._path, error) from error
        found = whole.count(b"\n")
        older = store.mark(_OLDER)
        if older is None:
            older = str(found)
            store.set_mark(_OLDER, older)
        self._written = max(0, found - int(older))
        self.append()

    def append(self) -> None:
        """Append what the database has and the file has not."""
        lines = self._store.lines(self._written)
        if not lines:
            return
        try:
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write("".join(f"{line}\n" for line in lines))
        except OSError as error:
            raise storage_error(self._path, error) from error
        self._written += len(lines)


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
    for event in _events(folder / NAME):
        kind = event["event"]
        if kind == "run started":
            facts = {
                "started": event["at"],
                "process": event.get("process"),
                "total": event.get("total"),
            }
            done = failed = tokens = 0
            cost = 0.0
        elif kind == "done":
            done += 1
            tokens += (event.get("input_tokens") or 0) + (event.get("output_tokens") or 0)
            cost += event.get("cost_usd") or 0.0
        elif kind == "failed":
            failed += 1
        elif kind == "run ended":
            facts |= {
                "ended": event["at"],
                "kept": event.get("kept", 0),
                "stopped": event.get("stopped"),
            }
        facts["latest"] = event["at"]
    return RunStatus.model_validate(
        {**facts, "done": done, "failed": failed, "tokens": tokens, "cost_usd": round(cost, 6)}
    )


def _events(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                if line.endswith("\n"):
                    yield json.loads(line)
    except OSError as error:
        raise storage_error(path, error) from error
