"""A run that is killed again and again, beside one that nobody disturbed."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from ..servers.github import LOGIN, github_server
from ..servers.load import IN_FLIGHT, ROOT, Model, command, environment, outputs, resumes


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
            sys.stdout.write(f"different: {name}\n")
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
