"""Whether a run's record of use is whole, and whether its reports are the ones that were recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..batch.chain import ERASED, Entry, faults
from ..batch.files import storage_error
from ..batch.log import NAME, events
from ..batch.outputs import place_of
from ..batch.record_of_use import FILES, NOTED, USE, digest_of
from ..batch.store import RunStore
from ..models.base import Value

_DECISIONS = "decisions"
_CHAINS = {USE: "record of use", _DECISIONS: "record of decisions", FILES: "record of tables"}
_AGAIN = "“evaluator report RUN” writes it again"


class RunVerification(Value):
    """What a check of a run's records found."""

    entries: int
    """Of the record of use."""
    decisions: int
    """Entries of the record of what people decided."""
    reports: int
    """That were compared with their entries."""
    erased: int
    """Entries that say nothing any more, because their candidates were purged."""
    head: str | None
    """Hash of the last entry: noted elsewhere, it shows later that nothing before it was changed."""
    faults: tuple[str, ...]
    """One line each."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify_run(folder: Path) -> RunVerification:
    """Check the chains of a run's records of use and of decisions, and every report against its entry.

    Args:
        folder: of the run.

    Raises:
        StorageError: another process works on the run, or something cannot be read.
    """
    with RunStore(folder) as store:
        chains = {chain: store.entries(chain) for chain in _CHAINS}
        noted = list(_noted(store, folder))
        entries = chains[USE]
        told, reports = _reports(store, folder, latest(entries))
        if store.mark("tables") == "new":
            told += _tables(folder, chains[FILES])
    found = [
        line for c, of in chains.items() for line in [*chain_faults(c, of)] or [*_cut(c, of, noted)]
    ]
    return RunVerification(
        entries=len(entries),
        decisions=len(chains[_DECISIONS]),
        reports=reports,
        erased=sum(entry.body is None for entry in entries),
        head=entries[-1].hash if entries else None,
        faults=(*found, *told),
    )


def chain_faults(chain: str, entries: list[Entry]) -> Iterator[str]:
    """One line for the first place at which a chain is broken, since the next ones may follow from it."""
    found = sorted(faults(entries), key=lambda fault: fault.number)
    if found:
        places = len({fault.number for fault in found[1:]} - {found[0].number})
        more = f" (and {places} more {'place' if places == 1 else 'places'})" if places else ""
        yield f"entry {found[0].number} of the {_CHAINS[chain]}: {found[0].what}{more}"


def _noted(store: RunStore, folder: Path) -> Iterator[dict[str, Any]]:
    """Entries that the run's log knows, in the database and in its file."""
    lines = (_json(line) for line in store.lines(0) if f'"{NOTED}"' in line)
    of_file = events(folder / NAME) if (folder / NAME).is_file() else ()
    for event in (*lines, *of_file):
        if event.get("event") == NOTED and isinstance(event.get("number"), int):
            yield event


def _cut(chain: str, entries: list[Entry], noted: list[dict[str, Any]]) -> Iterator[str]:
    """One line where the run's log knows an entry that is not there, or another one."""
    by_number = {entry.number: entry.hash for entry in entries}
    for event in noted:
        number: int = event["number"]
        if event.get("chain") == chain and by_number.get(number) != event.get("hash"):
            what = (
                "another one was noted" if number in by_number else "it is missing, and was noted"
            )
            yield f"entry {number} of the {_CHAINS[chain]}: {what} in the run's log at {event.get('at')}"
            return


def latest(entries: list[Entry]) -> dict[str, Entry]:
    """The last entry for each identity of a report."""
    found: dict[str, Entry] = {}
    for entry in entries:
        said = _said(entry)
        if said and ERASED not in said:
            found[str(said.get("key"))] = entry
    return found


def _said(entry: Entry) -> dict[str, Any]:
    # What is no JSON is told by the chain's own check.
    return _json(entry.body or "{}")


def _json(text: str) -> dict[str, Any]:
    """An object; empty where somebody wrote something else in its place."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _reports(store: RunStore, folder: Path, known: dict[str, Entry]) -> tuple[list[str], int]:
    """Lines about reports that are not the recorded ones, and how many were compared."""
    found: list[str] = []
    digests: dict[str, set[object]] = {}
    pages: dict[str, set[object]] = {}
    for item in store.items():
        if item.state != "done":
            continue
        entry = known.get(item.key)
        kept = store.kept(item.key)
        said = _said(entry) if entry else {}
        recorded = said.get("report")
        if recorded is None:
            found.append(f"report {item.id}: no entry of the record of use mentions it")
        elif kept is None or digest_of(kept.report) != recorded:
            found.append(f"report {item.id}: the database holds another one than was recorded")
        digests.setdefault(item.id, set()).add(recorded)
        pages.setdefault(item.id, set()).add(said.get("page"))
    for id_, of_it in digests.items():
        found += _file(place_of(folder, id_, "json"), id_, of_it - {None})
        # Runs of older versions recorded no pages.
        if of_page := pages[id_] - {None}:
            found += _file(place_of(folder, id_, "html"), id_, of_page)
    found += _strangers(folder, set(digests))
    return found, len(digests)


def _file(path: Path, id_: str, recorded: set[object]) -> Iterator[str]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        yield f"report {id_}: {path.name} is missing; {_AGAIN}"
        return
    except OSError as error:
        raise storage_error(path, error) from error
    if recorded and digest_of(content) not in recorded:
        yield f"report {id_}: {path.name} is not the one that was recorded; {_AGAIN}"


def _tables(folder: Path, entries: list[Entry]) -> Iterator[str]:
    """Tables that are not as they were recorded last."""
    said = next(
        (s for e in reversed(entries) if isinstance((s := _said(e)).get("tables"), dict)), {}
    )
    for name, digest in said.get("tables", {}).items():
        path = folder / Path(str(name)).name
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            yield f"{path.name} is missing; {_AGAIN}"
            continue
        except OSError as error:
            raise storage_error(path, error) from error
        if digest_of(content) != digest:
            yield f"{path.name} is not the one that was recorded; {_AGAIN}"


def _strangers(folder: Path, ids: set[str]) -> Iterator[str]:
    """Reports that the run does not know. Corrections stand beside their reports and are no reports."""
    for path in sorted(
        [*(folder / "reports").glob("*.json"), *(folder / "reports").glob("*.html")]
    ):
        if path.name.partition(".")[0] not in ids:
            yield f"reports/{path.name}: no candidate of this run has such a report"
