"""What a batch is given, as people give it: every resume has its row, and nothing else has one."""

from __future__ import annotations

import os
import sys
import zipfile
from pathlib import Path

import pytest

from evaluator import DocumentError, Unreadable, UsageError
from evaluator.batch.sources import BatchSource, expand
from evaluator.cli import run as cli
from evaluator.pipeline.inputs import load_input

from ..conftest import RESUMES
from .test_runner import rows, run

RESUME = (RESUMES / "owen-pryce.md").read_bytes()
OTHER = (RESUMES / "jonas-beck.md").read_bytes()
OFFLINE = ("--offline", "--reader", "rules", "--progress", "none")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "anna.md").write_bytes(RESUME)
    (inside / "bob.md").write_bytes(OTHER)
    return inside


def _names(*sources: Path | str) -> list[str]:
    return [source.name for source in expand(map(str, sources))]


@pytest.mark.parametrize(
    "manifest",
    [
        b"path;github;req\r\nanna.md;;R1\r\nbob.md;none;R2\r\n",
        b"\xef\xbb\xbfpath\tgithub\treq\nanna.md\t\tR1\nbob.md\tnone\tR2\n",
        b"sep=;\r\npath;github;req\r\nanna.md;;R1\r\nbob.md;none;R2\r\n",
        b"Path , GitHub, req\nanna.md , ,R1\n bob.md, none ,R2\n",
        b"PATH|GITHUB|req\nanna.md||R1\nbob.md|none|R2\n",
        "path,github,req\nanna.md,,R1\nbob.md,none,R2\n".encode("utf-16"),
        b"path,github,req,note\nanna.md,,R1,Stra\xdfe\nbob.md,none,R2,\x80 5\n",
        b"path,github,req,note\nanna.md,,R1," + b"x" * 200_000 + b"\nbob.md,none,R2,\n",
        b"path,github,req\r.\\anna.md,,R1\rbob.md,none,R2\r",
    ],
)  # fmt: skip
def test_a_manifest_is_read_as_spreadsheets_write_it(folder: Path, manifest: bytes) -> None:
    (folder / "list.csv").write_bytes(manifest)
    anna, bob = expand([str(folder / "list.csv")])
    assert (anna.load().data, bob.load().data) == (RESUME, OTHER)
    assert (anna.github, bob.github) == (None, "none")
    assert (anna.carried["req"], bob.carried["req"]) == ("R1", "R2")
    if b"note" in manifest and len(manifest) < 200:
        assert (anna.carried["note"], bob.carried["note"]) == ("Straße", "€ 5")


@pytest.mark.parametrize(
    ("manifest", "told"),
    [
        (b'path,note\nanna.md,"unclosed\nbob.md,x\n', "line 3"),
        (b"file,note\nanna.md,x\n", "no column"),
        (b"", "no column"),
    ],
)
def test_a_manifest_that_is_no_table_is_one_sentence(
    folder: Path, manifest: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "list.csv").write_bytes(manifest)
    with pytest.raises(UsageError, match=told) as caught:
        _names(folder / "list.csv")
    assert caught.value.hint
    assert cli(["batch", str(folder / "list.csv"), "--out", str(folder / "run"), *OFFLINE]) == 2


def test_every_row_of_a_manifest_has_its_row_and_its_reason(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = folder / "list.csv"
    manifest.write_text("path,req\n.\\gone.md,R1\n~/gone.md,R2\n,R3\nnobody-knows://x,R4\n,\n")
    assert cli(["batch", str(manifest), "--out", str(folder / "run"), *OFFLINE]) == 3
    table = {row["req"]: row for row in rows(folder / "run")}
    assert sorted(table) == ["R1", "R2", "R3", "R4"]
    assert all(row["status"] == "failed" for row in table.values())
    assert table["R1"]["reason"].startswith("not found: There is no file")
    assert table["R3"]["source"].endswith("list.csv, line 4")
    assert "names no path" in table["R3"]["reason"]
    assert "cannot be opened" in table["R4"]["reason"]
    assert "gone.md: not found" in capsys.readouterr().err


def test_one_resume_for_several_requisitions_is_several_rows(folder: Path) -> None:
    manifest = folder / "list.csv"
    manifest.write_text("path,req\nanna.md,R1\nanna.md,R2\nbob.md,R1\nanna.md,R2\n")
    assert run(folder / "run", manifest).done == 3
    table = rows(folder / "run")
    assert sorted((Path(row["source"]).name, row["req"]) for row in table) == [
        ("anna.md", "R1"),
        ("anna.md (2)", "R2"),
        ("bob.md", "R1"),
    ]


@pytest.mark.parametrize(
    ("written", "login"),
    [
        ("@someone", "someone"),
        ("https://github.com/someone/", "someone"),
        ("github.com/someone", "someone"),
        ("none", "none"),
    ],
)
def test_an_account_in_a_manifest_may_be_an_address(folder: Path, written: str, login: str) -> None:
    (folder / "list.csv").write_text(f"path,github\nanna.md,{written}\n")
    (found,) = expand([str(folder / "list.csv")])
    assert found.github == login


def test_one_account_for_many_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for account in ("https://github.com/someone", "someone"):
        command = ["batch", str(folder), "--out", str(folder / "run"), "--github", account]
        assert cli([*command, *OFFLINE]) == 2
        assert "names one account, and there are 2 resumes" in capsys.readouterr().err
    assert not (folder / "run").exists()


SYSTEM = (
    "~$anna.docx", "Thumbs.db", "desktop.ini", "Icon", "Icon\r", "._anna.md", ".DS_Store",
    "anna.md:Zone.Identifier", ".~lock.anna.odt#", "~WRL0003.tmp", "anna.md.part",
)  # fmt: skip


def test_files_of_systems_and_programs_are_passed_over(folder: Path) -> None:
    for name in SYSTEM:
        (folder / name).write_bytes(b"\x00\x01")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "anna.md").write_bytes(RESUME)
    expected = [str(folder / "anna.md"), str(folder / "bob.md")]
    assert _names(folder) == expected
    assert _names(f"{folder}/*") == expected
    assert _names(*sorted(p for p in folder.iterdir() if p.is_file())) == expected
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        for name in (*SYSTEM, "sub/Thumbs.db", "anna.md"):
            archive.writestr(name, RESUME)
    assert _names(folder / "all.zip") == [f"{folder}/all.zip/anna.md"]


@pytest.mark.parametrize("out", ["run", ".", "sub/run"])
def test_a_run_inside_its_source_is_never_read(folder: Path, out: str) -> None:
    for _ in range(2):
        assert run(folder / out, folder).done == 2
    assert run(folder / "another", folder).done == 2
    assert len(rows(folder / out)) == len(rows(folder / "another")) == 2
    assert _names(f"{folder}/**/*.*ml") == []
    assert _names(*sorted(p for p in (folder / out).iterdir() if p.is_file())) == (
        _names(folder) if out == "." else []
    )


def test_links_to_files_are_followed(folder: Path, tmp_path: Path) -> None:
    linked = tmp_path / "links"
    linked.mkdir()
    (linked / "anna.md").symlink_to("../in/anna.md")
    (linked / "bob.md").symlink_to(folder / "bob.md")
    (linked / "gone.md").symlink_to("nowhere.md")
    found = {Path(source.name).name: source for source in expand([str(linked)])}
    assert found["anna.md"].load().data == RESUME
    assert found["bob.md"].load().data == OTHER
    with pytest.raises(DocumentError) as caught:
        found["gone.md"].load()
    assert caught.value.reason is Unreadable.NOT_FOUND


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize("raw", [b"r\xe9sum\xe9.md", b"\xff\xfe.md", b"\x8c\x6f.md"])
def test_a_name_that_is_no_text_has_its_row(folder: Path, raw: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + raw))
    path.write_bytes(RESUME)
    shown = raw.decode("utf-8", "backslashreplace")
    assert load_input(path).name == shown
    summary = run(folder / "run", folder)
    assert (summary.done, summary.failed) == (3, 0)
    assert str(folder / shown) in {row["source"] for row in rows(folder / "run")}
    source = BatchSource(path=path)
    assert BatchSource.model_validate_json(source.model_dump_json()) == source
    with pytest.raises(DocumentError) as caught:
        load_input(path.with_name(path.name + "x"))
    assert str(caught.value).isprintable()


def test_rows_of_one_file_or_one_person_say_so(folder: Path) -> None:
    (folder / "copy.md").write_bytes(RESUME)
    (folder / "later.md").write_bytes(RESUME + b"\n- Answered letters.\n")
    run(folder / "run", folder)
    told = {Path(row["source"]).name: row["same_as"] for row in rows(folder / "run")}
    assert told["bob.md"] == ""
    assert told["copy.md"].startswith(f"same content: {folder}/anna.md; same ")
    assert f"{folder}/later.md" in told["anna.md"]
    assert "content" not in told["later.md"]
    assert "same content" in (folder / "run" / "index.html").read_text(encoding="utf-8")


def test_an_encrypted_member_of_an_archive_says_so(folder: Path) -> None:
    path = folder / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("anna.md", RESUME)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    (source,) = expand([str(path)])
    with pytest.raises(DocumentError) as caught:
        source.load()
    assert caught.value.reason is Unreadable.ENCRYPTED
