"""Who mistypes a name is told the nearest; a document may come from standard input; shells complete commands."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from evaluator.cli import run
from evaluator.text.spelling import near

from ..batch.test_runner import run as run_batch
from ..conftest import RESUMES, ROOT

OWEN = RESUMES / "owen-pryce.md"


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    run_batch(tmp_path / "run", str(OWEN), RESUMES / "jonas-beck.md")
    return tmp_path / "run"


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["evalute", "x"], "There is no command “evalute”. Did you mean “evaluate”?"),
        (["Batch"], "Did you mean “batch”?"),
        (["qqq"], "There is no command “qqq”. “evaluator --help” lists them."),
        (["evaluate", "x", "--raeder", "rules"], "--reader"),
        (["evaluate", "x", "--format", "jsn"], "Did you mean “json”?"),
        (["evaluate", "x", "--format=markdwn"], "Did you mean “markdown”?"),
        (["evaluate", "x", "--reader", "modle"], "Did you mean “model”?"),
        (["evaluate", "x", "--stage", "scalling"], "Did you mean “scaling”?"),
        (["evaluate", str(OWEN), "--offline", "--role", "mlops-enginer"], "Did you mean “mlops-engineer”? Use ml-engineer"),
    ],
)  # fmt: skip
def test_the_nearest_name_is_told(
    command: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(command) == 2
    assert says in " ".join(capsys.readouterr().err.split())


def test_the_nearest_candidate_is_told(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for command, name, says in (
        ("guide", "owen-price.md", "Did you mean “owen-pryce.md”?"),
        ("purge", "jonas_beck.md", "Did you mean “jonas-beck.md”?"),
        ("guide", "nobody", "The column id of candidates.csv names them."),
    ):
        assert run([command, str(finished), name]) == 2
        assert says in capsys.readouterr().err


def test_where_nothing_is_like_it_nothing_is_proposed(capsys: pytest.CaptureFixture[str]) -> None:
    assert near("zzz", ["auto", "rules"]) is None
    assert run(["evaluate", "x", "--format", "zzz"]) == 2
    assert run(["evaluate", "x", "--jobs", "many"]) == 2
    assert "Did you mean" not in capsys.readouterr().err.replace("--", "")


def piped(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["evaluate", "-", "--offline", "--github", "none"], "ops: deep in operations"),
        (["self", "-", "--offline", "--github", "none"], "Owen Pryce"),
        (["extract", "-"], "   1  Owen Pryce"),
    ],
)
def test_a_resume_may_come_from_standard_input(
    command: list[str], says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    piped(monkeypatch, OWEN.read_bytes())
    assert run(command) == 0
    assert says in capsys.readouterr().out


def test_an_advert_and_a_report_may_come_from_standard_input(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, b"Platform engineer\n\nRequirements\n- 5 years of experience with Kubernetes\n- Terraform\n")  # fmt: skip
    assert run(["role", "-", "--reader", "rules"]) == 0
    assert "Kubernetes" in capsys.readouterr().out
    report = next((finished / "reports").glob("*.json")).read_bytes()
    piped(monkeypatch, report)
    assert run(["verify", "-"]) == 0
    assert "ok  Levels" in capsys.readouterr().out
    piped(monkeypatch, report)
    assert run(["verify", "-", "-"]) == 2
    assert "cannot be both" in capsys.readouterr().err


@pytest.mark.parametrize("stdin", [None, SimpleNamespace(buffer=None), "closed"])
def test_a_closed_standard_input_is_one_line(
    stdin: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if stdin == "closed":
        piped(monkeypatch, b"")
        sys.stdin.buffer.close()
    else:
        monkeypatch.setattr(sys, "stdin", stdin)
    assert run(["extract", "-"]) == 2
    assert "“-” means standard input, which is closed." in capsys.readouterr().err


def test_nothing_on_standard_input_is_an_empty_document(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    piped(monkeypatch, b"")
    assert run(["extract", "-"]) == 3
    assert "empty" in capsys.readouterr().err


def test_shells_complete_what_is_documented() -> None:
    words, found = "evaluator evaluate --reader ru", "rules"
    documented = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert 'eval "$(_EVALUATOR_COMPLETE=bash_source evaluator)"' in documented
    environment = {**os.environ, "_EVALUATOR_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", "import sys; sys.argv = ['evaluator']; from evaluator.cli import main; main()"],
        cwd=ROOT, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert f"plain,{found}" in done.stdout.splitlines()
