"""A run under load and under kills, against a model and a GitHub on loopback.

    python -m benchmarks.batch throughput [N] [TURNS] [--faults] [--in-flight=64]   # 2,000 candidates, 1 s latency, then again unchanged
    python -m benchmarks.batch kills [N] [KILLS]           # 1,000 candidates, 200 SIGKILLs at random moments

With fewer in flight than the processors could do a second, the model alone is the limit.

Everything is made in a folder that is removed at the end.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from tests.batch.kills import kills
from tests.servers.load import (
    IN_FLIGHT,
    ROOT,
    Model,
    command,
    environment,
    fresh_snapshots,
    resumes,
)


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


def main() -> None:
    what, *numbers = [word for word in sys.argv[1:] if not word.startswith("-")]
    if what == "throughput":
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
