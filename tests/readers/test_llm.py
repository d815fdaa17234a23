"""The model reader against scripted replies: what it sends, what it accepts, when it stops."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx2
import jsonschema
import pytest

from evaluator import ModelError, ModelRefused, UsageError
from evaluator.models.document import RESUME
from evaluator.models.reading import Reading, ReadingRequest, ShownPassage, ShownSource, Usage
from evaluator.models.vocabulary import Context
from evaluator.readers.llm import ModelReader, build_messages
from evaluator.readers.prices import load_prices
from evaluator.readers.probing import probe_model
from evaluator.readers.wire import SCHEMA, InvalidReply, parse_reply
from evaluator.transport import Patience, model_http

from ..conftest import no_sleep
from ..servers.model import completion

ITEM = {
    "source": "resume", "passage": 1, "anchor": "Trained a model", "dimension": "modeling", "context": "work",
    "agency": "owned", "outcome": "none", "production": False, "ml_specific": True,
}  # fmt: skip
GOOD = json.dumps({"items": [ITEM]})


def request(text: str = "Trained a model of demand.") -> ReadingRequest:
    passage = ShownPassage(
        number=1, section="employment", context=Context.WORK, heading="Engineer", text=text
    )
    return ReadingRequest(language="en", sources=(ShownSource(name=RESUME, passages=(passage,)),))


Step = tuple[int, dict[str, str], bytes] | Exception


class Endpoint:
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


def read(endpoint: Callable[[httpx2.Request], httpx2.Response], what: ReadingRequest | None = None, times: int = 1) -> Reading:  # fmt: skip
    async def run() -> Reading:
        http = model_http(seconds=5, connections=1, transport=httpx2.MockTransport(endpoint))
        reader = ModelReader(
            model="stub",
            base_url="http://127.0.0.1:9/v1",
            api_key="k",
            http=http,
            patience=Patience(sleep=no_sleep),
        )
        try:
            for _ in range(times):
                reading = await reader.read(what or request())
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
    endpoint = Endpoint(completion(GOOD))
    reading = read(endpoint)
    assert [f.anchor for f in reading.findings] == ["Trained a model"]
    assert reading.usage == Usage(calls=1, input_tokens=1000, cached_tokens=900, output_tokens=100)
    assert set(reading.prompts) == {"read_candidate@1", "candidate@1", "ask_again@1"}
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
    jsonschema.validate({"items": [ITEM]}, SCHEMA)
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
    reading = read(Endpoint(completion(content)))
    assert len(reading.findings) == 1
    assert reading.usage.calls == 1


def test_bad_items_are_counted() -> None:
    parsed = parse_reply(json.dumps({"items": [ITEM, {**ITEM, "agency": "boss"}]}))
    assert (len(parsed.findings), parsed.rejected) == (1, 1)


@pytest.mark.parametrize(
    "content",
    ["", "no json", "{not json}", "[1]", '{"other": 1}', json.dumps({"items": [{"a": 1}]})],
)
def test_an_invalid_reply_is_asked_for_again_once(content: str) -> None:
    endpoint = Endpoint(completion(content), completion(GOOD))
    reading = read(endpoint)
    assert reading.usage.calls == 2
    assert "The last reply was not valid" in endpoint.sent[1]["messages"][-1]["content"]
    always = Endpoint(completion(content))
    with pytest.raises(ModelError, match="twice"):
        read(always)
    assert len(always.sent) == 2


def test_an_empty_list_is_an_answer() -> None:
    assert read(Endpoint(completion('{"items": []}'))).findings == ()
    with pytest.raises(InvalidReply):
        parse_reply("nothing")


def test_a_truncated_reply_raises_the_limit_once() -> None:
    endpoint = Endpoint(completion(GOOD[:40], finish="length"), completion(GOOD))
    assert len(read(endpoint).findings) == 1
    limits = [s["max_completion_tokens"] for s in endpoint.sent]
    assert limits[1] > limits[0]
    with pytest.raises(ModelError, match="output limit"):
        read(Endpoint(completion("{", finish="length")))


def _message(**fields: Any) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = completion("")
    value = json.loads(body)
    value["choices"][0]["message"].update(fields)
    return status, headers, json.dumps(value).encode()


def test_refusals_and_filters_are_said_and_not_repeated() -> None:
    refusing = Endpoint(_message(refusal="I cannot"))
    with pytest.raises(ModelError, match="refused to read"):
        read(refusing)
    with pytest.raises(ModelError, match="content filter"):
        read(Endpoint(completion("", finish="content_filter")))
    assert len(refusing.sent) == 1


def test_content_in_parts_is_joined() -> None:
    parts = [{"type": "text", "text": GOOD[:20]}, {"type": "text", "text": GOOD[20:]}]
    assert len(read(Endpoint(_message(content=parts))).findings) == 1


def test_the_ladder_goes_down_once_and_is_remembered() -> None:
    refuse = error(400, "response_format json_schema is not supported")
    endpoint = Endpoint(refuse, refuse, refuse, completion(GOOD))
    read(endpoint, times=2)
    forms = [s.get("response_format", {}).get("type") for s in endpoint.sent]
    assert forms == ["json_schema", "json_schema", "json_object", None, None]
    strict = [
        s.get("response_format", {}).get("json_schema", {}).get("strict") for s in endpoint.sent
    ]
    assert strict[:2] == [True, None]


def test_old_servers_that_fail_on_the_schema_step_down_too() -> None:
    endpoint = Endpoint(error(500, "unknown response_format json_schema"), completion(GOOD))
    assert len(read(endpoint).findings) == 1
    assert "strict" not in endpoint.sent[1]["response_format"]["json_schema"]


def test_refused_parameters_are_dropped() -> None:
    endpoint = Endpoint(
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
    endpoint = Endpoint(fault, completion(GOOD))
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
    with pytest.raises(ModelRefused, match=said) as caught:
        read(Endpoint(fault))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "fault", [error(400, "prompt is odd"), error(422, "odd"), error(413, "too large")]
)
def test_what_concerns_one_candidate_is_its_own_error(fault: Step) -> None:
    with pytest.raises(ModelError):
        read(Endpoint(fault))


def test_an_endpoint_that_dies_later_fails_the_candidate_only() -> None:
    endpoint = Endpoint(completion(GOOD), error(503))
    with pytest.raises(ModelError, match="503"):
        read(endpoint, times=2)


def test_a_text_far_too_long_is_not_sent() -> None:
    endpoint = Endpoint(completion(GOOD))
    with pytest.raises(ModelError, match="characters"):
        read(endpoint, request("word " * 40_000))
    assert endpoint.sent == []


def test_unknown_usage_stays_unknown() -> None:
    status, headers, body = completion(GOOD)
    value = json.loads(body)
    del value["usage"]
    usage = read(Endpoint((status, headers, json.dumps(value).encode()))).usage
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
