"""A Ray cluster of a head and two nodes on loopback, in a process of its own; it ends with its standard input."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PROGRAM = """
import sys
from ray.cluster_utils import Cluster
nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "node_ip_address": "127.0.0.2", "object_store_memory": 100 << 20})
for number in (3, 4):
    nodes.add_node(num_cpus=1, node_ip_address=f"127.0.0.{number}", object_store_memory=100 << 20)
print(nodes.address, flush=True)
sys.stdin.read()
nodes.shutdown()
"""


class Cluster:
    """Its address, and its workers' processes."""

    def __init__(self, address: str, pid: int) -> None:
        self.address = address
        self._pid = pid

    def workers(self) -> list[int]:
        """Processes that evaluate candidates."""
        return [pid for pid in descendants(self._pid) if "Candidates" in _command(pid)]


def descendants(pid: int) -> list[int]:
    """Processes that another one started, and those that they started."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


@contextmanager
def ray_cluster(temporary: Path) -> Iterator[Cluster]:
    """Start it, and end it with all it started."""
    environment = {**os.environ, "RAY_USAGE_STATS_ENABLED": "0", "RAY_TMPDIR": str(temporary)}
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, "the cluster did not start"
        yield Cluster(address, process.pid)
    finally:
        started = descendants(process.pid)
        process.stdin.close()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
        for pid in started:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
