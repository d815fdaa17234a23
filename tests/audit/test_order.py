"""Nothing depends on an order that nobody meant: of candidates in a pool, of requirements, of sections."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from evaluator import CandidateReport, Settings, evaluate
from evaluator.audit.groups import Groups
from evaluator.audit.run_audit import audit_rows
from evaluator.batch.likeness import marked
from evaluator.batch.store import RunStore
from evaluator.batch.tables import lines_of
from evaluator.render.comparing import compare_text
from evaluator.render.run_page import render_index
from evaluator.render.table import Row, ranked, render_csv
from evaluator.report import with_role
from evaluator.roles.loading import load_role
from evaluator.rubric import load_rubric

from ..batch.test_runner import run
from ..conftest import PORTFOLIOS, RESUMES
from ..roles.test_requirements import OPENING

POOL = ("owen-pryce.md", "elif-aksoy.md", "jonas-beck.md", "victor-lang.md", "lucia-ferrer.txt")
SETTINGS = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, as_of="2026-11")


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Row], list[CandidateReport]]:
    """Candidates of whom two tie, one applied twice with one file and one cannot be read; and the reports that are kept."""
    base = tmp_path_factory.mktemp("pool")
    for name in POOL:
        shutil.copy(RESUMES / name, base)
    shutil.copy(RESUMES / POOL[1], base / "again.md")
    twin = (RESUMES / POOL[0]).read_text(encoding="utf-8").replace("Owen Pryce", "Iris Okafor")
    (base / "twin.md").write_text(twin, encoding="utf-8")
    (base / "empty.pdf").write_bytes(b"")
    run(base / "run", *sorted(p for p in base.iterdir() if p.is_file()), settings=SETTINGS)
    with RunStore(base / "run") as store:
        rows = [line.row() for line in lines_of(store)]
        kept = [store.kept(item.key) for item in store.items() if item.state == "done"]
    return rows, [CandidateReport.model_validate_json(k.report) for k in kept if k]


def shuffles(rows: list[Row]) -> list[list[Row]]:
    """The pool turned round, and dealt out anew some times."""
    found = [rows[::-1]]
    for seed in range(6):
        turned = list(rows)
        random.Random(seed).shuffle(turned)
        found.append(turned)
    return found


@pytest.mark.no_cover
def test_tables_page_and_shortlist_are_the_same_in_any_order(
    pool: tuple[list[Row], list[CandidateReport]],
) -> None:
    rows, _ = pool
    table, page = render_csv(ranked(rows)), render_index(rows)
    likes = {row.source: set(re.split("[;,] ", row.same_as)) for row in marked(rows)}
    for turned in shuffles(rows):
        assert render_csv(ranked(turned)) == table
        assert render_index(turned) == page
        assert {row.source: set(re.split("[;,] ", row.same_as)) for row in marked(turned)} == likes


def test_tables_by_group_are_the_same_in_any_order(
    pool: tuple[list[Row], list[CandidateReport]],
) -> None:
    rows, _ = pool
    people = {row.id or row.source: "AB"[n % 2] for n, row in enumerate(rows)}
    groups = Groups(key="id", people=tuple(people), attributes={"g": people}, selected={})
    tables = audit_rows(rows, groups, smallest=1, draws=50).tables
    for turned in shuffles(rows):
        assert audit_rows(turned, groups, smallest=1, draws=50).tables == tables


def test_side_by_side_each_says_the_same_whoever_stands_first(
    pool: tuple[list[Row], list[CandidateReport]],
) -> None:
    _, reports = pool
    one, other = compare_text(reports[:2]), compare_text(reports[1::-1])
    width = (80 - 18) // 2
    for line, turned in zip(one.splitlines(), other.splitlines(), strict=True):
        cells = line.ljust(80)[18:]
        assert cells[width : 2 * width].rstrip() + cells[:width].rstrip() == "".join(
            part.rstrip() for part in (turned.ljust(80)[18 : 18 + width], turned.ljust(80)[18 + width : 80])
        )  # fmt: skip


@pytest.mark.parametrize("role", ["opening", "dual"])
def test_the_order_of_requirements_changes_neither_a_verdict_nor_the_ranking(
    pool: tuple[list[Row], list[CandidateReport]], role: str
) -> None:
    _, reports = pool
    asked = OPENING if role == "opening" else load_role(role)
    assert len(asked.requirements) > 1
    for report in reports:
        given = with_role(report, asked, None, rubric=load_rubric())
        for seed in range(3):
            turned = list(asked.requirements)
            random.Random(seed).shuffle(turned)
            other = asked.model_copy(update={"requirements": tuple(turned)})
            found = with_role(report, other, None, rubric=load_rubric())
            assert {r.id: r.verdict for r in found.requirements} == {r.id: r.verdict for r in given.requirements}  # fmt: skip
            assert found.role_fit.score == given.role_fit.score
            for part in ("met", "missing"):
                told, before = getattr(found.role_fit, part), getattr(given.role_fit, part)
                assert sorted(map(repr, told)) == sorted(map(repr, before))


@pytest.mark.parametrize("name", POOL[:3])
def test_the_order_of_sections_changes_no_verdict(name: str, nightly: bool) -> None:
    head, *parts = re.split("(?m)^(?=## )", Path(RESUMES / name).read_text(encoding="utf-8"))
    parts = [part.rstrip("\n") + "\n\n" for part in parts]
    assert len(parts) > 2

    def told(text: str) -> tuple[object, ...]:
        report = evaluate(text.encode(), settings=SETTINGS)
        levels = {name: found.level for name, found in report.dimensions.items()}
        ml, ops = report.axes.ml, report.axes.ops
        quotes = sorted(item.quote for item in report.evidence)
        return report.track, report.borderline, ml.score, ops.score, ml.band, ops.band, levels, report.seniority, report.role_fit.score, quotes  # fmt: skip

    before = told(head + "".join(parts))
    for seed in range(12 if nightly else 1):
        turned = list(parts)
        random.Random(seed).shuffle(turned)
        if turned != parts:
            assert told(head + "".join(turned)) == before
    assert told(head + "".join(parts[::-1])) == before
