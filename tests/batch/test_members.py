"""A report of which some members change, as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator import CandidateReport, Settings, evaluate
from evaluator.batch.members import members_of, row_with_part, with_part
from evaluator.batch.outputs import without_evidence
from evaluator.report import role_part, with_role
from evaluator.roles.loading import load_role
from evaluator.rubric import load_rubric

TEXT = b'Robin Vale\n\nExperience\n\nEngineer, 2018 - 2024\n- Ran Kubernetes for 14 models; wrote ,"flags": and\n,\n  "flags": into notes.\n'


@pytest.fixture
def report(tmp_path: Path) -> CandidateReport:
    settings = Settings(reader="rules", offline=True, github="none", snapshots=tmp_path)
    return evaluate(TEXT, settings=settings)


def test_another_roles_part_gives_the_bytes_of_the_whole(report: CandidateReport) -> None:
    role, text = load_role("ml-engineer"), TEXT.decode()
    part = role_part(report, role, text, rubric=load_rubric())
    whole = with_role(report, role, text, rubric=load_rubric())
    assert whole.role_fit != report.role_fit
    assert with_part(report.to_json(), part) == whole.to_json()
    row = row_with_part(without_evidence(report), part)
    assert row == without_evidence(whole)


def test_what_is_written_in_another_way_is_left(report: CandidateReport) -> None:
    part = role_part(report, load_role("dual"), None, rubric=load_rubric())
    assert with_part(report.model_dump_json(), part) is None
    assert row_with_part(report.to_json(), part) is None
    turned = report.to_json().replace('"flags"', '"x"').replace('"role_fit"', '"flags"').replace('"x"', '"role_fit"')  # fmt: skip
    assert with_part(turned, part) is None
    assert members_of("{}", "provenance") is None
    assert members_of(report.to_json(), "flags", "schema_version") is None
    assert members_of(report.to_json().replace('"basis"', '"flags"'), "flags") is None


def test_the_last_member_ends_with_the_report(report: CandidateReport) -> None:
    found = members_of(report.to_json(), "provenance", "role_fit")
    assert found is not None
    assert all(told.startswith("{") and told.endswith("\n  }") for told in found)
