"""What the run folders hold, as pages and programs ask for it: read, never written.

A run's database has one holder at a time. It is opened for as long as reading takes and let go of, and opened again
only when it changed; while a run is being written, what was read before is shown with a word about it.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ..batch.chained_store import ChainedStore
from ..batch.databases import SQLITE, is_run, is_shared, place_of
from ..batch.likeness import marked
from ..batch.log import RunStatus, read_status
from ..batch.outputs import has_report
from ..batch.store import Item, report_of
from ..batch.tables import Line, lines_of
from ..documents.sniffing import MAX_BYTES
from ..errors import EvaluatorError, StorageError, UserError
from ..models.base import Value
from ..render.blocks import has_own_requirements
from ..render.table import Row, ranked
from ..report import CandidateReport
from .applying import Applied
from .reviewed_candidates import Changed
from .run_cache import NotThere as NotThere
from .run_cache import Pool
from .searching import TextIndex


class RunLine(Value):
    """One run as the list of runs shows it."""

    name: str
    done: int = 0
    failed: int = 0
    tracks: dict[str, int] = {}
    changed: float
    """Seconds since the epoch."""
    is_busy: bool = False
    """Somebody is writing it."""
    trouble: str = ""
    """Why it cannot be read."""


class CandidateView(Value):
    """One candidate, whole."""

    row: Row
    report: CandidateReport
    text: str | None
    """Of the resume; None in runs that kept none."""


class Original(NamedTuple):
    """The file that a candidate was read from."""

    name: str
    content: bytes


_Stamp = tuple[int, int, int, int]
HELD = "This server is reading resumes"
_AT_ONCE = 100
"""Texts that are read while the database is held; whoever wants to write meanwhile waits that long."""


class Run:
    """The read model of one run folder. May be asked from several threads.

    Args:
        folder: of the run.
        name: by which addresses know it.

    Attributes:
        applied: the run as openings see it.
        changed: candidates that reviewers changed.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.folder = folder
        self.name = name
        self._lock = threading.RLock()
        self._pool = Pool()
        self._stamp: _Stamp | None = None
        self._is_held = False
        self._parsed: dict[str, tuple[int, Row]] = {}
        self._index = TextIndex()
        self._indexing = threading.Lock()
        self._indexed: Pool | None = None
        self.applied = Applied(self.store, is_held)
        self.changed = Changed(self.store)

    @contextmanager
    def store(self) -> Iterator[ChainedStore]:
        """The run's database, which in SQLite has one holder: nothing of the service opens it otherwise.

        Raises:
            NotThere: the run was removed meanwhile.
            StorageError: another process holds it, or it is damaged.
        """
        with self._lock:
            if self._is_held and not is_shared(self.folder):
                message = f"{HELD} into {self.name}."
                raise StorageError(message, hint="Wait for it to end, or stop it.")
            try:
                store = ChainedStore(self.folder, is_there=True)
            except StorageError as error:
                if not is_run(self.folder):
                    raise NotThere(self.name) from error
                raise
            with store:
                yield store

    @contextmanager
    def holding(self) -> Iterator[None]:
        """While this server writes the run: nobody here opens it, and who reads it has what was there before."""
        with self._lock:  # not in the middle of somebody's reading
            self._is_held = True
        try:
            yield
        finally:
            self._is_held = False

    def pool(self) -> Pool:
        """All rows, as they are now or, while somebody writes, as they were."""
        with self._lock:
            stamp = _stamp(self.folder)
            if stamp != self._stamp or self._pool.is_busy or self._pool.trouble:
                self._read(stamp)
            return self._pool

    def _read(self, stamp: _Stamp) -> None:
        before = self._pool
        try:
            with self.store() as store:
                done = [item for item in store.items() if item.state == "done"]
                keys = {item.source: item.key for item in done}
                roles = _roles(done)
                lines = list(lines_of(store))
                requirements = _requirements(store, list(keys.values())[-1:])
        except StorageError as error:
            busy = is_held(error)
            trouble = "" if busy else str(error)
            self._pool = replace(before, is_busy=busy, trouble=trouble)
        except UserError as error:
            self._pool = Pool(trouble=str(error))
        else:
            self._parsed = {line.source: self._parse(line) for line in lines}
            rows = tuple(marked(ranked([row for _, row in self._parsed.values()])))
            versions = {source: version for source, (version, _) in self._parsed.items()}
            self._pool = Pool(rows, keys, versions, roles, requirements)
            self._stamp = stamp

    def _parse(self, line: Line) -> tuple[int, Row]:
        """A row; one that is as it was is not parsed again."""
        version = hash((*line[:4], tuple(sorted(line.carried.items())), line.report, line.decision))
        before = self._parsed.get(line.source)
        return before if before and before[0] == version else (version, line.row())

    def index(self) -> TextIndex:
        """The texts for searching, as they are now; new ones are read first, some at a time."""
        with self._indexing:
            pool = self.pool()
            if self._indexed is not pool:
                versions = {row.id: pool.versions[row.source] for row in pool.done}
                sources = {row.id: row.source for row in pool.done}
                for some in batched(self._index.stale(versions), _AT_ONCE):
                    try:
                        with self.store() as store:
                            kept = [(id_, store.kept(pool.keys[sources[id_]])) for id_ in some]
                    except StorageError as error:
                        if not is_held(error):
                            raise
                        return self._index
                    self._index.add((id_, versions[id_], k.report, k.text) for id_, k in kept if k)
                self._indexed = pool
        return self._index

    def candidate(self, id_: str) -> CandidateView:
        """One candidate with evidence and text.

        Raises:
            NotThere: nobody has this identity, or what is kept cannot be read.
            StorageError: the database is held by somebody else, and the report's file is not there either.
        """
        pool = self.pool()
        row = pool.row(id_)
        try:
            with self.store() as store:
                kept = store.kept(pool.keys[row.source])
        except StorageError as error:
            return self._from_file(row, error)
        report = report_of(kept.report) if kept else None
        if kept is None or report is None:
            raise NotThere(id_)
        return CandidateView(row=row, report=report, text=kept.text)

    def _from_file(self, row: Row, error: StorageError) -> CandidateView:
        """While the database is held, the report's own file; it has no text of the resume."""
        if not (is_held(error) and has_report(self.folder, row.id)):
            raise error
        written = (self.folder / "reports" / f"{row.id}.json").read_text(encoding="utf-8")
        report = report_of(written)
        if report is None:
            raise error
        return CandidateView(row=row, report=report, text=None)

    def original(self, id_: str) -> Original | None:
        """The file that was evaluated, if it is still where the run found it and still the same.

        Raises:
            NotThere: nobody has this identity.
        """
        path = Path(self.pool().row(id_).source)
        try:
            if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
                return None
            content = path.read_bytes()
        except (OSError, ValueError):  # not readable, or a name that no file has
            return None
        is_same = sha256(content).hexdigest().startswith(id_)
        return Original(path.name, content) if is_same else None

    def status(self) -> RunStatus:
        """How far the latest run is, by its record; nothing where there is none."""
        try:
            return read_status(self.folder)
        except StorageError:
            return RunStatus()

    def line(self) -> RunLine:
        """As the list of runs shows it."""
        pool = self.pool()
        return RunLine(
            name=self.name,
            done=len(pool.done),
            failed=len(pool.failed),
            tracks=pool.tracks,
            changed=_changed(self.folder),
            is_busy=pool.is_busy,
            trouble=pool.trouble,
        )


class Runs:
    """The runs of a folder.

    Args:
        folder: holds run folders, or is one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, Run] = {}

    @property
    def is_one_run(self) -> bool:
        """Whether the folder is a run itself."""
        return is_run(self.folder)

    def _folders(self) -> dict[str, Path]:
        if self.is_one_run:
            return {self.folder.absolute().name or "run": self.folder}
        try:
            found = sorted(self.folder.iterdir())
        except OSError:
            return {}
        return {
            path.name: path
            for path in found
            if not path.is_symlink() and is_run(path) and path.name.isprintable()
        }

    def all(self) -> list[Run]:
        """Every run, the one that changed last first."""
        folders = self._folders()
        with self._lock:
            self._known = {
                name: self._known.get(name) or Run(path, name) for name, path in folders.items()
            }
            found = list(self._known.values())
        return sorted(found, key=lambda run: (-_changed(run.folder), run.name))

    def run(self, name: str) -> Run:
        """A run by its name, which is looked up and never made a path of.

        Raises:
            NotThere: none has it.
        """
        with self._lock:
            run = self._known.get(name)
        if run is not None and is_run(run.folder):
            return run
        for found in self.all():
            if found.name == name:
                return found
        raise NotThere(name)

    def read_ahead(self, count: int) -> None:
        """Read the runs that changed last before anybody asks; what cannot be read is told to who asks.

        Whatever the process holds by then is left out of later garbage collections (``gc.freeze``).
        """
        for run in self.all()[:count]:
            with suppress(EvaluatorError, NotThere):
                run.pool()
                run.index()
        # What was read stays as long as the server does, and walking 2,000 reports for garbage holds a page up for 0.2 s.
        gc.collect()
        gc.freeze()

    def lines(self) -> Sequence[RunLine]:
        """Every run as the list shows it, but those that are removed meanwhile."""
        found = []
        for run in self.all():
            with suppress(NotThere):
                found.append(run.line())
        return found


def _roles(items: Sequence[Item]) -> dict[str, str]:
    """The role that each was read for, whose text most of them share."""
    shared: dict[str, str] = {}
    told = {item.source: item.parts.get("role", "") for item in items}
    return {source: shared.setdefault(role, role) for source, role in told.items()}


def _requirements(store: ChainedStore, keys: Sequence[str]) -> dict[str, str]:
    """What the role asks for, from a whole report: rows do not repeat it."""
    kept = [found for key in keys if (found := store.kept(key))]
    reports = [report for found in kept if (report := report_of(found.report))]
    return {r.id: r.text for report in reports if has_own_requirements(report) for r in report.requirements if r.scored}  # fmt: skip


def batched(ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """In pieces of a size."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]


def is_held(error: StorageError) -> bool:
    """Whether a database cannot be read because somebody is writing it."""
    return error.message.startswith(("Another process", HELD))


def _changed(folder: Path) -> float:
    try:
        return place_of(folder).stat().st_mtime
    except OSError:
        return 0.0


def _stamp(folder: Path) -> _Stamp:
    """Changes when the database does, or when somebody opens it: its log is there as long as it is held."""
    try:
        found = place_of(folder).stat()
    except OSError:
        return (0, 0, 0, 0)
    try:
        log = (folder / f"{SQLITE}-wal").stat().st_size
    except OSError:
        log = -1
    return (found.st_ino, found.st_size, found.st_mtime_ns, log)
