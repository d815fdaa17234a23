"""The book of a run's decisions: written to by reviewers, never changed, computed again at every entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from ..batch.chain import Fault, faults
from ..batch.chained_store import DECISIONS, ChainedStore, told_in
from ..batch.log import RunLog
from ..batch.store import Item, report_of
from ..errors import StorageError, UsageError
from ..models.base import Value
from ..models.vocabulary import Track
from ..report import CandidateReport
from ..rubric import Rubric
from .decision_entries import (
    SAID,
    Choice,
    Decided,
    Noted,
    Objected,
    Objection,
    Overridden,
    Passage,
    seen_by,
)
from .recounting import Reviewed, review

T = TypeVar("T", Decided, Objected, Overridden)
_NAMED = "The column id of candidates.csv names them."


class Entered(Value):
    """An entry, and what the reading is with it."""

    entry: Noted
    hash: str
    """Of the entry; whoever keeps it can show later that nothing before it was changed."""
    reviewed: Reviewed | None
    """None for a document that nobody could read."""


class KeyReused(UsageError):
    """A key names two different requests."""


class Verified(Value):
    """What a look at the whole chain found."""

    entries: int
    head: str | None
    """Hash of the last entry; None without one."""
    faults: tuple[Fault, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was changed, taken out or moved."""
        return not self.faults


class DecisionBook:
    """The decisions of one run.

    Args:
        folder: of the run.
        store: its database, open.
        rubric: that its reports were judged by.
    """

    def __init__(self, folder: Path, store: ChainedStore, rubric: Rubric) -> None:
        self._folder = folder
        self._store = store
        self._rubric = rubric

    def decide(
        self, id_: str, choice: Choice, *, by: str, reason: str = "", note: str = ""
    ) -> Entered:
        """Decide about a candidate; a later decision of the same reviewer stands in the place of this one.

        Raises:
            UsageError: there is no such candidate, nobody decides, or a no has no reason.
            StorageError: it cannot be written.
        """
        item = self._item(id_)
        report, digest = self._report(item)
        seen = seen_by(self.history(item.id), " ".join(by.split()))
        found = review(report, seen, self._rubric) if report else None
        said = _checked(lambda: Decided(
            by=" ".join(by.split()), choice=choice, reason=reason, note=note, report=digest,
            machine=found.machine if found else None, reviewed=found.reviewed if found else None,
        ))  # fmt: skip
        return self._enter(item, report, said)

    def object(
        self, id_: str, evidence: str, objection: Objection, *, by: str, reason: str
    ) -> Entered:
        """Strike, dispute or restore an item of evidence by its id in the report; errors as :meth:`decide`."""
        item = self._item(id_)
        report = self._read(item)
        meant = next((one for one in report.evidence if one.id == evidence), None)
        if meant is None:
            message = f"The report of {item.id} has no evidence “{evidence}”."
            raise UsageError(message, hint="Its items are named e1, e2 and so on.")
        said = _checked(lambda: Objected(
            by=" ".join(by.split()), objection=objection, passage=Passage.of(meant), reason=reason
        ))  # fmt: skip
        return self._enter(item, report, said)

    def override(self, id_: str, track: Track | None, *, by: str, reason: str) -> Entered:
        """Give a candidate another track than the machine's, or None to give it back; errors as :meth:`decide`."""
        item = self._item(id_)
        report = self._read(item)
        said = _checked(lambda: Overridden(by=" ".join(by.split()), track=track, reason=reason))
        return self._enter(item, report, said)

    def _enter(self, item: Item, report: CandidateReport | None, said: T) -> Entered:
        entry = self._store.enter(DECISIONS, said.model_dump(mode="json"), about=item.id)
        RunLog(self._folder, self._store)
        noted = Noted(number=entry.number, at=entry.at, id=item.id, said=said)
        reviewed = self._reviewed(report, item.id, said.by) if report else None
        return Entered(entry=noted, hash=entry.hash, reviewed=reviewed)

    def once(self, key: str, request: str, enter: Callable[[], Entered]) -> Entered:
        """Enter what a request asks, or tell what it entered before, however often the server ended in between.

        Args:
            key: digest of the request's own key.
            request: digest of what it asks.
            enter: does it, by one of the methods of this book.

        Raises:
            KeyReused: the key belongs to another request.
            StorageError: it cannot be written.
        """
        before = self._store.answered(key)
        if before is None:
            with self._store.asked(key, request):
                return enter()
        if before.request != request:
            message = "This idempotency key was used for another request."
            raise KeyReused(message)
        noted = next(noted for noted in self.history() if noted.number == before.number)
        entry = self._store.entries(DECISIONS, noted.id)
        hash_ = next(one.hash for one in entry if one.number == before.number)
        report, _ = self._report(self._item(noted.id))
        reviewed = self._reviewed(report, noted.id, noted.said.by) if report else None
        return Entered(entry=noted, hash=hash_, reviewed=reviewed)

    def history(self, id_: str | None = None, *, seen: str | None = None) -> list[Noted]:
        """Entries in their order, of one candidate or of all, as a reviewer may see them.

        Args:
            id_: identity of a candidate; None is everybody.
            seen: by this reviewer; None sees all.

        Raises:
            StorageError: an entry is none of ours.
        """
        try:
            found = [
                Noted(number=t.number, at=t.at, id=t.id, said=SAID.validate_python(t.said))
                for t in told_in(self._store.entries(DECISIONS, id_))
            ]
        except (ValidationError, ValueError) as error:
            message = (
                f"{self._folder / 'run.sqlite'} holds a decision that this program did not write."
            )
            raise StorageError(message, hint="“evaluator decisions --verify” says more.") from error
        return seen_by(found, seen)

    def reviewed(self, id_: str, *, seen: str | None = None) -> Reviewed:
        """Both verdicts on a candidate, with what a reviewer may see; errors as :meth:`decide`."""
        item = self._item(id_)
        return self._reviewed(self._read(item), item.id, seen)

    def _reviewed(self, report: CandidateReport, id_: str, seen: str | None) -> Reviewed:
        return review(report, self.history(id_, seen=seen), self._rubric)

    def verify(self, *, kept: str | None = None) -> Verified:
        """Look at every entry.

        Args:
            kept: hash of an entry that was noted before and has to be there.
        """
        entries = self._store.entries(DECISIONS)
        found = list(faults(entries))
        by_number = {entry.number: entry.hash for entry in entries}
        for anchor in {a.number: a for a in self._store.anchors(DECISIONS)}.values():
            if by_number.get(anchor.number) != anchor.hash:
                what = "the run's record knows another entry, or one that is gone"
                found.append(Fault(number=anchor.number, what=what))
        if kept is not None and kept not in by_number.values():
            found.append(Fault(number=0, what="no entry has the hash that was kept"))
        found.sort(key=lambda fault: fault.number)
        head = entries[-1].hash if entries else None
        return Verified(entries=len(entries), head=head, faults=tuple(found))

    def _item(self, wanted: str) -> Item:
        found = {
            item.id: item
            for item in self._store.items()
            if item.id and (item.id.startswith(wanted) or Path(item.source).name == wanted)
        }
        if len(found) != 1 or not wanted:
            how = f"{len(found)} candidates of this run match" if found and wanted else "No candidate of this run matches"  # fmt: skip
            message = f"{how} “{wanted}”."
            raise UsageError(message, hint=_NAMED)
        return next(iter(found.values()))

    def _report(self, item: Item) -> tuple[CandidateReport | None, str | None]:
        kept = self._store.kept(item.key) if item.state == "done" else None
        if kept is None:
            return None, None
        digest = hashlib.sha256(kept.report.encode("utf-8")).hexdigest()
        report = report_of(kept.report)
        if report is None:
            message = f"The report of {item.id} was kept by another version of the program."
            raise UsageError(message, hint="Run batch again with --retry-failed.")
        return report, digest

    def _read(self, item: Item) -> CandidateReport:
        report, _ = self._report(item)
        if report is None:
            message = f"{item.id} has no report: {item.reason}."
            raise UsageError(
                message,
                hint="You can decide about this candidate, but there is no evidence to object to.",
            )
        return report


def _checked(make: Callable[[], T]) -> T:
    try:
        return make()
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "decision"
        message = f"{name}: {first['msg'].removeprefix('Value error, ')}."
        raise UsageError(message, hint="Say who decides, and why.") from error
