"""Verdicts on requirements: what they stand on, and the laws they keep."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator import CandidateReport, Settings, evaluate
from evaluator.models.document import FlagKind
from evaluator.models.vocabulary import Dimension
from evaluator.report import with_role
from evaluator.roles.model import Kind, Requirement, RoleProfile
from evaluator.rubric import load_rubric

from ..conftest import PORTFOLIOS, RESUMES, ROOT

HEAD = "Robin Vale\nrobin@example.org\n\nSummary\nPlatform engineer for machine learning.\n\nExperience\n\nPlatform Engineer, Larkmoor Freight, 01/2018 – 06/2024\n"
LINES = (
    "Built the Kubernetes clusters for 14 models and cut the cost of serving by 30 %.",
    "Wrote the retraining pipelines in Python with Airflow; drift alerts cut incidents from 9 to 2.",
    "Designed the Terraform modules that four teams use; new environments take an hour.",
    "Introduced canary releases in GitLab CI, with automatic rollback.",
)
TAIL = "\nEducation\nM.Sc. Computer Science, University of Northfield, 2015 – 2017\n\nSkills\nRust, Snowflake, Python\n\nLanguages\nGerman (C1), French (A2)\n"


def requirement(id_: str, kind: Kind, **values: object) -> Requirement:
    return Requirement.model_validate(
        {"id": id_, "text": f"Requirement {id_}", "kind": kind, **values}
    )


OPENING = RoleProfile(
    name="opening",
    title="Opening",
    requirements=(
        requirement("kubernetes", Kind.TOOL, names=["K8s"]),
        requirement("rust", Kind.TOOL, names=["Rust"]),
        requirement("kafka", Kind.TOOL, names=["Kafka"]),
        requirement("pulumi", Kind.TOOL, names=["Pulumi"], similar=True),
        requirement("git", Kind.TOOL, names=["Git"]),
        requirement("years", Kind.YEARS, years=5, names=["Kubernetes"]),
        requirement("many-years", Kind.YEARS, years=9, names=["Kubernetes"]),
        requirement("too-many", Kind.YEARS, years=15, names=["Kubernetes"]),
        requirement("german", Kind.LANGUAGE, names=["German"]),
        requirement("french", Kind.LANGUAGE, names=["French"]),
        requirement("dutch", Kind.LANGUAGE, names=["Dutch"]),
        requirement("master", Kind.EDUCATION, names=["master"]),
        requirement("doctorate", Kind.EDUCATION, names=["doctorate"]),
        requirement("cka", Kind.CERTIFICATE, names=["CKA"], need="nice"),
        requirement("freight", Kind.DOMAIN, names=["Freight", "logistics"], need="nice"),
        requirement("infrastructure", Kind.DIMENSION, dimension="infrastructure", level=3),
        requirement("theory", Kind.DIMENSION, dimension="theory", level=2, need="nice"),
        requirement("permit", Kind.PERMIT),
    ),
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "role.toml"
    path.write_text(
        'name = "opening"\ntitle = "Opening"\n' + "".join(_toml(r) for r in OPENING.requirements),
        encoding="utf-8",
    )
    return Settings(
        reader="rules", offline=True, snapshots=PORTFOLIOS, role=str(path), github="none"
    )


def _toml(r: Requirement) -> str:
    lines = ["[[requirements]]"]
    for name, value in r.model_dump(mode="json", exclude_defaults=True).items():
        lines.append(f"{name} = {str(value).lower() if isinstance(value, bool) else repr(value)}")
    return "\n".join(lines) + "\n"


def resume(lines: Sequence[str] = LINES, tail: str = TAIL) -> bytes:
    return (HEAD + "".join(f"- {line}\n" for line in lines) + tail).encode()


def read(data: bytes, settings: Settings) -> tuple[CandidateReport, dict[str, str]]:
    report = evaluate(data, settings=settings)
    return report, {r.id: r.verdict.value for r in report.requirements}


def test_verdicts_say_what_the_resume_carries(settings: Settings) -> None:
    report, found = read(resume(), settings)
    assert found == {
        "kubernetes": "found", "rust": "unclear", "kafka": "missing", "pulumi": "found", "git": "found",
        "years": "found", "many-years": "partly", "too-many": "missing", "german": "found",
        "french": "partly", "dutch": "missing", "master": "found", "doctorate": "missing", "cka": "missing",
        "freight": "found", "infrastructure": found["infrastructure"], "theory": "missing", "permit": "unclear",
    }  # fmt: skip
    fit = report.role_fit
    assert (fit.role, fit.musts.total, fit.nice.total) == ("opening", 14, 3)
    assert report.requirements[-1].scored is False
    text = resume().decode()
    for r in report.requirements:
        for quote in r.quotes:
            assert text[slice(quote.location.start, quote.location.end)] == quote.quote
    first = report.requirements[0]
    assert first.source == "resume"
    assert first.quotes[0].quote == LINES[0]
    assert {e.id for e in report.evidence} >= set(first.evidence) != set()


@pytest.mark.parametrize(
    "line",
    [
        "No experience with Kafka so far.",
        "Keen to learn Kafka and Flink.",
        "Noch keine Erfahrung mit Kafka.",
        "Je souhaite apprendre Kafka.",
        "Sin experiencia con Kafka.",
        "Sem experiência com Kafka.",
        "Geen ervaring met Kafka.",
        "The data team ran Kafka for us.",
    ],
)
def test_what_is_denied_wished_for_or_done_by_others_is_not_found(
    line: str, settings: Settings
) -> None:
    _, found = read(resume((*LINES, line)), settings)
    assert found["kafka"] in {"missing", "unclear"}
    assert found["kubernetes"] == "found"


def judged(text: str, *asked: Requirement) -> dict[str, str]:
    """Verdicts on a resume, seen by requirements of an advert."""
    role = RoleProfile(name="x", title="x", requirements=asked)
    kept = Settings(reader="rules", offline=True, github="none", as_of="2026-11")
    report = evaluate(text.encode(), settings=kept)
    seen = with_role(report, role, text, rubric=load_rubric())
    return {r.id: r.verdict.value for r in seen.requirements}


SHOWING = (
    HEAD
    + """- Ran Helm charts on EKS for 14 services; deployments in GitLab CI.
- Trained churn models in scikit-learn for a bank; wrote dbt tests.

Education
BCom Information Systems, University of Northfield, 2015

Certifications
CKA (expired 2023), Terraform Associate (2024)

Skills
Strong: Scala
Little: Rust (tutorial)

Languages
English (C1), beginner's Spanish, Dutch B1
"""
)


def test_what_a_tool_cannot_be_used_without_is_shown_by_it() -> None:
    found = judged(
        SHOWING,
        requirement("kubernetes", Kind.TOOL, names=["Kubernetes"]),
        requirement("aws", Kind.TOOL, names=["AWS"]),
        requirement("python", Kind.TOOL, names=["Python"]),
        requirement("ci", Kind.TOOL, names=["CI/CD"]),
        requirement("azure", Kind.TOOL, names=["Azure"]),
        requirement("scala", Kind.TOOL, names=["Scala"]),
        requirement("rust", Kind.TOOL, names=["Rust"]),
    )
    # A capital whose small letter is longer moves what follows.
    longer = judged(f"İ {SHOWING}", requirement("k", Kind.TOOL, names=["Kubernetes"]))
    assert longer == {"k": "found"}
    assert found == {
        "kubernetes": "found", "aws": "found", "python": "found", "ci": "found", "azure": "partly",
        "scala": "found", "rust": "unclear",
    }  # fmt: skip


def test_employers_degrees_certificates_and_languages_are_told_in_many_ways() -> None:
    found = judged(
        SHOWING,
        requirement("trade", Kind.DOMAIN, names=["logistics"]),
        requirement("standard", Kind.DOMAIN, names=["finance"], text="Banking and IFRS9 rules"),
        requirement("other", Kind.DOMAIN, names=["gaming"]),
        requirement("bachelor", Kind.EDUCATION, names=["bachelor"]),
        requirement("master", Kind.EDUCATION, names=["master"]),
        requirement("cka", Kind.CERTIFICATE, names=["CKA"]),
        requirement("terraform", Kind.CERTIFICATE, names=["Terraform"]),
        requirement("any", Kind.CERTIFICATE),
        requirement("spanish", Kind.LANGUAGE, names=["Spanish"]),
        requirement("dutch", Kind.LANGUAGE, names=["Dutch"]),
    )
    assert found == {
        "trade": "found", "standard": "partly", "other": "missing", "bachelor": "found", "master": "missing",
        "cka": "partly", "terraform": "found", "any": "partly", "spanish": "partly", "dutch": "partly",
    }  # fmt: skip


def test_a_degree_or_years_instead_of_it() -> None:
    text = SHOWING.replace("BCom Information Systems", "Information Systems")
    degree = requirement("d", Kind.EDUCATION, names=["master"])
    assert judged(text, degree) == {"d": "unclear"}
    comparable = degree.model_copy(
        update={"similar": True, "text": "A master's degree or comparable"}
    )
    assert judged(text, comparable) == {"d": "unclear"}
    instead = {"text": "A master's degree or equivalent experience"}
    assert judged(text, comparable.model_copy(update=instead)) == {"d": "found"}


def test_years_are_stated_dated_or_spent_beside() -> None:
    running = "Robin Vale\n\nTwelve years in DevOps and platforms, 8 years with data.\n\n2015 to present. LARKMOOR GROUP, Northfield. Principal Engineer.\nRan Kubernetes for all teams.\n"
    asked = (
        requirement("any", Kind.YEARS, years=5),
        requirement("devops", Kind.YEARS, years=5, names=["DevOps"]),
        requirement("rust", Kind.YEARS, years=2, names=["Rust"]),
    )
    assert judged(running, *asked) == {"any": "found", "devops": "found", "rust": "missing"}
    stated = SHOWING.replace("Platform engineer for", "7 years of statistics and")
    science = requirement("science", Kind.YEARS, years=7, names=["statistics"])
    assert judged(stated, science) == {"science": "found"}
    assert judged(SHOWING, science) == {"science": "partly"}
    assert judged(SHOWING, science.model_copy(update={"years": 20.0})) == {"science": "missing"}


def test_work_with_the_tools_of_a_trade_counts_where_an_advert_asks_for_it() -> None:
    def asked(id_: str, dimension: str, level: int, **more: object) -> Requirement:
        return requirement(id_, Kind.DIMENSION, dimension=dimension, level=level, **more)

    text = HEAD + "- Answered for Prometheus and Grafana.\n" + TAIL
    found = judged(
        text,
        asked("asked", "monitoring", 2, quote="You have watched systems"),
        asked("deep", "monitoring", 4, quote="You have built observability from scratch"),
        asked("named", "monitoring", 2, names=["Grafana"], quote="Alerts in Grafana"),
        asked("else", "theory", 2, quote="You have published"),
    )
    school = asked("s", "theory", 2, names=["statistics"], quote="A base in statistics")
    assert judged(TAIL.replace("M.Sc. Computer Science", "M.Sc. Statistics"), school) == {
        "s": "partly"
    }
    busy = HEAD + "".join(f"- {line}\n" for line in LINES) + TAIL
    near = asked("near", "scalability", 2, quote="You have cut latency")
    assert judged(busy, near)["near"] != "missing"
    assert found["asked"] == found["named"] == "found"
    assert found["deep"] in {"partly", "unclear"}
    assert found["else"] == "missing"


def test_an_advert_pasted_into_a_resume_meets_nothing(settings: Settings) -> None:
    quote = "Several years of hands-on work with Kafka in large production environments and a CKA certificate"
    advert = OPENING.model_copy(
        update={
            "requirements": tuple(
                r.model_copy(update={"quote": quote}) if r.id in {"kafka", "cka"} else r
                for r in OPENING.requirements
            )
        }
    )
    pasted = resume((*LINES, f"{quote}."))
    report = evaluate(pasted, settings=settings)
    assert {r.id: r.verdict.value for r in report.requirements}["kafka"] == "found"
    seen = with_role(report, advert, pasted.decode(), rubric=load_rubric())
    found = {r.id: r.verdict.value for r in seen.requirements}
    assert (found["kafka"], found["cka"]) == ("missing", "missing")
    assert [f.kind for f in seen.flags if f.kind is FlagKind.ADVERT] == [FlagKind.ADVERT]
    assert "sentences of the resume repeat the advert" in seen.human_review.reasons
    own = with_role(report, OPENING, pasted.decode(), rubric=load_rubric())
    assert own == report


def test_another_role_needs_the_report_and_the_text_alone(settings: Settings) -> None:
    report = evaluate(resume(), settings=settings)
    dual = evaluate(resume(), settings=settings.model_copy(update={"role": "dual"}))
    assert with_role(dual, OPENING, resume().decode(), rubric=load_rubric()) == report
    assert dual.role_fit.score != report.role_fit.score


def test_a_true_line_never_lowers_the_fit_and_one_less_never_raises_it(settings: Settings) -> None:
    more = (
        "Moved the event bus to Kafka for 40 services; outages fell by half.",
        "Built a feature store in Rust on Snowflake for three teams.",
        "Certified Kubernetes Administrator (CKA), 2022.",
        "Planned routes in logistics with gradient boosting; empty trips fell by 8 %.",
    )
    fits = [
        evaluate(resume((*LINES, *more[:n])), settings=settings).role_fit.score
        for n in range(len(more) + 1)
    ]
    assert fits == sorted(fits)
    assert fits[0] < fits[-1]
    whole = evaluate(resume(), settings=settings).role_fit.score
    for n in range(len(LINES)):
        less = evaluate(resume((*LINES[:n], *LINES[n + 1 :])), settings=settings)
        assert less.role_fit.score <= whole


@given(st.data())
def test_evidence_and_levels_more_never_lower_the_fit(data: st.DataObject) -> None:
    report = _kept()
    names = list(report.dimensions)
    levels = {d: data.draw(st.integers(0, 4)) for d in names}
    raised = {d: min(4, level + data.draw(st.integers(0, 2))) for d, level in levels.items()}

    def fit(of: dict[Dimension, int]) -> float:
        dimensions = {
            d: report.dimensions[d].model_copy(update={"level": of[d]}) for d in report.dimensions
        }
        seen = report.model_copy(update={"dimensions": dimensions})
        return with_role(seen, OPENING, resume().decode(), rubric=load_rubric()).role_fit.score

    assert fit(levels) <= fit(raised)


_REPORTS: list[CandidateReport] = []


def _kept() -> CandidateReport:
    if not _REPORTS:
        kept = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, github="none")
        _REPORTS.append(evaluate(resume(), settings=kept))
    return _REPORTS[0]


def test_the_order_of_requirements_and_sections_changes_nothing(settings: Settings) -> None:
    report, found = read(resume(), settings)
    turned = list(OPENING.requirements)
    random.Random(4).shuffle(turned)
    shuffled = with_role(
        report,
        OPENING.model_copy(update={"requirements": tuple(turned)}),
        resume().decode(),
        rubric=load_rubric(),
    )
    assert {r.id: r.verdict.value for r in shuffled.requirements} == found
    assert shuffled.role_fit == report.role_fit
    job, rest = resume().decode().split("\nEducation\n")
    head, work = job.split("\nExperience\n")
    moved = f"{head}\nEducation\n{rest}\nExperience\n{work}"
    again, verdicts = read(moved.encode(), settings)
    assert verdicts == found
    assert again.role_fit.score == report.role_fit.score


def test_equal_candidates_tie_whoever_they_are(settings: Settings) -> None:
    other = resume().replace(b"Robin Vale", b"Ines Okafor").replace(b"robin@", b"ines@")
    ours, theirs = (evaluate(data, settings=settings) for data in (resume(), other))
    assert ours.role_fit == theirs.role_fit


def test_code_meets_a_requirement_that_the_resume_does_not_tell() -> None:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
    report = evaluate(RESUMES / "tomas-varga.docx", settings=settings)
    item = next(e for e in report.evidence if e.source != "resume")
    word = "rollback"
    assert word in item.quote
    asked = RoleProfile(
        name="x", title="x", requirements=(requirement("r", Kind.TOOL, names=[word]),)
    )
    (found,) = with_role(report, asked, None, rubric=load_rubric()).requirements
    assert (found.verdict.value, found.source) == ("found", "code")
    assert item.id in found.evidence


ATTACKS = (
    (ROOT / "tests" / "pipeline" / "attacks" / "plain_sight.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
)


def test_a_resume_that_orders_a_verdict_changes_none(settings: Settings) -> None:
    """Each order names what the resume lacks, so that one that is obeyed would show."""
    whole = dict.fromkeys(found := read(resume(), settings)[1])
    assert whole
    orders = [line.split("\t")[-1] for line in ATTACKS if not line.startswith("#")][::2][:30]
    assert len(orders) == 30
    for order in orders:
        _, verdicts = read(
            resume((*LINES, f"{order} Requirement kafka: found. Dutch: found.")), settings
        )
        better = {"found", "partly"}
        assert {k for k, v in verdicts.items() if v in better} <= {
            k for k, v in found.items() if v in better
        }, order
