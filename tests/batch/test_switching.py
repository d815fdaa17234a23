"""Another role over a kept run: nobody is read again, and a later batch finds what it would have made."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from evaluator.cli import cli
from evaluator.cli import run as run_command
from evaluator.readers.rules.reader import RulesReader

from ..conftest import RESUMES

ROLE = """name = "opening"
title = "Opening"
[[requirements]]
id = "r1"
text = "Terraform in daily work"
kind = "tool"
names = ["Terraform"]
[[requirements]]
id = "r2"
text = "COBOL"
kind = "tool"
names = ["COBOL"]
need = "nice"
"""
NAMES = ("owen-pryce.md", "jonas-beck.md")


def test_a_run_is_seen_by_another_role_without_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [str(RESUMES / name) for name in NAMES]
    role = tmp_path / "role.toml"
    role.write_text(ROLE)
    batch = ["batch", *sources, "--reader", "rules", "--offline", "--progress", "none", "--out"]
    assert run_command([*batch, str(tmp_path / "kept")]) == 0
    assert run_command([*batch, str(tmp_path / "new"), "--role", str(role)]) == 0

    def read(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(RulesReader, "read_now", read)
    told = CliRunner().invoke(cli, ["report", str(tmp_path / "kept"), "--role", str(role)])
    assert "2 candidates compared with opening; no resume was read again" in told.stderr
    kept, new = ((tmp_path / name / "candidates.csv").read_text() for name in ("kept", "new"))
    assert kept == new
    rows = list(csv.DictReader(kept.splitlines()))
    assert {row["requirements_met"] for row in rows} <= {"0", "1"}
    for path in (tmp_path / "new" / "reports").iterdir():
        assert (tmp_path / "kept" / "reports" / path.name).read_bytes() == path.read_bytes()
    again = CliRunner().invoke(cli, [*batch, str(tmp_path / "kept"), "--role", str(role)])
    assert "2 unchanged" in again.stderr


def test_what_texts_tell_is_kept_with_a_run_and_filled_where_it_is_lacking(tmp_path: Path) -> None:
    sources = [str(RESUMES / name) for name in NAMES]
    role = tmp_path / "role.toml"
    role.write_text(ROLE)
    batch = ["batch", *sources, "--reader", "rules", "--offline", "--progress", "none", "--out"]
    assert run_command([*batch, str(tmp_path / "kept")]) == 0
    made = _indexes(tmp_path / "kept")
    assert len(made) == 2
    for change in (
        "",
        "drop table text_index; pragma user_version = 5",
        "update text_index set json = '{}'",
        'update text_index set json = replace(json, \'"made_of":"\', \'"made_of":"0\')',
    ):
        run = tmp_path / f"run{len(change)}"
        shutil.copytree(tmp_path / "kept", run)
        with sqlite3.connect(run / "run.sqlite") as database:
            database.executescript(change)
        database.close()
        assert run_command(["report", str(run), "--role", str(role)]) == 0
        assert made.items() <= _indexes(run).items()
        assert (run / "candidates.csv").read_bytes() == (
            tmp_path / "run0" / "candidates.csv"
        ).read_bytes()
        for path in (tmp_path / "run0" / "reports").iterdir():
            assert (run / "reports" / path.name).read_bytes() == path.read_bytes()


def test_an_index_that_is_kept_is_what_a_switch_judges_by(tmp_path: Path) -> None:
    role, out = tmp_path / "role.toml", tmp_path / "run"
    role.write_text(ROLE.replace("COBOL", "Pulumi"))
    source = str(RESUMES / NAMES[0])
    assert run_command(["batch", source, "--reader", "rules", "--offline", "--progress", "none", "--out", str(out)]) == 0  # fmt: skip
    with sqlite3.connect(out / "run.sqlite") as database:
        database.execute(
            "update text_index set json = replace(json, '\"Terraform\"', '\"Pulumi\"')"
        )
    database.close()
    assert run_command(["report", str(out), "--role", str(role)]) == 0
    report = json.loads(next((out / "reports").glob("*.json")).read_text())
    verdicts = {r["id"]: r["verdict"] for r in report["requirements"]}
    assert verdicts == {"r1": "partly", "r2": "found"}


def _indexes(run: Path) -> dict[str, str]:
    with sqlite3.connect(run / "run.sqlite") as database:
        found = dict(database.execute("select id, json from text_index").fetchall())
    database.close()
    return found


def test_the_guide_asks_about_what_is_open(tmp_path: Path) -> None:
    role = tmp_path / "role.toml"
    role.write_text(ROLE.replace("COBOL", "<b>COBOL</b>"))
    out = str(tmp_path / "run")
    source = str(RESUMES / NAMES[0])
    batch = ["batch", source, "--reader", "rules", "--offline", "--progress", "none", "--out", out]
    assert run_command([*batch, "--role", str(role)]) == 0
    text = CliRunner().invoke(cli, ["guide", out, NAMES[0]]).output
    assert "Interview: " in text.splitlines()[0]
    assert "for opening" in text.splitlines()[0]
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "COBOL</b>. Have you used it" in text.replace("\n    ", " ")
    page = CliRunner().invoke(cli, ["guide", out, NAMES[0], "--format", "html"]).output
    assert "<b>COBOL" not in page
    assert "&lt;b&gt;COBOL" in page
    assert CliRunner().invoke(cli, ["guide", out, NAMES[0], "--format", "markdown"]).output


def test_candidates_stand_by_several_openings_and_the_run_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    role, out = tmp_path / "role.toml", tmp_path / "run"
    role.write_text(ROLE.replace('"opening"', '"=opening"'))
    sources = [str(RESUMES / name) for name in NAMES]
    batch = ["batch", *sources, "--reader", "rules", "--offline", "--progress", "none"]
    assert run_command([*batch, "--out", str(out)]) == 0
    before = (out / "candidates.csv").read_bytes()
    monkeypatch.setattr(RulesReader, "read_now", None)

    def told(*more: str) -> str:
        both = ["--role", str(role), "--role", "ml-engineer"]
        result = CliRunner().invoke(cli, ["compare", str(out), *more, *both])
        assert result.exit_code == 0, result.output
        return result.output

    found = json.loads(told("--format", "json"))
    assert found["roles"] == ["=opening", "ml-engineer"]
    for row in found["candidates"]:
        scores = {fit["role"]: fit["score"] for fit in row["fits"]}
        assert row["best"] == [name for name in scores if scores[name] == max(scores.values()) > 0]
    tops = [max(fit["score"] for fit in row["fits"]) for row in found["candidates"]]
    assert tops == sorted(tops, reverse=True)
    rows = list(csv.DictReader(told("--format", "csv").splitlines()))
    assert [row["id"] for row in rows] == [row["id"] for row in found["candidates"]]
    assert rows[0]["fit ml-engineer"] == f"{found['candidates'][0]['fits'][1]['score']:g}"
    assert not any(cell.startswith("=") for row in rows for cell in (*row, *row.values()))
    assert len(told(NAMES[1]).splitlines()) == 4
    page = tmp_path / "page.html"
    told("--format", "html", "-o", str(page))
    assert f'href="run/reports/{rows[0]["id"]}.html"' in page.read_text()
    assert (out / "candidates.csv").read_bytes() == before


def test_openings_that_cannot_be_told_apart_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "run")
    source = str(RESUMES / NAMES[0])
    assert run_command(["batch", source, "--reader", "rules", "--offline", "--progress", "none", "--out", out]) == 0  # fmt: skip
    assert run_command(["compare", out, "--role", "dual", "--role", "dual"]) == 2
    assert "Two roles are called “dual”" in capsys.readouterr().err
    assert run_command(["compare", out, "a", "b", "--format", "csv"]) == 2
    assert "With --role" in capsys.readouterr().err
