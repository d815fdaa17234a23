"""What the README and the docs promise is what the product does."""

from __future__ import annotations

import re
import subprocess
import sys

import click

from evaluator.cli import _COMMANDS, cli

from .conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
MODELS = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
ROWS = [re.split(r" *\| *", row)[1:-1] for row in README.splitlines() if row.startswith("| ")]
PAGES = (README, *(page.read_text(encoding="utf-8") for page in (ROOT / "docs").glob("*.md")))


def test_the_snippet_runs() -> None:
    (snippet,) = re.findall(r"```python\n(.+?)```", README, re.S)
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "ml 4 0\nops\n"), done.stderr


def test_the_session_is_what_the_command_prints() -> None:
    (session,) = re.findall(r"```console\n\$ (.+?)```", COMMANDS, re.S)
    command, _, printed = session.partition("\n")
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr + done.stdout == printed


def test_every_command_is_told_and_every_told_option_exists() -> None:
    for name in _COMMANDS:
        assert f"evaluator {name}" in COMMANDS
    context = click.Context(cli)
    known = {
        option
        for name in _COMMANDS
        for p in (cli.get_command(context, name) or cli).params
        for option in p.opts
    }
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", COMMANDS + MODELS))
    for page in PAGES:
        for line in re.findall(r"evaluator [a-z-]+ [^|`\n]*", page):
            told |= set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", line))
    assert len(told) > 20
    assert told <= known | {"--help"}


def test_figures_on_resumes_that_come_along_are_those_of_the_benchmark(nightly: bool) -> None:
    """By day of the fairest row alone: all of real length take as long as a thousand tests."""
    chosen = [] if nightly else ["--group", "kept apart"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.readers", *chosen],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    printed = [
        [track, fair, f"{ml} and {ops}", quotes, traps]
        for track, fair, ml, ops, quotes, traps in re.findall(
            r"strong reader +(?:90|36) +([\d.]+)% +([\d.]+)% +([\d.]+) / ([\d.]+).*? ([\d.]+)% +([\d.]+)%\n",
            done.stdout,
        )
    ]
    of = {"90", "36"} if nightly else {"36"}
    assert [row[-5:] for row in ROWS if row[0] in of] == printed[: len(of)]


def test_figures_of_the_embedded_reader_are_those_of_its_training() -> None:
    validation = (ROOT / "training" / "validation.txt").read_text(encoding="utf-8")
    printed = {
        of: [track, fair, f"{ml} and {ops}", quotes or "", traps or ""]
        for of, track, fair, ml, ops, quotes, traps in re.findall(
            r"^  (\w+) +\d+ +([\d.]+)% +([\d.]+)% +([\d.]+) / ([\d.]+)(?:.*? ([\d.]+)% +([\d.]+)%)?$",
            validation,
            re.M,
        )
    }
    told = [row[-5:] for row in ROWS if row[3] in {"embedded rules", "keywords", "titles"}]
    assert told == [printed[of] for of in ("all", "keywords", "titles", "written", "trades", "cv")]


def test_the_cards_are_what_the_measured_figures_say() -> None:
    checking = [sys.executable, "-m", "benchmarks.cards", "--check"]
    done = subprocess.run(checking, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "evaluator" / "py.typed").is_file()


def test_the_pictures_are_there() -> None:
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file()
