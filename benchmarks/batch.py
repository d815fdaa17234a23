"""A run under load and under kills, against a model and a GitHub on loopback.

    python -m benchmarks.batch throughput [N] [TURNS] [--faults] [--in-flight=64]   # 2,000 candidates, 1 s latency, then again unchanged
    python -m benchmarks.batch kills [N] [KILLS]           # 1,000 candidates, 200 SIGKILLs at random moments

With fewer in flight than the processors could do a second, the model alone is the limit.

Everything is made in a folder that is removed at the end. The model answers with a few items a resume; the
server runs in a process of its own and logs every call.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tests.servers.github import LOGIN, github_server
from tests.servers.model import completion

ROOT = Path(__file__).resolve().parent.parent
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
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


class Model:
    """The server in its own process."""

    def __init__(self, folder: Path, *, latency: float, faults: float = 0.0) -> None:
        self.log = folder / "calls.log"
        self.log.touch()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.batch", "serve", str(self.log), str(latency), str(faults)],
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


def watched(process: subprocess.Popen[bytes]) -> list[int]:
    """Resident memory of a process in kB, once a second until it ends."""
    seen: list[int] = []

    def watch() -> None:
        while process.poll() is None:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text()
            except OSError:
                return
            if found := re.search(r"VmRSS:\s+(\d+)", status):
                seen.append(int(found[1]))
            time.sleep(1)

    threading.Thread(target=watch, daemon=True).start()
    return seen


class Busy:
    """How busy all processors of this machine are from now on; time that a host took of them is not idle."""

    def __init__(self) -> None:
        self._start = self._ticks()

    @staticmethod
    def _ticks() -> tuple[int, int]:
        words = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
        ticks = [int(word) for word in words]
        return sum(ticks), ticks[3] + ticks[4]

    @property
    def share(self) -> float:
        """From 0 to 1, since it was made."""
        (before, idle_before), (now, idle) = self._start, self._ticks()
        return 1 - (idle - idle_before) / max(1, now - before)


class Ran(NamedTuple):
    """What one run took."""

    code: int
    seconds: float
    busy: float
    """Share of the processors' time."""
    cpu: float
    """Seconds of a core, the model's server aside."""
    memory: list[int]


def ran(run: list[str], folder: Path) -> Ran:
    before, busy = resource.getrusage(resource.RUSAGE_CHILDREN), Busy()
    start = time.monotonic()
    process = subprocess.Popen(run, cwd=ROOT, env=environment(folder), stderr=subprocess.DEVNULL)
    memory = watched(process)
    code = process.wait()
    seconds, share = time.monotonic() - start, busy.share
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Ran(code, seconds, share, cpu, memory)


def throughput(count: int, faults: float, turns: int, in_flight: int) -> None:
    """A run with a model that takes a second; before it one whose model answers at once, which is all these cores can do.

    Other work on the machine slows either, so with more than one turn the quickest and the means are compared, and how busy
    the processors were, which other work changes little: both runs need the same time of a core for a candidate.
    """
    whole: dict[float, list[float]] = {0.0: [], 1.0: []}
    lasting: dict[float, list[float]] = {0.0: [], 1.0: []}
    busy = {0.0: 0.0, 1.0: 0.0}
    for _ in range(turns):
        for latency in (1.0,) if faults else whole:
            with tempfile.TemporaryDirectory() as name:
                found, rate = one_run(Path(name), count, latency, faults, in_flight)
            whole[latency].append(count / found.seconds)
            lasting[latency].append(rate)
            busy[latency] += found.busy / turns
    if faults:
        return
    print(f"the lower of what the model allows ({in_flight}) and what these cores do:")
    for what, rates in {"from start to end": whole, "in its middle": lasting}.items():
        best, mean = max(rates[1.0]), sum(rates[1.0]) / turns
        limit, usual = min(in_flight, max(rates[0.0])), min(in_flight, sum(rates[0.0]) / turns)
        print(
            f"  {what}: quickest {best:.1f} a second of {limit:.1f}, {best / limit:.0%}; "
            f"mean {mean:.1f} of {usual:.1f}, {mean / usual:.0%}"
        )
    print(
        f"  processors busy {busy[1.0]:.1%} of {busy[0.0]:.1%}: {busy[1.0] / busy[0.0]:.0%}",
        flush=True,
    )


def one_run(
    folder: Path, count: int, latency: float, faults: float, in_flight: int = IN_FLIGHT
) -> tuple[Ran, float]:
    """A run, and how many calls a second there were in its middle."""
    made, snapshots = resumes(folder, count), fresh_snapshots(folder)
    model = Model(folder, latency=latency, faults=faults)
    try:
        run = command(made, folder / "run", model, snapshots, in_flight)
        found = ran(run, folder)
        # The server works on the same cores.
        cpu = found.cpu + model.cpu
        calls, lasting, memory = len(model.calls), model.lasting, found.memory or [0]
        half = memory[len(memory) // 2 :]
        print(
            f"{count} candidates, {in_flight} in flight, {latency:g} s a call, {faults:.0%} faults: exit {found.code}\n"
            f"  {count / found.seconds:.1f} a second in {found.seconds:.1f} s, {lasting:.1f} calls a second in its middle; processors busy {found.busy:.1%} of the time, "
            f"{1000 * found.cpu / count:.1f} ms of a core a candidate; two cores that never wait {2 * count / cpu:.1f} a second, "
            f"the model's server on them\n"
            f"  {calls} calls, {calls / count:.3f} a candidate\n"
            f"  parent's memory: highest {max(memory) / 1000:.0f} MB, second half {min(half) / 1000:.0f} to {max(half) / 1000:.0f} MB"
        )
        if latency:
            again = ran(run, folder)
            print(
                f"  again unchanged: {again.seconds:.1f} s, {len(model.calls) - calls} calls",
                flush=True,
            )
        return found, lasting
    finally:
        model.close()


def kill_somebody(process: subprocess.Popen[bytes], dice: random.Random) -> None:
    """SIGKILL to the parent, to one of its workers, or to all of them."""
    target = dice.choice(["parent", "worker", "group"])
    if target == "worker":
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        try:
            found = [int(child) for child in children.read_text().split()]
            if found:
                os.kill(dice.choice(found), signal.SIGKILL)
        except (OSError, ProcessLookupError):
            pass
        return
    if target == "parent":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def outputs(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and not path.name.startswith("run.sqlite") and path.name != "log.jsonl"
    }


def kills(count: int, wanted: int, *, seed: int = 1, latency: float = 0.25) -> dict[str, int]:
    """Kill a run again and again until it is done; compare with one that nobody disturbed."""
    dice = random.Random(seed)
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, github_server() as github:
        folder = Path(name)
        made = resumes(folder, count, github=LOGIN)
        calm_folder, wild_folder = folder / "calm", folder / "wild"
        results = []
        for where in (calm_folder, wild_folder):
            where.mkdir()
            model = Model(where, latency=latency)
            run = command(made, where / "run", model, where / "snapshots")
            env = environment(where, github.url)
            try:
                while where is wild_folder and counted["kills"] < wanted:
                    process = subprocess.Popen(
                        run, cwd=ROOT, env=env, stderr=subprocess.DEVNULL, start_new_session=True
                    )
                    while process.poll() is None and counted["kills"] < wanted:
                        time.sleep(dice.uniform(0.2, 3.0))
                        if process.poll() is None:
                            kill_somebody(process, dice)
                            counted["kills"] += 1
                            time.sleep(0.05)
                    if process.poll() is None:
                        process.kill()
                        counted["kills"] += 1
                    process.wait()
                    counted["starts"] += 1
                    counted["integrity errors"] += check(where / "run")
                    if len(model.calls) and process.returncode == 0:
                        shutil.rmtree(where / "run")  # done early: once more from the kept replies
                        shutil.rmtree(where / "cache", ignore_errors=True)
                        counted["runs ended before the kills did"] += 1
                        model.log.write_text("")
                done = subprocess.run(run, cwd=ROOT, env=env, capture_output=True, check=False)
                assert done.returncode == 0, (done.stderr.decode()[-2000:], dict(counted))
                results.append((outputs(where / "run"), model.calls))
            finally:
                model.close()
        (calm, first), (wild, second) = results
        with closing(sqlite3.connect(wild_folder / "run" / "run.sqlite")) as database:
            rows = database.execute("select count(*), count(distinct source) from item").fetchone()
        counted["lost rows"] = count - rows[1]
        counted["double rows"] = rows[0] - rows[1]
        different = [name for name in calm | wild if calm.get(name) != wild.get(name)]
        counted["different outputs"] = len(different)
        for name in different:
            print(f"different: {name}", flush=True)
        counted["calls undisturbed"], counted["calls"] = len(first), len(second)
        counted["calls repeated"] = len(second) - len(set(second))
        counted["calls of other requests"] = len(set(second) - set(first))
        counted["calls in flight at most"] = counted["kills"] * IN_FLIGHT
    return dict(counted)


def check(run: Path) -> int:
    """1 when the database of a killed run is not whole."""
    if not (run / "run.sqlite").exists():
        return 0
    with closing(sqlite3.connect(run / "run.sqlite")) as database:
        try:
            return int(database.execute("pragma integrity_check").fetchone() != ("ok",))
        except sqlite3.DatabaseError:
            return 1


def main() -> None:
    what, *numbers = [word for word in sys.argv[1:] if not word.startswith("-")]
    if what == "serve":
        asyncio.run(serve(Path(numbers[0]), float(numbers[1]), float(numbers[2])))
    elif what == "throughput":
        count, turns = (int(n) for n in (*numbers, *("2000", "1")[len(numbers) :]))
        told = [word.partition("=")[2] for word in sys.argv if word.startswith("--in-flight=")]
        in_flight = int(told[0]) if told else IN_FLIGHT
        throughput(count, 0.3 if "--faults" in sys.argv else 0.0, turns, in_flight)
    elif what == "kills":
        count, wanted = (int(n) for n in (*numbers, *("1000", "200")[len(numbers) :]))
        for name, number in kills(count, wanted).items():
            print(f"{number:8} {name}")


if __name__ == "__main__":
    main()
