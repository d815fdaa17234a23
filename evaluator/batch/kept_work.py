"""Whether what a run folder holds of a source still serves, or why the source is read again."""

from __future__ import annotations

from collections.abc import Collection

from ..models.portfolio import PortfolioStatus
from ..pipeline.session import Session
from .ledger import Ledger
from .row_errors import NOT_ASKED
from .row_identity import difference
from .store import Item, Kept, report_of


class KeptWork:
    """What is done and need not be done again.

    Args:
        session: that would read.
        again: failed rows and unknown portfolios are tried again.
        settled: identities for which that was done already, before the run was interrupted.
    """

    def __init__(self, session: Session, *, again: bool, settled: Collection[str]) -> None:
        self._session = session
        self._again = again
        self._settled = settled

    async def reason_to_read(
        self, before: Item | None, key: str, parts: dict[str, str], ledger: Ledger
    ) -> str | None:
        """Why a source is evaluated (again); None where what is kept still holds.

        Args:
            before: the row of the source, if there is one.
            key: identity of what would be read now, and by what.
            parts: that the identity is made of.
            ledger: of the run.
        """
        if before is None:
            return "new"
        if before.reason.startswith(NOT_ASKED):
            return "the run stopped before its turn"
        if before.key != key:
            return difference(before.parts, parts)
        if before.state == "failed":
            return "it failed before" if self._is_tried_again(before.id) else None
        if not self._is_current(await ledger.snapshot(key)):
            return "the portfolio's snapshot changed"
        if self._is_tried_again(before.id):
            row = await ledger.row(key)
            if row is None or _is_unknown(row):
                return "the portfolio was unknown, or another version kept it"
        return None

    def serves(self, same: Kept) -> bool:
        """Whether the report of a file with the same content serves another one too."""
        if self._is_tried_again(same.id) or report_of(same.report) is None:
            return False
        return self._is_current(same.snapshot)

    def _is_current(self, snapshot: str | None) -> bool:
        """Whether a snapshot of public code is as it was; where there was none, nothing changed."""
        if not snapshot:
            return True
        return self._session.snapshot_state(snapshot.partition(" ")[0]) == snapshot

    def _is_tried_again(self, id_: str) -> bool:
        return self._again and id_ not in self._settled


def _is_unknown(row: str) -> bool:
    report = report_of(row)
    return report is None or report.portfolio.status is PortfolioStatus.UNKNOWN
