"""What model servers do otherwise than OpenAI: read by the model all the same, or one clear line, against loopback."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from evaluator import EndpointRejected, ModelError, Settings
from evaluator.models.reading import Reading
from evaluator.pacing import WaitTracker
from evaluator.pipeline.connecting import model_reader, spending_of
from evaluator.readers.prices import load_prices
from evaluator.readers.protocol import Unread
from evaluator.readers.replies import ReplyStore

from ..conftest import no_sleep
from ..servers.habits import (
    DRIFT,
    ELSEWHERE,
    FACT,
    GOOD,
    ITEM,
    LIMITS,
    NO_SYSTEM,
    PASSING,
    WRONG_NAME,
    always,
    error,
    raw,
)
from ..servers.model import Answer, ModelServer, completion, model_server
from .test_llm import request


def ask(url: str, store: ReplyStore | None = None, *, times: int = 1, **settings: Any) -> Reading:
    """A reading by the model at an address, over real connections."""
    s = Settings(base_url=url, model="stub", **{"api_key": "key-0123456789", **settings})
    reader = model_reader(
        s, rubric="r", replies=store or ReplyStore(None), transport=None, waits=WaitTracker("", no_sleep),
        spending=spending_of(s, load_prices(None)), limits=None,
    )  # fmt: skip
    assert reader is not None

    async def run() -> Reading:
        try:
            for sample in range(times):
                reading = await reader.read(request(), sample=sample)
        finally:
            await reader.aclose()
        return reading

    return asyncio.run(run())


def read(answer: Answer, **settings: Any) -> tuple[Reading, ModelServer]:
    with model_server(answer) as server:
        return ask(server.url, **settings), server


def is_read(reading: Reading) -> bool:
    return [(f.anchor, f.passage, f.shows.dimension) for f in reading.findings] == [
        ("Trained a model", 1, "modeling")
    ]


@pytest.mark.parametrize("habit", NO_SYSTEM)
def test_a_model_without_a_system_role_gets_all_in_one_message(habit: str) -> None:
    reading, server = read(NO_SYSTEM[habit], times=2)
    assert is_read(reading)
    before, after, later = server.requests
    assert [m["role"] for m in before["messages"]] == ["system", "user"]
    (only,) = after["messages"]
    assert only == {
        "role": "user",
        "content": "\n\n".join(m["content"] for m in before["messages"]),
    }
    assert [m["role"] for m in later["messages"]] == ["user"]


@pytest.mark.parametrize("habit", ELSEWHERE)
def test_the_answer_is_found_where_it_stands(habit: str) -> None:
    reading, server = read(ELSEWHERE[habit])
    assert is_read(reading)
    assert len(server.bodies) == (2 if habit == "a stream alone" else 1)
    assert reading.usage.calls == 1


def test_a_stream_says_what_it_cost() -> None:
    reading, server = read(ELSEWHERE["a stream alone"])
    assert server.requests[1]["stream_options"] == {"include_usage": True}
    reading, _ = read(ELSEWHERE["a stream nobody asked for"])
    assert (reading.usage.input_tokens, reading.usage.output_tokens) == (7, 3)


@pytest.mark.parametrize("habit", DRIFT)
def test_a_reply_of_another_shape_is_read(habit: str) -> None:
    reading, server = read(always(completion(DRIFT[habit])))
    assert is_read(reading)
    assert (reading.rejected, len(server.bodies)) == (0, 1)


def test_the_facts_of_responsibility_are_read_from_the_same_shapes() -> None:
    for content in (
        json.dumps({"evidence_items": {"items": [ITEM], "scope": [FACT]}}),
        json.dumps({"items": [ITEM]}) + json.dumps({"items": [], "scope": [FACT]}),
        json.dumps({"items": [ITEM], "scope": [{**FACT, "kind": "Leads", "passage": "1"}]}),
    ):
        reading, _ = read(always(completion(content)))
        assert is_read(reading)
        assert [fact.kind for fact in reading.scope] == ["leads"]


@pytest.mark.parametrize(
    "content", ["{}", '{"items": [' + json.dumps(ITEM) + ', {"so', "[1]", GOOD[:-30]]
)
def test_what_is_no_whole_answer_is_asked_for_again_and_never_half_read(content: str) -> None:
    with pytest.raises(Unread, match="twice") as caught:
        read(always(completion(content)))
    assert caught.value.usage.calls == 2
    assert caught.value.usage.input_tokens == 2000


@pytest.mark.parametrize("habit", PASSING)
def test_a_refusal_that_passes_is_asked_again(habit: str) -> None:
    reading, server = read(PASSING[habit])
    assert is_read(reading)
    assert len(server.bodies) <= 3
    assert all(body == server.bodies[0] for body in server.bodies)


@pytest.mark.parametrize("habit", LIMITS)
def test_a_limit_that_is_refused_is_left_out(habit: str) -> None:
    reading, _ = read(LIMITS[habit])
    assert is_read(reading)


@pytest.mark.parametrize("fault", [error(400, "prompt is odd"), error(422, "odd")])
def test_a_refusal_that_stays_fails_the_candidate_after_two_tries(fault: Any) -> None:
    with model_server(always(fault)) as server:
        with pytest.raises(ModelError, match="odd") as caught:
            ask(server.url)
        assert len(server.bodies) == 2
    assert not isinstance(caught.value, EndpointRejected)


@pytest.mark.parametrize("habit", WRONG_NAME)
def test_a_wrong_model_name_stops_at_once(habit: str) -> None:
    with model_server(always(WRONG_NAME[habit])) as server:
        with pytest.raises(
            EndpointRejected, match=r"knows no model “stub”.*Check --model"
        ) as caught:
            ask(server.url)
        assert len(server.bodies) == 1
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "The model `stub` does not support response_format json_schema"),
        (400, "Unsupported model parameter: max_completion_tokens"),
        (503, "The model is overloaded, not available right now"),
        (400, "stub is temporarily not available, try again"),
    ],
)
def test_what_only_sounds_like_a_wrong_name_does_not_stop(status: int, message: str) -> None:
    left = [error(status, message)]
    reading, _ = read(lambda _: left.pop() if left else completion(GOOD))
    assert is_read(reading)


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (raw(200, b"<html><title>Sign in</title></html>", "text/html"), "a page for people: Sign in"),
        (raw(403, b"<html>error code: 1010</html>", "text/html"), "A page instead of the model"),
        (error(403, "Country, region, or territory not supported"), "territory not supported"),
        (error(407), "user name and a password"),
        (raw(200, {"choices": []}), "not a chat completion"),
        (raw(200, b"upstream said no"), "not JSON"),
        ((301, {"location": "https://b.example/v1/chat/completions?token=hunter2"}, b""), r"redirects to https://b.example/v1 \(301\)"),
        ((307, {"location": "/other/v1/chat/completions"}, b""), r"redirects to http://127.0.0.1:\d+/other/v1 \(307\)"),
        ((302, {"location": "http://u:hunter2@b.example/login"}, b""), "redirects to http://b.example/login"),
        ((308, {}, b""), "redirects to"),
    ],
)  # fmt: skip
def test_what_is_no_model_server_is_one_line_after_a_few_tries(reply: Any, said: str) -> None:
    with model_server(always(reply)) as server:
        with pytest.raises(EndpointRejected, match=said) as caught:
            ask(server.url)
        assert len(server.bodies) <= 3
    assert "\n" not in str(caught.value)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("pasted", "path"),
    [
        ("/v1", "/v1/chat/completions"),
        ("/v1/", "/v1/chat/completions"),
        ("/v1//", "/v1/chat/completions"),
        ("//v1", "/v1/chat/completions"),
        ("/v1/chat/completions", "/v1/chat/completions"),
        ("/v1/chat/completions/", "/v1/chat/completions"),
        ("/v1/completions", "/v1/chat/completions"),
        ("/v1/responses", "/v1/chat/completions"),
        ("/v1/models", "/v1/chat/completions"),
        ("/v1?", "/v1/chat/completions"),
        ("/v1#top", "/v1/chat/completions"),
        ("", "/chat/completions"),
        ("/openai/deployments/D?api-version=2024-10-21", "/openai/deployments/D/chat/completions?api-version=2024-10-21"),
        ("/openai/deployments/D/chat/completions?api-version=2024-10-21", "/openai/deployments/D/chat/completions?api-version=2024-10-21"),
        ("/v1/?key=s3cr%2Fet&a=b", "/v1/chat/completions?key=s3cr%2Fet&a=b"),
    ],
)  # fmt: skip
def test_an_address_is_called_however_it_was_pasted(pasted: str, path: str) -> None:
    with model_server(always(completion(GOOD))) as server:
        base = server.url.removesuffix("/v1")
        assert is_read(ask(f" '{base}{pasted}' "))
    assert server.paths == [path]
    (headers,) = server.headers
    assert headers["authorization"] == "Bearer key-0123456789"
    assert ("api-key" in headers) is ("api-version" in path)


def test_a_login_in_the_address_is_sent_as_a_header_and_stands_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "replies.sqlite"
    echo: Answer = lambda _: error(400, "system role not supported for ada:hun%40ter2 hun@ter2")  # noqa: E731
    with model_server(echo) as server:
        url = server.url.replace("://", "://ada:hun%40ter2@")
        with pytest.raises(ModelError) as caught:
            ask(url, ReplyStore(path), api_key=None)
        server.answer = always(completion(GOOD))
        assert is_read(ask(url, ReplyStore(path), api_key=None))
        monkeypatch.setenv("OPENAI_BASE_URL", url)
        kept = ask.__globals__["Settings"](model="stub")
    assert server.headers[0]["authorization"] == "Basic YWRhOmh1bkB0ZXIy"
    told = [str(caught.value), repr(kept), str(kept.base_url), str(kept.endpoint)]
    told += [file.read_bytes().decode("latin-1") for file in tmp_path.iterdir()]
    assert [text for text in told if "ter2" in text] == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 500])
def test_a_key_that_a_server_repeats_is_masked(status: int, tmp_path: Path) -> None:
    key = "key-0123456789"
    with model_server(
        always(error(status, f"got {key} of Bearer {key}, sk-live-0123456789abcdef"))
    ) as server:
        with pytest.raises((ModelError, EndpointRejected)) as caught:
            ask(server.url)
        server.answer = always(completion(f"{key} {GOOD}"))
        assert is_read(ask(server.url, ReplyStore(tmp_path / "r.sqlite")))
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert key not in str(caught.value)
    assert "sk-live" not in str(caught.value)
    assert key.encode() not in stored


def test_ordinary_endpoints_are_remembered_as_before() -> None:
    from evaluator.readers.parameters import EndpointCapabilities, ModelOptions

    plain = ModelOptions(model="m", base_url="https://api.openai.com/v1")
    assert plain.endpoint == "https://api.openai.com/v1 m"
    azure = ModelOptions(model="m", base_url="https://a.b/d?api-version=1&key=s3cret")
    assert azure.endpoint == "https://a.b/d?api-version=1 m"
    assert EndpointCapabilities().dump() == {
        "form": 0,
        "dropped": [],
        "most": EndpointCapabilities().most,
    }
    learned = EndpointCapabilities(system=False, stream=True)
    assert EndpointCapabilities.load(learned.dump()) == learned
