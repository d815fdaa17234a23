"""The interview guide: what is open is asked about in the candidate's own words, in each form."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from evaluator import CandidateReport, Settings, evaluate
from evaluator.models.document import RESUME, Location
from evaluator.models.vocabulary import Dimension
from evaluator.render.guide import guide_html, guide_markdown, guide_text
from evaluator.render.questions import MOST_QUESTIONS, question, to_add
from evaluator.report.model import ReportFit, ReportNeed, ReportRequirement, ReportTally
from evaluator.roles.model import Importance, Kind, RequirementVerdict
from evaluator.scoring import Quote

SENTENCE = "Ran {text} for <b>14</b>\nmodels."
KINDS = [k for k in Kind if k not in {Kind.PLACE, Kind.PERMIT, Kind.OTHER}]


def found(kind: str, verdict: str, *quotes: str, **more: Any) -> ReportRequirement:
    source = more.pop("source", RESUME)
    values = {
        "id": "r", "text": "Kafka at scale.", "need": Importance.MUST, "verdict": RequirementVerdict(verdict),
        "evidence": (), "source": "resume" if quotes and source == RESUME else "code" if quotes else "none",
        "kind": Kind(kind), "dimension": None, "scored": kind not in {"place", "permit", "other"}, "why": "so it is",
        "quotes": tuple(Quote(quote=q, source=source, location=Location(line=1, start=0, end=1)) for q in quotes),
    }  # fmt: skip
    return ReportRequirement.model_validate(values | more)


@cache
def _read() -> CandidateReport:
    settings = Settings(reader="rules", offline=True, github="none")
    return evaluate(
        b"Robin Vale\n\nExperience\nEngineer, Larkmoor, 2019 - 2023\n- Ran the models.\n",
        settings=settings,
    )


def report(*requirements: ReportRequirement, lacks: str = "") -> CandidateReport:
    tally = ReportTally(found=1, total=2, unclear=1)
    missing = tuple(ReportNeed(dimension=Dimension(d), needed=3, level=1) for d in lacks.split())
    fit = ReportFit(role="opening", score=42.4, musts=tally, nice=tally, met=(), missing=missing)
    return _read().model_copy(update={"requirements": requirements, "role_fit": fit})


@pytest.mark.parametrize(
    ("requirement", "asked"),
    [
        (found("tool", "found", "Ran Kafka."), "You wrote “Ran Kafka”. What did you set up yourself, and what went wrong first?"),
        (found("tool", "found", "kafka.py", source="rvale/serving"), None),
        (found("language", "found"), None),
        (found("place", "unclear"), None),
        (found("tool", "unclear", "Kafka, Go"), "You list it: “Kafka, Go”. Where did you last use it, for what, and for whom?"),
        (found("tool", "unclear"), "Kafka at scale: where did you last use it, for what, and for whom?"),
        (found("tool", "partly", "Ran NATS."), "You wrote “Ran NATS”. How close is that to what we ask for: Kafka at scale?"),
        (found("tool", "missing"), "It is not in the resume: Kafka at scale. Have you used it or something comparable?"),
        (found("tool", "missing", "No Kafka."), "You wrote “No Kafka”. What have you used instead, and have you used it since?"),
        (found("years", "missing", "Ran Kafka."), "The dated jobs add up to fewer years: Kafka at scale. Is any work missing from the resume?"),
        (found("language", "unclear"), "How well do you speak it, and where have you used it at work? (Kafka at scale)"),
        (found("tool", "partly", SENTENCE), "You wrote “Ran {text} for <b>14</b> models”. How close is that to what we ask for: Kafka at scale?"),
    ],
)  # fmt: skip
def test_a_question_is_asked_in_the_candidates_own_words(
    requirement: ReportRequirement, asked: str | None
) -> None:
    assert question(requirement) == asked


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("verdict", RequirementVerdict)
def test_every_kind_and_verdict_has_a_question_with_and_without_a_quote(
    kind: Kind, verdict: RequirementVerdict
) -> None:
    quoted = question(found(kind, verdict, "Ran NATS."))
    assert quoted
    bare = question(found(kind, verdict, source="none"))
    assert bare or verdict is RequirementVerdict.FOUND
    for text in filter(None, (quoted, bare)):
        assert "{" not in text
        assert "?" in text
        assert "Ran NATS" in text or "Kafka at scale" in text


def test_musts_come_first_and_what_is_least_clear_before_what_is_found() -> None:
    nice = found("tool", "unclear", text="Nomad", need=Importance.NICE)
    verdicts = ("found", "missing", "partly", "unclear")
    musts = [found("tool", v, "Ran it.", text=v) for v in verdicts]
    lines = guide_text(report(nice, *musts)).splitlines()
    assert [line.split(". ")[1] for line in lines if line[:1].isdigit()] == [
        "unclear (must, unclear): so it is",
        "partly (must, partly): so it is",
        "missing (must, missing): so it is",
        "found (must, found): so it is",
        "Nomad (nice to have, unclear): so it is",
    ]
    many = guide_text(report(*[nice] * (MOST_QUESTIONS + 3)))
    assert f"\n{MOST_QUESTIONS}. Nomad" in many
    assert f"\n{MOST_QUESTIONS + 1}. Nomad" not in many


def test_a_guide_in_each_form_holds_the_same_and_marks_nothing_up() -> None:
    level = found("dimension", "unclear", dimension=Dimension.DATA, text="*Data* <i>care</i>")
    seen = report(
        found("tool", "partly", SENTENCE), level, level, lacks="data theory delivery modeling"
    )
    text, markdown, page = guide_text(seen), guide_markdown(seen), guide_html(seen)
    for form in (text, markdown, page):
        assert "role fit 42 of 100" in form
        assert "How close is that to what we ask for: Kafka at scale?" in " ".join(form.split())
        assert form.count("data: Give a data set") == 1
        assert "theory: " in form
        assert "delivery: " in form
        assert "modeling: " not in form
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "<b>14</b>" not in markdown + page
    assert "&lt;b&gt;14" in page
    assert "*Data*" not in markdown.replace(r"\*Data\*", "")


def test_a_guide_of_nothing_open_says_so_in_each_form() -> None:
    seen = report(found("language", "found"))
    for form in (guide_text(seen), guide_markdown(seen), guide_html(seen)):
        assert "Nothing that the role asks for is left open." in form
        assert "Short work samples" not in form


def test_a_candidate_is_told_what_to_add_by_kind() -> None:
    seen = report(
        found("tool", "unclear", text="Kafka"),
        found("tool", "partly", "Ran NATS.", text="Pulumi"),
        found("tool", "missing", text="COBOL"),
        found("tool", "found", text="Go"),
        found("language", "unclear", text="German"),
        found("dimension", "missing", text="theory", dimension=Dimension.THEORY),
        found("permit", "unclear", text="permit"),
    )
    assert to_add(seen) == (
        "Kafka: if you have used it, say in which job, what you did and what came of it",
        "Pulumi: you wrote “Ran NATS”; say which part was yours, for how long and with what result",
        "COBOL: if you have used it, say under that job what it was for and what came of it; if not, leave it out",
        "German: if you speak it, say how well",
    )
