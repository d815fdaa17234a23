"""What a server counts of itself, as Prometheus reads it. Names of operations and numbers; nothing about anybody."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

from ...version import __version__

_BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_PAGE = 4096


class Meters:
    """Counts of one server. May be told from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._seconds: Counter[str] = Counter()
        self._below: Counter[tuple[str, float]] = Counter()
        self._counts: Counter[str] = Counter()
        self._in_flight = 0

    def begin(self) -> None:
        """A request came."""
        with self._lock:
            self._in_flight += 1

    def end(self, operation: str, status: int, seconds: float) -> None:
        """It was answered."""
        with self._lock:
            self._in_flight -= 1
            self._requests[operation, status] += 1
            self._counts[operation] += 1
            self._seconds[operation] += seconds  # type: ignore[assignment]
            for bound in _BOUNDS:
                if seconds <= bound:
                    self._below[operation, bound] += 1

    def text(self) -> str:
        """In Prometheus' text format."""
        with self._lock:
            lines = [
                "# HELP evaluator_info The program.", "# TYPE evaluator_info gauge",
                f'evaluator_info{{version="{__version__}"}} 1',
                "# HELP evaluator_requests_in_flight Requests to the API that are worked on.",
                "# TYPE evaluator_requests_in_flight gauge",
                f"evaluator_requests_in_flight {self._in_flight}",
                "# HELP evaluator_requests_total Requests to the API that were answered.",
                "# TYPE evaluator_requests_total counter",
                *(
                    f'evaluator_requests_total{{operation="{name}",status="{status}"}} {count}'
                    for (name, status), count in sorted(self._requests.items())
                ),
                "# HELP evaluator_request_seconds Time until the answer.",
                "# TYPE evaluator_request_seconds histogram",
            ]  # fmt: skip
            for name, count in sorted(self._counts.items()):
                label = f'operation="{name}"'
                lines += [
                    f'evaluator_request_seconds_bucket{{{label},le="{bound}"}} {self._below[name, bound]}'
                    for bound in _BOUNDS
                ]
                lines.append(f'evaluator_request_seconds_bucket{{{label},le="+Inf"}} {count}')
                lines.append(f"evaluator_request_seconds_sum{{{label}}} {self._seconds[name]:.6f}")
                lines.append(f"evaluator_request_seconds_count{{{label}}} {count}")
        memory = _resident()
        if memory is not None:
            lines += [
                "# HELP process_resident_memory_bytes Memory of the server without its workers.",
                "# TYPE process_resident_memory_bytes gauge",
                f"process_resident_memory_bytes {memory}",
            ]
        return "\n".join(lines) + "\n"


def _resident() -> int | None:
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):  # a system without it
        return None
