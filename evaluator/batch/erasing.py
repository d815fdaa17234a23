"""Rows of a run that go for good: out of the tables, the free pages and the write-ahead log of its database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from .chain import erase
from .store import Item, RunStore, now

_UNDER_WAY = "purging"


class ErasingStore(RunStore):
    """A run's database with what purging needs, held alone; errors as those of :class:`RunStore`."""

    _is_alone = True

    def older_than(self, time: datetime) -> list[Item]:
        """Rows that were written before a time; where nobody noted when, that of the latest event counts."""
        with self._guarded():
            latest = self._db.execute(
                f"select {self._db.field('line', 'at')} from event order by number desc limit 1"  # noqa: S608 - of the adapter
            ).fetchone()
            found = self._db.execute("select source, at from item").fetchall()
        known = latest[0] if latest else now()
        old = {s for s, at in found if datetime.fromisoformat(at or known) < time}
        return [item for item in self.items() if item.source in old]

    def begin(self, items: Sequence[Item]) -> None:
        """Note whom no later run may bring back. From here on the purge has to be finished."""
        digests = {item.id for item in items} | {self.digest_of(item.source) for item in items}
        at = now()
        with self._transaction():
            self._db.executemany(
                "insert into tombstone (digest, at) values (?, ?) on conflict do nothing",
                [(digest, at) for digest in sorted(digests - {""})],
            )
            self._mark(_UNDER_WAY, at)
            self._mark("tables", "old")

    @property
    def is_under_way(self) -> bool:
        """Whether a purge was begun and not finished."""
        return bool(self.mark(_UNDER_WAY))

    def begun(self) -> list[Item]:
        """Rows whose purge a killed process left."""
        return [
            item
            for item in self.items()
            if self.purged(item.id) or self.purged(self.digest_of(item.source))
        ]

    def orphans(self) -> list[str]:
        """Identities of reports that no row names any more, such as those of a file's earlier content."""
        return self._column("select distinct id from report where id not in (select id from item)")

    def texts(self, id_: str) -> list[str]:
        """Everything that is kept of a document's words."""
        return self._column(
            "select text from report where id = ? and text is not null"
            " union all select json from report where id = ?", id_, id_,
        )  # fmt: skip

    def snapshots(self, ids: Iterable[str]) -> set[str]:
        """File names of portfolios that only these candidates' reports came from."""
        theirs: set[str] = set()
        others: set[str] = set()
        wanted = set(ids)
        with self._guarded():
            for id_, snapshot in self._db.execute(
                "select id, snapshot from report where snapshot is not null"
            ):
                (theirs if id_ in wanted else others).add(str(snapshot).partition(" ")[0])
        return theirs - others

    def exports(self, ids: Iterable[str]) -> list[Path]:
        """Files outside the run that tell of them."""
        return [
            Path(path)
            for id_ in ids
            for path in self._column("select path from export where id = ?", id_)
        ]

    def erase(self, items: Sequence[Item], ids: Iterable[str]) -> None:
        """Take the rows out, and everything that is kept under these identities."""
        with self._guarded():
            self._db.forget_deleted()
        with self._transaction():
            for item in items:
                self._db.execute("delete from item where source = ?", (item.source,))
                self._db.execute("delete from intent where key = ?", (item.key,))
            for id_ in ids:
                self._db.execute("delete from report where id = ?", (id_,))
                self._db.execute("delete from text_index where id = ?", (id_,))
                self._db.execute("delete from export where id = ?", (id_,))
                erase(self._db, id_, at=now())

    def scrub(self) -> None:
        """Write the whole file again without what was deleted, and empty the write-ahead log."""
        with self._guarded():
            self._db.forget_deleted()
            self._db.scrub()

    def end(self) -> None:
        """The purge is finished."""
        self.set_mark(_UNDER_WAY, "")
        with self._guarded():
            self._db.empty_log()

    def _column(self, query: str, *values: str) -> list[str]:
        with self._guarded():
            return [str(row[0]) for row in self._db.execute(query, values).fetchall()]
