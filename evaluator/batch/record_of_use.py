"""The record of use: for each report that a run made or made again, what it was made of, by what, when and for whom.

It is a hash chain of the run's database, written in the transaction that keeps the report. The run's log notes how far
the chain had come, so that entries which are cut off at its end are missed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .chain import Entry, Growing, append, entries_of
from .databases import Executor
from .members import members_of

USE = "use"
"""Name of the chain."""
FILES = "files"
"""Name of the chain of a run's tables, its page, and what is taken out of it."""
TABLES = ("candidates.csv", "candidates.xlsx", "index.html", "decisions.csv", "candidates.parquet")
"""Files that tell of all candidates."""
NOTED = "entry"
"""Event of the run's log by which the last entry of a chain is known elsewhere."""
_FROM_PROVENANCE = ("evaluator", "reader", "model", "samples", "prompts", "rubric", "present")


def digest_of(content: str | bytes) -> str:
    """SHA-256 of a report as it is written, in hex."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def record_use(
    use: Growing, *, key: str, id_: str, report: str, page: str | None, snapshot: str | None, by: str, at: str
) -> Entry:  # fmt: skip
    """Enter a report, within a transaction of the caller.

    Args:
        use: the chain :data:`USE`.
        key: identity of what the report depends on.
        id_: of the candidate, with whom the entry's content goes.
        report: its JSON.
        page: SHA-256 of its page, where that is known.
        snapshot: file name and SHA-256 of the portfolio it was read with.
        by: who let it be made.
        at: time, ISO 8601 in UTC.
    """
    said = use_of(key=key, report=report, snapshot=snapshot, by=by)
    return use.append(said | ({"page": page} if page else {}), about=id_, at=at)


def use_of(*, key: str, report: str, snapshot: str | None, by: str) -> dict[str, Any]:
    """What an entry says of a report; arguments as :func:`record_use`."""
    return {
        **_facts(report), "key": key, "report": digest_of(report), "portfolio": snapshot, "by": by,
    }  # fmt: skip


def record_tables(db: Executor, folder: Path, *, by: str, at: str) -> None:
    """Enter the hashes of a run's tables, where they are others than before; arguments as :func:`record_use`.

    Raises:
        OSError: one of them cannot be read.
    """
    paths = [folder / name for name in TABLES]
    said = {"tables": {p.name: digest_of(p.read_bytes()) for p in paths if p.is_file()}}
    told = [found for e in entries_of(db, FILES) if (found := e.said.get("tables")) is not None]
    if not told or told[-1] != said["tables"]:
        append(db, FILES, {**said, "by": by}, about=None, at=at)


def record_export(db: Executor, text: str, ids: Sequence[str], *, by: str, at: str) -> None:
    """Enter the hash of a file that is taken out of a run, and never its name.

    Args:
        db: the run's database.
        text: of the file.
        ids: of whom it tells; what is said of one alone goes with that one.
        by: who takes it.
        at: time, ISO 8601 in UTC.
    """
    said = {"export": digest_of(text.encode("utf-8", "replace")), "candidates": len(ids), "by": by}
    append(db, FILES, said, about=ids[0] if len(ids) == 1 else None, at=at)


def _facts(report: str) -> dict[str, Any]:
    """Versions, reader and prompts; of a report that another version wrote, what it has of them."""
    try:
        wanted = ("provenance", "role_fit")
        told = members_of(report, *wanted)
        # Of a report that is written in another way, all of it is read.
        whole = json.loads(report) if told is None else {}
        provenance, fit = map(json.loads, told) if told else (whole[name] for name in wanted)
        found = {name: provenance.get(name) for name in _FROM_PROVENANCE}
        return {**found, "document": provenance.get("document_sha256"), "role": fit["role"]}  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}
