"""A server that is killed again and again while jobs come in and decisions are made; every request is sent until it is answered."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from evaluator.batch.chain import faults
from evaluator.batch.chained_store import DECISIONS
from evaluator.batch.store import RunStore

from ..servers.load import ROOT

_TEXT = "Vera Example {n}\nvera{n}@mail.example\n\nExperience\nML engineer, Firm {n}, 2019 - 2024\n- Trained and deployed a ranking model that raised sales by {n} %.\n"
_FILES = 2


def _resume(number: int) -> bytes:
    return _TEXT.format(n=number).encode()


@dataclass
class Server:
    """One server process, started again after each kill."""

    runs: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    token: str = ""
    is_up: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        command = [sys.executable, "-m", "evaluator", "serve", str(self.runs), "--port", str(self.port), "--reader", "rules", "--offline", "--jobs", "1"]  # fmt: skip
        env = {**os.environ, "EVALUATOR_CACHE_DIR": str(self.runs.parent / "cache")}
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline().decode()
        self.process.stdout.close()
        self.token = line.strip().partition("token=")[2]
        assert self.token, "the server did not start"
        self.is_up.set()

    def kill(self, *, alone: bool = False) -> None:
        """SIGKILL to it, or to all of its processes."""
        assert self.process is not None
        self.is_up.clear()
        with suppress(ProcessLookupError):
            if alone:
                self.process.kill()
            else:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def client(self) -> httpx.Client:
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/api/v1/", timeout=60, trust_env=False, verify=False,
            headers={"authorization": f"Bearer {self.token}"},
        )  # fmt: skip


@dataclass
class Platform:
    """Sends requests, each until it is answered."""

    server: Server
    is_over: threading.Event = field(default_factory=threading.Event)
    jobs: dict[str, set[str]] = field(default_factory=dict)
    """Identities that were given for each key."""
    decisions: dict[str, set[int]] = field(default_factory=dict)
    """Numbers of entries that were given for each key."""
    unexpected: list[str] = field(default_factory=list)

    def ask(self, path: str, key: str, **sent: Any) -> Any:
        """The answer, from whichever start of the server gives it."""
        while True:
            self.server.is_up.wait(60)
            with suppress(httpx.HTTPError), self.server.client() as client:
                answer = client.post(path, headers={"idempotency-key": key}, **sent)
                if answer.status_code in {200, 201, 202}:
                    return answer.json()
                if answer.status_code not in {401, 503}:
                    self.unexpected.append(f"{answer.status_code} {answer.text}")
                    sys.stdout.write(f"{path} {key}: {self.unexpected[-1]}\n")
                    return None
            time.sleep(0.02)

    def submit(self) -> None:
        for number in count():
            if self.is_over.is_set():
                return
            key = f"job-{number}"
            files = [("files", (f"{n}.txt", _resume(number * _FILES + n))) for n in range(_FILES)]
            data = {"run": f"r{number % 3}"} if number % 2 else {}
            made = self.ask("jobs", key, files=files, data=data)
            self.jobs.setdefault(key, set()).add(made["id"] if made else "")

    def decide(self, ids: list[str]) -> None:
        for number in count():
            if self.is_over.is_set():
                return
            key = f"decision-{number}"
            said = {"kind": "decided", "choice": "yes", "by": "Ana", "note": str(number)}
            made = self.ask(f"runs/pool/candidates/{ids[number % len(ids)]}/decisions", key, json=said)  # fmt: skip
            self.decisions.setdefault(key, set()).add(made["entry"]["number"] if made else 0)
            time.sleep(0.01)


def server_kills(wanted: int, *, seed: int = 1) -> dict[str, int]:
    """What was lost or doubled after so many SIGKILLs."""
    dice = random.Random(seed)
    with socket.socket() as free, tempfile.TemporaryDirectory() as name:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        runs = Path(name) / "runs"
        runs.mkdir()
        server = Server(runs, port)
        platform = Platform(server)
        server.start()
        try:
            files = [("files", (f"{n}.txt", _resume(10**6 + n))) for n in range(3)]
            made = platform.ask("jobs", "pool", files=files, data={"run": "pool"})
            with server.client() as client:
                _ended(client, made["id"])
                ids = [
                    one["id"]
                    for one in client.get(made["results"].removeprefix("/api/v1/")).json()["items"]
                ]
            threads = [threading.Thread(target=platform.submit), threading.Thread(target=platform.decide, args=(ids,))]  # fmt: skip
            for thread in threads:
                thread.start()
            for _ in range(wanted):
                time.sleep(dice.uniform(0.0, 1.2))
                server.kill(alone=dice.random() < 0.3)
                server.start()
            platform.is_over.set()
            for thread in threads:
                thread.join(120)
            with server.client() as client:
                states = [
                    _ended(client, id_) for found in platform.jobs.values() for id_ in found if id_
                ]
            with server.client() as client:
                jobs = client.get("jobs").json()["total"]
        finally:
            server.kill()
        return {"kills": wanted, **_counted(platform, runs, states, jobs)}


def _ended(client: httpx.Client, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for _ in range(6000):
        # A kept connection may be closed just as the next question is on its way.
        with suppress(httpx.TransportError):
            found = client.get(f"jobs/{id_}").json()
            if found["ended"]:
                return found
        time.sleep(0.05)
    raise AssertionError(found)


def _counted(platform: Platform, runs: Path, states: list[dict[str, Any]], jobs: int) -> dict[str, int]:  # fmt: skip
    counted: Counter[str] = Counter()
    counted["jobs"], counted["decisions"] = len(platform.jobs), len(platform.decisions)
    counted["unexpected answers"] = len(platform.unexpected)
    counted["double jobs"] = jobs - 1 - len(platform.jobs)
    counted["jobs not done"] = sum(s["state"] != "done" or s["done"] != _FILES for s in states)
    folders = [path for path in runs.iterdir() if (path / "run.sqlite").exists()]
    own = len([key for key in platform.jobs if int(key.split("-")[1]) % 2 == 0])
    named = len({int(key.split("-")[1]) % 3 for key in platform.jobs if int(key.split("-")[1]) % 2})
    counted["runs lost or double"] = abs(len(folders) - 1 - own - named)
    rows = 0
    for folder in folders:
        with closing(sqlite3.connect(folder / "run.sqlite")) as database:
            whole = database.execute("pragma integrity_check").fetchone() == ("ok",)
            counted["damaged databases"] += not whole
        with RunStore(folder) as store:
            rows += store.count()
            counted["rows failed"] += sum(item.state != "done" for item in store.items())
            counted["read twice"] += len(store.entries("use")) - store.count()
            counted["faults of chains"] += len(list(faults(store.entries(DECISIONS))))
            if folder.name == "pool":
                notes = [entry.said["note"] for entry in store.entries(DECISIONS)]
                counted["decisions doubled"] = len(notes) - len(set(notes))
                counted["decisions lost"] = len(platform.decisions) - len(set(notes))
        counted["torn lines"] += sum(1 for line in _lines(folder) if not _is_json(line))
    counted["documents lost"] = len(platform.jobs) * _FILES + 3 - rows
    return dict(counted)


def _lines(folder: Path) -> Iterator[str]:
    yield from (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


if __name__ == "__main__":
    sys.stdout.write(f"{json.dumps(server_kills(int(sys.argv[1])), indent=1)}\n")
