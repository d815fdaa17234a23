"""Swaps change the resume and neither the request nor the verdict; what does change is listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluator import Evaluator, Settings
from evaluator.audit.counterfactual import factors, swap_all, variants
from evaluator.audit.rewriting import Edit, rewritten
from evaluator.cli import run as cli
from evaluator.documents.reading import read_document
from evaluator.models.document import Document

from ..batch.test_runner import run
from ..conftest import RESUMES


def read(name: str) -> Document:
    return read_document((RESUMES / name).read_bytes(), name)


def test_edits_keep_lines_and_offsets_together() -> None:
    document = read("owen-pryce.md")
    third = document.lines[2]
    made = rewritten(
        document,
        [Edit(0, 1, "Once upon"), Edit(third.end, third.end, "\nnew\nlines"), Edit(len(document.text), len(document.text), "\nend")],
    )  # fmt: skip
    assert "\n".join(made.text[line.start : line.end] for line in made.lines) == made.text
    assert [line.number for line in made.lines] == list(range(1, len(document.lines) + 4))
    assert made.text[made.lines[3].start : made.lines[4].end] == "new\nlines"
    assert made.text.endswith("\nend")


def test_what_was_flagged_stays_flagged_where_it_stands_now() -> None:
    document = read("victor-lang.md")
    (flag,) = (f for f in document.flags if f.location.start is not None)
    made = rewritten(document, [Edit(0, 0, "One more line\n"), Edit(2, 8, "Emily-Ann")])
    (moved,) = (f for f in made.flags if f.location.start is not None)
    assert document.text[flag.location.start : flag.location.end].startswith("Ignore all")
    assert (
        made.text[moved.location.start : moved.location.end]
        == document.text[flag.location.start : flag.location.end]
    )
    assert moved.location.line == (flag.location.line or 0) + 1
    found = swap_all([document], Evaluator(Settings(reader="rules", offline=True)).assessor)
    for factor in ("names", "places", "marital"):
        assert found.tried(factor)[0].is_equal, factor


def test_two_family_names_become_one_in_a_citation() -> None:
    document = read("ines-carrasco.html")
    cited = [v.text for v in variants(document, "names")]
    assert all("Silent trials" in text for text in cited)
    assert not any("Walsh Walsh" in text or "Li Li" in text for text in cited)


def test_every_factor_changes_the_resume_in_as_many_ways_as_it_has() -> None:
    document = read("elif-aksoy.md")
    for name, data in factors().items():
        (values,) = [value for value in data.values() if isinstance(value, list)]
        made = {variant.text for variant in variants(document, name)}
        assert len(made) == len(values), name
    name = document.text.split("\n")[0].lstrip("# ")
    assert not any(name in variant.text for variant in variants(document, "names"))


def test_requests_and_verdicts_stay_equal(nightly: bool) -> None:
    evaluator = Evaluator(Settings(reader="rules", offline=True))
    more = [p.name for p in RESUMES.glob("*.docx")] if nightly else []
    names = ["elif-aksoy.md", *more]
    found = swap_all([read(name) for name in names], evaluator.assessor)
    for factor in factors():
        assert found.tried(factor), factor
        assert all(swap.is_equal for swap in found.tried(factor)), factor


def test_what_is_not_equal_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluator = Evaluator(Settings(reader="rules", offline=True))
    data = {"jobs": {"says": "a job", "heading": "Experience", "section": [f"ML Engineer, Firm, 2019 - 2023\n- Trained and deployed {n} churn models" for n in (3, 4)]}}  # fmt: skip
    monkeypatch.setattr("evaluator.audit.counterfactual.factors", lambda: data)
    (swap,) = swap_all([read("jonas-beck.md")], evaluator.assessor).swaps
    assert swap.requests == 2
    assert not swap.is_equal
    assert swap.differs
    assert "4 churn models" in swap.differs[1]


def test_a_run_is_audited_by_swaps(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(tmp_path / "run", RESUMES / "elif-aksoy.md")
    assert cli(["audit", str(tmp_path / "run"), "--counterfactual", "--resumes", "1"]) == 0
    found = json.loads(capfd.readouterr().out)
    assert found["resumes"] == 1
    assert {swap["factor"] for swap in found["swaps"]} == set(factors())
    assert cli(["audit", str(tmp_path / "run")]) == 2
    assert "either of groups or counterfactual" in capfd.readouterr().err
