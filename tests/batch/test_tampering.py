"""A run folder that somebody prepared: nothing outside of it is read, written or named."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evaluator import Settings, StorageError
from evaluator.access import Access
from evaluator.cli import run as cli
from evaluator.github.snapshots import SnapshotStore
from evaluator.readers.replies import Reply, ReplyStore

from ..conftest import RESUMES
from .test_runner import rows, run

SOURCE = RESUMES / "owen-pryce.md"
QUIET = ["--offline", "--reader", "rules", "--github", "none", "--progress", "none"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("tampering") / "run"
    run(out, SOURCE)
    return out


def change(out: Path, *statements: str) -> None:
    with closing(sqlite3.connect(out / "run.sqlite")) as database, database:
        for statement in statements:
            database.execute(statement)


@pytest.mark.parametrize("bad", ["../../PWNED", "/PWNED", "a/b", "..", "x.y", "a\\..\\b", "é", ""])
@pytest.mark.parametrize("is_everywhere", [False, True])
def test_an_identity_leads_nowhere_else(
    finished: Path,
    tmp_path: Path,
    bad: str,
    is_everywhere: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "deep" / "run"
    shutil.copytree(finished, out)
    shutil.rmtree(out / "reports")
    change(out, f"update report set id = '{bad}'")
    if is_everywhere:
        change(
            out,
            f"update item set id = '{bad}'",
            f"update report set json = json_set(json, '$.id', '{bad}')",
        )
    before = sorted(tmp_path.rglob("*"))
    assert cli(["report", str(out)]) == 1
    assert "run again" in capsys.readouterr().err
    if bad.endswith("PWNED"):
        assert cli(["batch", str(SOURCE), "--out", str(out), *QUIET]) in {0, 1}
    new = {path for path in tmp_path.rglob("*") if path not in before}
    assert all(path.is_relative_to(out) for path in new)
    assert not any("PWNED" in str(path) for path in new)


def test_the_identity_within_a_report_leads_nowhere_else(finished: Path, tmp_path: Path) -> None:
    out = tmp_path / "deep" / "run"
    shutil.copytree(finished, out)
    change(out, "update report set json = json_set(json, '$.id', '../../PWNED')")
    (tmp_path / "twin.md").write_bytes(SOURCE.read_bytes())
    with pytest.raises(StorageError, match="no report of this program"):
        run(out, tmp_path / "twin.md")
    assert not list(tmp_path.rglob("*PWNED*"))


def test_a_snapshot_is_looked_for_among_snapshots_only(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir()
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "s" / "7.json").write_text("{}")
    store = SnapshotStore(tmp_path / "s")
    assert store.state("7.json")
    for name in ("../secret.json", "/dev/zero", "a.json", "7.json/../../secret.json", ""):
        assert store.state(name) is None


@pytest.mark.parametrize(
    "statement",
    [
        "update item set parts = '{'",
        "update item set carried = '[1]'",
        "update item set id = char(0)",
        "create trigger t after insert on event begin delete from item; end",
        "create view v as with recursive n(x) as (select 1 union all select x from n) select x from n",
        "update mark set value = 'world' where name = 'access'",
        "insert into mark values ('access', '../x')",
    ],
)
def test_senseless_rows_are_one_line(
    finished: Path, tmp_path: Path, statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    shutil.copytree(finished, out)
    change(out, statement)
    code = cli(["report", str(out)])
    told = capsys.readouterr().err
    assert "report it" not in told
    assert code == (0 if "mark" in statement else 1)


def test_a_report_of_another_version_is_one_row(
    finished: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run"
    shutil.copytree(finished, out)
    for column in ("json", "row"):
        change(out, f"update report set {column} = json_set({column}, '$.invented_later', 1)")
    assert cli(["report", str(out)]) == 0
    assert "another version" in rows(out)[0]["reason"]
    (tmp_path / "twin.md").write_bytes(SOURCE.read_bytes())
    assert run(out, tmp_path / "twin.md").done == 1
    assert run(out, SOURCE, retry_failed=True).done == 1
    assert {row["status"] for row in rows(out)} == {"done"}


def test_a_reply_of_a_newer_version_is_asked_for_again(tmp_path: Path) -> None:
    store = ReplyStore(tmp_path / "replies.sqlite")
    store.keep([("k", Reply(content="{}"))])
    store.keep_capabilities("e", {"form": 1})
    store.close()
    with closing(sqlite3.connect(tmp_path / "replies.sqlite")) as database, database:
        database.execute("update reply set json = json_set(json, '$.invented_later', 1)")
        database.execute("update habit set json = '{'")
    store = ReplyStore(tmp_path / "replies.sqlite")
    assert store.get("k") is None
    assert store.capabilities("e") == {}
    store.close()
    assert (tmp_path / "replies.sqlite").stat().st_mode & 0o777 == 0o600


TRAPS = ["log.jsonl", "run.sqlite", "run.sqlite-wal", "run.sqlite-journal", "candidates.csv", "index.html", "reports"]  # fmt: skip


@pytest.mark.parametrize("name", TRAPS)
def test_no_link_in_a_run_folder_is_followed(tmp_path: Path, name: str) -> None:
    out, victim = tmp_path / "run", tmp_path / "victim"
    out.mkdir()
    if name == "reports":
        victim.mkdir()
        (victim / ".precious.tmp").write_text("original")
    else:
        victim.write_text("original")
    (out / name).symlink_to(victim)
    with pytest.raises(StorageError, match="link"):
        run(out, SOURCE)
    left = victim / ".precious.tmp" if name == "reports" else victim
    assert left.read_text() == "original"
    if name == "reports":
        assert list(victim.iterdir()) == [left]


def test_a_run_is_its_owners_until_others_may_read_it(tmp_path: Path) -> None:
    out = tmp_path / "run"

    def modes() -> tuple[set[int], set[int]]:
        found = list(out.rglob("*"))
        return (
            {p.stat().st_mode & 0o777 for p in found if p.is_file()},
            {p.stat().st_mode & 0o777 for p in (out, *found) if p.is_dir()},
        )

    run(out, SOURCE)
    assert modes() == ({0o600}, {0o700})
    assert cli(["report", str(out), "--access", "group"]) == 0
    assert modes() == ({0o640}, {0o750})
    run(out, SOURCE, RESUMES / "jonas-beck.md")
    assert modes() == ({0o640}, {0o750})
    settings = Settings(reader="rules", offline=True, access=Access.OWNER)
    run(out, SOURCE, settings=settings)
    assert cli(["report", str(out)]) == 0
    assert modes() == ({0o600}, {0o700})
