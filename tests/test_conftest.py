"""The guards themselves fail when they should."""

from __future__ import annotations

import socket

import httpx2
import openai
import pytest

from .conftest import NetworkUsed


def test_a_socket_off_loopback_fails() -> None:
    with socket.socket() as plug, pytest.raises(NetworkUsed):
        plug.connect(("192.0.2.1", 80))


def test_a_look_up_fails() -> None:
    with pytest.raises(NetworkUsed):
        socket.getaddrinfo("api.openai.com", 443)


async def _ask(client: openai.AsyncOpenAI) -> None:
    await client.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}])


def test_a_model_client_without_an_injected_transport_fails() -> None:
    import asyncio

    async def run() -> None:
        async with openai.AsyncOpenAI(api_key="k", max_retries=0) as client:
            await _ask(client)

    with pytest.raises((NetworkUsed, openai.APIConnectionError)) as caught:
        asyncio.run(run())
    error: BaseException | None = caught.value
    while error is not None and not isinstance(error, NetworkUsed):
        error = error.__cause__
    assert isinstance(error, NetworkUsed)


def test_an_injected_transport_answers() -> None:
    import asyncio

    def reply(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(401, json={"error": {"message": "no"}})

    async def run() -> None:
        http = httpx2.AsyncClient(transport=httpx2.MockTransport(reply))
        async with openai.AsyncOpenAI(api_key="k", max_retries=0, http_client=http) as client:
            await _ask(client)

    with pytest.raises(openai.AuthenticationError):
        asyncio.run(run())
