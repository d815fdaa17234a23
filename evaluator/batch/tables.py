"""The run's tables and its page. Those of a large run are made in other processes, which give their memory back."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from ..access import Access, open_own
from ..errors import StorageError
from ..render.decisions import render_decisions
from ..render.parquet import render_parquet
from ..render.run_page import render_index
from ..render.table import Row, ranked, render_csv, render_xlsx
from .chained_store import DECISIONS, DecisionEntry, decided, told_in
from .files import storage_error, write_if_changed
from .likeness import marked
from .store import RunStore, report_of

T = TypeVar("T")
_TABLES = ("candidates.csv", "candidates.xlsx", "index.html")
_SHARES = (_TABLES[1:2], _TABLES[::2])
_DECISIONS = "decisions.csv"
_LINES = ".lines-{}.tmp"
MANY = 500
_OTHER_VERSION = (
    "its report was kept by another version of the program; run batch again with --retry-failed"
)
_SECONDS = 3600.0


class Elsewhere(Protocol):
    """Does work in another process."""

    async def __call__(self, call: Callable[[], T], *, seconds: float) -> T: ...


class Line(NamedTuple):
    """A row before its report is parsed."""

    id: str
    source: str
    status: str
    reason: str
    carried: dict[str, str]
    report: str | None
    decision: str = ""

    def row(self) -> Row:
        """The row; one whose report cannot be read says so."""
        report = report_of(self.report) if self.report else None
        is_lost = self.status == "done" and report is None
        return Row(
            id=self.id, source=self.source, status="failed" if is_lost else self.status,
            reason=_OTHER_VERSION if is_lost else self.reason, report=report, carried=self.carried,
            decision=self.decision,
        )  # fmt: skip


def lines_of(store: RunStore) -> Iterator[Line]:
    """Every source of a run."""
    decisions = decided(told_in(store.entries(DECISIONS)))
    for item in store.items():
        report = store.row(item.key) if item.state == "done" else None
        decision = decisions.get(item.id, "")
        yield Line(item.id, item.source, item.state, item.reason, item.carried, report, decision)


def write_tables(folder: Path, store: RunStore, *, mark: bool = False) -> int:
    """The table as CSV (with a byte order mark or not) and XLSX, decisions and the run's page; gives how many changed."""
    changed = _write(folder, lines_of(store), access=store.access, mark=mark)
    changed += _write_decisions(folder, store, mark=mark)
    store.tables_written(folder)
    return changed


async def write_tables_apart(folder: Path, store: RunStore, elsewhere: Elsewhere) -> None:
    """The same, in other processes when there are many rows: the workbook takes as long as all else.

    Raises:
        StorageError: the folder cannot be written.
    """
    if store.count() < MANY:
        _write(folder, lines_of(store), access=store.access)
    else:
        # One after the other through a file, so that this process never holds them all.
        path = folder / _LINES.format(os.getpid())
        try:
            _dump(lines_of(store), path)
            works = [partial(_try_to_write, folder, path, names, store.access) for names in _SHARES]
            told = await asyncio.gather(*(elsewhere(work, seconds=_SECONDS) for work in works))
        finally:
            path.unlink(missing_ok=True)
        for error in filter(None, told):
            raise StorageError(error[0], hint=error[1])
    _write_decisions(folder, store)
    store.tables_written(folder)


def are_tables_new(folder: Path, store: RunStore) -> bool:
    """Whether the tables tell all that the store holds."""
    return store.mark("tables") == "new" and all((folder / name).is_file() for name in _TABLES)


def write_parquet(folder: Path, store: RunStore) -> int:
    """``candidates.parquet``; gives 1 when it changed.

    Raises:
        UsageError: the extra is not installed.
    """
    content = render_parquet(marked(ranked([line.row() for line in lines_of(store)])))
    changed = int(write_if_changed(folder / "candidates.parquet", content, store.access))
    store.tables_written(folder)
    return changed


def _write_decisions(folder: Path, store: RunStore, *, mark: bool = False) -> int:
    """``decisions.csv``, where somebody decided, struck or changed anything."""
    told = list(told_in(store.entries(DECISIONS)))
    path = folder / _DECISIONS
    if not told and not path.is_file():
        return 0
    content = render_decisions([flat(one) for one in told], mark=mark)
    return int(write_if_changed(path, content, store.access))


def flat(told: DecisionEntry) -> dict[str, str | int | None]:
    """An entry as a row of ``decisions.csv``."""
    said = told.said
    passage, machine = said.get("passage") or {}, said.get("machine") or {}
    return {
        "number": told.number, "at": told.at, "id": told.id, "by": said["by"], "what": said["kind"],
        "decision": said.get("choice"), "reason": said["reason"], "note": said.get("note"),
        "evidence": passage.get("id"), "dimension": passage.get("dimension"), "quote": passage.get("quote"),
        "track": said.get("track"), "machine_track": machine.get("track"),
        "reviewed_track": (said.get("reviewed") or {}).get("track"), "report_sha256": said.get("report"),
    }  # fmt: skip


def _write(
    folder: Path,
    lines: Iterable[Line],
    names: Sequence[str] = _TABLES,
    *,
    access: Access,
    mark: bool = False,
) -> int:
    rows = marked(ranked([line.row() for line in lines]))
    contents = {
        "candidates.csv": lambda: render_csv(rows, mark=mark),
        "candidates.xlsx": lambda: render_xlsx(rows),
        "index.html": lambda: render_index(rows).encode("utf-8"),
    }
    return sum(write_if_changed(folder / name, contents[name](), access) for name in names)


def _dump(lines: Iterable[Line], path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
        with os.fdopen(
            open_own(path, flags=os.O_WRONLY | os.O_EXCL), "w", encoding="ascii"
        ) as stream:
            stream.writelines(json.dumps(line) + "\n" for line in lines)
    except OSError as error:
        raise storage_error(path, error) from error


def _load(path: Path) -> Iterator[Line]:
    with path.open(encoding="ascii") as stream:
        for line in stream:
            yield Line(*json.loads(line))


def _try_to_write(
    folder: Path, lines: Path, names: Sequence[str], access: Access
) -> tuple[str, str | None] | None:
    """An error's message and hint, as they travel between processes; None when all went well."""
    try:
        _write(folder, _load(lines), names, access=access)
    except StorageError as error:
        return error.message, error.hint
    return None
