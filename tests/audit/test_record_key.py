"""With a key nobody without it can make a run's records say something else, and a changed page or table is found."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluator import Settings, StorageError
from evaluator.audit.record_of_use import verify_run
from evaluator.batch.chain import append, entries_of, entry_after
from evaluator.batch.log import RunLog
from evaluator.batch.record_key import KEYED, VARIABLE, hash_of
from evaluator.batch.record_of_use import FILES, USE
from evaluator.batch.store import RunStore
from evaluator.cli import run as cli
from evaluator.errors import ConfigurationError
from evaluator.secret_masking import masked

from ..batch.test_runner import NAMES, run
from ..conftest import PORTFOLIOS, RESUMES

KEY, OTHER = "a-key-of-the-tests-0001", "another-key-of-tests-02"
SETTINGS = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, operator="Ada of Hiring")
AT = "2026-11-20T10:00:00+00:00"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("keyed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, KEY)
        run(out, *(RESUMES / name for name in NAMES), settings=SETTINGS)
    return out


@pytest.fixture
def made(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, KEY)
    return shutil.copytree(finished, tmp_path / "run")


def page(made: Path, number: int = 0) -> Path:
    return sorted((made / "reports").glob("*.html"))[number]


def test_a_run_with_a_key_is_whole_and_all_its_hashes_are_made_with_it(made: Path) -> None:
    found = verify_run(made)
    assert found.is_sound
    with RunStore(made) as store:
        entries = [*store.entries(USE), *store.entries(FILES)]
    assert len(entries) == len(NAMES) + 1
    assert all(entry.hash.startswith(KEYED) for entry in entries)
    for file in (made / "run.sqlite", made / "log.jsonl"):
        assert KEY.encode() not in file.read_bytes()
    assert KEY not in masked(f"the key {KEY} was said")


def _page_changed(made: Path) -> None:
    page(made).write_bytes(page(made).read_bytes().replace(b"</body>", b"<p>No.</p></body>"))


def _page_gone(made: Path) -> None:
    page(made).unlink()


def _page_added(made: Path) -> None:
    (made / "reports" / "abcdef0123456789.html").write_text("<p>", encoding="utf-8")


def _pages_swapped(made: Path) -> None:
    one, other = page(made, 0).read_bytes(), page(made, 1).read_bytes()
    page(made, 0).write_bytes(other)
    page(made, 1).write_bytes(one)


def _index_changed(made: Path) -> None:
    path = made / "index.html"
    path.write_bytes(path.read_bytes() + b"\n")


def _table_changed(made: Path) -> None:
    path = made / "candidates.csv"
    path.write_bytes(path.read_bytes().replace(b"done", b"gone", 1))


def _workbook_gone(made: Path) -> None:
    (made / "candidates.xlsx").unlink()


@pytest.mark.parametrize(
    ("change", "told", "times"),
    [
        (_page_changed, ".html is not the one that was recorded", 1),
        (_page_gone, ".html is missing", 1),
        (_page_added, "abcdef0123456789.html: no candidate of this run has such a report", 1),
        (_pages_swapped, ".html is not the one that was recorded", 2),
        (_index_changed, "index.html is not the one that was recorded", 1),
        (_table_changed, "candidates.csv is not the one that was recorded", 1),
        (_workbook_gone, "candidates.xlsx is missing", 1),
    ],
)
def test_a_changed_page_or_table_is_told(
    made: Path, change: Callable[[Path], None], told: str, times: int
) -> None:
    change(made)
    found = verify_run(made)
    assert sum(told in line for line in found.faults) == times == len(found.faults)
    assert cli(["report", str(made)]) == 0
    assert verify_run(made).faults == (() if change is not _page_added else found.faults)


def _log_without_notes(made: Path) -> None:
    lines = [
        line for line in (made / "log.jsonl").read_text().splitlines() if '"entry"' not in line
    ]
    (made / "log.jsonl").write_text("".join(f"{line}\n" for line in lines))


def _rewritten(made: Path, patch: pytest.MonkeyPatch, key: str | None) -> None:
    """The whole record of use and the log made anew, by somebody with another key or with none."""
    if key:
        patch.setenv(VARIABLE, key)
    else:
        patch.delenv(VARIABLE, raising=False)
    db = sqlite3.connect(made / "run.sqlite")
    said = [(entry.said, entry.about) for entry in entries_of(db, USE)]
    db.execute("delete from entry where chain = 'use'")
    db.execute("delete from event where line like '%\"entry\"%'")
    for body, about in said:
        append(db, USE, {**body, "by": "Eve"}, about=about, at=AT)
    db.commit()
    db.close()
    _log_without_notes(made)
    if not key:
        with RunStore(made) as store:
            RunLog(made, store).note_use()
    patch.setenv(VARIABLE, KEY)


@pytest.mark.parametrize(
    ("key", "told"),
    [(None, "no entry was written with it"), (OTHER, "entry 1 of the record of use")],
)
def test_a_database_and_log_rewritten_together_are_found(
    made: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, told: str
) -> None:
    _rewritten(made, monkeypatch, key)
    found = verify_run(made)
    assert any(told in line for line in found.faults)
    assert cli(["verify", str(made)]) == 1


def test_the_same_rewriting_without_a_key_is_not_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    run(tmp_path / "run", RESUMES / NAMES[0], settings=SETTINGS)
    _rewritten(tmp_path / "run", monkeypatch, None)
    monkeypatch.delenv(VARIABLE)
    assert verify_run(tmp_path / "run").is_sound


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("update entry set at = '2020-01-01' where number = 2 and chain = 'use'", "entry 2 of the record of use: its time"),
        ("update entry set body = replace(body, 'Ada', 'Eve') where number = 1 and chain = 'use'", "entry 1 of the record of use: its content"),
        ("update entry set body = replace(body, 'index', 'other') where chain = 'files'", "entry 1 of the record of tables: its content"),
        ("delete from entry where number = 1 and chain = 'use'", "entry 1 of the record of use: an entry is missing"),
        ("update entry set hash = substr(hash, 6) where number = 3 and chain = 'use'", "entry 3 of the record of use: its time, number or hash"),
        ("update entry set hash = 'hmac:00' where number = 2 and chain = 'use'", "entry 2 of the record of use: its time, number or hash"),
    ],
)  # fmt: skip
def test_each_change_of_an_entry_is_found(made: Path, change: str, told: str) -> None:
    with sqlite3.connect(made / "run.sqlite") as db:
        db.execute(change)
    db.close()
    assert any(told in line for line in verify_run(made).faults)


def test_an_entry_without_the_key_behind_those_with_it_is_found(made: Path) -> None:
    with RunStore(made) as store:
        last = store.entries(USE)[-1]
    number = last.number + 1
    forged = last.model_copy(
        update={
            "number": number,
            "previous": last.hash,
            "hash": hash_of(f"{number}\n{last.at}\n{last.digest}\n{last.hash}", None),
        }
    )
    columns = ", ".join(forged.model_dump())
    with sqlite3.connect(made / "run.sqlite") as db:
        db.execute(
            f"insert into entry (chain, {columns}) values ('use', ?, ?, ?, ?, ?, ?, ?, ?)",
            tuple(forged.model_dump().values()),
        )
    db.close()
    assert verify_run(made).faults[0] == (
        f"entry {number} of the record of use: it was written without the key of those before"
    )


@pytest.mark.parametrize("key", [None, OTHER])
def test_without_the_key_nothing_is_proved_and_nothing_is_added(
    made: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE)
    if key:
        monkeypatch.setenv(VARIABLE, key)
    assert cli(["verify", str(made)]) == 1
    told = capfd.readouterr().out
    assert ("is not set, so nothing from there on is proved" in told) == (key is None)
    with RunStore(made) as store:
        item = next(store.items())
        kept = store.kept(item.key)
        with pytest.raises(StorageError, match="kept with a key") as caught:
            store.finish(item, kept)
        assert VARIABLE in (caught.value.hint or "")


def test_a_run_begun_without_a_key_goes_on_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    run(tmp_path, RESUMES / NAMES[0], settings=SETTINGS)
    monkeypatch.setenv(VARIABLE, KEY)
    assert any("no entry was written with it" in line for line in verify_run(tmp_path).faults)
    run(tmp_path, *(RESUMES / name for name in NAMES[:2]), settings=SETTINGS)
    assert verify_run(tmp_path).is_sound
    with sqlite3.connect(tmp_path / "run.sqlite") as db:
        db.execute("update entry set at = '2020' where chain = 'use' and number = 1")
    db.close()
    assert not verify_run(tmp_path).is_sound


def test_a_key_that_could_be_guessed_is_refused(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(VARIABLE, "short")
    with pytest.raises(ConfigurationError, match="shorter than 16"):
        entry_after(None, {}, about=None, at=AT)
    assert cli(["doctor", "--offline"]) == 1
    assert "shorter than 16" in capfd.readouterr().out


def test_doctor_says_whether_records_have_a_key(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    cli(["doctor", "--offline"])
    assert f"records    without a key ({VARIABLE} is not set)" in capfd.readouterr().out
    monkeypatch.setenv(VARIABLE, KEY)
    cli(["doctor", "--offline"])
    out = capfd.readouterr().out
    assert "records    with a key" in out
    assert KEY not in out


def test_a_report_written_again_by_another_version_is_recorded_with_its_page(made: Path) -> None:
    with RunStore(made) as store:
        item = next(i for i in store.items() if i.state == "done")
        kept = store.kept(item.key)
        assert kept
        store.paged([(item.key, kept.model_copy(update={"page": "0" * 64}))])
    assert sum("not the one that was recorded" in line for line in verify_run(made).faults) == 1
    assert cli(["report", str(made)]) == 0
    assert verify_run(made).is_sound
    with RunStore(made) as store:
        before = len(store.entries(USE))
    assert cli(["report", str(made)]) == 0
    with RunStore(made) as store:
        assert len(store.entries(USE)) == before
        said = json.loads(store.entries(FILES)[-1].body or "")
    assert set(said["tables"]) == {"candidates.csv", "candidates.xlsx", "index.html"}
