"""Faults of model endpoints, as they were recorded or reported."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx2

from .model import completion

Fault = Callable[[], httpx2.Response]
_JSON = {"content-type": "application/json"}


def _error(status: int, body: object, **headers: str) -> Fault:
    return lambda: httpx2.Response(
        status, headers={**_JSON, **headers}, content=json.dumps(body).encode()
    )


def _said(message: str, **fields: object) -> dict[str, object]:
    return {"error": {"message": message, "type": "error", "param": None, "code": None, **fields}}


def _raises(kind: type[httpx2.TransportError]) -> Fault:
    def fail() -> httpx2.Response:
        message = "broken"
        raise kind(message)

    return fail


def _dated() -> httpx2.Response:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    return _error(429, _said("slow down"), **{"retry-after": soon})()


def _reply(content: str, *, finish: str = "stop", **message: object) -> Fault:
    def answer() -> httpx2.Response:
        _, _, body = completion(content, finish=finish)
        value = json.loads(body)
        value["choices"][0]["message"].update(message)
        return httpx2.Response(200, headers=_JSON, content=json.dumps(value).encode())

    return answer


def _plain(body: bytes, kind: str) -> Fault:
    return lambda: httpx2.Response(200, headers={"content-type": kind}, content=body)


FAULTS: dict[str, Fault] = {
    "429 with seconds": _error(429, _said("slow down", code="rate_limit_exceeded"), **{"retry-after": "2"}),
    "429 with milliseconds": _error(429, _said("slow down"), **{"retry-after-ms": "40"}),
    "429 with a date": _dated,
    "429 with a reset": _error(429, _said("tokens"), **{"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "1s"}),
    "429 that says when": _error(429, _said("Please try again in 1.7s.")),
    "429 without a word": _error(429, {}),
    "429 as a list": _error(429, [_said("Resource exhausted")]),
    "flex is full": _error(429, _said("resource unavailable", code="resource_unavailable")),
    "500": _error(500, _said("server error")),
    "502 page": lambda: httpx2.Response(502, headers={"content-type": "text/html"}, content=b"<html>bad gateway</html>"),
    "503 text": _error(503, {"error": "loading model"}),
    "504": _error(504, {}),
    "408": _error(408, _said("timeout")),
    "409": _error(409, _said("conflict")),
    "reset": _raises(httpx2.ReadError),
    "timeout": _raises(httpx2.ReadTimeout),
    "body cut": _raises(httpx2.RemoteProtocolError),
    "no connection": _raises(httpx2.ConnectError),
    "login page": _plain(b"<html>sign in</html>", "text/html"),
    "no JSON": _plain(b"upstream said no", "application/json"),
    "empty body": _plain(b"", "application/json"),
    "error in a success": _plain(json.dumps(_said("upstream", code=429)).encode(), "application/json"),
    "no choices": _plain(b'{"id": "x", "object": "chat.completion", "choices": []}', "application/json"),
    "refusal": _reply("", refusal="I cannot help with that."),
    "content filter": _reply("", finish="content_filter"),
    "filtered prompt": _error(400, _said("filtered", code="content_filter")),
    "empty content": _reply(""),
    "prose": _reply("Here is what I found: nothing to report, sorry."),
    "broken JSON": _reply('{"items": [{"source": "resume",'),
    "cut": _reply('{"items": [', finish="length"),
}  # fmt: skip
