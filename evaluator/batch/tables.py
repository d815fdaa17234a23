"""The run's tables and its page. Those of a large run are made in a process of their own, which gives its memory back."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import StorageError
from ..render.parquet import render_parquet
from ..render.run_page import render_index
from ..render.table import Row, ranked, render_csv, render_xlsx
from ..report import CandidateReport
from ..workers import WorkerDied, WorkerPool, serve
from .files import write_if_changed
from .store import RunStore

_TABLES = ("candidates.csv", "candidates.xlsx", "index.html")
_MANY = 500
_SECONDS = 3600.0
_MODULE = "evaluator.batch.tables"


class Line(NamedTuple):
    """A row before its report is parsed."""

    id: str
    source: str
    status: str
    reason: str
    carried: dict[str, str]
    report: str | None

    def row(self) -> Row:
        """The row."""
        report = CandidateReport.model_validate_json(self.report) if self.report else None
        return Row(
            id=self.id, source=self.source, status=self.status, reason=self.reason,
            report=report, carried=self.carried,
        )  # fmt: skip


def lines_of(store: RunStore) -> list[Line]:
    """Every source of a run."""
    return [
        Line(
            item.id, item.source, item.state, item.reason, item.carried,
            store.row(item.key) if item.state == "done" else None,
        )
        for item in store.items()
    ]  # fmt: skip


def write_tables(folder: Path, store: RunStore, *, mark: bool = False) -> int:
    """The table as CSV (with a byte order mark or not) and XLSX and the run's page; gives how many changed."""
    changed = _write(folder, lines_of(store), mark=mark)
    store.set_mark("tables", "new")
    return changed


async def write_tables_apart(folder: Path, store: RunStore) -> None:
    """The same, in a process of its own when there are many rows.

    Raises:
        StorageError: the folder cannot be written.
    """
    lines = lines_of(store)
    if len(lines) < _MANY:
        _write(folder, lines)
    else:
        workers = WorkerPool(_MODULE, 1, seconds=_SECONDS)
        try:
            told = pickle.loads(await workers.ask(pickle.dumps((folder, lines))))  # noqa: S301 - ours
        except WorkerDied:
            _write(folder, lines)
        else:
            if told is not None:
                raise StorageError(told[0], mend=told[1])
        finally:
            await workers.aclose()
    store.set_mark("tables", "new")


def are_tables_new(folder: Path, store: RunStore) -> bool:
    """Whether the tables tell all that the store holds."""
    return store.mark("tables") == "new" and all((folder / name).is_file() for name in _TABLES)


def write_parquet(folder: Path, store: RunStore) -> int:
    """``candidates.parquet``; gives 1 when it changed.

    Raises:
        UsageError: the extra is not installed.
    """
    content = render_parquet(ranked([line.row() for line in lines_of(store)]))
    return int(write_if_changed(folder / "candidates.parquet", content))


def _write(folder: Path, lines: Sequence[Line], *, mark: bool = False) -> int:
    rows = ranked([line.row() for line in lines])
    contents = {
        "candidates.csv": lambda: render_csv(rows, mark=mark),
        "candidates.xlsx": lambda: render_xlsx(rows),
        "index.html": lambda: render_index(rows).encode("utf-8"),
    }
    return sum(write_if_changed(folder / name, contents[name]()) for name in _TABLES)


def main() -> None:
    """The life of the process: one request, one answer."""

    def answer(request: bytes) -> bytes:
        folder, lines = pickle.loads(request)  # noqa: S301 - of the process that started this one
        try:
            _write(folder, lines)
        except StorageError as error:
            return pickle.dumps((error.message, error.mend))
        return pickle.dumps(None)

    serve(answer)
