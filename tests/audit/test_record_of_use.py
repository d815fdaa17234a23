"""Each report of a run is recorded with what made it; whatever is changed in the record or in a report is told in a line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from evaluator import CandidateReport, Settings
from evaluator.audit.purging import purge
from evaluator.audit.record_of_use import verify_run
from evaluator.batch.chain import Entry, append
from evaluator.batch.log import line_of
from evaluator.batch.record_of_use import FILES, USE, digest_of
from evaluator.batch.store import RunStore
from evaluator.batch.switching import switch_role
from evaluator.cli import run as cli
from evaluator.roles.loading import load_role

from ..batch.test_runner import NAMES, run
from ..conftest import PORTFOLIOS, RESUMES

AT = "2026-11-20T10:00:00+00:00"
SETTINGS = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, operator="Ada of Hiring")


def entries(folder: Path) -> list[Entry]:
    with RunStore(folder) as store:
        return store.entries(USE)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("recorded")
    run(out, *(RESUMES / name for name in NAMES), RESUMES / "no-such-file.md", settings=SETTINGS)
    return out


@pytest.fixture
def made(finished: Path, tmp_path: Path) -> Path:
    return shutil.copytree(finished, tmp_path / "run")


def test_a_report_is_recorded_with_versions_hashes_reader_time_and_who(finished: Path) -> None:
    found = entries(finished)
    assert len(found) == len(NAMES)
    for entry in found:
        assert entry.about
        content = (finished / "reports" / f"{entry.about}.json").read_bytes()
        report, said = CandidateReport.model_validate_json(content), entry.said
        assert said["report"] == digest_of(content)
        assert said["document"] == report.provenance.document_sha256
        assert (said["reader"], said["rubric"]) == ("rules", report.provenance.rubric)
        assert (said["role"], said["evaluator"]) == ("dual", report.provenance.evaluator)
        assert said["by"] == "Ada of Hiring"
        assert entry.at.endswith("+00:00")
    assert "Ada of Hiring" not in (finished / "log.jsonl").read_text()


def test_a_run_that_nobody_touched_is_sound(made: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli(["verify", str(made)]) == 0
    told = capfd.readouterr().out.splitlines()
    assert told[0].startswith("ok  The record of use is whole: 3 entries; 3 reports")
    assert told[1].startswith(f"--  its last entry is {entries(made)[-1].hash}")
    assert cli(["verify", str(made), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)["faults"] == []


def test_what_is_read_again_or_seen_by_another_role_is_another_entry(made: Path) -> None:
    run(made, *(RESUMES / name for name in NAMES), settings=SETTINGS)
    assert len(entries(made)) == 3
    with RunStore(made, operator="Bo") as store:
        switch_role(store, load_role("ml-engineer"))
    found = entries(made)
    assert [(e.said["role"], e.said["by"]) for e in found[3:]] == [("ml-engineer", "Bo")] * 3
    assert all("is not the one that was recorded" in line for line in verify_run(made).faults)
    assert cli(["report", str(made)]) == 0
    assert verify_run(made).is_sound


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("update entry set body = replace(body, 'Ada', 'Eve') where number = 2", "entry 2 of the record of use: its content was changed"),
        ("update entry set at = '2020-01-01T00:00:00+00:00' where number = 2", "entry 2 of the record of use: its time"),
        ("update entry set body = 'Eve' where number = 2", "entry 2 of the record of use: its content was changed"),
        ("delete from entry where number = 2", "entry 2 of the record of use: an entry is missing"),
        ("delete from entry where number = 3", "entry 3 of the record of use: it is missing, and was noted"),
        ("insert into event (line) values ('\"entry\" broken'); delete from entry", "entry 3 of the record of use: it is missing, and was noted"),
        ("update entry set number = -2 where number = 2; update entry set number = 2 where number = 3;"
         " update entry set number = 3 where number = -2", "entry 2 of the record of use: it does not follow"),
        ("update entry set body = null, salt = null, about = null where number = 1", "entry 1 of the record of use: its content was removed"),
        ("insert into entry select chain, 4, about, at, body, salt, digest, previous, hash from entry where number = 3", "entry 4 of the record of use: it does not follow"),
        ("update report set json = replace(json, '\"confidence\":', '\"confidence\": ')", "the database holds another one than was recorded"),
    ],
)  # fmt: skip
def test_each_change_is_told_in_one_line(made: Path, change: str, told: str) -> None:
    db = sqlite3.connect(made / "run.sqlite")
    db.executescript(change)
    db.close()
    found = verify_run(made)
    assert sum(told in line for line in found.faults) == (3 if "report set" in change else 1)
    assert sum("record of use:" in line for line in found.faults) <= 1
    assert cli(["verify", str(made)]) == 1


def test_an_entry_made_anew_at_the_end_is_not_the_one_that_was_noted(made: Path) -> None:
    with RunStore(made) as store:
        item = next(i for i in store.items() if i.id == store.entries(USE)[-1].about)
        kept = store.kept(item.key)
        assert kept
        store._db.execute("delete from entry where number = 3")
        store.finish(item, kept)
    assert any("entry 3 of the record of use: another one was noted" in line for line in verify_run(made).faults)  # fmt: skip


def test_a_report_that_was_changed_taken_away_or_added_is_told(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one, two, _ = sorted((made / "reports").glob("*.json"))
    one.write_bytes(one.read_bytes() + b"\n")
    two.unlink()
    (made / "reports" / "abcdef0123456789.json").write_text("{}")
    assert cli(["verify", str(made)]) == 1
    *told, head = capfd.readouterr().out.splitlines()
    assert head.startswith("--")
    assert sorted(line.partition(";")[0] for line in told) == sorted([
        f"!!  report {one.stem}: {one.name} is not the one that was recorded",
        f"!!  report {two.stem}: {two.name} is missing",
        "!!  reports/abcdef0123456789.json: no candidate of this run has such a report",
    ])  # fmt: skip


def test_a_report_of_a_version_that_wrote_another_form_is_recorded_by_its_hash(made: Path) -> None:
    with RunStore(made) as store:
        item = next(store.items())
        kept = store.kept(item.key)
        assert kept
        store.finish(item, kept.model_copy(update={"report": '{"provenance": 1}'}))
        said = store.entries(USE)[-1].said
    assert (said["report"], said["by"]) == (digest_of('{"provenance": 1}'), "")


def test_what_people_decided_is_checked_by_the_same_command(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with RunStore(made) as store:
        for choice in ("yes", "no"):
            entry = append(store._db, "decisions", {"by": "Bo", "choice": choice}, about="a", at=AT)
        store.record(line_of("entry", chain="decisions", number=entry.number, hash=entry.hash))
    assert cli(["verify", str(made)]) == 0
    assert "so is the record of decisions: 2 entries." in capfd.readouterr().out
    with RunStore(made) as store:
        store._db.execute("delete from entry where chain = 'decisions' and number = 2")
    (fault,) = verify_run(made).faults
    assert fault.startswith("entry 2 of the record of decisions: it is missing, and was noted")


def test_a_folder_without_a_run_and_a_document_beside_a_run_are_refused(
    made: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert cli(["verify", str(tmp_path)]) == 2
    assert cli(["verify", str(made), str(RESUMES / NAMES[0])]) == 2
    assert len(capfd.readouterr().err.splitlines()) == 2


def test_what_is_taken_out_of_a_run_is_recorded_by_its_hash(made: Path, tmp_path: Path) -> None:
    first, second = (str(entry.about) for entry in entries(made)[:2])
    taken = {
        "guide.md": (["guide", str(made), first, "--format", "markdown"], first),
        "notice.txt": (["notice", str(made), first], first),
        "beside.html": (["compare", str(made), first, second, "--format", "html"], None),
        "openings.csv": (["compare", str(made), "--role", "dual", "--format", "csv"], None),
        "said.json": (["decisions", str(made), "--format", "json"], None),
    }
    for name, (command, _) in taken.items():
        assert cli([*command, "-o", str(tmp_path / name)]) == 0
    with RunStore(made) as store:
        found = [entry for entry in store.entries(FILES) if "export" in entry.said]
        store.tables_written(made)
        assert (
            len(store.entries(FILES)) == len(found) + 1
        )  # tables that did not change are no new entry
    assert [entry.said["export"] for entry in found] == [digest_of((tmp_path / name).read_bytes()) for name in taken]  # fmt: skip
    assert [entry.about for entry in found] == [about for _, about in taken.values()]
    assert "guide" not in str([entry.said for entry in found])
    assert verify_run(made).is_sound
    purge(made, [first], replies=tmp_path / "r", snapshots=tmp_path / "s")
    with RunStore(made) as store:
        left = [entry for entry in store.entries(FILES) if "export" in entry.said]
    assert len(left) == 3
    assert not (tmp_path / "guide.md").exists()
    assert verify_run(made).is_sound
