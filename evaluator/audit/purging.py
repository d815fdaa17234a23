"""Candidates that go from a run for good, with everything that this program wrote of them.

The order makes it safe to be killed: tombstones first, so that nothing comes back; then whatever is found through the
rows; the rows last; then the file is written again without them, and the tables. Running it again ends it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ..batch.erasing import ErasingStore
from ..batch.log import RunLog, line_of
from ..batch.outputs import place_of, sweep
from ..batch.store import Item, is_id
from ..batch.tables import write_parquet, write_tables
from ..errors import UsageError
from ..models.base import Value
from ..readers.forgetting import forget_replies
from ..text.spelling import near

_CHUNK = 200
"""Candidates whose words are looked for in replies at once."""
LEAST_OF_AN_ID = 4
"""Letters by which somebody is named who goes for good."""
_MARK = codecs.BOM_UTF8


class Purged(Value):
    """What became of a purge."""

    candidates: int = 0
    replies: int = 0
    snapshots: int = 0
    exports: tuple[str, ...] = ()
    """Files outside the run that were deleted."""
    already: int = 0
    """Asked for, and gone before."""
    alike: tuple[str, ...] = ()
    """Other candidates of the run that seem to be the same person, by identity."""


def expired(folder: Path, days: float) -> int:
    """How many candidates of a run were evaluated longer ago; nothing is changed.

    Raises:
        StorageError: another process works on the run.
    """
    with ErasingStore(folder) as store:
        return len(store.older_than(datetime.now(UTC) - timedelta(days=days)))


def purge(
    folder: Path,
    wanted: Sequence[str] = (),
    *,
    older_than: float | None = None,
    replies: Path,
    snapshots: Path,
    step: Callable[[str], None] = lambda _: None,
) -> Purged:
    """Take candidates out of a run.

    Args:
        folder: of the run.
        wanted: identities, beginnings of them, or names of files; empty with ``older_than``.
        older_than: days since a candidate was evaluated.
        replies: file of the kept replies of models.
        snapshots: folder of the kept portfolios.
        step: told before each step.

    Raises:
        UsageError: there is no such candidate.
        StorageError: another process works on the run, or something cannot be written.
    """
    sweep(folder)
    with ErasingStore(folder) as store:
        found, already = _found(store, wanted)
        if older_than is not None:
            found += store.older_than(datetime.now(UTC) - timedelta(days=older_than))
        if store.is_under_way:
            found += store.begun()
        items = list({item.source: item for item in found}.values())
        ids = {item.id for item in items} - {""}
        items += [i for i in store.items() if i.id in ids and i not in items]
        if not (items or store.is_under_way):
            return Purged(already=already)
        step("tombstones")
        store.begin(items)
        ids |= set(store.orphans())
        alike = _alike(store, ids)
        done = _outside(folder, store, sorted(ids), replies, snapshots, step)
        step("rows")
        store.erase(items, ids)
        step("database")
        store.scrub()
        step("tables")
        _tables_again(folder, store)
        log = RunLog(folder, store)
        log.note_use()
        store.record(line_of("purged", ids=sorted(i.id for i in items if i.id), rows=len(items)))
        log.append()
        store.end()
    return done.model_copy(update={"candidates": len(items), "already": already, "alike": alike})


def _found(store: ErasingStore, wanted: Sequence[str]) -> tuple[list[Item], int]:
    found: list[Item] = []
    already = 0
    every = list(store.items()) if wanted else []
    for name in wanted:
        fitting = [i for i in every if _is_meant(name, i)]
        if len({i.id or i.source for i in fitting}) > 1:
            message = f"{len(fitting)} candidates of this run match “{name}”."
            raise UsageError(message, hint="The column id of candidates.csv names them.")
        if fitting:
            found += fitting
        elif store.purged(name) or store.purged(store.digest_of(name)):
            already += 1
        else:
            message = f"No candidate of this run matches “{name}”."
            meant = near(name, [Path(i.source).name for i in every])
            raise UsageError(message, hint=meant or "The column id of candidates.csv names them.")
    return found, already


def _is_meant(name: str, item: Item) -> bool:
    begins = len(name) >= LEAST_OF_AN_ID and bool(item.id) and item.id.startswith(name)
    return begins or name in {item.source, Path(item.source).name}


def _alike(store: ErasingStore, ids: set[str]) -> tuple[str, ...]:
    """Others in the run that share an e-mail address with those who go."""
    pattern = re.compile(r'"emails":\s*(\[[^\]]*\])')
    theirs: set[str] = set()
    others: dict[str, set[str]] = {}
    for item in store.items():
        row = store.row(item.key) if item.state == "done" else None
        told = pattern.search(row) if row else None
        emails = set(re.findall(r'"([^"]+@[^"]+)"', told[1].casefold())) if told else set()
        if item.id in ids:
            theirs |= emails
        else:
            others[item.id] = emails
    return tuple(sorted(id_ for id_, emails in others.items() if emails & theirs))


def _outside(
    folder: Path,
    store: ErasingStore,
    ids: Sequence[str],
    replies: Path,
    snapshots: Path,
    step: Callable[[str], None],
) -> Purged:
    """Everything that is found through the rows."""
    step("replies")
    gone = 0
    for start in range(0, len(ids), _CHUNK):
        texts = [text for id_ in ids[start : start + _CHUNK] for text in store.texts(id_)]
        gone += forget_replies(replies, texts)
    step("snapshots")
    portfolios = [snapshots / name for name in sorted(store.snapshots(ids)) if _is_snapshot(name)]
    kept = [path for path in portfolios if path.is_file()]
    exports = sorted({path for path in store.exports(ids) if path.is_file()})
    step("files")
    _delete([*kept, *exports])
    _delete(_reports(folder, store, ids))
    return Purged(replies=gone, snapshots=len(kept), exports=tuple(map(str, exports)))


def _is_snapshot(name: str) -> bool:
    return re.fullmatch(r"[0-9]{1,20}\.json", name) is not None


def _reports(folder: Path, store: ErasingStore, ids: Iterable[str]) -> list[Path]:
    """Pages and JSON of those who go, and of whom no row tells any more."""
    known = {item.id for item in store.items()} - set(ids)
    # A folder of reports that leads elsewhere is refused.
    place_of(folder, "0", "json")
    return [
        path
        for path in sorted((folder / "reports").glob("*"))
        if is_id(path.name.partition(".")[0]) and path.name.partition(".")[0] not in known
    ]


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _tables_again(folder: Path, store: ErasingStore) -> None:
    table = folder / "candidates.csv"
    has_mark = table.is_file() and table.read_bytes()[:3] == _MARK
    write_tables(folder, store, mark=has_mark)
    parquet = folder / "candidates.parquet"
    if parquet.is_file():
        try:
            write_parquet(folder, store)
        except UsageError:  # without the extra it cannot be made again, and it must not stay
            parquet.unlink()
