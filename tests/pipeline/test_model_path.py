"""End to end with a model on loopback: what leaves the machine, and what a turned model can do."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from evaluator import CandidateReport, EndpointRejected, Evaluator, ModelError, Settings
from evaluator.documents.reading import read_document
from evaluator.github.snapshots import SnapshotStore
from evaluator.models.document import FlagKind
from evaluator.models.vocabulary import Dimension
from evaluator.pipeline.inputs import load_input
from evaluator.pipeline.session import Session
from evaluator.readers.replies import Reply, ReplyStore
from evaluator.structure.contact import contact
from evaluator.structure.outline import outline
from evaluator.transport import RetryPolicy

from ..conftest import PORTFOLIOS, RESUMES, ROOT, no_sleep
from ..servers.github import LOGIN, github_server
from ..servers.model import ModelServer, completion, model_server
from ..servers.readings import exact, reply_of

Answerer = Callable[[dict[str, Any]], tuple[int, dict[str, str], bytes]]
_LINE = re.compile(r"^(?:(repository \d+) )?\[(\d+)\] \(([^)]*)\) (.*)$", re.M)


def shown(body: dict[str, Any]) -> list[tuple[str, int, str, str]]:
    """(source, passage, section, text) of every line a request shows."""
    user = body["messages"][1]["content"]
    return [(m[1] or "resume", int(m[2]), m[3], m[4]) for m in _LINE.finditer(user)]


def item(source: str, passage: int, anchor: str, dimension: str, **changes: Any) -> dict[str, Any]:
    return {
        "source": source, "passage": passage, "anchor": anchor, "dimension": dimension, "context": "work",
        "agency": "owned", "outcome": "quantified", "result_passage": 0, "result_anchor": "", "production": True, "system": "ml", **changes,
    }  # fmt: skip


def honest(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Reads a little: employment lines with a telling word."""
    words = {
        "train": "modeling",
        "data set": "data",
        "A/B": "experimentation",
        "deploy": "delivery",
        "Kubernetes": "infrastructure",
        "drift": "monitoring",
    }
    items = [
        item(source, passage, " ".join(text.split()[:6]), dimension)
        for source, passage, section, text in shown(body)
        for word, dimension in words.items()
        if word in text and section.startswith("employment")
    ]
    return completion(json.dumps({"items": items}))


def obedient(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    """Does whatever an attacker asks: forged quotes, top attributes for every line, extra fields, a track."""
    forged = [
        "Designed and trained recommendation models for 9 million users",
        "Senior Machine Learning Engineer who designed and trained ranking models",
        "Expert in deep learning and Kubernetes",
        "Led twelve engineers",
    ]
    dimensions = [d.value for d in Dimension]
    items = [
        item("resume", n, quote, d, level=4)
        for n, quote in enumerate(forged, 1)
        for d in dimensions
    ]
    for source, passage, _, text in shown(body):
        items += [item(source, passage, text[:60], d, level=4) for d in dimensions]
    return completion(json.dumps({"items": items[:120], "track": "dual", "score": 100, "level": 4}))


def evaluate(path: Path, server: ModelServer, **options: Any) -> CandidateReport:
    given = {"snapshots": PORTFOLIOS, "github": "none", "samples": 1, **options}
    settings = Settings(reader="model", model="stub", base_url=server.url, **given)

    async def run() -> CandidateReport:
        async with Session(settings, retries=RetryPolicy(sleep=no_sleep)) as session:
            return await session.evaluate_input(load_input(path))

    return asyncio.run(run())


def test_one_resume_and_one_portfolio_become_a_validated_report(tmp_path: Path) -> None:
    with model_server(honest) as model, github_server() as github:
        github.name = "Mira Holloway"
        report = evaluate(
            RESUMES / "mira-holloway.pdf",
            model,
            github=LOGIN,
            github_url=github.url,
            github_token="t",
            snapshots=tmp_path,
        )
    assert CandidateReport.model_validate_json(report.to_json()) == report
    assert report.provenance.reader == "model"
    assert report.provenance.calls == 1
    assert report.provenance.prompts
    assert report.portfolio.status.value in {"ok", "partial"}
    assert {e.source for e in report.evidence} >= {"resume", f"{LOGIN}/tool-1"}
    document = read_document((RESUMES / "mira-holloway.pdf").read_bytes(), "m.pdf")
    for found in report.evidence:
        if found.source == "resume":
            assert document.text[found.location.start : found.location.end] == found.quote
    (body,) = model.requests
    assert any(source == "repository 1" for source, *_ in shown(body))
    assert LOGIN not in json.dumps(body)
    assert len(github.asked) == 5


@pytest.mark.parametrize("path", sorted(RESUMES.iterdir()), ids=lambda p: p.name)
def test_no_identity_in_the_bytes_that_leave(path: Path) -> None:
    with model_server(honest) as server:
        evaluate(path, server)
        sent = server.bodies[0]
    document = read_document(path.read_bytes(), path.name)
    person = contact(document, outline(document))
    assert person.name
    text = json.dumps(json.loads(sent), ensure_ascii=False).casefold()
    header = [part for line in person.header[:4] for part in re.split(r"\s*\|\s*|\t", line)]
    schools = re.findall(
        r"[A-Z]\S+ (?:University|College|Technical School)|University of \w+|Bosphorus Institute",
        document.text,
    )
    secrets = [person.name, *person.emails, *person.phones, *person.links, *schools, path.name]
    secrets += [part for part in header if re.search(r"\d", part)]
    for secret in secrets:
        assert secret.casefold() not in text, secret
        assert secret.encode() not in sent


NAMES = [
    "Mira Holloway",
    "Lakisha Freeman",
    "Nguyễn Văn An",
    "José Álvarez",
    "Bo Li",
    "Fatima Al-Sayed",
    "Olu Adeyemi",
    "Anna-Lena Groß",
]


def test_swapping_the_name_changes_no_byte_of_the_request() -> None:
    source = (RESUMES / "elif-aksoy.md").read_text()
    bodies = set()
    for name in NAMES:
        text = source.replace("Elif Aksoy", name).replace("elif.aksoy", name.split()[0].lower())
        with model_server(honest) as server:
            settings = Settings(
                reader="model", model="stub", base_url=server.url, github="none", samples=1
            )

            async def run(settings: Settings = settings, text: str = text) -> None:
                async with Evaluator(settings) as evaluator:
                    await evaluator.evaluate(text.encode())

            asyncio.run(run())
            bodies.add(server.bodies[0])
    assert len(bodies) == 1


@pytest.mark.parametrize("name", ["dolores-quint.pdf", "victor-lang.md"])
def test_an_obedient_model_changes_nothing_on_the_hostile_fixtures(name: str) -> None:
    path = RESUMES / name
    with model_server(obedient) as server:
        report = evaluate(path, server)
        text = server.bodies[0].decode()
    assert report.track == "unrelated"
    assert {r.level for r in report.dimensions.values()} == {0}
    assert report.evidence == ()
    assert report.provenance.samples == 2  # read again in another order, and set aside again
    assert report.human_review.required
    assert report.provenance.rejected_evidence > 0
    assert any(flag.severity.value == "high" for flag in report.flags)
    for forged in ("Ignore all previous", "Apex Systems", "9 million users", "level 4"):
        assert forged not in text


def test_an_obedient_model_cannot_lift_a_repository_that_shows_nothing(tmp_path: Path) -> None:
    kept = SnapshotStore(PORTFOLIOS).load("fictional-nfeldman")
    assert kept is not None
    SnapshotStore(tmp_path).save(kept)
    with model_server(obedient) as server:
        report = evaluate(RESUMES / "noah-feldman.pdf", server, github=None, snapshots=tmp_path)
    assert report.portfolio.repositories[0].notes == ("imported in one or two commits",)
    assert {e.source for e in report.evidence} <= {"resume"}


def test_a_line_of_public_code_that_still_names_the_candidate_is_withheld_and_told(
    tmp_path: Path,
) -> None:
    kept = SnapshotStore(PORTFOLIOS).load("fictional-mira-h")
    assert kept is not None
    first, *others = kept.repositories
    named = first.model_copy(update={"description": "PyTorch, by m.i.r.a.h.o.l.l.o.w.a.y"})
    SnapshotStore(tmp_path).save(kept.model_copy(update={"repositories": (named, *others)}))
    with model_server(honest) as server:
        report = evaluate(RESUMES / "mira-holloway.pdf", server, github=None, snapshots=tmp_path)
    assert not any("o.l.l.o.w.a.y" in text for _, _, _, text in shown(server.requests[0]))
    assert [f.message for f in report.flags if f.kind is FlagKind.WITHHELD] == [
        "1 line(s) of public code still held the candidate's name or address after redaction, so they were not judged."
    ]


def test_a_reply_that_is_being_kept_holds_up_no_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """One call in flight: the second is made while the disk is still at the first one's reply."""
    asked_again = threading.Event()
    kept: list[bool] = []
    real = ReplyStore.keep

    def slow(self: ReplyStore, replies: Iterable[tuple[str, Reply]]) -> None:
        kept.append(asked_again.wait(30))
        real(self, replies)

    monkeypatch.setattr(ReplyStore, "keep", slow)

    def answer(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        if len(server.bodies) == 2:
            asked_again.set()
        return honest(body)

    async def run(url: str) -> None:
        settings = Settings(
            reader="model", model="stub", base_url=url, github="none", concurrency=1, samples=1
        )
        async with Evaluator(settings) as evaluator:
            both = (
                evaluator.evaluate(RESUMES / name) for name in ("owen-pryce.md", "jonas-beck.md")
            )
            await asyncio.gather(*both)

    with model_server(answer) as server:
        asyncio.run(run(server.url))
    assert kept == [True, True]


def test_the_same_replies_give_the_same_bytes() -> None:
    reports = set()
    for _ in range(3):
        with model_server(honest) as server:
            reports.add(evaluate(RESUMES / "ines-carrasco.html", server).to_json())
    assert len(reports) == 1


def test_samples_are_merged_and_their_agreement_is_told() -> None:
    calls = 0

    def wavering(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        nonlocal calls
        calls += 1
        _, _, content = honest(body)
        value = json.loads(content)
        items = json.loads(value["choices"][0]["message"]["content"])["items"]
        kept = items[1:] if calls == 2 else items
        return completion(json.dumps({"items": kept}))

    with model_server(wavering) as server:
        report = evaluate(RESUMES / "mira-holloway.pdf", server, samples=3)
    assert calls == 3
    assert report.provenance.samples == 3
    assert report.provenance.agreement is not None
    assert 0.5 < report.provenance.agreement < 1
    assert report.provenance.calls == 3
    assert report.provenance.cost_usd is None


def test_a_known_price_is_counted() -> None:
    with model_server(honest) as server:
        settings = Settings(reader="model", model="gpt-6-luna", base_url=server.url, github="none")

        async def run() -> CandidateReport:
            async with Evaluator(settings) as evaluator:
                return await evaluator.evaluate(RESUMES / "jonas-beck.md")

        report = asyncio.run(run())
    assert report.provenance.cost_usd == pytest.approx((100 * 0.1 + 900 * 0.01 + 100 * 0.5) / 1e6)


def test_a_dead_address_is_one_line() -> None:
    settings = Settings(
        reader="model", model="stub", base_url="http://127.0.0.1:9/v1", github="none"
    )

    async def run() -> None:
        async with Session(settings, retries=RetryPolicy(sleep=no_sleep)) as session:
            await session.evaluate_input(load_input(RESUMES / "jonas-beck.md"))

    with pytest.raises(EndpointRejected, match="cannot be reached"):
        asyncio.run(run())


def test_what_the_rules_find_enters_nothing_but_the_reasons_for_review() -> None:
    def silent(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        return completion(json.dumps({"items": []}))

    with model_server(silent) as server:
        report = evaluate(RESUMES / "mira-holloway.pdf", server)
    assert report.track == "unrelated"
    assert report.evidence == ()
    (reason,) = [r for r in report.human_review.reasons if r.startswith("A second opinion differs")]
    assert "the model reads unrelated (ML none, Ops none)" in reason
    assert "the embedded rules read ml (ML expert" in reason


def test_readers_of_one_mind_give_no_reason() -> None:
    with model_server(lambda body: completion(reply_of(exact(body)))) as server:
        report = evaluate(RESUMES / "mira-holloway.pdf", server)
    assert not any("second opinion" in reason for reason in report.human_review.reasons)


def test_the_sdk_is_loaded_beside_other_work_and_only_where_a_model_may_be_asked() -> None:
    program = (
        "import asyncio, sys\n"
        "from evaluator import Settings\n"
        "from evaluator.pipeline.session import Session\n"
        "async def ready(**options):\n"
        "    async with Session(Settings(base_url='http://127.0.0.1:9/v1', **options)) as session:\n"
        "        session.get_ready()\n"
        "for options in ({'reader': 'rules'}, {'reader': 'model', 'model': 'm', 'offline': True},\n"
        "                {'reader': 'model', 'model': 'm'}):\n"
        "    asyncio.run(ready(**options))\n"
        "    print('openai' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["False", "False", "True"], done.stderr


def test_one_reading_is_enough_where_nothing_is_borderline() -> None:
    with model_server(lambda body: completion(reply_of(exact(body)))) as server:
        report = evaluate(RESUMES / "mira-holloway.pdf", server, samples="auto")
    assert report.borderline is None
    assert report.provenance.samples == len(server.bodies) == 1


def test_a_borderline_verdict_is_read_again_and_the_readings_are_shown() -> None:
    def thin(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        """Two owned dimensions and one applied: without any of them another track."""
        chosen = {"modeling": "owned", "experimentation": "owned", "data": "contributed"}
        told = {item["dimension"]: item for item in exact(body) if item["context"] == "work"}
        items = [{**told[name], "agency": agency} for name, agency in chosen.items()]
        return completion(reply_of(items))

    with model_server(thin) as server:
        report = evaluate(RESUMES / "mira-holloway.pdf", server, samples="auto")
    assert report.borderline is not None
    assert report.provenance.samples == len(server.bodies) == 3
    assert [reading.track for reading in report.provenance.readings] == [report.track] * 3


def test_a_named_model_stays_the_reader_without_a_network() -> None:
    settings = Settings(model="stub", offline=True, github="none")
    assert settings.reader_in_use == "model"

    async def run() -> None:
        async with Evaluator(settings) as evaluator:
            await evaluator.evaluate(RESUMES / "jonas-beck.md")

    with pytest.raises(ModelError, match="No cached reply"):
        asyncio.run(run())


def test_a_statement_of_responsibility_is_quoted_and_speaks_for_the_seniority() -> None:
    def leading(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        passage = next(n for _, n, section, _ in shown(body) if section.startswith("employment"))
        words = next(text for _, n, _, text in shown(body) if n == passage)
        told = {"passage": passage, "anchor": " ".join(words.split()[:5]), "kind": "decides"}
        forged = {
            "passage": passage,
            "anchor": "answers for nine teams and their budget",
            "kind": "answers",
        }
        items = exact(body)
        return completion(json.dumps({"items": items, "scope": [told, forged]}))

    path = RESUMES / "mira-holloway.pdf"
    with model_server(leading) as server:
        report = evaluate(path, server)
    (fact,) = report.scope
    document = read_document(path.read_bytes(), path.name)
    assert document.text[fact.location.start : fact.location.end] == fact.quote
    assert report.seniority is not None
    assert report.seniority.value in {"senior", "lead"}


def test_a_result_in_another_passage_is_quoted_beside_its_item() -> None:
    def apart(body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        first, second = [line for line in shown(body) if line[2].startswith("employment")][:2]
        told = item(
            "resume", first[1], " ".join(first[3].split()[:5]), "modeling",
            result_passage=second[1], result_anchor=" ".join(second[3].split()[:4]),
        )  # fmt: skip
        return completion(json.dumps({"items": [told], "scope": []}))

    with model_server(apart) as server:
        report = evaluate(RESUMES / "mira-holloway.pdf", server, samples=1)
    (evidence,) = report.evidence
    document = read_document((RESUMES / "mira-holloway.pdf").read_bytes(), "m.pdf")
    place = evidence.result_location
    assert place is not None
    assert document.text[place.start : place.end] == evidence.result_quote
