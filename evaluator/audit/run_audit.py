"""A run's tables by group: every label that it gives, every score, and who could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..batch.store import RunStore, now
from ..batch.tables import lines_of
from ..errors import UsageError
from ..models.base import Value
from ..models.vocabulary import Track
from ..render.html import environment
from ..render.table import Row
from ..version import __version__
from .groups import Groups
from .rates import SEED, Outcome, Table, above_median, table

SMALLEST = 10
DRAWS = 2_000
_NOT_AN_AUDIT = (
    "Calculated for the use of an independent auditor. Whoever made or sells a tool is not independent, and a "
    "calculation is not an audit."
)


class Audit(Value):
    """All tables of one run, and what they were made from."""

    made: str
    """When, ISO 8601."""
    evaluator: str
    rubrics: tuple[str, ...]
    readers: tuple[str, ...]
    people: int
    """In the run."""
    grouped: int
    """Of them, those that the file of groups names."""
    strangers: int
    """Whom that file names and the run does not know."""
    smallest: int
    draws: int
    seed: int
    notice: str = _NOT_AN_AUDIT
    tables: tuple[Table, ...]


def audit_run(
    folder: Path,
    groups: Groups,
    *,
    smallest: int = SMALLEST,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Audit:
    """Tables of a run folder.

    Args:
        folder: of the run.
        groups: as the user's file gives them.
        smallest: people that a group must have to be shown.
        draws: of each bootstrap and of each null.
        seed: of the draws.

    Raises:
        StorageError: another process works on the run.
        UsageError: the file of groups names nobody of the run.
    """
    with RunStore(folder) as store:
        rows = [line.row() for line in lines_of(store)]
    return audit_rows(rows, groups, smallest=smallest, draws=draws, seed=seed)


def audit_rows(
    rows: Sequence[Row],
    groups: Groups,
    *,
    smallest: int = SMALLEST,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Audit:
    """The same for rows that are there; one document counts once."""
    people: dict[str, Row] = {}
    for row in rows:
        people.setdefault(_named(row, groups), row)
    grouped = people.keys() & set(groups.people)
    if not grouped:
        message = "The file of groups names nobody of this run."
        raise UsageError(message, hint=f"Its column {groups.key} has to be that of candidates.csv.")
    reports = [row.report for row in people.values() if row.report]
    return Audit(
        made=now(),
        evaluator=__version__,
        rubrics=tuple(sorted({r.provenance.rubric for r in reports})),
        readers=tuple(sorted({r.provenance.model or "embedded rules" for r in reports})),
        people=len(people),
        grouped=len(grouped),
        strangers=len(set(groups.people) - people.keys()),
        smallest=smallest,
        draws=draws,
        seed=seed,
        tables=tuple(
            table(outcome, attribute, of, smallest=smallest, draws=draws, seed=seed)
            for outcome in _outcomes(people, groups)
            for attribute, of in groups.attributes.items()
        ),
    )


def _named(row: Row, groups: Groups) -> str:
    names = {"id": row.id or row.source, "source": row.source, "file": Path(row.source).name}
    return names[groups.key]


def _outcomes(people: dict[str, Row], groups: Groups) -> list[Outcome]:
    read = {person: row.report for person, row in people.items() if row.report}
    selected = {person: hit for person, hit in groups.selected.items() if person in people}
    found = [Outcome(name="selected", of=selected)] if selected else []
    found += [
        Outcome(name=f"track {t.value}", of={p: r.track is t for p, r in read.items()})
        for t in Track
    ]
    found += [
        above_median("ML score above the median", {p: r.axes.ml.score for p, r in read.items()}),
        above_median("Ops score above the median", {p: r.axes.ops.score for p, r in read.items()}),
        above_median("role fit above the median", {p: r.role_fit.score for p, r in read.items()}),
        Outcome(
            name="flagged for a person to check",
            of={p: r.human_review.required for p, r in read.items()},
        ),
        Outcome(name="could not be read", of={p: row.report is None for p, row in people.items()}),
    ]
    return found


def audit_html(audit: Audit, *, used_since: str | None = None, data: str = "") -> str:
    """A page to publish: every table, nobody's name.

    Args:
        audit: what was calculated.
        used_since: when the tool was first used for these decisions, as the law asks to be told.
        data: where the people and their groups come from, in a sentence.
    """
    return (
        environment()
        .get_template("audit.html.j2")
        .render(audit=audit, used_since=used_since, data=data)
    )
