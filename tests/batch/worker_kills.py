"""Many workers at one run in PostgreSQL, which die again and again, and the server with them, beside a calm run in SQLite."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from evaluator.batch.postgres import connection

from ..servers.load import IN_FLIGHT, ROOT, Model, command, environment, outputs, resumes
from ..servers.postgres import PostgresServer, postgres

Worker = subprocess.Popen[bytes]


def _rows(server: PostgresServer, run: Path) -> tuple[int, int, int, int]:
    """Rows, reports, candidates whom events tell of, and entries in the record of use."""
    schema = (run / "run.postgres").read_text().strip()
    session = connection(server.address)
    cursor = session.cursor()
    cursor.execute(
        f"select (select count(*) from {schema}.item), (select count(*) from {schema}.report),"
        f' (select count(*) from {schema}.event where line like \'%"event": "done"%\'),'
        f" (select count(*) from {schema}.entry where chain = 'use')"
    )
    found: tuple[int, int, int, int] = tuple(cursor.fetchall()[0])
    session.close()
    return found


def _end(worker: Worker) -> None:
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def worker_kills(
    count: int, wanted: int, *, workers: int = 2, in_flight: int = 8, seed: int = 1, latency: float = 0.1,
) -> dict[str, int]:  # fmt: skip
    """What was lost, doubled or different after so many SIGKILLs to workers and to the server."""
    dice = random.Random(seed)
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, postgres() as server:
        folder = Path(name)
        made = resumes(folder, count)
        found = []
        for where in ("calm", "wild"):
            place = folder / where
            place.mkdir()
            model = Model(place, latency=latency)
            # The workers are what works side by side here.
            run = [
                *command(made, place / "run", model, place / "snapshots", in_flight),
                "--jobs",
                "1",
            ]
            env = environment(place)
            try:
                if where == "calm":
                    subprocess.run(run, cwd=ROOT, env=env, check=True, capture_output=True)
                else:
                    _disturbed(run, {**env, "EVALUATOR_DATABASE": server.address}, server, model, dice, wanted, workers, counted)  # fmt: skip
                found.append((outputs(place / "run"), model.calls))
            finally:
                model.close()
        (calm, first), (wild, second) = found
        wild.pop("run.postgres")
        rows, reports, told, used = _rows(server, folder / "wild" / "run")
        log = (folder / "wild" / "run" / "log.jsonl").read_text().splitlines()
    counted["lost rows"], counted["double events"] = count - rows, told - count
    counted["double uses"], counted["lost reports"] = used - count, count - reports
    counted["double lines of the log"] = sum('"event": "done"' in line for line in log) - count
    counted["different outputs"] = sum(calm.get(n) != wild.get(n) for n in calm.keys() | wild.keys())  # fmt: skip
    counted["calls"], counted["calls undisturbed"] = len(second), len(first)
    counted["calls repeated"] = len(second) - len(set(second))
    counted["calls in flight at most"] = counted["kills"] * min(in_flight, IN_FLIGHT) * workers
    return dict(counted)


def _work_goes_on(model: Model) -> None:
    """Wait until the model is asked again, so that somebody is killed at work and not while it starts."""
    before = len(model.calls)
    for _ in range(200):
        if len(model.calls) > before:
            return
        time.sleep(0.05)


def _disturbed(
    run: list[str], env: dict[str, str], server: PostgresServer, model: Model, dice: random.Random, wanted: int,
    workers: int, counted: Counter[str],
) -> None:  # fmt: skip
    def start() -> Worker:
        counted["starts"] += 1
        return subprocess.Popen(run, cwd=ROOT, env=env, stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip

    found: list[Worker] = [start() for _ in range(workers)]
    try:
        while found:
            if counted["kills"] < wanted:
                _work_goes_on(model)
            time.sleep(dice.uniform(0.0, 0.3))
            if counted["kills"] < wanted:
                counted["kills"] += 1
                if dice.random() < 0.1:
                    server.kill()
                    server.start()
                    counted["kills of the database"] += 1
                else:
                    _end(dice.choice(found))
            for worker in [each for each in found if each.poll() is not None]:
                found.remove(worker)
                if worker.returncode != 0:  # killed, or its server was
                    found.append(start())
    finally:
        for worker in found:
            _end(worker)
