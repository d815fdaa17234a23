"""Offline by construction: no socket off loopback, a clean environment, no waiting."""

from __future__ import annotations

import itertools
import os
import socket
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from coverage import Coverage
from hypothesis import settings as hypothesis_settings

from evaluator import Settings
from evaluator.batch.finishing import Finished, ReportWorkers
from evaluator.documents.reading import read_document
from evaluator.documents.sandbox import ParserPool
from evaluator.models.document import Document
from evaluator.pipeline.evidence import Answers
from evaluator.pipeline.preparation import Candidate
from evaluator.transport import RetryPolicy

ROOT = Path(__file__).resolve().parent.parent
RESUMES = ROOT / "fixtures" / "resumes"
UNREADABLE = ROOT / "fixtures" / "unreadable"
PORTFOLIOS = ROOT / "fixtures" / "portfolios"
# The same cases on every machine and no deadline: a slow machine is no failure.
hypothesis_settings.register_profile("steady", derandomize=True, deadline=None, max_examples=200)
hypothesis_settings.register_profile("nightly", deadline=None, max_examples=3_000, print_blob=True)
hypothesis_settings.load_profile("steady")
_LONGEST = {
    "test_browser", "test_cluster", "test_continuing", "test_corpus", "test_hostile", "test_injection",
    "test_runner",
}  # fmt: skip
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--nightly``: every promise over more cases, more kills and more candidates, and cases that nobody has seen."""
    parser.addoption("--nightly", action="store_true", help="the same promises over more cases")


def pytest_configure(config: pytest.Config) -> None:
    """In the nightly lane properties are tried on thousands of cases."""
    if config.getoption("nightly"):
        hypothesis_settings.load_profile("nightly")


@pytest.hookimpl(wrapper=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """Two more than pytest-xdist would take: a third of the time goes in waiting for servers, browsers and clusters."""
    return (yield) + 2


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


class _Tracer:
    """Coverage's tracer, which runs in tests and in their fixtures alone.

    Between them pytest would run under it, at twice the time and for nothing that is measured.
    """

    def __init__(self) -> None:
        self._found = sys.gettrace()

    def off(self) -> None:
        self._found = sys.gettrace() or self._found
        sys.settrace(None)

    def on(self) -> None:
        sys.settrace(self._found)


_tracer = _Tracer()
Wrapper = Generator[None, Any, Any]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Wrapper:
    """Modules are imported under the tracer by the first worker alone: all import the same."""
    of_worker: dict[str, Any] = getattr(session.config, "workerinput", {})
    if of_worker.get("workerid", "gw0") != "gw0":
        _tracer.off()
    return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtestloop() -> Wrapper:
    """Within the hook of pytest-cov, which starts the tracer before and takes its data after."""
    _tracer.off()
    try:
        return (yield)
    finally:
        _tracer.on()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call() -> Wrapper:
    """Around the hook of pytest-cov, which starts the tracer again after a test without coverage."""
    try:
        return (yield)
    finally:
        _tracer.off()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Wrapper:
    """The test itself is traced."""
    if pyfuncitem.get_closest_marker("no_cover"):
        return (yield)
    _tracer.on()
    try:
        return (yield)
    finally:
        _tracer.off()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Wrapper:
    """So is what a module of tests prepares, but not what every test gets, nor what an untraced test asks for."""
    module = fixturedef.func.__module__
    is_ours = module.startswith("tests.") and module != __name__
    if not is_ours or request._pyfuncitem.get_closest_marker("no_cover"):
        return (yield)
    _tracer.on()
    try:
        return (yield)
    finally:
        _tracer.off()


class NetworkUsed(AssertionError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True, scope="session")
def _loopback_only() -> Iterator[None]:
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
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket, "getaddrinfo", lookup)
        yield


@pytest.fixture(autouse=True, scope="session")
def _model_transport_is_injected() -> Iterator[None]:
    """A model client that would use a real connection may only speak to loopback."""
    real = httpx2.AsyncHTTPTransport.handle_async_request

    async def guarded(self: Any, request: httpx2.Request) -> httpx2.Response:
        if request.url.host not in _LOOPBACK:
            message = f"model client without an injected transport: {request.url.host}"
            raise NetworkUsed(message)
        return await real(self, request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(httpx2.AsyncHTTPTransport, "handle_async_request", guarded)
        yield


@pytest.fixture(autouse=True, scope="session")
def _caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Iterator[Path]]:
    """A clean environment, and for each test the folder of its cache, which is made when it is used."""
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            about_network = name.startswith("SSL_CERT_") or name.lower().endswith("_proxy")
            if name.startswith(("OPENAI_", "EVALUATOR_", "GITHUB_")) or about_network:
                patch.delenv(name)
        # What "present" means must not depend on the day on which the tests run.
        patch.setenv("EVALUATOR_AS_OF", "2026-11")
        folder = tmp_path_factory.mktemp("caches")
        yield (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_cache(monkeypatch: pytest.MonkeyPatch, _caches: Iterator[Path]) -> None:
    monkeypatch.setenv("EVALUATOR_CACHE_DIR", str(next(_caches)))


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

    async def finish(
        self: ReportWorkers, candidate: Candidate, answers: Answers | None
    ) -> Finished:
        return self._job.finish(candidate, answers)

    async def work(_: ReportWorkers, call: Callable[[], Any], *, seconds: float) -> Any:
        return call()

    monkeypatch.setattr(ParserPool, "read", read)
    monkeypatch.setattr(ReportWorkers, "begin", lambda _: None)
    monkeypatch.setattr(ReportWorkers, "finish", finish)
    monkeypatch.setattr(ReportWorkers, "work", work)


async def no_sleep(_: float) -> None:
    """Waits are zero in tests."""


@pytest.fixture
def hasty() -> RetryPolicy:
    """RetryPolicy that does not wait."""
    return RetryPolicy(sleep=no_sleep)


@pytest.fixture
def offline() -> Settings:
    """The embedded rules and the recorded portfolios."""
    return Settings(reader="rules", offline=True, snapshots=PORTFOLIOS)
