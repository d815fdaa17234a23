"""Offline by construction: no socket off loopback, a clean environment, no waiting."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from coverage import Coverage
from hypothesis import settings as hypothesis_settings

from evaluator import Settings
from evaluator.batch.finishing import Finished, Finishers
from evaluator.documents.reading import read_document
from evaluator.documents.sandbox import ParserPool
from evaluator.models.document import Document
from evaluator.pipeline.preparing import Candidate
from evaluator.pipeline.reading import Answers
from evaluator.transport import Patience

ROOT = Path(__file__).resolve().parent.parent
RESUMES = ROOT / "fixtures" / "resumes"
UNREADABLE = ROOT / "fixtures" / "unreadable"
PORTFOLIOS = ROOT / "fixtures" / "portfolios"
# The same cases on every machine and no deadline: a slow machine is no failure.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None, max_examples=200)
hypothesis_settings.register_profile("nightly", deadline=None, max_examples=3_000, print_blob=True)
hypothesis_settings.load_profile("steady")
_LONGEST = {"test_browser", "test_injection", "test_corpus", "test_cluster"}
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--nightly``: every promise over more cases, more kills and more candidates, and cases that nobody has seen."""
    parser.addoption("--nightly", action="store_true", help="the same promises over more cases")


def pytest_configure(config: pytest.Config) -> None:
    """In the nightly lane properties are tried on thousands of cases."""
    if config.getoption("nightly"):
        hypothesis_settings.load_profile("nightly")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long modules go first, so that no process is left alone with one; generated cases are not traced.

    Under a tracer they take twice the time, and coverage comes from examples that people wrote.
    """
    items.sort(key=lambda item: item.path.stem not in _LONGEST)
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """pytest-cov starts in a worker of pytest-xdist what only its master needs; under two tracers all takes twice the time."""
    of_master = Coverage.current()
    if hasattr(session.config, "workerinput") and of_master is not None:
        of_master.stop()


class NetworkUsed(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else address
        if self.family != socket.AF_UNIX and host not in _LOOPBACK:
            message = f"socket to {host}"
            raise NetworkUsed(message)
        real(self, address)

    def lookup(host: Any, *arguments: Any, **named: Any) -> Any:
        if host not in {*_LOOPBACK, b"localhost", None, ""}:
            message = f"look-up of {host}"
            raise NetworkUsed(message)
        return resolve(host, *arguments, **named)

    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", lookup)


@pytest.fixture(autouse=True)
def _model_transport_is_injected(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model client that would use a real connection may only speak to loopback."""
    real = httpx2.AsyncHTTPTransport.handle_async_request

    async def guarded(self: Any, request: httpx2.Request) -> httpx2.Response:
        if request.url.host not in _LOOPBACK:
            message = f"model client without an injected transport: {request.url.host}"
            raise NetworkUsed(message)
        return await real(self, request)

    monkeypatch.setattr(httpx2.AsyncHTTPTransport, "handle_async_request", guarded)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: Any) -> None:
    for name in list(os.environ):
        about_network = name.startswith("SSL_CERT_") or name.lower().endswith("_proxy")
        if name.startswith(("OPENAI_", "EVALUATOR_", "GITHUB_")) or about_network:
            monkeypatch.delenv(name)
    monkeypatch.setenv("EVALUATOR_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    # What "present" means must not depend on the day on which the tests run.
    monkeypatch.setenv("EVALUATOR_AS_OF", "2026-11")


@pytest.fixture(scope="session")
def nightly(pytestconfig: pytest.Config) -> bool:
    """Whether there is time for many cases."""
    return bool(pytestconfig.getoption("nightly"))


@pytest.fixture(autouse=True)
def _in_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read and candidates finished in the test's own process, unless it is marked with ``workers``.

    Starting a worker process takes longer than all that most tests ask of it.
    """
    if not request.node.get_closest_marker("workers"):
        work_in_process(monkeypatch)


def work_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for what is made once for many tests."""

    async def read(_: ParserPool, data: bytes, name: str) -> Document:
        return read_document(data, name)

    async def finish(self: Finishers, candidate: Candidate, answers: Answers | None) -> Finished:
        return self._desk.finish(candidate, answers)

    async def work(_: Finishers, call: Callable[[], Any], *, seconds: float) -> Any:
        return call()

    monkeypatch.setattr(ParserPool, "read", read)
    monkeypatch.setattr(Finishers, "begin", lambda _: None)
    monkeypatch.setattr(Finishers, "finish", finish)
    monkeypatch.setattr(Finishers, "work", work)


async def no_sleep(_: float) -> None:
    """Waits are zero in tests."""


@pytest.fixture
def hasty() -> Patience:
    """Patience that does not wait."""
    return Patience(sleep=no_sleep)


@pytest.fixture
def offline() -> Settings:
    """The embedded rules and the recorded portfolios."""
    return Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
