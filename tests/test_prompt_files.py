"""Prompts are files with ids and declared variables; their examples stand in their own passages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from evaluator import InternalError, prompt_files
from evaluator.grounding import find_anchor
from evaluator.prompt_files import load_prompt, read_resource, resource_folder
from evaluator.readers.wire import SCHEMA, SCHEMA_NAME, parse_reply


def test_variables_are_declared_and_complete() -> None:
    assert load_prompt("ask_again").render(problem="it was empty.").startswith("The last reply")
    with pytest.raises(InternalError, match="problem"):
        load_prompt("ask_again").render()
    with pytest.raises(InternalError, match="extra"):
        load_prompt("ask_again").render(problem="x", extra="y")


def test_a_prompt_whose_declaration_lies_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "odd.md").write_text(
        '+++\nid = "odd"\nversion = "1"\nvariables = ["a"]\n+++\n{{b}}\n'
    )
    monkeypatch.setattr(prompt_files, "resource_folder", lambda kind: tmp_path)
    with pytest.raises(InternalError, match="declares"):
        load_prompt("odd")


def test_a_missing_folder_is_our_fault() -> None:
    with pytest.raises(InternalError):
        resource_folder("no-such-folder")


def test_the_examples_of_the_prompt_pass_our_own_grounding() -> None:
    body = load_prompt("read_candidate").body
    passages = {
        (m.group(1) or "resume", int(m.group(2))): m.group(3)
        for m in re.finditer(r"^(repository 1)? ?\[(\d+)\] (.+)$", body, re.M)
    }
    items = re.findall(r'^\{"source".*\}$', body, re.M)
    assert len(items) >= 8
    for line in items:
        (finding,) = parse_reply(json.dumps({"items": [json.loads(line)]})).findings
        assert find_anchor(finding.anchor, passages[finding.source, finding.passage]) is not None
        assert len(finding.anchor.split()) <= 8
        if finding.result is not None:
            told = passages[finding.source, finding.result.passage]
            assert find_anchor(finding.result.words, told) is not None


def test_the_prompt_names_every_value_of_the_vocabulary() -> None:
    from evaluator.models.vocabulary import (
        Agency,
        Context,
        Dimension,
        Outcome,
        ScopeKind,
        System,
    )

    body = read_resource("prompts", "read_candidate.md")
    for value in (*Dimension, *Context, *Agency, *Outcome, *System, *ScopeKind):
        assert value.value in body


def test_the_prompt_names_the_schema_of_its_reply_and_every_key_in_order() -> None:
    prompt = load_prompt("read_candidate")
    assert prompt.output == SCHEMA_NAME
    for line in re.findall(r'^\{"source".*\}$', prompt.body, re.M):
        assert list(json.loads(line)) == SCHEMA["properties"]["items"]["items"]["required"]
    (fact,) = re.findall(r"^scope: (\{.+\})$", prompt.body, re.M)
    assert list(json.loads(fact)) == SCHEMA["properties"]["scope"]["items"]["required"]
    assert load_prompt("candidate").output is None
