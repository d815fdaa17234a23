"""Start-up cost: ``evaluator --help`` and ``import evaluator``, median of repeated fresh processes.

python -m benchmarks.startup
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time

REPEATS = 15
TARGETS = {
    "evaluator --help": ([sys.executable, "-m", "evaluator", "--help"], 0.25),
    "import evaluator": ([sys.executable, "-c", "import evaluator"], 0.15),
    "python -c pass": ([sys.executable, "-c", "pass"], 0.0),
}


def measure(command: list[str]) -> tuple[float, float]:
    """Median wall and processor seconds of a fresh process."""
    walls, cpus = [], []
    for _ in range(REPEATS):
        before, start = os.times(), time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        walls.append(time.perf_counter() - start)
        after = os.times()
        cpus.append(
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        )
    return statistics.median(walls), statistics.median(cpus)


def main() -> None:
    print(f"{'command':<20} {'wall s':>8} {'cpu s':>8} {'target s':>9}")
    for name, (command, target) in TARGETS.items():
        wall, cpu = measure(command)
        print(f"{name:<20} {wall:8.3f} {cpu:8.3f} {target or '':>9}")


if __name__ == "__main__":
    main()
