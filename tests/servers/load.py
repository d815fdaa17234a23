"""A run under load: many resumes, its command, and a model in a process of its own that logs every call.

    python -m tests.servers.load LOG LATENCY FAULTS

The model answers with a few items a resume.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from .model import completion

ROOT = Path(__file__).resolve().parents[2]
IN_FLIGHT = 64
_LINE = re.compile(r"^\[(\d+)\] \((employment[^)]*)\) (.*)$", re.M)
_WORDS = {"train": "modeling", "data": "data", "deploy": "delivery", "Kubernetes": "infrastructure"}


def answer(body: bytes) -> bytes:
    """A reading: lines of jobs with a telling word."""
    user = json.loads(body)["messages"][1]["content"]
    items = [
        {
            "source": "resume", "passage": int(number), "anchor": " ".join(text.split()[:6]),
            "dimension": dimension, "context": "work", "agency": "owned", "outcome": "none",
            "result_passage": 0, "result_anchor": "", "production": False, "system": "ml",
        }
        for number, _, text in _LINE.findall(user)
        for word, dimension in _WORDS.items()
        if word in text
    ]  # fmt: skip
    return completion(json.dumps({"items": items}))[2]


async def serve(log: Path, latency: float, faults: float) -> None:
    """A chat endpoint; every call is one line of ``log``: what was asked and when. Prints its port."""
    chance = random.Random(7)
    calls = log.open("a", buffering=1)

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int((re.search(rb"content-length: (\d+)", head, re.I) or [b"", b"0"])[1])
                body = await reader.readexactly(length)
                calls.write(f"{hashlib.sha256(body).hexdigest()} {time.monotonic():.3f}\n")
                await asyncio.sleep(latency)
                if chance.random() < faults:
                    status, reply = chance.choice(["429 Too Many", "503 Busy", "500 Oops"]), b"{}"
                else:
                    status, reply = "200 OK", answer(body)
                writer.write(
                    f"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {len(reply)}\r\n\r\n".encode()
                    + reply
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0, limit=2**22)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    async with server:
        await server.serve_forever()


class Model:
    """The server in its own process."""

    def __init__(self, folder: Path, *, latency: float, faults: float = 0.0) -> None:
        self.log = folder / "calls.log"
        self.log.touch()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.servers.load", str(self.log), str(latency), str(faults)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{self._process.stdout.readline().strip()}/v1"

    @property
    def calls(self) -> list[str]:
        return self.log.read_text().split()[::2]

    @property
    def lasting(self) -> float:
        """Calls a second without the first and the last tenth, while the run neither starts nor ends."""
        times = [float(word) for word in self.log.read_text().split()[1::2]]
        tenth = len(times) // 10
        return (len(times) - 2 * tenth) / (times[-tenth - 1] - times[tenth])

    @property
    def cpu(self) -> float:
        """Seconds of a core so far."""
        words = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def resumes(folder: Path, count: int, *, github: str | None = None) -> Path:
    """So many different resumes from the labelled ones."""
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted((ROOT / "fixtures/labelled").glob("*.md"))
    ]
    made = folder / "resumes"
    made.mkdir()
    for number in range(count):
        text = texts[number % len(texts)]
        extra = (
            f"\n## Projects\n### Tool {number} | 2020\n- Answered {number} questions about it.\n"
        )
        if github and number % 3 == 0:
            text = text.replace("\n", f"\nhttps://github.com/{github}\n", 1)
        (made / f"{number:05}.md").write_text(text + extra, encoding="utf-8")
    return made


def command(
    made: Path, out: Path, model: Model, snapshots: Path, in_flight: int = IN_FLIGHT
) -> list[str]:
    return [
        sys.executable, "-m", "evaluator", "batch", str(made), "--out", str(out), "--reader", "model",
        "--model", "stub", "--base-url", model.url, "--samples", "1", "--concurrency", str(in_flight), "--snapshots",
        str(snapshots), "--progress", "none",
    ]  # fmt: skip


def environment(folder: Path, github: str = "http://127.0.0.1:9") -> dict[str, str]:
    return {
        **os.environ, "EVALUATOR_CACHE_DIR": str(folder / "cache"), "EVALUATOR_GITHUB_URL": github,
        "GITHUB_TOKEN": "", "OPENAI_API_KEY": "none",
    }  # fmt: skip


def fresh_snapshots(folder: Path) -> Path:
    """The recorded portfolios, fetched just now."""
    made = folder / "snapshots"
    made.mkdir()
    for path in (ROOT / "fixtures/portfolios").glob("*.json"):
        portfolio = json.loads(path.read_text(encoding="utf-8"))
        portfolio["fetched"] = datetime.now(UTC).isoformat(timespec="seconds")
        (made / path.name).write_text(json.dumps(portfolio), encoding="utf-8")
    return made


def outputs(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith("run.sqlite") and path.name != "log.jsonl"
    }


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
