"""The service on a free port of loopback, in a thread of the test's own process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from evaluator import Settings
from evaluator.service.configuration import ServiceSettings
from evaluator.service.serving import listen, server_of

TOKEN = "a token that nobody guesses"


@contextmanager
def served(runs: Path, **values: Any) -> Iterator[ServiceSettings]:
    """A server over a folder of runs, until the block ends."""
    values = {
        "token": SecretStr(TOKEN),
        "ahead": 0,
        "evaluation": Settings(reader="rules", offline=True, jobs=1),
        **values,
    }
    bound, settings = listen(ServiceSettings(runs=runs, port=0, **values))
    server = server_of(settings)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.005)
    try:
        yield settings
    finally:
        server.should_exit = True
        thread.join(10)
        bound.close()


def stranger(settings: ServiceSettings, **values: Any) -> httpx.Client:
    """A client that is not in."""
    # Reading the machine's certificates takes longer than all that most tests ask.
    return httpx.Client(
        base_url=settings.address, timeout=60, trust_env=False, verify=False, **values
    )


@contextmanager
def visitor(settings: ServiceSettings) -> Iterator[httpx.Client]:
    """A client that opened the address with the token."""
    with stranger(settings, follow_redirects=True) as client:
        assert client.get("/", params={"token": TOKEN}).status_code == 200
        yield client


def csrf_of(page: str) -> str:
    """What the forms of a page carry."""
    return page.split('name="csrf" value="', 1)[1].split('"', 1)[0]
