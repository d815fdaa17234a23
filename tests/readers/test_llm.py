"""The model reader against scripted replies: what it sends, what it accepts, when it stops."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator import EndpointRejected, ModelError, UsageError
from evaluator.errors import BudgetSpent, CandidateRefused, StorageError
from evaluator.models.document import RESUME
from evaluator.models.reading import Reading, ReadingRequest, ShownPassage, ShownSource, Usage
from evaluator.models.vocabulary import Context, System
from evaluator.pacing import BackoffGate, MinuteLimits
from evaluator.readers.endpoint import Endpoint
from evaluator.readers.llm import ModelReader
from evaluator.readers.messages import build_messages, size_of, split
from evaluator.readers.parameters import EndpointCapabilities, ModelOptions
from evaluator.readers.prices import Spending, load_prices
from evaluator.readers.probing import probe_model
from evaluator.readers.replies import ReplyStore
from evaluator.readers.wire import MAX_ITEMS, SCHEMA, InvalidReply, parse_reply
from evaluator.transport import RetryPolicy, model_http

from ..conftest import no_sleep
from ..servers.model import completion, model_server

ITEM = {
    "source": "resume", "passage": 1, "anchor": "Trained a model", "dimension": "modeling", "context": "work",
    "agency": "owned", "outcome": "none", "result_passage": 0, "result_anchor": "", "production": False, "system": "ml",
}  # fmt: skip
GOOD = json.dumps({"items": [ITEM], "scope": []})


def request(text: str = "Trained a model of demand.") -> ReadingRequest:
    passage = ShownPassage(
        number=1, section="employment", context=Context.WORK, heading="Engineer", text=text
    )
    return ReadingRequest(language="en", sources=(ShownSource(name=RESUME, passages=(passage,)),))


Step = tuple[int, dict[str, str], bytes] | Exception


class Script:
    """Answers in order; the last answer repeats."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.sent: list[dict[str, Any]] = []

    def __call__(self, incoming: httpx2.Request) -> httpx2.Response:
        self.sent.append(json.loads(incoming.content))
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, Exception):
            raise step
        status, headers, body = step
        return httpx2.Response(
            status, headers={"content-type": "application/json", **headers}, content=body
        )


def reader_of(
    endpoint: Callable[[httpx2.Request], httpx2.Response],
    store: ReplyStore | None = None,
    *,
    limits: MinuteLimits | None = None,
    spending: Spending | None = None,
    model: str = "stub",
    retries: RetryPolicy | None = None,
    **options: Any,
) -> ModelReader:
    chosen = ModelOptions(model=model, base_url="http://127.0.0.1:9/v1", **options)

    def connect(capabilities: EndpointCapabilities) -> Endpoint:
        return Endpoint(
            chosen,
            capabilities,
            api_key="k",
            http=lambda: model_http(seconds=5, transport=httpx2.MockTransport(endpoint)),
            retries=retries or RetryPolicy(sleep=no_sleep),
            limits=limits or MinuteLimits(),
            spending=spending or Spending(load_prices(), model),
        )

    return ModelReader(chosen, rubric="r", store=store or ReplyStore(None), connect=connect)


def read(endpoint: Callable[[httpx2.Request], httpx2.Response], what: ReadingRequest | None = None, times: int = 1, **options: Any) -> Reading:  # fmt: skip
    async def run() -> Reading:
        reader = reader_of(endpoint, **options)
        try:
            for sample in range(times):
                reading = await reader.read(what or request(), sample=sample)
        finally:
            await reader.aclose()
        return reading

    return asyncio.run(run())


def error(status: int, message: str = "no", **fields: Any) -> tuple[int, dict[str, str], bytes]:
    return (
        status,
        {},
        json.dumps(
            {"error": {"message": message, "type": "x", "param": None, "code": None, **fields}}
        ).encode(),
    )


def test_one_call_gives_findings_and_their_cost() -> None:
    endpoint = Script(completion(GOOD))
    reading = read(endpoint)
    assert [f.anchor for f in reading.findings] == ["Trained a model"]
    assert reading.usage == Usage(calls=1, input_tokens=1000, cached_tokens=900, output_tokens=100)
    assert set(reading.prompts) == {"read_candidate@3", "candidate@1", "ask_again@2"}
    (sent,) = endpoint.sent
    assert sent["model"] == "stub"
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert sent["messages"][0]["role"] == "system"
    assert "[1] (employment; Engineer) Trained a model of demand." in sent["messages"][1]["content"]
    assert not {"temperature", "tools", "seed"} & sent.keys()


def test_the_fixed_part_is_the_same_for_all_candidates() -> None:
    one, other = build_messages(request("One.")), build_messages(request("Other."))
    assert one[0] == other[0]
    assert one[1] != other[1]
    assert build_messages(request("One.")) == one


def test_the_schema_is_portable_and_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate({"items": [ITEM], "scope": []}, SCHEMA)
    text = json.dumps(SCHEMA)
    for keyword in (
        "$ref",
        "anyOf",
        "oneOf",
        "allOf",
        "pattern",
        "format",
        "default",
        "minLength",
        "minItems",
    ):
        assert keyword not in text


@pytest.mark.parametrize(
    "content",
    [
        f"```json\n{GOOD}\n```",
        f"<think>hm {{}}</think>{GOOD}",
        f"Here you are: {GOOD} I hope it helps.",
        json.dumps(
            {"items": [{**ITEM, "level": 4, "track": "dual"}], "track": "dual", "score": 100}
        ),
        json.dumps({"items": [ITEM, {**ITEM, "dimension": "charm"}, {**ITEM, "passage": "x"}, 7]}),
    ],
)
def test_what_can_be_kept_of_a_reply_is_kept(content: str) -> None:
    reading = read(Script(completion(content)))
    assert len(reading.findings) == 1
    assert reading.usage.calls == 1


def test_bad_items_are_kept_apart_with_why_and_without_their_words() -> None:
    bad = [{**ITEM, "agency": "boss", "anchor": "half a pair \ud800"}, 7]
    parsed = parse_reply(json.dumps({"items": [ITEM, *bad, *[ITEM] * MAX_ITEMS]}))
    reasons = [one.reason.value for one in parsed.dropped]
    assert len(parsed.findings) + len(reasons) == MAX_ITEMS + 3
    assert reasons == ["invalid_form"] * 2 + ["beyond_the_limit"] * 3
    assert not any(one.words or one.source for one in parsed.dropped)


@pytest.mark.parametrize(
    "content",
    ["", "no json", "{not json}", "[1]", '{"other": 1}', json.dumps({"items": [{"a": 1}]})],
)
def test_an_invalid_reply_is_asked_for_again_once(content: str) -> None:
    endpoint = Script(completion(content), completion(GOOD))
    reading = read(endpoint)
    assert reading.usage.calls == 2
    assert "The last reply was not valid" in endpoint.sent[1]["messages"][-1]["content"]
    always = Script(completion(content))
    with pytest.raises(ModelError, match="twice"):
        read(always)
    assert len(always.sent) == 2


def test_an_empty_list_is_an_answer() -> None:
    assert read(Script(completion('{"items": []}'))).findings == ()
    with pytest.raises(InvalidReply):
        parse_reply("nothing")


def test_a_truncated_reply_raises_the_limit_once() -> None:
    endpoint = Script(completion(GOOD[:40], finish="length"), completion(GOOD))
    assert len(read(endpoint).findings) == 1
    limits = [s["max_completion_tokens"] for s in endpoint.sent]
    assert limits[1] > limits[0]
    assert read(endpoint).notes == ()
    with pytest.raises(ModelError, match="output limit"):
        read(Script(completion("{", finish="length")))


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (GOOD[:-2] + ', {"source": "resu', 1),
        ('{"items": [' + json.dumps(ITEM) + "," + json.dumps(ITEM) + ",", 2),
        ("<think>hm</think>" + GOOD[:-1], 1),
        (GOOD, 1),
    ],
)
def test_the_whole_items_of_a_cut_reply_are_kept(content: str, whole: int) -> None:
    reading = read(Script(completion(content, finish="length")))
    assert len(reading.findings) == whole
    assert "cut at its output limit" in reading.notes[0]


def _message(**fields: Any) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = completion("")
    value = json.loads(body)
    value["choices"][0]["message"].update(fields)
    return status, headers, json.dumps(value).encode()


def test_refusals_and_filters_get_one_more_chance() -> None:
    refusing = Script(_message(refusal="I cannot"))
    with pytest.raises(CandidateRefused, match="refused to read"):
        read(refusing)
    assert len(refusing.sent) == 2
    with pytest.raises(CandidateRefused, match="content filter"):
        read(Script(completion("", finish="content_filter")))
    with pytest.raises(CandidateRefused, match="content filter"):
        read(Script(error(400, "filtered", code="content_filter")))
    assert len(read(Script(_message(refusal="I cannot"), completion(GOOD))).findings) == 1


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": GOOD[:20]}, {"type": "text", "text": GOOD[20:]}]
    assert len(read(Script(_message(content=parts))).findings) == 1


def test_the_ladder_goes_down_once_and_is_remembered() -> None:
    refuse = error(400, "response_format json_schema is not supported")
    endpoint = Script(refuse, refuse, refuse, completion(GOOD))
    read(endpoint, times=2)
    forms = [s.get("response_format", {}).get("type") for s in endpoint.sent]
    assert forms == ["json_schema", "json_schema", "json_object", None, None]
    strict = [
        s.get("response_format", {}).get("json_schema", {}).get("strict") for s in endpoint.sent
    ]
    assert strict[:2] == [True, None]


def test_old_servers_that_fail_on_the_schema_step_down_too() -> None:
    endpoint = Script(error(500, "unknown response_format json_schema"), completion(GOOD))
    assert len(read(endpoint).findings) == 1
    assert "strict" not in endpoint.sent[1]["response_format"]["json_schema"]


def test_refused_parameters_are_dropped() -> None:
    endpoint = Script(
        error(400, "Unknown name max_completion_tokens"),
        error(422, "max_tokens: extra field"),
        completion(GOOD),
    )
    read(endpoint)
    assert [sorted(k for k in s if k.startswith("max")) for s in endpoint.sent] == [
        ["max_completion_tokens"],
        ["max_tokens"],
        [],
    ]


@pytest.mark.parametrize(
    "fault",
    [
        error(429, "slow down"),
        (429, {"retry-after": "1"}, b"{}"),
        (429, {"retry-after-ms": "20"}, b"{}"),
        (429, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, b"{}"),
        error(500),
        error(503),
        error(409),
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("slow"),
        (200, {}, b"not json"),
        (200, {}, b'{"error": "upstream"}'),
        (200, {"content-type": "text/html"}, b"<html>login</html>"),
    ],
)
def test_passing_faults_are_tried_again(fault: Step) -> None:
    endpoint = Script(fault, completion(GOOD))
    assert len(read(endpoint).findings) == 1
    assert len(endpoint.sent) == 2


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (error(401), "OPENAI_API_KEY"),
        (error(403), "OPENAI_API_KEY"),
        (error(404), "knows no model “stub”"),
        (error(429, code="insufficient_quota"), "quota"),
        (httpx2.ConnectError("refused"), "cannot be reached"),
    ],
)
def test_what_would_fail_for_everybody_stops_with_one_line(fault: Step, said: str) -> None:
    with pytest.raises(EndpointRejected, match=said) as caught:
        read(Script(fault))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "fault", [error(400, "prompt is odd"), error(422, "odd"), error(413, "too large")]
)
def test_what_concerns_one_candidate_is_its_own_error(fault: Step) -> None:
    with pytest.raises(ModelError):
        read(Script(fault))


def test_an_endpoint_that_dies_later_fails_the_candidate_only() -> None:
    endpoint = Script(completion(GOOD), error(503))
    with pytest.raises(ModelError, match="503"):
        read(endpoint, times=2)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_that_always_fails_is_given_up_within_seconds(status: int) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    endpoint = Script(error(status))
    with pytest.raises(EndpointRejected, match=str(status)):
        read(endpoint, retries=RetryPolicy(attempts=12, total_wait=300, sleep=sleep))
    assert len(endpoint.sent) == 6
    assert sum(waits) < 16


@pytest.mark.parametrize(
    "fault",
    [error(503, "Loading model"), (503, {"retry-after": "1"}, b"{}")],
)
def test_a_server_that_is_loading_is_waited_for(fault: Step) -> None:
    endpoint = Script(*[fault] * 8, completion(GOOD))
    many = RetryPolicy(attempts=12, total_wait=300, sleep=no_sleep)
    assert len(read(endpoint, retries=many).findings) == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (error(500), r"failed \(500\)"),
        (httpx2.ConnectError("refused"), "cannot be reached"),
        ((200, {"content-type": "text/html"}, b"<html>login</html>"), "a page for people"),
    ],
)
def test_a_run_stops_asking_an_endpoint_that_died(fault: Step, said: str) -> None:
    endpoint = Script(completion(GOOD), fault)

    async def run() -> list[str]:
        reader = reader_of(endpoint)
        told = []
        for sample in range(9):
            try:
                await reader.read(request(), sample=sample)
            except (ModelError, EndpointRejected) as caught:
                told.append(f"{type(caught).__name__} {caught}")
        await reader.aclose()
        return told

    told = asyncio.run(run())
    assert [line.split()[0] for line in told] == ["ModelError"] * 4 + ["EndpointRejected"] * 4
    assert "no reply to 5 candidates in a row" in told[-1]
    assert re.search(said, told[-1])
    assert "Run it again" in told[-1]
    assert "\n" not in told[-1]
    sent = len(endpoint.sent)
    assert sent == 1 + 5 * RetryPolicy().attempts  # nobody is asked once it is open


@pytest.mark.parametrize(
    "between", [completion(GOOD), error(400, "flagged", code="content_filter")]
)
def test_one_answer_begins_the_count_of_failures_anew(between: Step) -> None:
    tries = RetryPolicy().attempts
    steps = [completion(GOOD), *([error(503)] * tries * 4 + [between, between]) * 2]
    endpoint = Script(*steps, completion(GOOD))

    async def run() -> list[type[Exception]]:
        reader = reader_of(endpoint)
        found: list[type[Exception]] = []
        for sample in range(11):
            try:
                await reader.read(request(), sample=sample)
            except (ModelError, EndpointRejected) as caught:
                found.append(type(caught))
        await reader.aclose()
        return found

    assert EndpointRejected not in asyncio.run(run())


def test_what_concerns_one_candidate_never_stops_the_others() -> None:
    endpoint = Script(completion(GOOD), error(400, "prompt is odd"))

    async def run() -> set[type[Exception]]:
        reader = reader_of(endpoint)
        found: set[type[Exception]] = set()
        for sample in range(9):
            try:
                await reader.read(request(), sample=sample)
            except (ModelError, EndpointRejected) as caught:
                found.add(type(caught))
        await reader.aclose()
        return found

    assert asyncio.run(run()) == {ModelError}


def test_unknown_usage_stays_unknown() -> None:
    status, headers, body = completion(GOOD)
    value = json.loads(body)
    del value["usage"]
    usage = read(Script((status, headers, json.dumps(value).encode()))).usage
    assert usage == Usage(calls=1, input_tokens=None, cached_tokens=None, output_tokens=None)


def test_prices_are_dated_and_unknown_is_none() -> None:
    prices = load_prices()
    usage = Usage(calls=1, input_tokens=1_000_000, cached_tokens=500_000, output_tokens=100_000)
    assert prices.cost("gpt-6-luna", usage) == pytest.approx(0.05 + 0.005 + 0.05)
    assert prices.cost("nobody-knows", usage) is None
    assert prices.cost("gpt-6-luna", usage.model_copy(update={"output_tokens": None})) is None
    assert all(price.dated for price in prices.models.values())


def test_a_price_file_of_ones_own(tmp_path: Any) -> None:
    path = tmp_path / "prices.toml"
    path.write_text('[models.mine]\ndated = "2026-01-01"\ninput = 1\ncached = 0\noutput = 2\n')
    assert load_prices(path).cost("mine", Usage(input_tokens=10**6, output_tokens=0)) == 1
    path.write_text("models = 3")
    with pytest.raises(UsageError, match="cannot be used"):
        load_prices(path)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ((200, {}, b"{}"), None),
        ((401, {}, b""), "refused the key"),
        ((502, {}, b""), "failed"),
        ((404, {}, b""), None),
        (httpx2.ConnectError("x"), "cannot be reached"),
    ],
)
def test_probing(step: Step, said: str | None) -> None:
    def answer(_: httpx2.Request) -> httpx2.Response:
        if isinstance(step, Exception):
            raise step
        return httpx2.Response(step[0], content=step[2])

    found = asyncio.run(
        probe_model("http://127.0.0.1:9/v1", "k", transport=httpx2.MockTransport(answer))
    )
    assert (said is None and found is None) or (
        found is not None and said is not None and said in found
    )


def wide(sections: int, passages: int, words: int = 60) -> ReadingRequest:
    """A long resume: sections of passages."""
    found = [
        ShownPassage(
            number=1 + section * passages + number,
            section="employment" if section % 2 else "projects",
            context=Context.WORK,
            heading="",
            text=f"Trained model {section} {number} " + "word " * words,
        )
        for section in range(sections)
        for number in range(passages)
    ]
    return ReadingRequest(language="en", sources=(ShownSource(name=RESUME, passages=tuple(found)),))


def numbers(requests: list[ReadingRequest]) -> list[list[int]]:
    return [[p.number for s in r.sources for p in s.passages] for r in requests]


def test_a_long_request_is_cut_between_sections_and_keeps_its_numbers() -> None:
    request_ = wide(sections=4, passages=3)
    assert numbers(split(request_, size_of(request_))) == [list(range(1, 13))]
    assert numbers(split(request_, size_of(request_) // 2 + 20)) == [
        [1, 2, 3, 4, 5, 6],
        [7, 8, 9, 10, 11, 12],
    ]
    assert numbers(split(request_, 1)) == [[n] for n in range(1, 13)]


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 4000))
def test_no_part_loses_or_doubles_a_passage(sections: int, passages: int, most: int) -> None:
    request_ = wide(sections, passages, words=10)
    parts = split(request_, most)
    assert [n for part in numbers(parts) for n in part] == list(range(1, sections * passages + 1))
    assert all(
        len(n) == 1 or size_of(p) <= most for n, p in zip(numbers(parts), parts, strict=True)
    )


def test_a_context_overflow_makes_requests_smaller_and_is_remembered() -> None:
    sent: list[dict[str, Any]] = []

    def small_window(incoming: httpx2.Request) -> httpx2.Response:
        body = json.loads(incoming.content)
        sent.append(body)
        if len(body["messages"][1]["content"]) > 2_000:
            step = error(400, "too long", type="exceed_context_size_error", n_ctx=2048)
        else:
            step = completion(GOOD)
        return httpx2.Response(
            step[0], headers={"content-type": "application/json"}, content=step[2]
        )

    store = ReplyStore(None)
    store.close = lambda: None  # type: ignore[method-assign]  # two readers share it
    long = wide(sections=4, passages=3)
    reading = read(small_window, long, store=store)
    assert len(reading.findings) == reading.usage.calls >= 4
    refused = len(sent) - reading.usage.calls
    assert refused >= 1
    assert read(small_window, long, store=store) == reading  # from what was kept
    before = len(sent)
    later = read(small_window, long, store=store, times=2)
    assert len(sent) - before == later.usage.calls  # the second sample alone, and no refusal
    with pytest.raises(ModelError, match="too small"):
        read(Script(error(400, "maximum context length is 10 tokens")))


def test_a_question_is_paid_for_once(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    endpoint = Script(completion(GOOD))
    first = read(endpoint, store=ReplyStore(path))
    again = read(endpoint, store=ReplyStore(path))
    assert again == first
    assert len(endpoint.sent) == 1
    read(endpoint, request("Other."), store=ReplyStore(path))
    read(endpoint, store=ReplyStore(path), model="other")
    read(endpoint, store=ReplyStore(path), effort="low")
    read(endpoint, store=ReplyStore(path), times=2)
    assert len(endpoint.sent) == 5


def test_refresh_asks_again_and_offline_never(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    endpoint = Script(completion(GOOD), completion('{"items": []}'))

    async def run(refresh: bool, offline: bool, text: str = "Trained a model.") -> Reading:
        reader = reader_of(endpoint, ReplyStore(path))
        reader._refresh, reader._offline = refresh, offline
        try:
            return await reader.read(request(text))
        finally:
            await reader.aclose()

    assert len(asyncio.run(run(False, False)).findings) == 1
    assert asyncio.run(run(True, False)).findings == ()
    assert asyncio.run(run(False, True)).findings == ()
    assert len(endpoint.sent) == 2
    with pytest.raises(ModelError, match="--offline"):
        asyncio.run(run(False, True, "Never asked."))


def test_habits_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    endpoint = Script(error(400, "response_format strict is not supported"), completion(GOOD))
    read(endpoint, store=ReplyStore(path))
    read(endpoint, request("Other."), store=ReplyStore(path))
    forms = [s["response_format"]["json_schema"].get("strict") for s in endpoint.sent]
    assert forms == [True, None, None]


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="EVALUATOR_CACHE_DIR"):
        read(Script(completion(GOOD)), store=ReplyStore(tmp_path / "file" / "replies.sqlite"))
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no database" * 200)
    with pytest.raises(StorageError, match="not a database"):
        read(Script(completion(GOOD)), store=ReplyStore(damaged))


def test_what_the_user_set_is_sent_and_dropped_when_refused() -> None:
    endpoint = Script(
        error(400, "Unsupported value: 'temperature' does not support 0.2"), completion(GOOD)
    )
    reading = read(endpoint, temperature=0.2, effort="low", service_tier="flex")
    assert len(reading.findings) == 1
    first, second = endpoint.sent
    assert (first["temperature"], first["reasoning_effort"], first["service_tier"]) == (
        0.2,
        "low",
        "flex",
    )
    assert "temperature" not in second
    assert second["reasoning_effort"] == "low"


def test_one_refusal_holds_everybody_back() -> None:
    waits: list[float] = []
    now = [0.0]

    async def sleep(seconds: float) -> None:
        waits.append(seconds)
        now[0] += seconds

    async def run() -> None:
        gate = BackoffGate(sleep=sleep, clock=lambda: now[0])
        await gate.acquire()
        assert waits == []
        gate.trip(7.0)
        await gate.acquire()
        assert 7.0 <= waits[-1] <= 8.4
        gate.trip(None)
        gate.trip(None)
        await gate.acquire()
        assert 4.0 <= waits[-1] <= 4.8
        gate.reset()
        gate.trip(None)
        await gate.acquire()
        assert waits[-1] <= 1.2

    asyncio.run(run())


def test_limits_by_the_minute_space_requests_and_tokens() -> None:
    now = [0.0]

    async def sleep(seconds: float) -> None:
        now[0] += seconds

    async def run(limits: MinuteLimits, tokens: int) -> float:
        now[0] = 0.0
        for _ in range(60):
            await limits.acquire(tokens)
        return now[0]

    def limits(**given: int) -> MinuteLimits:
        return MinuteLimits(**given, sleep=sleep, clock=lambda: now[0])

    assert asyncio.run(run(limits(requests=30), 1)) == pytest.approx(120, abs=3)
    assert asyncio.run(run(limits(tokens=60_000), 2_000)) == pytest.approx(120, abs=3)
    assert asyncio.run(run(limits(), 10**9)) == 0
    corrected = limits(tokens=60_000)

    async def too_much() -> float:
        now[0] = 0.0
        await corrected.acquire(1)
        corrected.adjust(60_000)
        await corrected.acquire(1)
        return now[0]

    assert asyncio.run(too_much()) == pytest.approx(60, abs=2)


def test_every_attempt_is_counted_against_the_budget() -> None:
    spending = Spending(load_prices(), "gpt-6-luna", budget=1.0)
    read(Script(completion("no json"), completion(GOOD)), model="gpt-6-luna", spending=spending)
    one = (100 * 0.10 + 900 * 0.01 + 100 * 0.50) / 1e6
    assert spending.dollars == pytest.approx(2 * one)
    broke = Spending(load_prices(), "gpt-6-luna", budget=one / 2)
    endpoint = Script(completion(GOOD))
    with pytest.raises(BudgetSpent, match="budget"):
        read(endpoint, model="gpt-6-luna", spending=broke, times=2)
    assert len(endpoint.sent) == 1


def test_the_tier_decides_the_price() -> None:
    prices = load_prices()
    usage = Usage(calls=1, input_tokens=1_000_000, cached_tokens=0, output_tokens=0)
    assert prices.cost("gpt-6-luna", usage, "flex") == pytest.approx(0.05)
    assert prices.cost("gpt-6-luna", usage, "default") == pytest.approx(0.10)
    assert prices.cost("gpt-6-luna", usage, "golden") is None


def test_calls_in_flight_wait_for_no_connection_and_use_theirs_again() -> None:
    together = threading.Barrier(20)

    def answer(_body: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
        together.wait(20)  # breaks unless all are in flight at once
        return completion('{"items": []}')

    async def run(url: str) -> None:
        endpoint = Endpoint(
            ModelOptions(model="stub", base_url=url),
            EndpointCapabilities(),
            api_key="k",
            http=lambda: model_http(seconds=30),
            retries=RetryPolicy(attempts=1),
            limits=MinuteLimits(),
            spending=Spending(load_prices(), "stub"),
        )
        try:
            for _ in range(3):
                asked = (endpoint.complete([], 10) for _ in range(20))
                assert {reply.content for reply in await asyncio.gather(*asked)} == {
                    '{"items": []}'
                }
        finally:
            await endpoint.aclose()

    with model_server(answer) as server:
        asyncio.run(run(server.url))
    assert len(server.bodies) == 60
    assert server.connections == 20


@pytest.mark.parametrize(("said", "system"), [(True, System.ML), (False, System.SOFTWARE)])
def test_an_item_may_say_ml_specific_instead_of_its_system(said: bool, system: System) -> None:
    item = {name: value for name, value in ITEM.items() if name != "system"}
    (finding,) = parse_reply(json.dumps({"items": [{**item, "ml_specific": said}]})).findings
    assert finding.shows.system is system
    with pytest.raises(InvalidReply, match="system"):
        parse_reply(json.dumps({"items": [item]}))
