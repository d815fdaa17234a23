"""What the README promises is what the product does."""

from __future__ import annotations

import re
import subprocess
import sys

import click

from evaluator.cli import _COMMANDS, cli

from .conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_snippet_runs() -> None:
    (snippet,) = re.findall(r"```python\n(.+?)```", README, re.S)
    done = subprocess.run(
        [sys.executable, "-c", snippet], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "ml 4 1\nops\n"), done.stderr


def test_the_session_is_what_the_command_prints() -> None:
    (session,) = re.findall(r"```console\n\$ (.+?)```", README, re.S)
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
        assert f"evaluator {name}" in README
    context = click.Context(cli)
    known = {
        option
        for name in _COMMANDS
        for p in (cli.get_command(context, name) or cli).params
        for option in p.opts
    }
    told = set(
        re.findall(
            r"(?<![\w-])--[a-z][a-z-]+", README.split("## In a terminal")[1].split("## Fairness")[0]
        )
    )
    assert told <= known


def test_the_figures_are_those_of_the_benchmark() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.judgement"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    shares = re.findall(r"([\d.]+)% \(", done.stdout.split("track right, by")[0])
    told = README.split("## How far it agrees")[1].split("## Fairness")[0]
    assert [f"{share} %" for share in shares[:3]] == re.findall(r"[\d.]+ %", told)[:3]
    assert [f"{share} %" for share in shares[-2:]] == re.findall(r"[\d.]+ %", told)[3:5]
    kappas = re.findall(r"weighted kappa.*?([\d.]+) +([\d.]+) +([\d.]+)\n", done.stdout)
    pairs = [f"{ml} and {ops}" for ml, ops in zip(*kappas, strict=True)]
    assert all(pair in told for pair in pairs)


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "evaluator" / "py.typed").is_file()


def test_the_pictures_are_there() -> None:
    for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file()
