"""Swaps change the resume and neither the request nor the verdict; what does change is listed."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from evaluator import Settings
from evaluator.audit.counterfactual import Swaps, factors, sample_of, swap_all, variants
from evaluator.audit.rewriting import Edit, rewritten
from evaluator.cli import run as cli
from evaluator.documents.reading import read_document
from evaluator.errors import DocumentError, Unreadable
from evaluator.models.document import Document
from evaluator.pipeline.session import Session
from evaluator.structure.contact import contact
from evaluator.structure.outline import outline

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


def test_what_was_flagged_stays_flagged_where_it_stands_now(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
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
    chosen = {name: factors()[name] for name in ("names", "places", "marital")}
    monkeypatch.setattr("evaluator.audit.counterfactual.factors", lambda: chosen)
    found = swap_all([document], Session(Settings(reader="rules", offline=True)).assessor)
    for factor in chosen:
        assert found.tried(factor)[0].is_equal, factor


def test_two_family_names_become_one_in_a_citation() -> None:
    document = read("ines-carrasco.html")
    cited = [v.text for v in variants(document, "names")]
    assert all("Silent trials" in text for text in cited)
    assert not any("Walsh Walsh" in text or "Li Li" in text for text in cited)


def test_names_of_single_letters_are_swapped_too() -> None:
    name = "王 伟"
    text = f"# {name}\n\n{name} and others: a study\n\n## Experience\n\nML Engineer, Firm, 2019 - 2023\n- Trained and deployed 3 models\n"
    document = read_document(text.encode(), "a.md")
    assert contact(document, outline(document)).name == name
    made = list(variants(document, "names"))
    assert made
    assert not any(name in variant.text for variant in made)


def test_every_factor_changes_the_resume_in_as_many_ways_as_it_has() -> None:
    document = read("elif-aksoy.md")
    for name, data in factors().items():
        (values,) = [value for value in data.values() if isinstance(value, list)]
        made = {variant.text for variant in variants(document, name)}
        assert len(made) == len(values), name
    name = document.text.split("\n")[0].lstrip("# ")
    assert not any(name in variant.text for variant in variants(document, "names"))


def test_what_is_not_equal_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(Settings(reader="rules", offline=True))
    data = {"jobs": {"says": "a job", "heading": "Experience", "section": [f"ML Engineer, Firm, 2019 - 2023\n- Trained and deployed {n} churn models" for n in (3, 4)]}}  # fmt: skip
    monkeypatch.setattr("evaluator.audit.counterfactual.factors", lambda: data)
    (swap,) = swap_all([read("jonas-beck.md")], session.assessor).swaps
    assert swap.requests == 2
    assert not swap.is_equal
    assert swap.differs
    assert "4 churn models" in swap.differs[1]


def test_requests_and_verdicts_of_a_run_stay_equal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], nightly: bool
) -> None:
    more = sorted(RESUMES.glob("*.docx")) if nightly else []
    run(tmp_path / "run", RESUMES / "elif-aksoy.md", *more)
    assert cli(["audit", str(tmp_path / "run"), "--counterfactual"]) == 0
    found = Swaps.model_validate_json(capfd.readouterr().out)
    assert found.resumes == 1 + len(more)
    for factor in factors():
        assert found.tried(factor), factor
        assert all(swap.is_equal for swap in found.tried(factor)), factor


def _sampled(folder: Path, most: int) -> list[str]:
    async def go() -> list[Document]:
        async with Session(Settings(reader="rules", offline=True)) as session:
            return await sample_of(folder, most, session)

    return [document.name for document in asyncio.run(go())]


def test_a_sample_is_of_sources_that_are_as_they_were(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, names = tmp_path / "run", ["jonas-beck.md", "owen-pryce.md", "wei-zhang.md"]
    for name in names:
        shutil.copy(RESUMES / name, tmp_path)
    run(folder, *(tmp_path / name for name in names))
    one = _sampled(folder, 1)
    assert len(one) == 1
    assert one == _sampled(folder, 1) == _sampled(folder, 9)[:1]
    (tmp_path / names[0]).write_text("Somebody else.")
    (tmp_path / names[1]).unlink()
    assert _sampled(folder, 9) == names[2:]
    (tmp_path / names[2]).unlink()
    assert cli(["audit", str(folder), "--counterfactual"]) == 2
    told = capfd.readouterr().err.splitlines()
    assert len(told) == 1
    assert "Run it from the folder in which batch was run." in told[0]
    for both in ([], ["--counterfactual", "--groups", "groups.csv"]):
        assert cli(["audit", str(folder), *both]) == 2
        assert "either of groups or counterfactual" in capfd.readouterr().err


def test_a_resume_without_what_would_be_swapped_proves_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "- Trained and deployed 3 churn models, that saved 4 % of the cost\n" * 3
    document = read_document(text.encode(), "a.md")
    chosen = {name: data for name, data in factors().items() if "section" not in data}
    monkeypatch.setattr("evaluator.audit.counterfactual.factors", lambda: chosen)
    found = swap_all([document], Session(Settings(reader="rules", offline=True)).assessor)
    assert {swap.why for swap in found.swaps} == {"nothing to swap was found"}
    assert not found.is_equal
    assert not any(swap.is_equal for swap in found.swaps)


def test_a_variant_that_cannot_be_judged_is_no_equal_one(monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"clubs": factors()["clubs"]}
    monkeypatch.setattr("evaluator.audit.counterfactual.factors", lambda: data)
    session = Session(Settings(reader="rules", offline=True))

    def refuse(*_: object) -> None:
        raise DocumentError(Unreadable.TOO_LARGE, "It is too long.")

    monkeypatch.setattr(type(session.assessor), "report", refuse)
    found = swap_all([read("jonas-beck.md")], session.assessor)
    assert [swap.why for swap in found.swaps] == ["a variant was not read: It is too long."]
    assert not found.is_equal
