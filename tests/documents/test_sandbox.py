"""A file that hangs or kills its parser costs one typed error; the next file is read."""

from __future__ import annotations

import asyncio
import io
import json
import os
import resource
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from evaluator import DocumentError, Unreadable, workers
from evaluator.documents import worker
from evaluator.documents.sandbox import ParserPool, read_in_worker

from ..conftest import RESUMES, ROOT, UNREADABLE

pytestmark = pytest.mark.workers
GOOD = (RESUMES / "mira-holloway.pdf").read_bytes()


def _start(program: str) -> str:
    """A worker that runs another program instead of the parser's, once it has said that it is ready."""
    ready = "sys.stdout.buffer.write(bytes(8)); sys.stdout.flush()"
    return f"import sys, os, time; sys.path[:] = {{path!r}}; {ready}; {program}"


HANG = "time.sleep(60)"
DIE = "sys.stdin.buffer.read(8); os.abort()"
BABBLE = "sys.stdin.buffer.read(8); sys.stdout.buffer.write(b'\\xff' * 8); sys.stdout.flush(); time.sleep(60)"


def test_a_document_comes_back_from_the_worker() -> None:
    document = asyncio.run(read_in_worker(GOOD, "mira.pdf"))
    assert document.name == "mira.pdf"
    assert "Kestrel Maps" in document.text


def test_typed_errors_come_back_too() -> None:
    data = (UNREADABLE / "password.pdf").read_bytes()
    with pytest.raises(DocumentError) as caught:
        asyncio.run(read_in_worker(data, "password.pdf"))
    assert caught.value.reason is Unreadable.ENCRYPTED
    assert caught.value.hint


@pytest.mark.parametrize(
    ("program", "seconds", "reason"),
    [
        (HANG, 0.8, Unreadable.TIME_LIMIT),
        (DIE, 20.0, Unreadable.CRASHED),
        (BABBLE, 20.0, Unreadable.CRASHED),
    ],
)
def test_a_parser_that_hangs_or_dies_is_a_reason(
    monkeypatch: pytest.MonkeyPatch, program: str, seconds: float, reason: Unreadable
) -> None:
    monkeypatch.setattr(workers, "_START", _start(program))
    with pytest.raises(DocumentError) as caught:
        asyncio.run(read_in_worker(b"x", "a.pdf", seconds=seconds))
    assert caught.value.reason is reason


def test_the_pool_goes_on_after_a_dead_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    async def run() -> str:
        pool = ParserPool(1)
        with monkeypatch.context() as patch:
            patch.setattr(workers, "_START", _start(DIE))
            with pytest.raises(DocumentError):
                await pool.read(b"x", "a.pdf")
        text = (await pool.read(GOOD, "b.pdf")).text
        await pool.aclose()
        return text

    assert "Kestrel Maps" in asyncio.run(run())


def test_workers_are_reused_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "PIECES_PER_WORKER", 2)
    started = 0
    real = workers._Worker.start.__func__  # type: ignore[attr-defined]

    async def counting(cls: Any, module: str) -> Any:
        nonlocal started
        started += 1
        return await real(cls, module)

    monkeypatch.setattr(workers._Worker, "start", classmethod(counting))

    async def run() -> None:
        pool = ParserPool(1)
        for _ in range(4):
            await pool.read(GOOD, "a.pdf")
        await pool.aclose()

    asyncio.run(run())
    assert started == 2


def test_a_file_that_inflates_without_end_ends_inside_the_limits() -> None:
    page = zlib.compress(b"BT (x) Tj ET " * 40_000_000, 9)
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    pdf += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj "
    pdf += b"4 0 obj<</Filter/FlateDecode/Length " + str(len(page)).encode() + b">>stream\n" + page
    pdf += b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
    with pytest.raises(DocumentError):
        asyncio.run(read_in_worker(pdf, "bomb.pdf"))


def test_the_protocol_of_the_worker() -> None:
    frames = b""
    for name, data in (
        ("a.md", b"# Ada\n\n" + b"Baker with bread and cakes every day. " * 2),
        ("b.txt", b""),
    ):
        body = worker.request_of(data, name)
        frames += len(body).to_bytes(8, "big") + body
    replies = io.BytesIO()
    workers.answer_frames(io.BytesIO(frames), replies, worker.answered)
    replies.seek(0)
    first, second = (
        json.loads(replies.read(int.from_bytes(replies.read(8), "big"))) for _ in range(2)
    )
    assert first["format"] == "markdown"
    assert second["error"]["reason"] == "empty"
    # The limit of this process was lowered by the worker; the suite goes on beyond it.
    resource.setrlimit(
        resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_CPU)[1])
    )


def test_a_worker_may_use_little_and_knows_no_secret() -> None:
    program = (
        "import resource, os, sys; from evaluator.documents import worker; worker.limit_memory_and_files(); "
        "worker.limit_processor_time(); print([resource.getrlimit(k)[0] for k in (resource.RLIMIT_AS, "
        "resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NOFILE)], resource.getrlimit(resource.RLIMIT_CPU)[0] < 60)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"[{worker.MEMORY_BYTES}, 0, 0, 64] True"


def test_the_environment_does_not_reach_a_worker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "canary-key")
    seen = tmp_path / "seen"
    monkeypatch.setattr(
        workers, "_START", _start(f"open({str(seen)!r}, 'w').write(repr(dict(os.environ)))")
    )
    with pytest.raises(DocumentError):
        asyncio.run(read_in_worker(b"x", "a.pdf"))
    assert "canary" not in seen.read_text()


def test_a_plain_script_without_a_main_guard_works(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"from evaluator import evaluate\nprint(evaluate({str(RESUMES / 'owen-pryce.md')!r}, github='none').track)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "ops\n"), done.stderr


def test_killing_the_parent_ends_its_workers(tmp_path: Path) -> None:
    program = (
        "import asyncio, sys\nfrom evaluator.documents.sandbox import ParserPool\n"
        "async def main():\n pool = ParserPool(1)\n await pool.read(open(sys.argv[1], 'rb').read(), 'a.pdf')\n"
        " print(pool._workers._workers[0]._process.pid, flush=True)\n await asyncio.sleep(60)\nasyncio.run(main())\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(RESUMES / "owen-pryce.md")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(100):
        try:
            state = Path(f"/proc/{child}/stat").read_text().split()[2]
        except FileNotFoundError:
            return
        if state == "Z":
            return
        os.sched_yield()
        subprocess.run(["sleep", "0.05"], check=True)
    pytest.fail("the worker outlived its parent")


def test_idle_workers_that_were_killed_cost_no_file_its_row() -> None:
    async def read_after_kills() -> str:
        pool = ParserPool(2)
        try:
            await asyncio.gather(*(pool.read(GOOD, "a.pdf") for _ in range(2)))
            for worker in pool._workers._workers:
                worker._process.kill()
            return (await pool.read(GOOD, "b.pdf")).text
        finally:
            await pool.aclose()

    assert "Mira Holloway" in asyncio.run(read_after_kills())
