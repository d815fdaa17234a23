"""The program of a worker process: reads documents it is sent, inside limits, until its input ends.

A request is the file's name in UTF-8, a NUL and the file's bytes; a reply is JSON. The parent never unpickles
what a parser says.
"""

from __future__ import annotations

import json
import sys

from ..errors import DocumentError
from ..workers import serve
from .reading import read_document

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 30


def main() -> None:
    """Serve requests on standard input."""
    serve(answered, prepare=limit_memory_and_files)


def answered(request: bytes) -> bytes:
    """The reply to one request, inside the limits."""
    name, _, data = request.partition(b"\0")
    limit_processor_time()
    return answer(data, name.decode("utf-8"))


def answer(data: bytes, name: str) -> bytes:
    """A document or a typed error, as JSON."""
    try:
        return read_document(data, name).model_dump_json().encode("utf-8")
    except DocumentError as error:
        value = {"reason": error.reason, "message": error.message, "hint": error.hint}
        return json.dumps({"error": value}).encode("utf-8")


def limit_memory_and_files() -> None:
    """Cap memory, written files, open files and core dumps, where the platform can."""
    if sys.platform == "win32":
        return
    import resource

    for kind, value in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (ceiling, hard))


def limit_processor_time() -> None:
    """So much processor time for the next file: a worker whose parent was killed ends by itself."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, hard))
