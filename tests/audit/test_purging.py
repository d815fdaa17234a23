"""Nothing of a person remains in what the program wrote, also after a kill, and nothing brings them back unasked."""

from __future__ import annotations

import json
import shutil
import zipfile
from contextlib import chdir
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from evaluator import CandidateReport, Settings, UsageError
from evaluator.audit.purging import Purged, purge
from evaluator.audit.purging_rows import purge_rows
from evaluator.audit.record_of_use import verify_run
from evaluator.batch.cluster.rows import Rows
from evaluator.batch.store import RunStore
from evaluator.batch.summary import Summary
from evaluator.batch.tables import write_parquet
from evaluator.cli import run as cli
from evaluator.readers.replies import Reply, ReplyStore

from ..batch.test_runner import rows, run
from ..conftest import PORTFOLIOS, RESUMES
from ..pipeline.test_model_path import honest
from ..servers.model import model_server

GONE, STAYS = "owen-pryce.md", "elif-aksoy.md"


def traces(report: CandidateReport) -> list[str]:
    """What must be nowhere any more: name, addresses, account, file and every quote."""
    person = report.candidate
    assert person.name
    assert person.github
    said = [item.quote for item in report.evidence if item.source == "resume"]
    return [person.name, *person.emails, person.github.login, report.document.name, *said]


def index_of(run: Path, id_: str) -> list[str]:
    """What is kept of a text for openings to come, in pieces that no page of the database divides."""
    with RunStore(run) as store:
        written = store.text_index(id_)
    assert written is not None
    return [written[at : at + 60] for at in range(0, len(written) - 60, 60)]


def found_in(folder: Path, words: list[str]) -> list[tuple[str, str]]:
    """Words that stand in any byte below a folder, in files' names, in workbooks and in JSON's escapes."""
    hits = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                content += b"".join(book.read(name) for name in book.namelist())
        for word in words:
            forms = {word, json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1]}
            if any(form.encode() in content or form in path.name for form in forms):
                hits.append((str(path.relative_to(folder)), word))
    return hits


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of a model reader with snapshots and replies of its own, beside its sources, which it names from there."""
    base = tmp_path_factory.mktemp("purging")
    (base / "in").mkdir()
    for name in (GONE, STAYS, "lucia-ferrer.txt"):
        shutil.copy(RESUMES / name, base / "in")
    with chdir(base):
        again(base)
    with RunStore(base / "all" / "run") as store:
        write_parquet(base / "all" / "run", store)
    assert (base / "all" / "cache" / "replies.sqlite").is_file()
    return base


@pytest.fixture
def made(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same again for one test, which stands in its folder."""
    shutil.copytree(finished, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def again(base: Path) -> Summary:
    folder = base / "all"
    if not (folder / "portfolios").is_dir():
        shutil.copytree(PORTFOLIOS, folder / "portfolios")
    with model_server(honest) as server:
        settings = Settings(
            reader="model", model="stub", base_url=server.url, samples=1, github_url="http://127.0.0.1:9",
            snapshots=folder / "portfolios", replies=folder / "cache" / "replies.sqlite",
        )  # fmt: skip
        return run(folder / "run", "in", settings=settings)


def report_of(base: Path, name: str) -> CandidateReport:
    (row,) = [r for r in rows(base / "all" / "run") if Path(r["source"]).name == name]
    path = base / "all" / "run" / "reports" / f"{row['id']}.json"
    return CandidateReport.model_validate_json(path.read_bytes())


def purged(base: Path, *ids: str, **options: object) -> Purged:
    folder = base / "all"
    return purge(
        folder / "run", ids, replies=folder / "cache" / "replies.sqlite",
        snapshots=folder / "portfolios", **options,  # type: ignore[arg-type]
    )  # fmt: skip


def test_no_byte_of_a_purged_candidate_remains(
    made: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gone, stays = report_of(made, GONE), report_of(made, STAYS)
    (row,) = [r for r in rows(made / "all" / "run") if Path(r["source"]).name == GONE]
    page = made / "all" / "both.html"
    assert cli(["compare", str(made / "all" / "run"), gone.id, stays.id, "--format", "html", "-o", str(page)]) == 0  # fmt: skip
    assert len({name for name, _ in found_in(made / "all", traces(gone))}) >= 7
    index = index_of(made / "all" / "run", gone.id)
    assert found_in(made / "all" / "run", index)
    told = purged(made, gone.id)
    assert (told.candidates, told.replies, told.snapshots, len(told.exports)) == (1, 1, 1, 1)
    assert found_in(made / "all", [*traces(gone), *index]) == []
    assert gone.id not in {r["id"] for r in rows(made / "all" / "run")}
    assert len(found_in(made / "all" / "run", [stays.candidate.name or ""])) >= 5
    assert row["source"] not in (made / "all" / "run" / "log.jsonl").read_text()
    assert not list((made / "all").rglob("*-wal"))
    assert purged(made, gone.id).already == 1
    summary = again(made)
    assert (summary.done, summary.purged, summary.failed) == (2, 1, 0)
    assert found_in(made / "all", traces(gone)) == []
    with pytest.raises(UsageError, match="No candidate"):
        purged(made, "nobody.pdf")


@pytest.mark.parametrize("when", ["files", "database"])
def test_a_purge_that_was_killed_is_ended_by_running_it_again(made: Path, when: str) -> None:
    gone = report_of(made, GONE)

    def die(step: str) -> None:
        if step == when:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        purged(made, gone.id, step=die)
    assert again(made).purged == 1
    purged(made, gone.id)
    assert found_in(made / "all", traces(gone)) == []
    record = verify_run(made / "all" / "run")
    assert (record.faults, record.erased, record.reports) == ((), 1, 2)


def test_everybody_older_than_some_days_goes(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path / "run", RESUMES / GONE, RESUMES / STAYS, RESUMES / "no-such-file.md")
    assert len(rows(tmp_path / "run")) == 3
    assert cli(["purge", str(tmp_path / "run"), "--older-than", "30"]) == 0
    assert len(rows(tmp_path / "run")) == 3
    assert (
        cli(["purge", str(tmp_path / "run"), "--older-than", "0", "--snapshots", str(tmp_path)])
        == 0
    )
    assert rows(tmp_path / "run") == []
    assert found_in(tmp_path, ["no-such-file", "Pryce", "Aksoy"]) == []
    assert run(tmp_path / "run", RESUMES / GONE, RESUMES / "no-such-file.md").purged == 2
    assert cli(["purge", str(tmp_path / "run")]) == 2
    assert "No candidates are named" in capfd.readouterr().err


def rows_of_a_cluster(folder: Path) -> Rows:
    pool = Rows(str(folder))
    lines = [
        {"id": f"{n:016}", "source": f"person-{n}.pdf", "status": "done", "snapshot": f"{n}.json abc",
         "report_json": f'{{"quote": "Operated the gateway of person {n} for years"}}'}
        for n in range(1, 31)
    ]  # fmt: skip
    path = Path(pool.next_run()) / "a.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(lines), path, compression="none")
    return pool


@pytest.mark.parametrize(
    ("name", "says"),
    [("nobody.pdf", "No candidate"), ("00000000000000", "30 candidates"), ("", "No candidate"), ("000", "No candidate")],
)  # fmt: skip
def test_nobody_goes_from_a_cluster_who_was_not_meant(tmp_path: Path, name: str, says: str) -> None:
    pool = rows_of_a_cluster(tmp_path)
    with pytest.raises(UsageError, match=says) as caught:
        purge_rows(str(tmp_path), ["person-7.pdf", name], replies=tmp_path, snapshots=tmp_path)
    assert caught.value.hint
    with pytest.raises(UsageError, match="hold no time"):
        purge_rows(str(tmp_path), [], older_than=3, replies=tmp_path, snapshots=tmp_path)
    assert len(list(pool.rows(["id"]))) == 30
    assert pool.tombstones() == {}


def test_rows_of_a_cluster_go_too(tmp_path: Path) -> None:
    pool = rows_of_a_cluster(tmp_path)
    (tmp_path / "7.json").write_text("portfolio")
    replies = ReplyStore(tmp_path / "replies.sqlite")
    cited = {"items": [{"anchor": "the gateway of person 7 for years"}]}
    replies.keep([("k", Reply(content=json.dumps(cited)))])
    replies.close()
    told = purge_rows(str(tmp_path), ["person-7.pdf"], replies=tmp_path / "replies.sqlite", snapshots=tmp_path)  # fmt: skip
    assert (told.candidates, told.replies, told.snapshots) == (1, 1, 1)
    assert found_in(tmp_path, ["person-7.pdf", "person 7 "]) == []
    assert len(list(pool.rows(["id"]))) == 29
    assert list(pool.tombstones()) == [f"{7:016}"]
    again = purge_rows(str(tmp_path), [f"{7:016}"], replies=tmp_path / "replies.sqlite", snapshots=tmp_path)  # fmt: skip
    assert (again.candidates, again.already) == (0, 1)
