"""Role files: the form, its schema, and what older files mean in it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from evaluator import UsageError
from evaluator.cli import cli
from evaluator.roles.loading import SHIPPED_ROLES, load_role
from evaluator.roles.model import Importance, Kind, role_schema

from ..conftest import ROOT

OLD = 'name = "mine"\ntitle = "Mine"\n[needs]\ndata = 2\nmodeling = 3\n[weights]\nmodeling = 3\n'


def test_a_file_of_levels_alone_is_a_role_of_musts(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OLD)
    found = load_role(str(path))
    assert [(r.id, r.kind, r.level, r.weighs, r.need) for r in found.checked] == [
        ("modeling", Kind.DIMENSION, 3, 3.0, Importance.MUST),
        ("data", Kind.DIMENSION, 2, 1.0, Importance.MUST),
    ]
    assert found.asked == ()


def test_levels_beside_requirements_are_nice_to_have(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        OLD + '[[requirements]]\nid = "r1"\ntext = "Kafka"\nkind = "tool"\nnames = ["Kafka"]\n'
    )
    found = load_role(str(path))
    assert [(r.id, r.need.value, r.weighs) for r in found.checked] == [
        ("r1", "must", 2.0),
        ("modeling", "nice", 3.0),
        ("data", "nice", 1.0),
    ]


@pytest.mark.parametrize("name", SHIPPED_ROLES)
def test_shipped_roles_are_role_files_like_any_other(name: str) -> None:
    text = (ROOT / "prompts" / "roles" / f"{name}.toml").read_text(encoding="utf-8")
    jsonschema.validate(tomllib.loads(text), role_schema())
    assert load_role(name).asked == ()


def test_the_schema_of_role_files_is_printed_and_sound() -> None:
    told = CliRunner().invoke(cli, ["schema", "--role"])
    assert json.loads(told.output) == role_schema()
    jsonschema.Draft202012Validator.check_schema(role_schema())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('id = "r"\ntext = "x"\nkind = "tool"', "has names"),
        ('id = "r"\ntext = "x"\nkind = "years"', "has years"),
        ('id = "r"\ntext = "x"\nkind = "dimension"\ndimension = "data"', "a dimension and a level"),
        ('id = "r s"\ntext = "x"\nkind = "other"', "requirements.0.id"),
        ('id = "r"\ntext = "x"\nkind = "wish"', "requirements.0.kind"),
        ('id = "r"\ntext = "x"\nkind = "other"\nwieght = 2', "requirements.0.wieght"),
        ('id = "r"\ntext = "x"\nkind = "other"\n[[requirements]]\nid = "r"\ntext = "y"\nkind = "other"', "two requirements"),
    ],
)  # fmt: skip
def test_a_slip_in_a_role_file_is_told_in_a_line(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "role.toml"
    path.write_text(f'name = "x"\ntitle = "x"\n[[requirements]]\n{text}\n')
    with pytest.raises(UsageError, match=problem) as caught:
        load_role(str(path))
    assert "\n" not in str(caught.value)
