"""The commands as a user types them: results, exit codes, and one line for each mistake."""

from __future__ import annotations

import json
import math
import os
import pty
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from evaluator import CandidateReport
from evaluator.cli import _COMMANDS, run
from evaluator.transport import RetryPolicy

from ..conftest import PORTFOLIOS, RESUMES, ROOT, UNREADABLE
from ..pipeline.test_model_path import honest
from ..servers.github import LOGIN, github_server
from ..servers.model import model_server

OFFLINE = ["--offline", "--reader", "rules", "--snapshots", str(PORTFOLIOS)]
GOOD = str(RESUMES / "owen-pryce.md")


@dataclass
class Said:
    code: int
    out: str
    err: str


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Any:
    def command(*arguments: str) -> Said:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return command


def test_json_validates_against_the_schema_command(say: Any) -> None:
    schema = json.loads(say("schema").out)
    said = say("evaluate", GOOD, *OFFLINE, "--format", "json")
    assert said.code == 0
    jsonschema.validate(json.loads(said.out), schema)
    assert said.err == ""


@pytest.mark.parametrize(
    ("format_", "start"),
    [("text", "Owen Pryce\n"), ("markdown", "# Owen Pryce"), ("html", "<!doctype html>")],
)
@pytest.mark.parametrize("command", ["evaluate", "self"])
def test_formats(say: Any, tmp_path: Path, command: str, format_: str, start: str) -> None:
    said = say(command, GOOD, *OFFLINE, "--format", format_)
    assert said.out.startswith(start)
    target = tmp_path / "out"
    assert say(command, GOOD, *OFFLINE, "--format", format_, "-o", str(target)).out == ""
    assert target.read_text(encoding="utf-8") == said.out


def test_self_tells_the_candidate_what_to_do_next(say: Any) -> None:
    out = say("self", GOOD, *OFFLINE).out
    assert "What would help most for the role" in out
    assert "What your public code shows" in out
    assert "Role fit" not in out


def test_without_a_choice_it_says_who_reads(say: Any) -> None:
    assert (
        "embedded rules (no OPENAI_API_KEY"
        in say("evaluate", GOOD, "--offline", "--snapshots", str(PORTFOLIOS)).err
    )


def test_an_unknown_portfolio_is_said(say: Any, tmp_path: Path) -> None:
    said = say("evaluate", GOOD, "--offline", "--reader", "rules", "--snapshots", str(tmp_path))
    assert said.code == 0
    assert "portfolio of fictional-oprice is unknown" in said.err


@dataclass(frozen=True)
class Mistake:
    arguments: list[str]
    code: int
    says: str
    environment: dict[str, str] = field(default_factory=dict)


MISTAKES = {
    "wrong path": Mistake(["evaluate", "nowhere.pdf"], 2, "There is no file nowhere.pdf"),
    "a folder": Mistake(["evaluate", str(RESUMES)], 3, "evaluator batch"),
    "a device": Mistake(["evaluate", "/dev/null"], 3, "not a regular file"),
    "empty": Mistake(["evaluate", str(UNREADABLE / "empty.pdf")], 3, "empty"),
    "scan": Mistake(["evaluate", str(UNREADABLE / "scan.pdf")], 3, "OCR"),
    "password": Mistake(["evaluate", str(UNREADABLE / "password.pdf")], 3, "password"),
    "unknown role": Mistake(["evaluate", GOOD, "--role", "wizard"], 2, "mlops-engineer"),
    "bad month": Mistake(["evaluate", GOOD, "--as-of", "soon"], 2, "--as-of"),
    "no endpoint": Mistake(["evaluate", GOOD, "--reader", "model"], 2, "OPENAI_API_KEY"),
    "no model": Mistake(["evaluate", GOOD], 2, "--model", {"OPENAI_API_KEY": "k"}),
    "bad address": Mistake(
        ["evaluate", GOOD, "--base-url", "nonsense", "--model", "m"], 2, "--base-url"
    ),
    "unwritable output": Mistake(
        ["evaluate", GOOD, *OFFLINE, "-o", "/proc/nothing/x"], 1, "cannot be written"
    ),
    "nothing to do": Mistake(["batch", "nowhere", "--out", "/tmp/never"], 2, "nothing to evaluate"),
    "no run folder": Mistake(["report", str(RESUMES)], 2, "run.sqlite"),
    "unknown option": Mistake(["evaluate", GOOD, "--frobnicate"], 2, "No such option"),
    "unknown command": Mistake(["frobnicate"], 2, "There is no command “frobnicate”"),
    "missing snapshot": Mistake(
        ["portfolio", "fictional-nobody", "--offline", "--snapshots", str(PORTFOLIOS)],
        1,
        "no snapshot",
    ),
    "bad login": Mistake(["portfolio", "a/b", "--offline"], 1, "not a GitHub account"),
    "bad price file": Mistake(
        ["evaluate", GOOD, *OFFLINE], 2, "price file", {"EVALUATOR_PRICES": "/nowhere.toml"}
    ),
    "dead address": Mistake(
        [
            "evaluate",
            GOOD,
            "--github",
            "none",
            "--base-url",
            "http://127.0.0.1:9/v1",
            "--model",
            "m",
        ],
        2,
        "cannot be reached",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_one_line_with_its_hint(
    say: Any, monkeypatch: pytest.MonkeyPatch, mistake: Mistake
) -> None:
    async def at_once(_: float) -> None:
        pass

    for name, value in mistake.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(
        RetryPolicy.__init__, "__defaults__", (4, 60.0, math.inf, 20.0, at_once, time.monotonic)
    )
    said = say(*mistake.arguments)
    assert said.code == mistake.code
    assert mistake.says in said.err
    assert "Traceback" not in said.err
    assert said.out == ""
    lines = [
        line
        for line in said.err.splitlines()
        if not line.startswith(("Reading with", "Usage:", "Try "))
    ]
    assert len([line for line in lines if line.strip()]) == 1


def test_no_permission_is_one_line(
    say: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(self: Path, *arguments: Any, **named: Any) -> Any:
        if self.name == "locked.pdf":
            raise PermissionError(13, "Permission denied")
        return real(self, *arguments, **named)

    (tmp_path / "locked.pdf").write_bytes(b"x")
    monkeypatch.setattr(Path, "open", refuse)
    said = say("evaluate", str(tmp_path / "locked.pdf"), *OFFLINE)
    assert (said.code, "may not be read" in said.err) == (3, True)


def test_a_bad_token_leaves_a_report_and_one_line(
    say: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with github_server() as server:
        server.faults = [(401, {}, b"{}")] * 5
        monkeypatch.setenv("EVALUATOR_GITHUB_URL", server.url)
        monkeypatch.setenv("GITHUB_TOKEN", "canary-token")
        said = say(
            "evaluate", GOOD, "--reader", "rules", "--snapshots", str(tmp_path), "--format", "json"
        )
    assert said.code == 0
    assert "GITHUB_TOKEN" in said.err
    assert len(said.err.splitlines()) == 1
    assert json.loads(said.out)["portfolio"]["status"] == "unknown"
    assert "canary-token" not in said.out + said.err


def test_an_unexpected_error_shows_no_traceback(say: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        message = "\x1b[31mlost"
        raise RuntimeError(message)

    monkeypatch.setattr("evaluator.cli.evaluating.render_text", broken)
    said = say("evaluate", GOOD, *OFFLINE)
    assert (said.code, said.err) == (
        1,
        "evaluator: unexpected RuntimeError:  [31mlost. Please report it.\n",
    )


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 0)])
def test_interruptions(
    say: Any, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], code: int
) -> None:
    def stop(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr("evaluator.cli.evaluating.render_text", stop)
    assert say("evaluate", GOOD, *OFFLINE).code == code


def test_batch_prints_a_line_a_source_and_a_summary(say: Any, tmp_path: Path) -> None:
    said = say("batch", GOOD, str(UNREADABLE), "--out", str(tmp_path), *OFFLINE)
    assert said.code == 3
    assert "[1/7]" in said.err
    assert "1 evaluated, 6 failed" in said.err
    assert "image only" in said.err
    assert said.out == ""
    again = say("batch", GOOD, "--out", str(tmp_path), *OFFLINE)
    assert (again.code, "1 unchanged" in again.err) == (0, True)
    made = say("report", str(tmp_path))
    assert (made.code, made.err) == (0, f"0 files written in {tmp_path}.\n")


def test_batch_with_failures_only(say: Any, tmp_path: Path) -> None:
    many = tmp_path / "in"
    many.mkdir()
    for number in range(23):
        (many / f"{number}.pdf").write_bytes(b"")
    said = say("batch", str(many), "--out", str(tmp_path / "out"), *OFFLINE)
    assert said.code == 3
    assert "and 3 more, in candidates.csv" in said.err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert say("batch", str(empty), GOOD, "--out", str(tmp_path / "b"), *OFFLINE).code == 0
    assert say("batch", str(empty), "--out", str(tmp_path / "c"), *OFFLINE).code == 2


def test_a_stopped_batch_says_why(say: Any, tmp_path: Path) -> None:
    with model_server(lambda _: (401, {}, b"{}")) as server:
        said = say(
            "batch",
            GOOD,
            "--out",
            str(tmp_path),
            "--base-url",
            server.url,
            "--model",
            "m",
            "--github",
            "none",
        )
    assert said.code == 2
    assert "stopped: The model endpoint refused the key" in said.err


def test_a_dry_run_calls_nothing(say: Any, tmp_path: Path) -> None:
    with model_server(honest) as server:
        options = [
            "--base-url",
            server.url,
            "--github",
            "none",
            "--dry-run",
            "--out",
            str(tmp_path / "never"),
        ]
        said = say("batch", str(RESUMES), str(UNREADABLE), *options, "--model", "gpt-6-luna")
        unknown = say("batch", GOOD, *options, "--model", "m")
        assert server.bodies == []
    assert "33 files" in said.out
    assert "6 not readable" in said.out
    assert "USD" in said.out
    assert "cost unknown" in unknown.out
    assert "cost nothing" in say("batch", GOOD, "--dry-run", "--out", "x", *OFFLINE).out
    assert not (tmp_path / "never").exists()


def test_a_bar_on_a_terminal(say: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    said = say("batch", GOOD, str(UNREADABLE / "empty.pdf"), "--out", str(tmp_path), *OFFLINE)
    assert said.code == 3
    assert "1 failed" in said.err


def test_the_model_is_used_from_the_command_line(say: Any) -> None:
    with model_server(honest) as server:
        said = say(
            "evaluate",
            str(RESUMES / "mira-holloway.pdf"),
            "--base-url",
            server.url,
            "--model",
            "stub",
            "--github",
            "none",
            "--format",
            "json",
        )
    assert said.code == 0
    assert "Reading with the model stub." in said.err
    assert CandidateReport.model_validate_json(said.out).provenance.model == "stub"


def test_extract_shows_what_is_read(say: Any) -> None:
    path = str(RESUMES / "dolores-quint.pdf")
    text = say("extract", path).out
    assert "Apex Systems, 2012" in text.split("flag", 1)[1]
    assert "Apex" not in text.split("flag", 1)[0]
    assert "link  GitHub → https://github.com/fictional-oprice" in say("extract", GOOD).out
    value = json.loads(say("extract", path, "--format", "json").out)
    assert set(value) == {"document", "lines", "links", "flags"}
    assert value["lines"][0]["text"] == "Dolores Quint"


def test_portfolio_shows_facts_and_makes_snapshots(
    say: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with github_server() as server:
        monkeypatch.setenv("EVALUATOR_GITHUB_URL", server.url)
        monkeypatch.setenv("GITHUB_TOKEN", "t")
        said = say("portfolio", LOGIN, "--snapshots", str(tmp_path))
    assert said.code == 0
    assert "modeling (owned)" in said.out
    assert "2 older repositories" in said.out
    value = json.loads(
        say("portfolio", LOGIN, "--snapshots", str(tmp_path), "--offline", "--format", "json").out
    )
    assert value["portfolio"]["profile"]["login"] == LOGIN
    assert value["evidence"]
    assert (
        "counts less: imported"
        in say("portfolio", "fictional-nfeldman", "--offline", "--snapshots", str(PORTFOLIOS)).out
    )


def test_doctor_names_each_thing_and_its_hint(
    say: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert say("doctor", "--offline").code == 0
    with github_server() as github, model_server(honest) as model:
        monkeypatch.setenv("EVALUATOR_GITHUB_URL", github.url)
        monkeypatch.setenv("EVALUATOR_MODEL", "stub")
        good = say("doctor", "--base-url", model.url)
        assert (good.code, "stub at" in good.out, "60 requests" in good.out) == (0, True, True)
        github.faults = [(401, {}, b"")]
        monkeypatch.setenv("GITHUB_TOKEN", "bad")
        assert "GITHUB_TOKEN" in say("doctor", "--base-url", model.url).out
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("EVALUATOR_CACHE_DIR", "/proc/none")
    broken = say("doctor", "--base-url", "http://127.0.0.1:9/v1")
    assert broken.code == 1
    assert broken.out.count("!!") == 3
    monkeypatch.delenv("EVALUATOR_MODEL")
    assert "EVALUATOR_MODEL" in say("doctor", "--base-url", "http://127.0.0.1:9/v1").out


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_has_help(say: Any, name: str) -> None:
    said = say(name, "--help")
    assert said.code == 0
    assert said.out.startswith("Usage: evaluator " + name)


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_help_and_import_are_cheap() -> None:
    heavy = "{'openai', 'pydantic', 'httpx', 'httpx2', 'pypdfium2', 'jinja2', 'rich', 'xlsxwriter'}"
    shown = _python(
        f"import sys; sys.argv = ['evaluator', '--help']\nfrom evaluator.cli import run\nrun(['--help'])\nprint(sorted({heavy} & set(sys.modules)))"
    )
    assert shown.splitlines()[-1] == "[]"
    assert "doctor" in shown
    assert _python(f"import sys, evaluator; print(sorted({heavy} & set(sys.modules)))") == "[]\n"


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "evaluator", "--version"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ},
    )
    assert done.stdout.startswith("evaluator, version ")


def test_main_exits_with_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    from evaluator.cli import main

    monkeypatch.setattr(sys, "argv", ["evaluator", "evaluate", "nowhere.pdf"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2


@pytest.mark.parametrize(("variables", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])  # fmt: skip
def test_colours_on_a_terminal_only(variables: dict[str, str], coloured: bool) -> None:
    command = [sys.executable, "-m", "evaluator", "evaluate", str(RESUMES / "owen-pryce.md"), "--offline"]  # fmt: skip
    environment = {**{k: v for k, v in os.environ.items() if k != "NO_COLOR"}, "TERM": "xterm", **variables}  # fmt: skip
    main, follower = pty.openpty()
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, env=environment) as process:  # fmt: skip
        os.close(follower)
        shown = b""
        while True:
            try:
                piece = os.read(main, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        process.wait()
    os.close(main)
    assert (b"\x1b[" in shown) == coloured
    if coloured:
        piped = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert b"\x1b" not in piped.stdout
