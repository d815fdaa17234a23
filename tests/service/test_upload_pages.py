"""Runs that are made of uploads: by the batch runner, one writer a run."""

from __future__ import annotations

import asyncio
import io
import re
import sqlite3
import stat
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from evaluator import Settings
from evaluator.audit.purging import purge
from evaluator.batch.store import RunStore
from evaluator.documents.sandbox import ParserPool
from evaluator.documents.sniffing import MAX_BYTES
from evaluator.errors import UsageError
from evaluator.models.document import Document
from evaluator.roles.model import Kind, Requirement, RoleProfile
from evaluator.service.archives import Packed, Refused, Upload, unpacked
from evaluator.service.background_runs import Works
from evaluator.service.configuration import Limits
from evaluator.service.openings import Openings, shipped
from evaluator.service.runs import Run, Runs
from evaluator.service.uploads import (
    file_name,
    make_run,
    role_of,
    run_name,
    sources_of,
    take,
)

from ..conftest import RESUMES
from ..servers.service import csrf_of, served, visitor

WEI = (RESUMES / "wei-zhang.md").read_bytes()
OWEN = (RESUMES / "owen-pryce.md").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "runs").mkdir()
    return tmp_path / "runs"


@pytest.fixture
def client(folder: Path) -> Iterator[httpx.Client]:
    with served(folder) as settings, visitor(settings) as found:
        yield found


def upload(client: httpx.Client, path: str, *files: tuple[str, bytes], **data: str) -> httpx.Response:  # fmt: skip
    csrf = csrf_of(client.get("/new").text)
    return client.post(path, data={"csrf": csrf, **data}, files=[("files", file) for file in files])


def archive(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return packed.getvalue()


def ended(client: httpx.Client, name: str) -> str:
    """The progress of a run once nothing more happens."""
    for _ in range(400):
        page = client.get(f"/runs/{name}/progress").text
        if "data-events" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError(page)


def test_dropped_files_become_a_run_like_any_other(client: httpx.Client, folder: Path) -> None:
    answer = upload(client, "/runs", ("wei.md", WEI), ("broken.pdf", b"%PDF-1.4 nothing"), name="Platform, autumn", role="ml-engineer")  # fmt: skip
    assert str(answer.url).endswith("/runs/Platform%2C%20autumn/progress")
    page = ended(client, "Platform, autumn")
    assert "1 with a report, 1 not read" in page
    assert "broken.pdf" in client.get("/runs/Platform, autumn/failed").text
    listed = client.get("/runs/Platform, autumn").text
    assert "Wei Zhang" in listed
    assert "fit</a> for ML engineer" in client.get(listed.split('class="open"')[0].rsplit('href="', 1)[1].split('"')[0]).text  # fmt: skip
    run = folder / "Platform, autumn"
    assert (run / "candidates.csv").is_file()
    assert (run / "uploads" / "wei.md").stat().st_mode & 0o777 == 0o600


def test_a_better_copy_takes_the_place_of_one_that_failed(client: httpx.Client) -> None:
    upload(client, "/runs", ("wei.md", b"\x00\x01\x02"), name="r")
    ended(client, "r")
    assert "wei.md" in client.get("/runs/r/failed").text
    upload(client, "/runs/r/files", ("wei.md", WEI))
    ended(client, "r")
    assert "Every file of this run was read" in client.get("/runs/r/failed").text
    upload(client, "/runs/r/files", ("wei.md", OWEN))
    ended(client, "r")
    listed = client.get("/runs/r").text
    assert "Wei Zhang" in listed
    assert "Owen Pryce" in listed


def test_archives_are_read_and_what_is_no_resume_is_refused_with_a_reason(
    client: httpx.Client,
) -> None:
    packed = archive({"in/owen.md": OWEN, "__MACOSX/x.md": b"x", "in/": b""})
    answer = upload(client, "/runs", ("all.zip", packed), (".DS_Store", b"x"), ("e.md", b""), name="z")  # fmt: skip
    assert "1 file accepted, 2 not" in answer.text
    assert ".DS_Store" not in ended(client, "z")
    assert "Owen Pryce" in client.get("/runs/z").text
    assert upload(client, "/runs", ("e.md", b""), name="y").status_code == 400


def test_a_form_without_files_or_with_no_name_makes_nothing(
    client: httpx.Client, folder: Path
) -> None:
    assert "No file came" in upload(client, "/runs", name="n").text
    for name in ("", "../up", ".hidden", "a/b", "x" * 61, "<b>", "CON.", "-x"):
        assert upload(client, "/runs", ("a.md", WEI), name=name).status_code == 400
    assert list(folder.iterdir()) == []
    assert "No file came" in upload(client, "/runs", ("", b""), name="n").text


def test_a_run_that_is_there_is_not_made_again(client: httpx.Client) -> None:
    upload(client, "/runs", ("wei.md", WEI), name="r")
    ended(client, "r")
    assert "there is one already" in upload(client, "/runs", ("o.md", OWEN), name="r").text


def test_a_run_of_files_that_nobody_can_read_leads_to_the_reasons(client: httpx.Client) -> None:
    upload(client, "/runs", ("a.pdf", b"%PDF-1.4 no"), ("b.md", b"\x00\x01"), name="r")
    ended(client, "r")
    page = client.get("/runs/r").text
    assert "2 files could not be read, and no other is in this run." in page
    assert '<a href="/runs/r/failed">See why, and what to do</a>' in page
    assert "No candidate matches" not in page


def test_too_many_or_too_large_files_are_refused(folder: Path) -> None:
    limits = Limits(upload_bytes=20_000, upload_files=2)
    with served(folder, limits=limits) as settings, visitor(settings) as client:
        assert upload(client, "/runs", ("a.md", b"x" * 30_000), name="r").status_code == 413
        three = [(f"{n}.md", WEI) for n in range(3)]
        assert upload(client, "/runs", *three, name="r").status_code == 400
    assert list(folder.iterdir()) == []


def test_one_run_has_one_writer_and_is_stopped_in_order(
    client: httpx.Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    read = ParserPool.read

    async def slow(self: ParserPool, data: bytes, name: str) -> Document:
        await asyncio.to_thread(go.wait)
        return await read(self, data, name)

    monkeypatch.setattr(ParserPool, "read", slow)
    files = [(f"{n}.md", WEI + str(n).encode()) for n in range(12)]
    try:
        upload(client, "/runs", *files, name="r")
        assert "is being read already" in upload(client, "/runs/r/files", ("o.md", OWEN)).text
        page = client.get("/runs/r").text
        assert "Resumes are being read into this run right now" in page
        stopping = client.post("/runs/r/stop", data={"csrf": csrf_of(page)}).text
        assert "Stopping" in stopping
        events = []
        with client.stream("GET", "/runs/r/events") as stream:
            for line in stream.iter_lines():
                events.append(line)
                go.set()
        assert "event: over" in events
        assert any("Stopping" in line for line in events)
    finally:
        go.set()
    page = ended(client, "r")
    assert "Stopped" in page
    client.post("/runs/r/go-on", data={"csrf": csrf_of(page)})
    assert "12 with a report, 0 not read" in ended(client, "r")


def test_a_run_of_another_reader_is_told_so_and_not_overwritten(
    client: httpx.Client, folder: Path
) -> None:
    upload(client, "/runs", ("wei.md", WEI), name="r")
    ended(client, "r")
    with sqlite3.connect(folder / "r" / "run.sqlite") as db:
        db.execute("""update item set parts = json_set(parts, '$.reader', 'model x')""")
    db.close()
    upload(client, "/runs/r/files", ("o.md", OWEN))
    assert "model x" in ended(client, "r")


def test_a_terminal_that_works_on_the_run_is_shown_as_such(
    client: httpx.Client, folder: Path
) -> None:
    upload(client, "/runs", ("wei.md", WEI), name="r")
    ended(client, "r")
    with RunStore(folder / "r"):
        answer = upload(client, "/runs/r/files", ("o.md", OWEN))
        assert answer.status_code == 503
        assert "Another process" in answer.text
        page = client.get("/runs/r/progress").text
        assert "only that program can stop it" in page
        assert 'action="/runs/r/stop"' not in page
    assert "Read the files that have no report yet" in client.get("/runs/r/progress").text
    assert "Upload and read" in client.get("/runs/r/add").text


def test_a_purge_takes_the_uploaded_file_too(folder: Path, tmp_path: Path) -> None:
    runs = Runs(folder)
    run = make_run(runs, "r", "dual")
    assert take(run, [Upload("wei.md", WEI)]).files == 1
    with pytest.raises(UsageError):
        make_run(runs, "r", "dual")
    works = Works(Settings(reader="rules", offline=True, jobs=1))
    work = works.begin(run, sources_of(run), role_of(run, "dual"))
    work.join(20)
    works.close()
    assert work.trouble == ""
    assert sources_of(make_run(runs, "other", "dual")) == []
    (row,) = Run(run.folder, "r").pool().done
    purge(run.folder, [row.id], older_than=None, replies=tmp_path / "none", snapshots=tmp_path)
    assert list((run.folder / "uploads").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cv.pdf", "cv.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\cv.docx", "cv.docx"),
        ("Lebenslauf Müller (final).pdf", "Lebenslauf Müller (final).pdf"),
        ("a\x00b\n<i>.md", "a_b__i_.md"),
        ("..", ""),
        ("...", ""),
        ("", ""),
        (".pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("y" * 300, "y" * 100),
    ],
)
def test_names_of_files_lead_nowhere(given: str, kept: str) -> None:
    assert file_name(given) == kept


def test_names_of_runs_are_names_of_folders() -> None:
    assert run_name("  ML  platform, Nov. (2) ") == "ML platform, Nov. (2)"
    assert run_name("Été") == "Été"


def test_a_file_that_no_resume_is_as_large_as_is_refused(folder: Path) -> None:
    run = make_run(Runs(folder), "r", "dual")
    taken = take(run, [Upload("big.pdf", b"x" * (MAX_BYTES + 1)), Upload("", b"x")])
    assert taken.files == 0
    assert [why for _, why in taken.refused] == ["larger than 25 MB", "a program file, not a resume"]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK not an archive", "a damaged archive"),
        (archive({"a.zip": b"x"}), "an archive within an archive"),
        (archive({f"{n}.md": b"x" for n in range(4)}), "holds more than 3 files"),
        (archive({"bomb.md": b"0" * 2000}), "unpacked it is more than can be uploaded at once"),
        (archive({"a.md": b"x"}).replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00"), "encrypted"),
    ],
)  # fmt: skip
def test_an_archive_that_is_none_or_holds_too_much_is_refused(content: bytes, why: str) -> None:
    found = list(unpacked([Packed("all.ZIP", io.BytesIO(content))], most_bytes=1000, most_files=3))
    assert [refused.why for refused in found if isinstance(refused, Refused)] == [why]


def test_members_of_an_archive_stay_within_the_run(folder: Path) -> None:
    run = make_run(Runs(folder), "r", "dual")
    bad = archive({"../../up.md": WEI, "/etc/abs.md": OWEN, "a/same.md": WEI, "b/same.md": OWEN})
    assert take(run, [Packed("all.zip", io.BytesIO(bad))]).files == 4
    there = sorted(p.name for p in (run.folder / "uploads").iterdir())
    assert there == ["abs.md", "same (2).md", "same.md", "up.md"]


def test_a_role_that_is_not_offered_is_the_servers_own(client: httpx.Client) -> None:
    upload(client, "/runs", ("wei.md", WEI), name="r", role="/etc/passwd")
    ended(client, "r")
    assert "Wei Zhang" in client.get("/runs/r").text


def test_the_end_of_the_server_ends_its_runs_in_order(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(self: ParserPool, data: bytes, name: str) -> Document:
        await asyncio.sleep(0.1)
        return await read(self, data, name)

    read = ParserPool.read
    monkeypatch.setattr(ParserPool, "read", slow)
    with served(folder) as settings, visitor(settings) as client:
        files = [(f"{n}.md", WEI + str(n).encode()) for n in range(20)]
        upload(client, "/runs", *files, name="r")
        while "0 with a report" in client.get("/runs/r/progress").text:
            time.sleep(0.01)
    found = Run(folder / "r", "r")
    assert not found.pool().is_busy
    assert found.pool().trouble == ""
    assert found.status().stopped


def test_a_file_that_failed_is_replaced_by_a_better_copy_of_any_name(
    client: httpx.Client, folder: Path
) -> None:
    upload(client, "/runs", ("wei.pdf", b"%PDF-1.4 nothing"), ("owen.md", b"\x00\x01"), name="r")
    ended(client, "r")
    page = client.get("/runs/r/failed").text
    failed = dict(re.findall(r'name="instead" value="([^"]*/([^"/]+))"', page))
    assert sorted(failed.values()) == ["owen.md", "wei.pdf"]
    by_name = {name: source for source, name in failed.items()}
    told = upload(client, "/runs/r/files", ("wei.md", WEI), instead="/etc/passwd")
    assert "not among those that were not read" in told.text
    told = upload(
        client, "/runs/r/files", ("a.zip", archive({"wei.md": WEI})), instead=by_name["wei.pdf"]
    )
    assert "Several files cannot take the place of one" in told.text
    upload(client, "/runs/r/files", ("better.md", WEI), instead=by_name["wei.pdf"])
    ended(client, "r")
    upload(client, "/runs/r/files", ("owen.md", OWEN), instead=by_name["owen.md"])
    ended(client, "r")
    assert sorted(p.name for p in (folder / "r" / "uploads").iterdir()) == ["better.md", "owen.md"]
    assert "Every file of this run was read" in client.get("/runs/r/failed").text
    assert "Candidates 2" in client.get("/runs/r").text


def test_a_run_keeps_the_opening_that_it_is_read_for(client: httpx.Client, folder: Path) -> None:
    openings = Openings(folder)
    asked = Requirement(id="r1", text="Kubernetes", kind=Kind.TOOL, names=("Kubernetes",))
    opening = openings.add(RoleProfile(name="p", title="Platform", requirements=(asked,)))
    assert re.search(
        r'value="platform" selected>Platform<', client.get("/new?opening=platform").text
    )
    upload(client, "/runs", ("wei.md", WEI), name="r", role="platform")
    ended(client, "r")
    openings.delete("platform")
    run = Run(folder / "r", "r")
    assert stat.S_IMODE((run.folder / "role.toml").stat().st_mode) == 0o600
    (identity,) = run.pool().roles.values()
    assert identity == opening.identity
    page = client.get("/runs/r").text
    assert "Platform, as first evaluated</option>" in page
    assert "musts <strong>0</strong> of 1" in page
    csrf = csrf_of(page)
    client.post("/runs/r/go-on", data={"csrf": csrf, "opening": "ml-engineer"})
    ended(client, "r")
    (identity,) = run.pool().roles.values()
    assert identity == next(one for one in shipped() if one.key == "ml-engineer").identity
    assert role_of(run, "dual") == "ml-engineer"
