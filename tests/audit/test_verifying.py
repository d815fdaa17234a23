"""A report is accepted as it was written, and a change of anything that its evidence decides is found."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluator import CandidateReport, Settings, verify_report
from evaluator.audit.rereading import read_again
from evaluator.audit.verification import Verification
from evaluator.cli import run
from evaluator.models.document import Document
from evaluator.models.evidence import ScopeFact
from evaluator.models.vocabulary import Axis, ScopeKind
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.prompt_files import load_prompt
from evaluator.report.model import ReportReading

from ..conftest import PORTFOLIOS, RESUMES
from ..pipeline.test_model_path import evaluate, honest
from ..servers.model import model_server

Change = Callable[[dict[str, Any]], None]
WITH_CODE = "noah-feldman.pdf"


@cache
def made(name: str) -> tuple[CandidateReport, Document]:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, as_of="2026-11")

    async def go() -> tuple[CandidateReport, Document]:
        async with Session(settings) as session:
            document = await session.read_document(load_input(RESUMES / name))
            return await session.evaluate_document(document), document

    return asyncio.run(go())


def verified(content: bytes, document: Document) -> Verification:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, as_of="2026-11")

    async def go() -> Verification:
        found = verify_report(content, document)
        if found.document != "same":
            return found
        report = CandidateReport.model_validate_json(content)
        async with Session(settings) as session:
            return await read_again(found, report, document, session)

    return asyncio.run(go())


def test_reports_of_the_embedded_rules_are_accepted(nightly: bool) -> None:
    for path in sorted(RESUMES.iterdir())[:: 1 if nightly else 8]:
        report, document = made(path.name)
        found = verified(report.to_json().encode(), document)
        assert found.differences == (), path.name
        assert found.document == "same"
        assert verify_report(report).is_sound


def test_reports_of_a_model_are_accepted(nightly: bool) -> None:
    with model_server(honest) as server:
        for path in sorted(RESUMES.iterdir())[:: 1 if nightly else 12]:
            report = evaluate(path, server, samples=3)
            found = verify_report(report, made(path.name)[1])
            assert found.differences == (), path.name


def _set(path: str, value: object) -> Change:
    *way, last = path.split(".")

    def change(report: dict[str, Any]) -> None:
        at: Any = report
        for name in way:
            at = at[int(name) if isinstance(at, list) else name]
        at[int(last) if isinstance(at, list) else last] = value

    return change


def _flip_letter(report: dict[str, Any]) -> None:
    quote = report["evidence"][0]["quote"]
    report["evidence"][0]["quote"] = quote[:-2] + ("x" if quote[-2] != "x" else "y") + quote[-1]


def _remove_item(report: dict[str, Any]) -> None:
    del report["evidence"][0]


def _remove_item_and_all_names_of_it(report: dict[str, Any]) -> None:
    gone = report["evidence"].pop(0)["id"]
    for found in report["dimensions"].values():
        found["evidence"] = [name for name in found["evidence"] if name != gone]


def _add_item(report: dict[str, Any]) -> None:
    report["evidence"].append({**report["evidence"][0], "id": "e99", "dimension": "theory"})


def _double_item(report: dict[str, Any]) -> None:
    report["evidence"].append(report["evidence"][-1])


def _swap_items(report: dict[str, Any]) -> None:
    report["evidence"][0], report["evidence"][1] = report["evidence"][1], report["evidence"][0]


def _move_item(report: dict[str, Any]) -> None:
    for name in ("start", "end"):
        report["evidence"][0]["location"][name] += 3


def _drop_flag(report: dict[str, Any]) -> None:
    report["flags"] = []


def _drop_review(report: dict[str, Any]) -> None:
    report["human_review"] = {"required": False, "reasons": []}


def _rehash(report: dict[str, Any]) -> None:
    report["id"], report["provenance"]["document_sha256"] = "0" * 16, "0" * 64


def _raise_all(report: dict[str, Any]) -> None:
    for name in ("ml", "ops"):
        report["axes"][name] |= {"score": 99.0, "band": 4, "next_band": None}
    report["track"] = "dual"


def _unknown_field(report: dict[str, Any]) -> None:
    report["note"] = "hire"


FROM_THE_REPORT: dict[str, Change] = {
    "a level up": _set("dimensions.modeling.level", 4),
    "a level down": _set("dimensions.delivery.level", 0),
    "a level out of range": _set("dimensions.data.level", 9),
    "a band": _set("axes.ml.band", 4),
    "a score": _set("axes.ops.score", 88.8),
    "an interval": _set("axes.ops.interval", [1.0, 99.0]),
    "the next band": _set("axes.ml.next_band", "nothing more"),
    "the track": _set("track", "unrelated"),
    "both axes and the track": _raise_all,
    "the confidence": _set("confidence", 0.99),
    "the borderline": _set("borderline", {"neighbour": "unrelated", "reason": "so"}),
    "a standing": _set("dimensions.modeling.standing", "none"),
    "the seniority": _set("seniority", "director"),
    "a quote cut": _set("evidence.0.quote", "trained"),
    "evidence removed": _remove_item,
    "evidence removed everywhere": _remove_item_and_all_names_of_it,
    "evidence added": _add_item,
    "evidence doubled": _double_item,
    "evidence in another order": _swap_items,
    "an item of another dimension": _set("evidence.0.dimension", "theory"),
    "an item's number": _set("evidence.0.id", "e77"),
    "a dimension's items": _set("dimensions.modeling.evidence", []),
    "the review": _drop_review,
    "musts that are met": _set("role_fit.musts.found", 99),
    "the advice": _set("advice.next_steps", []),
    "whom to hire": _set("advice.hire_first", "Hire this one."),
    "the identity": _set("id", "0123456789abcdef"),
    "the rubric": _set("provenance.rubric", "9.9+0123456789ab"),
    "the version": _set("provenance.evaluator", "99.0"),
    "the month": _set("provenance.present", "soon"),
    "the number of readings": _set("provenance.samples", 5),
    "a model that did not read": _set("provenance.model", "another"),
    "rejected evidence": _set("provenance.rejected_evidence", 12),
    "relevant years": _set("foundations.years_relevant", 30.0),
    "months worked": _set("basis.tenure.either", 400),
    "a field of somebody else": _unknown_field,
    "the form of the schema": _set("schema_version", "7"),
}  # fmt: skip
FROM_THE_DOCUMENT: dict[str, Change] = {
    "the document's hash": _rehash,
    "a letter of a quote": _flip_letter,
    "a quote moved": _move_item,
    "a page": _set("evidence.0.location.page", 7),
    "a line": _set("evidence.0.location.line", 3000),
    "the name": _set("candidate.name", "Somebody Else"),
    "an address": _set("candidate.emails", ["other@mail.example"]),
    "a link": _set("candidate.links", []),
    "the language": _set("document.language", "pl"),
    "pages": _set("document.pages", 44),
    "months of a job": _set("evidence.0.months", 240),
    "the fit": _set("role_fit.score", 100.0),
    "what is missing for the role": _set("role_fit.missing", []),
    "titles": _set("basis.responsibility.titles", ["director"]),
}
FROM_A_SECOND_READING: dict[str, Change] = {
    "flags": _drop_flag,
    "an education": _set("foundations.education", ["Doctor of everything"]),
    "a repository": _set("portfolio.repositories", []),
}


def _changed(name: str, change: Change) -> tuple[bytes, Document]:
    report, document = made(name)
    raw = json.loads(report.to_json())
    change(raw)
    content = (json.dumps(raw, indent=2, ensure_ascii=False) + "\n").encode()
    assert content != report.to_json().encode(), "the change changes nothing"
    return content, document


@pytest.mark.parametrize("what", FROM_THE_REPORT)
def test_a_report_alone_tells_of_a_change(what: str) -> None:
    content, _ = _changed(WITH_CODE, FROM_THE_REPORT[what])
    found = verify_report(content)
    assert [d.where for d in found.differences] not in ([], ["report"])


@pytest.mark.parametrize("what", FROM_THE_DOCUMENT)
def test_the_document_tells_of_a_change(what: str) -> None:
    content, document = _changed(WITH_CODE, FROM_THE_DOCUMENT[what])
    found = verify_report(content, document)
    assert [d.where for d in found.differences] not in ([], ["report"])


@pytest.mark.parametrize("what", FROM_A_SECOND_READING)
def test_a_second_reading_tells_of_a_change(what: str) -> None:
    content, document = _changed(WITH_CODE, FROM_A_SECOND_READING[what])
    assert [d.where for d in verified(content, document).differences] not in ([], ["report"])


def test_an_item_that_a_forger_made_stronger_and_carried_through_is_found_by_reading_again() -> (
    None
):
    report, document = made(WITH_CODE)
    first = report.evidence[0]
    stronger = first.model_copy(update={"production": not first.production, "ml_specific": not first.ml_specific})  # fmt: skip
    forged = report.model_copy(update={"evidence": (stronger, *report.evidence[1:])})
    content = forged.to_json().encode()
    assert verified(content, document).differences


def _all(*changes: Change) -> Change:
    def change(report: dict[str, Any]) -> None:
        for one in changes:
            one(report)

    return change


def _calls_without_a_reason(report: dict[str, Any]) -> None:
    report["provenance"]["calls"] = 3
    report["human_review"]["reasons"] = []


PROMPT = load_prompt("read_candidate").key
PLAIN, OF_CODE = "wei-zhang.md", "mira-holloway.pdf"
FACT = {
    "kind": "leads",
    "quote": "Led the team",
    "location": {"page": 1, "line": 1, "start": 0, "end": 3},
}
CONTRADICTIONS: dict[str, tuple[str, str, Change]] = {
    "dimensions of an axis": (PLAIN, "axes.ml.dimensions: the dimensions of the axis", _set("axes.ml.dimensions", ["delivery"])),
    "a prompt that never shipped": (PLAIN, f"provenance.prompts.{PROMPT}: {load_prompt('read_candidate').sha256}", _set("provenance.prompts", {PROMPT: "0" * 64})),
    "a hash cut to nothing": (PLAIN, f"provenance.prompts.{PROMPT}: {load_prompt('read_candidate').sha256}", _set("provenance.prompts", {PROMPT: ""})),
    "prompts of the rules": (PLAIN, "provenance.prompts: nothing: the embedded rules read", _set("provenance.prompts", {"other@1": "0" * 64})),
    "agreement of the rules": (PLAIN, "provenance.agreement: nothing: there was one reading", _set("provenance.agreement", 0.5)),
    "calls of the rules": (PLAIN, "provenance.calls: 0, or a reason for the fallback", _calls_without_a_reason),
    "a model without a name": (PLAIN, "provenance.model: the name of the model that read", _set("provenance.reader", "model")),
    "a reading of one axis": (PLAIN, "provenance.readings.0: a band and a score of each axis",
        _set("provenance.readings", [{"track": "ml", "bands": {"ml": 1}, "scores": {"ml": 9.0}}])),
    "a rejection that no flag tells": (PLAIN, "provenance.rejected_evidence: what the flag says", _set("provenance.rejected_evidence", 2)),
    "a result without its place": (PLAIN, "evidence.0.result_quote: both", _set("evidence.0.result_quote", "churn fell")),
    "a result longer than its place": (PLAIN, "evidence.0.result_quote: as many as its place holds",
        _all(_set("evidence.0.result_quote", "churn fell"), _set("evidence.0.result_location", FACT["location"]))),
    "a statement longer than its place": (PLAIN, "scope.0.quote: as many as its place holds", _set("scope", [FACT])),
    "a quote without a place": (PLAIN, "evidence.0.quote: as many as its place holds", _set("evidence.0.location.start", None)),
    "an order that is not the resume's": (PLAIN, "evidence.1: in it", _set("evidence.1.location.start", 3)),
    "code of nobody": (OF_CODE, "portfolio.status: known, as there is evidence from code", _set("portfolio.status", "none")),
    "unknown without why": (OF_CODE, "portfolio.reason: why it is unknown", _set("portfolio.status", "unknown")),
    "unknown without a flag": (OF_CODE, "flags: one that tells of the portfolio", _set("portfolio.status", "unknown")),
    "a conflict without a flag": (OF_CODE, "flags: one that tells of the portfolio", _set("portfolio.status", "conflict")),
    "a repository without evidence": (OF_CODE, "basis.artifacts.a/b: nothing: it has no evidence", _set("basis.artifacts.a/b", {"sustained": True, "releases": 3})),
    "code without an account": (OF_CODE, "candidate.github: the account that the evidence is from", _set("candidate.github", None)),
}  # fmt: skip


@pytest.mark.parametrize("what", CONTRADICTIONS)
def test_a_contradiction_is_told_where_it_stands_and_what_should(what: str) -> None:
    name, told, change = CONTRADICTIONS[what]
    found = verify_report(_changed(name, change)[0])
    assert told in [f"{d.where}: {d.should}" for d in found.differences]


@pytest.mark.parametrize("samples", [1, 3])
def test_more_readings_than_were_asked_for_are_told(samples: int) -> None:
    report, _ = made(PLAIN)
    reading = ReportReading(
        track=report.track, bands=dict.fromkeys(Axis, 1), scores=dict.fromkeys(Axis, 9.0)
    )
    forged = report.provenance.model_copy(
        update={"reader": "model", "model": "m", "samples": samples, "readings": (reading,) * 4}
    )
    found = verify_report(report.model_copy(update={"provenance": forged}))
    assert ("provenance.samples", str(samples), "at least 4") in [
        (d.where, d.stands, d.should) for d in found.differences
    ]


def test_results_and_statements_are_looked_for_in_the_document() -> None:
    report, document = made(PLAIN)
    first, other = report.evidence[0], report.evidence[2]
    told = {"result_quote": other.quote, "result_location": other.location}
    fact = ScopeFact(kind=ScopeKind.LEADS, quote=other.quote, location=other.location)
    true = {"evidence": (first.model_copy(update=told), *report.evidence[1:]), "scope": (fact,)}
    wheres = {d.where for d in verify_report(report.model_copy(update=true), document).differences}
    assert not {where for where in wheres if "quote" in where or "location" in where}
    told["result_quote"] = false = other.quote.swapcase()
    true["evidence"] = (first.model_copy(update=told), *report.evidence[1:])
    true["scope"] = (fact.model_copy(update={"quote": false}),)
    wheres = {d.where for d in verify_report(report.model_copy(update=true), document).differences}
    assert {"evidence.0.result_quote", "scope.0.quote"} <= wheres


def test_a_flag_of_the_file_that_a_report_leaves_out_is_told() -> None:
    content, document = _changed("victor-lang.md", _drop_flag)
    told = [d.should for d in verify_report(content, document).differences if d.where == "flags"]
    assert any(should.startswith("instruction_to_reader: ") for should in told)


def _read_again(
    name: str,
    change: dict[str, Any],
    *,
    snapshots: Path = PORTFOLIOS,
    document: Document | None = None,
) -> Verification:
    report, read = made(name)
    report = report.model_copy(update=change)
    settings = Settings(reader="rules", offline=True, snapshots=snapshots, as_of="2026-11")
    asked = verify_report(report, read)

    async def go() -> Verification:
        async with Session(settings) as session:
            return await read_again(asked, report, document or read, session)

    return asyncio.run(go())


def test_what_a_second_reading_cannot_tell_is_said(tmp_path: Path) -> None:
    found = _read_again(OF_CODE, {}, snapshots=tmp_path)
    assert any("needs the portfolio's snapshot" in text for text in found.unchecked)
    report, read = made(PLAIN)
    of_model = {
        "provenance": report.provenance.model_copy(update={"reader": "model", "model": "m"})
    }
    assert any("what a reader says" in text for text in _read_again(PLAIN, of_model).unchecked)
    assert not any("what a reader says" in text for text in _read_again(PLAIN, {}).unchecked)
    empty = read.model_copy(update={"text": "", "lines": ()})
    (gone,) = _read_again(PLAIN, {}, document=empty).differences
    assert (gone.where, gone.stands) == ("document", "a report")
    assert gone.should.startswith("no report: ")


def test_an_account_that_the_user_gave_is_read_again() -> None:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, as_of="2026-11")
    _, document = made(PLAIN)
    login = made(OF_CODE)[0].candidate.github
    assert login

    async def go(github: str, snapshots: Path) -> Verification:
        async with Session(settings.model_copy(update={"snapshots": snapshots})) as session:
            report = await session.evaluate_document(document, github=github)
            return await read_again(verify_report(report, document), report, document, session)

    for github, snapshots in (
        (login.login, PORTFOLIOS),
        ("none", PORTFOLIOS),
        (login.login, RESUMES),
    ):
        assert asyncio.run(go(github, snapshots)).differences == ()


def test_another_document_is_told_apart(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report, _ = made(WITH_CODE)
    path = tmp_path / "report.json"
    path.write_text(report.to_json(), encoding="utf-8")
    good = ["verify", str(path), str(RESUMES / WITH_CODE), "--snapshots", str(PORTFOLIOS)]
    assert run(good) == 0
    assert "The document is the one that was read" in capfd.readouterr().out
    assert run(["verify", str(path), str(RESUMES / "owen-pryce.md")]) == 1
    assert "provenance.document_sha256" in capfd.readouterr().out
    path.write_text("no report")
    assert run(["verify", str(path)]) == 2
    assert "is no report in JSON" in capfd.readouterr().err
