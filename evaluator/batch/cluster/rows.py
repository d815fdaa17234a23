"""Rows of a cluster's runs in Parquet: ``OUT/candidates/000001/*.parquet``, one folder a run, one row a source.

A later run writes only what is new or changed; the rows that it replaces are taken out of the older files.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from ...errors import StorageError
from ...models.base import Value
from ...render.parquet import columns_of
from ...render.table import Cell
from ..addresses import is_address, system_of
from ..row_errors import NOT_ASKED

Line = dict[str, Cell | bool]
_FOLDER = "candidates"
_TOMBSTONES = "tombstones.json"


class Before(Value):
    """What an earlier run left of one source."""

    key: str
    status: str
    snapshot: str


def schema() -> Any:
    """Columns of the files: those of the table, and what a rerun and a reader of reports need."""
    import pyarrow

    table = columns_of(pyarrow)
    kept = [field for field in table if field.name not in {"report", "same_as", "decision"}]
    added = [
        pyarrow.field("carried", pyarrow.string()),
        pyarrow.field("key", pyarrow.string()),
        pyarrow.field("snapshot", pyarrow.string()),
        pyarrow.field("portfolio_unknown", pyarrow.bool_()),
        pyarrow.field("report_json", pyarrow.string()),
    ]
    return pyarrow.schema([*kept, *added])


def typed(lines: Any) -> Any:
    """A block of ``line`` texts as typed rows; empty lines are sources that get no row."""
    import pyarrow

    rows = [json.loads(line) for line in lines["line"].to_pylist() if line]
    return pyarrow.Table.from_pylist(rows, schema=schema())


class Rows:
    """The files below one output folder or address.

    Args:
        out: as the user gave it.
    """

    def __init__(self, out: str) -> None:
        if is_address(out):
            self.system, base = system_of(out)
        else:
            from pyarrow import fs

            self.system, base = fs.LocalFileSystem(), str(Path(out).resolve())
        self._base = f"{base.rstrip('/')}/{_FOLDER}"

    def next_run(self) -> str:
        """A folder that no run has used, made.

        Raises:
            StorageError: nothing can be written there.
        """
        used = [int(name) for name in self._runs()]
        folder = f"{self._base}/{max(used, default=0) + 1:06}"
        try:
            self.system.create_dir(folder, recursive=True)
        except OSError as error:
            message = f"{self._base} cannot be written."
            raise StorageError(message, hint="Choose another --out.") from error
        return folder

    def before(self, *, retry_failed: bool) -> dict[str, Before]:
        """What earlier runs left, by source.

        Args:
            retry_failed: leave out failed rows and unknown portfolios, so that they are read again. Those whose turn did not
                come are left out always.
        """
        found = {}
        names = ["source", "key", "status", "reason", "snapshot", "portfolio_unknown"]
        for _, table in self._tables(names):
            for row in table.to_pylist():
                again = row["status"] == "failed" or row["portfolio_unknown"]
                is_left = row["status"] == "failed" and (row["reason"] or "").startswith(NOT_ASKED)
                if not (is_left or (retry_failed and again)):
                    found[row["source"]] = Before(
                        key=row["key"], status=row["status"], snapshot=row["snapshot"]
                    )
        return found

    def readers(self) -> set[str]:
        """The readers that made the reports."""
        return {
            str(row["reader"]) for row in self.rows(["reader", "status"]) if row["status"] == "done"
        }

    def settle(self) -> None:
        """Leave each source one row, that of the latest run; a file that a killed run tore goes."""
        seen: set[str] = set()
        for path, table in self._tables(["source"], newest_first=True):
            fresh = []
            for source in table.column("source").to_pylist():
                fresh.append(source not in seen)
                seen.add(source)
            if not all(fresh):
                self._keep_only(path, fresh)

    def rows(self, columns: list[str], *, mend: bool = True) -> Iterator[dict[str, Any]]:
        """Every row, some columns of it.

        Args:
            columns: their names.
            mend: take away what a killed run tore; else it is passed over.
        """
        for _, table in self._tables(columns, mend=mend):
            yield from table.to_pylist()

    def text(self, name: str) -> str | None:
        """A file beside the rows' folders; None where there is none.

        Raises:
            StorageError: it cannot be read.
        """
        from pyarrow import fs

        path = f"{self._base}/{name}"
        try:
            if self.system.get_file_info(path).type is not fs.FileType.File:
                return None
            with self.system.open_input_file(path) as stream:
                return str(stream.read().decode("utf-8", "replace"))
        except OSError as error:
            message = f"{path} cannot be read."
            raise StorageError(message, hint="Check the address and its credentials.") from error

    def write(self, name: str, text: str) -> None:
        """Write such a file, whole or not at all.

        Raises:
            StorageError: nothing can be written there.
        """
        path = f"{self._base}/{name}"
        try:
            with self.system.open_output_stream(f"{path}.tmp") as stream:
                stream.write(text.encode())
            self.system.move(f"{path}.tmp", path)
        except OSError as error:
            message = f"{self._base} cannot be written."
            raise StorageError(message, hint="Check the address and its credentials.") from error

    def tombstones(self) -> dict[str, str]:
        """Identities of documents that were purged, and when."""
        try:
            with self.system.open_input_file(f"{self._base}/{_TOMBSTONES}") as stream:
                found = json.loads(stream.read())
        except (OSError, ValueError):
            return {}
        return {str(id_): str(at) for id_, at in found.items()} if isinstance(found, dict) else {}

    def bury(self, ids: Iterable[str], at: str) -> None:
        """Note that documents are not to be read again.

        Raises:
            StorageError: nothing can be written there.
        """
        every = dict.fromkeys(ids, at) | self.tombstones()
        try:
            with self.system.open_output_stream(f"{self._base}/{_TOMBSTONES}") as stream:
                stream.write(json.dumps(every, sort_keys=True).encode())
        except OSError as error:
            message = f"{self._base} cannot be written."
            raise StorageError(message, hint="Check the address and its credentials.") from error

    def erase(self, ids: Collection[str]) -> int:
        """Write every file again without these documents' rows; gives how many rows went."""
        gone = 0
        for path, table in self._tables(["id"]):
            stays = [id_ not in ids for id_ in table.column("id").to_pylist()]
            if not all(stays):
                gone += stays.count(False)
                self._keep_only(path, stays)
        return gone

    def _runs(self) -> list[str]:
        from pyarrow import fs

        found = self.system.get_file_info(fs.FileSelector(self._base, allow_not_found=True))
        names = [info.base_name for info in found if info.type is fs.FileType.Directory]
        return sorted(name for name in names if name.isdigit())

    def _tables(
        self, columns: list[str], *, newest_first: bool = False, mend: bool = True
    ) -> Iterable[tuple[str, Any]]:
        import pyarrow
        from pyarrow import fs, parquet

        for run in sorted(self._runs(), reverse=newest_first):
            files = self.system.get_file_info(fs.FileSelector(f"{self._base}/{run}"))
            for info in sorted(files, key=lambda each: str(each.path)):
                if info.extension != "parquet":
                    if mend:
                        self.system.delete_file(info.path)  # what a killed run was replacing
                    continue
                try:
                    with self.system.open_input_file(info.path) as stream:
                        table = parquet.read_table(stream, columns=columns)
                except (pyarrow.ArrowInvalid, OSError):
                    if mend:
                        self.system.delete_file(info.path)
                    continue
                yield info.path, table

    def _keep_only(self, path: str, fresh: list[bool]) -> None:
        """Write a file again with some of its rows, or take it away."""
        import pyarrow
        from pyarrow import parquet

        if not any(fresh):
            self.system.delete_file(path)
            return
        with self.system.open_input_file(path) as stream:
            kept = parquet.read_table(stream).filter(pyarrow.array(fresh))
        temporary = f"{path}.tmp"
        with self.system.open_output_stream(temporary) as stream:
            parquet.write_table(kept, stream)
        self.system.move(temporary, path)
