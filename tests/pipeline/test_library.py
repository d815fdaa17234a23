"""The library's own arguments: readers, roles, names, progress, order; and nothing but our errors leaves it."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluator import (
    CandidateReport,
    ConfigurationError,
    DocumentError,
    EndpointRejected,
    Evaluator,
    EvaluatorError,
    Input,
    InternalError,
    ModelError,
    Settings,
    Step,
    UsageError,
    evaluate,
    evaluate_many,
)
from evaluator.extension import HttpReply, HttpRequest, Reading, ReadingRequest
from evaluator.pipeline.session import Session
from evaluator.roles.loading import load_role

from ..conftest import PORTFOLIOS, RESUMES, ROOT
from ..servers.model import completion
from ..servers.readings import exact, reply_of

OWEN = RESUMES / "owen-pryce.md"


class Silent:
    """Finds nothing."""

    name = "silent 1"
    is_closed = False

    def __init__(self, error: BaseException | None = None, found: Any = None) -> None:
        self.error = error
        self.found = Reading(findings=()) if found is None else found

    async def read(self, request: ReadingRequest, *, sample: int = 0) -> Reading:
        if self.error:
            raise self.error
        return self.found

    async def aclose(self) -> None:
        self.is_closed = True


def example() -> dict[str, Any]:
    """The reader of the documentation, as it stands there."""
    text = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", text, re.S)[0], names)
    return names


def test_the_documented_reader_reads(capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(asyncio.run(example()["main"](OWEN.read_bytes())))
    assert report["provenance"]["model"] == "terraform-reader 1.0"
    assert report["document"]["name"] == "owen.md"
    assert report["role_fit"]["role"] == "mlops-engineer"
    quotes = [item["quote"] for item in report["evidence"] if item["source"] == "resume"]
    assert quotes
    assert all("Terraform" in quote for quote in quotes)
    first, second, stages = capsys.readouterr().out.splitlines()
    assert first.startswith("first.md ")
    assert second.startswith("second.md ")
    assert [stage for stage in ("document", "reading", "judging", "done") if stage not in stages] == []  # fmt: skip


def test_a_reader_is_closed_and_named_in_what_reports_depend_on(offline: Settings) -> None:
    reader = Silent()

    async def run() -> dict[str, str]:
        async with Session(offline, reader=reader) as session:
            return session.identity

    found = asyncio.run(run())
    assert reader.is_closed
    assert (found["reader"], found["model"]) == ("model", "silent 1")


@pytest.mark.parametrize(
    ("reader", "kind", "words"),
    [
        (Silent(KeyError("Owen Pryce")), ModelError, r"The reader silent 1 failed \(KeyError\)"),
        (Silent(found={"findings": []}), ModelError, "returned no Reading"),
        (Silent(EndpointRejected("No licence.")), EndpointRejected, "No licence"),
    ],
)
def test_what_a_reader_raises_leaves_as_an_error_of_ours(
    reader: Silent, kind: type[EvaluatorError], words: str, offline: Settings
) -> None:
    with pytest.raises(kind, match=words) as caught:
        evaluate(OWEN, reader=reader, settings=offline)
    assert "Owen" not in str(caught.value)


def test_a_readers_failure_is_read_by_the_rules_where_that_is_wanted(offline: Settings) -> None:
    settings = offline.model_copy(update={"fallback": "rules"})
    report = evaluate(OWEN, reader=Silent(ValueError()), settings=settings)
    assert report.provenance.reader == "rules"
    assert any("silent 1 failed" in reason for reason in report.human_review.reasons)


def test_no_file_can_ask_a_reader_of_ones_own(offline: Settings) -> None:
    async def run() -> None:
        async with Session(offline, reader=Silent()) as session:
            session.get_ready()
            await session.questions(Input(name="x.md", data=OWEN.read_bytes()))

    with pytest.raises(ConfigurationError, match="silent 1"):
        asyncio.run(run())


def test_roles_may_differ_from_call_to_call(offline: Settings) -> None:
    async def run() -> list[CandidateReport]:
        async with Evaluator(offline) as evaluator:
            roles = (None, "ml-engineer", load_role("mlops-engineer"), None)
            return [await evaluator.evaluate(OWEN, role=role) for role in roles]

    reports = asyncio.run(run())
    assert [r.role_fit.role for r in reports] == ["dual", "ml-engineer", "mlops-engineer", "dual"]
    assert reports[0] == reports[3]
    assert len({r.axes.ops.score for r in reports}) == 1


def test_many_come_in_the_order_of_their_sources_where_that_is_wanted(offline: Settings) -> None:
    sources = [Input(name=f"{number}.md", data=OWEN.read_bytes() * (number % 2)) for number in range(12)]  # fmt: skip
    found = list(evaluate_many(sources, ordered=True, settings=offline, role="ml-engineer"))
    assert [outcome.source for outcome in found] == [source.name for source in sources]
    assert [outcome.report is None for outcome in found] == [True, False] * 6


def test_steps_are_reported_for_each_source(offline: Settings) -> None:
    steps: list[Step] = []
    list(evaluate_many([OWEN, Path("/nowhere.pdf")], progress=steps.append, settings=offline))
    by_source = {
        source: [step.phase.value for step in steps if step.source == source]
        for source in (str(OWEN), "/nowhere.pdf")
    }
    assert by_source[str(OWEN)] == ["document", "portfolio", "reading", "judging", "done"]
    assert by_source["/nowhere.pdf"] == ["document", "failed"]


def test_a_failing_callback_ends_the_evaluation_with_an_error_of_ours(offline: Settings) -> None:
    def fail(step: Step) -> None:
        raise ValueError

    for call in (
        lambda: evaluate(OWEN, progress=fail, settings=offline),
        lambda: list(evaluate_many([OWEN, OWEN], progress=fail, settings=offline)),
    ):
        with pytest.raises(UsageError, match=r"progress callback failed \(ValueError\)"):
            call()


def test_a_callback_that_fails_at_a_failure_is_told_too(offline: Settings) -> None:
    def fail(step: Step) -> None:
        if step.phase.value == "failed":
            raise ValueError

    with pytest.raises(UsageError, match="progress callback"):
        evaluate(b"", progress=fail, settings=offline)


class Broken(io.BytesIO):
    def read(self, *_: Any) -> bytes:
        raise OSError(5, "Input/output error")


@pytest.mark.parametrize(
    ("source", "kind", "words"),
    [
        (7, UsageError, "not int"),
        (io.StringIO("short"), UsageError, "opened as text"),
        (Broken(), DocumentError, "Input/output error"),
        ("no\0name", DocumentError, "cannot be read"),
    ],
)
def test_odd_sources_are_errors_of_ours(
    source: Any, kind: type[EvaluatorError], words: str, offline: Settings
) -> None:
    with pytest.raises(kind, match=words):
        evaluate(source, settings=offline)
    (outcome,) = evaluate_many([source], settings=offline)
    assert isinstance(outcome.error, kind)


def test_sources_that_cannot_be_drawn_are_an_error_of_ours(offline: Settings) -> None:
    def drawn() -> Iterator[Path]:
        yield OWEN
        raise RuntimeError

    with pytest.raises(UsageError, match=r"drawn any further \(RuntimeError\)"):
        list(evaluate_many(drawn(), settings=offline))


def test_a_mistake_of_ours_is_an_internal_error(
    offline: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        message = "Owen Pryce"
        raise ZeroDivisionError(message)

    monkeypatch.setattr(Session, "judged", fail)
    with pytest.raises(InternalError, match="Unexpected ZeroDivisionError") as caught:
        evaluate(OWEN, settings=offline)
    assert "Owen" not in str(caught.value)


def test_settings_and_roles_that_do_not_fit_are_errors_of_ours(offline: Settings) -> None:
    for call in (
        lambda: Settings(jobs=0),
        lambda: Settings.model_validate({"reader": "model", "nonsense": 1}),
        lambda: evaluate(OWEN, settings=offline.model_copy(update={"as_of": "2026-13"})),
        lambda: evaluate(OWEN, role="no-such-role", settings=offline),
        lambda: Evaluator(Settings(role="no-such-role")),
        lambda: next(iter(evaluate_many([OWEN], role="no-such-role", settings=offline))),
    ):
        with pytest.raises(EvaluatorError):
            call()


def test_an_evaluator_stays_in_its_event_loop(offline: Settings) -> None:
    evaluator = Evaluator(offline)
    asyncio.run(evaluator.evaluate(OWEN))
    with pytest.raises(UsageError, match="another event loop"):
        asyncio.run(evaluator.evaluate(OWEN))
    asyncio.run(evaluator.aclose())


def test_calls_without_a_loop_refuse_at_once_where_one_runs() -> None:
    async def inside() -> None:
        with pytest.raises(UsageError, match="evaluate_many"):
            evaluate_many([b"short"])

    asyncio.run(inside())


def test_the_text_of_an_upload_can_be_read_alone(offline: Settings) -> None:
    async def run() -> str:
        async with Evaluator(offline) as evaluator:
            assert evaluator.settings == offline
            assert evaluator.spent == 0
            document = await evaluator.read_document(io.BytesIO(OWEN.read_bytes()), name="cv.md")
        return f"{document.name} {document.text}"

    assert asyncio.run(run()).startswith("cv.md Owen Pryce")


class Answering:
    """A model on no network, by our own protocol."""

    def __init__(self) -> None:
        self.asked: list[HttpRequest] = []

    async def send(self, request: HttpRequest) -> HttpReply:
        self.asked.append(request)
        _, headers, body = completion(reply_of(exact(json.loads(request.body))))
        return HttpReply(200, {"content-type": "application/json", **headers}, body)


class Gone:
    """A server that is not there."""

    async def send(self, request: HttpRequest) -> HttpReply:
        raise ConnectionRefusedError(111, "Connection refused")


def evaluated(model: Any, code: Any, **options: Any) -> CandidateReport:
    settings = Settings(
        reader="model", model="m", base_url="http://127.0.0.1:9/v1", github_url="http://127.0.0.1:9",
        model_wait=0, github_wait=0, samples=1, **options,
    )  # fmt: skip

    async def run() -> CandidateReport:
        async with Evaluator(settings, model_transport=model, github_transport=code) as evaluator:
            return await evaluator.evaluate(OWEN)

    return asyncio.run(run())


def test_a_transport_of_ones_own_answers_instead_of_the_network() -> None:
    answering = Answering()
    report = evaluated(answering, Gone(), snapshots=PORTFOLIOS, github="none")
    assert report.track == "ops"
    (request,) = answering.asked
    assert (request.method, request.url) == ("POST", "http://127.0.0.1:9/v1/chat/completions")
    assert request.headers["content-type"] == "application/json"


def test_a_transport_that_reaches_nobody_is_told_as_any_other(tmp_path: Path) -> None:
    report = evaluated(Answering(), Gone(), snapshots=tmp_path)
    assert report.portfolio.status == "unknown"
    with pytest.raises(EndpointRejected, match="cannot be reached"):
        evaluated(Gone(), Gone(), github="none", refresh=True)


def test_a_report_shows_itself_in_a_notebook(offline: Settings) -> None:
    shown = evaluate(OWEN, settings=offline)._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "&lt;h1" in shown
    assert "<h1" not in shown
