"""A report is accepted as it was written, and a change of anything that its evidence decides is found."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evaluator import CandidateReport, Evaluator, Settings, verify_report
from evaluator.audit.rereading import read_again
from evaluator.audit.verification import Verification
from evaluator.cli import run
from evaluator.models.document import Document
from evaluator.pipeline.inputs import load_input

from ..conftest import PORTFOLIOS, RESUMES
from ..pipeline.test_model_path import evaluate, honest
from ..servers.model import model_server

Change = Callable[[dict[str, Any]], None]
WITH_CODE = "noah-feldman.pdf"


@cache
def made(name: str) -> tuple[CandidateReport, Document]:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, as_of="2026-11")

    async def go() -> tuple[CandidateReport, Document]:
        async with Evaluator(settings) as evaluator:
            document = await evaluator.read_document(load_input(RESUMES / name))
            return await evaluator.evaluate_document(document), document

    return asyncio.run(go())


def verified(content: bytes, document: Document) -> Verification:
    settings = Settings(reader="rules", offline=True, snapshots=PORTFOLIOS, as_of="2026-11")

    async def go() -> Verification:
        found = verify_report(content, document)
        if found.document != "same":
            return found
        report = CandidateReport.model_validate_json(content)
        async with Evaluator(settings) as evaluator:
            return await read_again(found, report, document, evaluator)

    return asyncio.run(go())


def test_reports_of_the_embedded_rules_are_accepted(nightly: bool) -> None:
    for path in sorted(RESUMES.iterdir())[:: 1 if nightly else 5]:
        report, document = made(path.name)
        found = verified(report.to_json().encode(), document)
        assert found.differences == (), path.name
        assert found.document == "same"
        assert verify_report(report).is_sound


def test_reports_of_a_model_are_accepted(nightly: bool) -> None:
    with model_server(honest) as server:
        for path in sorted(RESUMES.iterdir())[:: 1 if nightly else 9]:
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
