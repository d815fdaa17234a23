"""The library: one, many, bytes and files; the same input gives the same report."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import jsonschema
import pytest
from pydantic import SecretStr

import evaluator as package
from evaluator import (
    CandidateReport,
    DocumentError,
    Evaluator,
    Settings,
    Unreadable,
    UsageError,
    evaluate,
    evaluate_many,
    report_schema,
)
from evaluator.documents.reading import read_document
from evaluator.github.evidence import merged_findings, merged_text, repository_text
from evaluator.github.snapshots import SnapshotStore
from evaluator.models.document import FlagKind

from ..conftest import PORTFOLIOS, RESUMES, UNREADABLE
from ..servers.github import LOGIN, github_server


@pytest.fixture(scope="module")
def reports() -> dict[str, CandidateReport]:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)

    async def run() -> dict[str, CandidateReport]:
        async with Evaluator(settings) as evaluator:
            return {p.name: await evaluator.evaluate(p) for p in sorted(RESUMES.iterdir())}

    return asyncio.run(run())


@pytest.mark.no_cover
def test_every_report_is_valid_against_the_published_schema(
    reports: dict[str, CandidateReport],
) -> None:
    import json

    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for report in reports.values():
        validator.validate(json.loads(report.to_json()))
        assert len(report.dimensions) == 12


def test_every_quote_stands_in_its_source(reports: dict[str, CandidateReport]) -> None:
    quotes = 0
    for name, report in reports.items():
        document = read_document((RESUMES / name).read_bytes(), name)
        texts = {"resume": document.text}
        if report.candidate.github:
            portfolio = SnapshotStore(PORTFOLIOS).load(report.candidate.github.login)
            assert portfolio is not None
            texts |= {r.full_name: repository_text(r).text for r in portfolio.repositories}
            texts |= {n: merged_text(n, m).text for n, m in merged_findings(portfolio).items()}
        for item in report.evidence:
            assert texts[item.source][item.location.start : item.location.end] == item.quote
            quotes += 1
        if report.provenance.reader == "rules":
            assert report.provenance.rejected_evidence == 0
    assert quotes > 200


def test_the_same_input_gives_the_same_bytes(
    reports: dict[str, CandidateReport], offline: Settings
) -> None:
    for name in ("amara-diallo.pdf", "tomas-varga.docx", "owen-pryce.md"):
        assert evaluate(RESUMES / name, settings=offline).to_json() == reports[name].to_json()


def test_bytes_and_open_files_are_resumes_too(offline: Settings) -> None:
    data = (RESUMES / "owen-pryce.md").read_bytes()
    path = evaluate(RESUMES / "owen-pryce.md", settings=offline)
    with (RESUMES / "owen-pryce.md").open("rb") as stream:
        opened = evaluate(stream, settings=offline)
    assert opened == path
    assert evaluate(data, settings=offline).axes == path.axes
    assert evaluate(io.BytesIO(data), settings=offline).id == path.id


def test_absence_of_public_code_is_no_penalty(offline: Settings) -> None:
    without = evaluate(RESUMES / "tomas-varga.docx", github="none", settings=offline)
    assert without.portfolio.status == "none"
    assert without.track == "ops"
    assert not any(r.startswith("portfolio") for r in without.human_review.reasons)


def test_an_unknown_portfolio_is_said_and_not_scored(offline: Settings, tmp_path: Path) -> None:
    settings = offline.model_copy(update={"snapshots": tmp_path})
    unknown = evaluate(RESUMES / "tomas-varga.docx", settings=settings)
    none = evaluate(RESUMES / "tomas-varga.docx", github="none", settings=settings)
    assert unknown.portfolio.status == "unknown"
    assert unknown.portfolio.reason
    assert unknown.axes == none.axes
    assert unknown.human_review.required


def test_a_conflicting_account_is_shown_and_not_scored(
    reports: dict[str, CandidateReport], offline: Settings
) -> None:
    conflict = reports["grace-mbeki.html"]
    assert conflict.portfolio.status == "conflict"
    assert conflict.candidate.github is not None
    assert conflict.candidate.github.identity == "conflict"
    assert {e.source for e in conflict.evidence} == {"resume"}
    assert any(f.kind is FlagKind.IDENTITY for f in conflict.flags)
    given = evaluate(RESUMES / "grace-mbeki.html", github="fictional-gmbeki", settings=offline)
    assert given.portfolio.status == "ok"


def test_a_live_portfolio_joins_the_report(tmp_path: Path) -> None:
    with github_server() as server:
        settings = Settings(
            reader="rules", github_url=server.url, snapshots=tmp_path, github_token=SecretStr("t")
        )
        report = evaluate(RESUMES / "jonas-beck.md", github=LOGIN, settings=settings)
        again = evaluate(RESUMES / "jonas-beck.md", github=LOGIN, settings=settings)
    assert report.provenance.github_requests == 5
    assert report == again
    assert len(server.asked) == 5
    assert any(d.standing == "demonstrated" for d in report.dimensions.values())
    assert any(e.source == "example-org/exporter" for e in report.evidence)


def test_impossible_dates_discard_what_stands_under_them(offline: Settings) -> None:
    text = (RESUMES / "owen-pryce.md").read_text()
    future = text.replace("2019 – 2024", "2031 – 2035")
    backwards = text.replace("2019 – 2024", "2024 – 2019")
    past = text.replace("2019 – 2024", "1919 – 2024")
    for changed, words in (
        (future, "lie after 2026-11"),
        (backwards, "end before they start"),
        (past, "too far back"),
    ):
        report = evaluate(changed.encode(), github="none", settings=offline)
        assert any(words in f.message for f in report.flags)
        assert report.track != "ops"


@pytest.mark.parametrize(("end", "severity"), [("2028", "low"), ("2041", "medium")])
def test_a_job_that_ends_in_the_future_counts_up_to_the_present(
    offline: Settings, end: str, severity: str
) -> None:
    text = (RESUMES / "owen-pryce.md").read_text()
    lasting = evaluate(
        text.replace("2019 – 2024", "2019 – now").encode(), github="none", settings=offline
    )
    future = evaluate(
        text.replace("2019 – 2024", f"2019 – {end}").encode(), github="none", settings=offline
    )
    assert future.foundations.years_relevant == lasting.foundations.years_relevant
    assert [
        f.severity for f in future.flags if "The end date of a job lies after" in f.message
    ] == [severity]


def test_stage_role_and_present_are_arguments(offline: Settings) -> None:
    settings = offline.model_copy(
        update={"stage": "operating", "role": "mlops-engineer", "as_of": "2021-01"}
    )
    report = evaluate(RESUMES / "tomas-varga.docx", settings=settings)
    assert report.role_fit.role == "mlops-engineer"
    assert (
        report.advice.hire_first
        == "At the operating stage, first hire an MLOps engineer; this candidate’s track is ops, which fits."
    )
    assert report.foundations.years_relevant == 8.9


@pytest.mark.parametrize(
    ("stage", "name", "words"),
    [
        ("exploring", "tomas-varga.docx", "another profile comes first"),
        ("scaling", "tomas-varga.docx", "covers one half"),
        ("scaling", "amara-diallo.pdf", "is dual, which fits"),
    ],
)
def test_hire_first(stage: str, name: str, words: str, offline: Settings) -> None:
    report = evaluate(RESUMES / name, settings=offline.model_copy(update={"stage": stage}))
    assert report.advice.hire_first
    assert words in report.advice.hire_first


def test_many_come_back_one_by_one_and_failures_are_values(offline: Settings) -> None:
    paths = [
        RESUMES / "owen-pryce.md",
        UNREADABLE / "empty.pdf",
        RESUMES / "jonas-beck.md",
        Path("/nowhere/x.pdf"),
    ]
    outcomes = {o.source: o for o in evaluate_many(paths, settings=offline)}
    assert len(outcomes) == 4
    assert outcomes[str(paths[0])].report
    failed = outcomes[str(paths[1])]
    assert isinstance(failed.error, DocumentError)
    assert failed.error.reason is Unreadable.EMPTY
    assert failed.reason
    assert failed.reason.startswith("empty: ")
    assert outcomes[str(paths[0])].reason is None
    assert outcomes[str(paths[3])].id is None


def test_many_in_an_event_loop_may_be_left_early(offline: Settings) -> None:
    async def run() -> int:
        seen = 0
        async with Evaluator(offline) as evaluator:
            outcomes = evaluator.evaluate_many([b"short" for _ in range(40)])
            async for _ in outcomes:
                seen += 1
                break
            await outcomes.aclose()
        return seen

    assert asyncio.run(run()) == 1


def test_public_names_are_sorted_and_there() -> None:
    assert list(package.__all__) == sorted(package.__all__)
    for name in package.__all__:
        assert getattr(package, name) is not None
    assert dir(package) == sorted(package.__all__)
    with pytest.raises(AttributeError):
        package.no_such_name  # noqa: B018


def test_name_gender_place_and_school_move_nothing(offline: Settings) -> None:
    text = (RESUMES / "elif-aksoy.md").read_text()
    base = evaluate(text.encode(), github="none", settings=offline)
    for old, new in (
        ("Elif Aksoy", "Bob Smith"),
        ("Istanbul", "Paris"),
        ("Bosphorus Institute of Vision", "Harvard University"),
        ("Marmara Robotics", "Google"),
    ):
        swapped = evaluate(text.replace(old, new).encode(), github="none", settings=offline)
        assert (swapped.axes, swapped.track, swapped.seniority) == (
            base.axes,
            base.track,
            base.seniority,
        )


def test_calls_without_a_loop_say_what_to_do_where_one_runs() -> None:
    async def inside() -> None:
        with pytest.raises(UsageError, match="async with Evaluator"):
            evaluate(b"short")
        with pytest.raises(UsageError, match="async with Evaluator"):
            next(evaluate_many([b"short"]))

    asyncio.run(inside())
