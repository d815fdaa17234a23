"""The run's record: one JSON line an event, appended, without personal data."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from .files import storage_error


class RunLog:
    """Appends to ``log.jsonl``. Times stand here and not in reports."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, event: str, **facts: object) -> None:
        """Append one event.

        Raises:
            StorageError: the file cannot be written.
        """
        line = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **facts}
        try:
            with self._path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        except OSError as error:
            raise storage_error(self._path, error) from error
