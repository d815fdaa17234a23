"""Several openings for the candidates of one run: who fits which, from kept evidence, nobody read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..errors import UsageError
from ..report import CandidateReport, Matrix, MatrixRow, with_role
from ..roles.model import RoleProfile
from ..rubric import load_rubric
from ..scoring import advert_words
from .store import RunStore, report_of


def matrix_of(
    store: RunStore, roles: Sequence[RoleProfile], ids: frozenset[str] = frozenset()
) -> Matrix:
    """See the candidates of a run by several roles; the run stays as it is.

    Args:
        store: of the run.
        roles: at least one, each under a name of its own.
        ids: of the candidates that are wanted; empty for all.

    Raises:
        UsageError: two roles have one name.
    """
    names = tuple(role.name for role in roles)
    if twice := next((name for name in names if names.count(name) > 1), None):
        message = f"Two roles are called “{twice}”."
        raise UsageError(message, hint="Give each role file a name of its own.")
    rows: list[MatrixRow] = []
    unasked = 0
    rubric, words = load_rubric(), [advert_words(role) for role in roles]
    for source, report, text in _kept(store, ids):
        fits = tuple(
            with_role(report, role, text, rubric=rubric, words=told).role_fit
            for role, told in zip(roles, words, strict=True)
        )
        best = max(fit.score for fit in fits)
        rows.append(
            MatrixRow(
                id=report.id,
                source=source,
                name=report.candidate.name or "",
                fits=fits,
                best=tuple(fit.role for fit in fits if fit.score == best and best),
            )
        )
        unasked += report.provenance.reader == "model" and any(role.asked for role in roles)
    rows.sort(key=lambda row: (-max(fit.score for fit in row.fits), row.id, row.source))
    return Matrix(roles=names, candidates=tuple(rows), unasked=unasked)


def _kept(
    store: RunStore, ids: frozenset[str]
) -> Iterator[tuple[str, CandidateReport, str | None]]:
    for item in store.items():
        kept = store.kept(item.key) if item.state == "done" else None
        report = report_of(kept.report) if kept else None
        if kept is not None and report is not None and (not ids or report.id in ids):
            yield item.source, report, kept.text
