"""Rows of a cluster are recorded as reports of a run are, and what is changed in them is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from evaluator import Settings, StorageError
from evaluator.audit.purging_rows import purge_rows
from evaluator.audit.record_of_rows import verify_rows
from evaluator.batch.cluster.candidates import Candidates
from evaluator.batch.cluster.record import NAME, record, uses
from evaluator.batch.cluster.rows import Rows
from evaluator.batch.record_key import VARIABLE
from evaluator.batch.sources import BatchSource
from evaluator.cli import run as cli
from evaluator.models.reading import Usage
from evaluator.readers.protocol import Unread

AT = "2026-11-20T10:00:00+00:00"


def line(number: int, report: str | None = None) -> dict[str, Any]:
    return {
        "id": f"{number:016}", "key": f"key {number}", "source": f"{number}.pdf", "snapshot": "",
        "status": "failed" if number == 9 else "done", "portfolio_unknown": False,
        "report_json": None if number == 9 else report or f'{{"quote": "ran {number}"}}',
    }  # fmt: skip


def written(folder: Path, *lines: dict[str, Any]) -> Path:
    path = Path(Rows(str(folder)).next_run()) / "a.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(list(lines)), path, compression="none")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    written(tmp_path, *(line(n) for n in (1, 2, 3, 9)))
    record(Rows(str(tmp_path)), by="Ada", at=AT)
    return tmp_path


def test_each_report_is_recorded_once_and_failed_rows_have_none(out: Path) -> None:
    rows = Rows(str(out))
    assert [(e.about, e.said["by"]) for e in uses(rows)] == [(f"{n:016}", "Ada") for n in (1, 2, 3)]
    record(rows, by="Bo", at=AT)
    assert len(uses(rows)) == 3
    written(out, line(3, '{"quote": "ran otherwise"}'), line(4))
    rows.settle()
    record(rows, by="Bo", at=AT)
    assert [e.said["key"] for e in uses(rows)[3:]] == ["key 3", "key 4"]
    found = verify_rows(str(out))
    assert (found.entries, found.reports, found.faults) == (5, 4, ())


def _another_report(out: Path) -> None:
    path = next(out.glob("candidates/*/*.parquet"))
    lines = [line(1, '{"quote": "ran 1 "}'), line(2), line(3), line(9)]
    parquet.write_table(pyarrow.Table.from_pylist(lines), path)


def _entry(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    def changed(out: Path) -> None:
        path = out / "candidates" / NAME
        lines = change(path.read_text().splitlines())
        path.write_text("".join(f"{one}\n" for one in lines))

    return changed


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_another_report, "report 0000000000000001: its row holds another one than was recorded"),
        (_entry(lambda lines: lines[1:]), "entry 1 of the record of use: an entry is missing"),
        (_entry(lambda lines: lines[:2]), "report 0000000000000003: no entry of the record of use mentions it"),
        (_entry(lambda lines: [one.replace("Ada", "Eve") for one in lines]), "entry 1 of the record of use: its content was changed (and 2 more places)"),
        (_entry(lambda lines: [one.replace("2026-11-20", "2026-11-21") for one in lines]), "entry 1 of the record of use: its time"),
(_entry(lambda lines: [lines[0], lines[0], *lines[1:]]), "entry 1 of the record of use: it does not follow"),
        (_entry(lambda lines: []), "report 0000000000000001: no entry of the record of use mentions it"),
    ],
)  # fmt: skip
def test_each_change_is_told(
    out: Path, change: Callable[[Path], None], told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli(["verify", str(out)]) == 0
    assert "3 entries; 3 reports are the recorded ones" in capfd.readouterr().out
    change(out)
    assert cli(["verify", str(out)]) == 1
    assert told in capfd.readouterr().out


def test_a_record_of_rows_written_anew_without_the_key_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, line(1), line(2))
    rows = Rows(str(tmp_path))
    record(rows, by="Eve", at=AT)
    monkeypatch.setenv(VARIABLE, "a-key-of-the-tests-0001")
    (fault,) = verify_rows(str(tmp_path)).faults
    assert "no entry was written with it" in fault


def test_a_line_that_is_no_entry_and_a_torn_file_are_told_and_nothing_is_taken_away(
    out: Path,
) -> None:
    torn = out / "candidates" / "000001" / "b.parquet"
    torn.write_bytes(b"torn")
    assert verify_rows(str(out)).is_sound
    assert torn.is_file()
    _entry(lambda lines: [*lines, "{}"])(out)
    with pytest.raises(StorageError, match="Line 4"):
        verify_rows(str(out))


def test_a_purged_candidate_leaves_an_entry_that_says_nothing(out: Path) -> None:
    told = purge_rows(str(out), ["2.pdf"], replies=out / "r.sqlite", snapshots=out)
    assert told.candidates == 1
    found = verify_rows(str(out))
    assert (found.is_sound, found.erased, found.reports) == (True, 1, 2)
    text = (out / "candidates" / NAME).read_text()
    assert f"{2:016}" not in text
    assert "key 2" not in text


class _Told:
    """The actor that workers tell, in this process."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.tell = self

    def remote(self, event: dict[str, Any]) -> None:
        self.events.append(event)


def test_tokens_of_a_failed_candidate_are_counted() -> None:
    async def told() -> list[dict[str, Any]]:
        share = _Told()
        candidates = Candidates(Settings(reader="rules"), share)
        error = Unread("no", usage=Usage(calls=2, input_tokens=70, output_tokens=5))
        source = BatchSource(path=Path("a.md"))
        candidates._failed(source, "k", "i", error, None, spent=error.usage)
        return share.events

    ((event),) = asyncio.run(told())
    assert (event["tokens"], event["state"], event["fallen_back"]) == (75, "failed", False)
