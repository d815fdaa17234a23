"""The program of a worker process: reads documents it is sent, inside limits, until its input ends.

A request is the length of a picture of the document in eight bytes, the picture, the file's name in UTF-8, a NUL and
the file's bytes; a reply is JSON, behind a question mark where a picture would tell more. The parent never unpickles
what a parser says.
"""

from __future__ import annotations

import json
import sys

from ..errors import DocumentError
from ..workers import LENGTH_BYTES, serve
from .reading import reading_of

WANTS_PICTURE = b"?"
MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 30


def main() -> None:
    """Serve requests on standard input."""
    serve(answered, prepare=limit_memory_and_files)


def request_of(data: bytes, name: str, views: bytes = b"") -> bytes:
    """What a worker is sent."""
    named = name.encode("utf-8", "replace").replace(b"\0", b"")
    return b"".join([len(views).to_bytes(LENGTH_BYTES, "big"), views, named, b"\0", data])


def answered(request: bytes) -> bytes:
    """The reply to one request, inside the limits."""
    end = LENGTH_BYTES + int.from_bytes(request[:LENGTH_BYTES], "big")
    views = request[LENGTH_BYTES:end]
    place = request.index(b"\0", end)
    limit_processor_time()
    return answer(request[place + 1 :], request[end:place].decode("utf-8"), views)


def answer(data: bytes, name: str, views: bytes = b"") -> bytes:
    """A document or a typed error, as JSON."""
    found, wants_picture = reading_of(data, name, views)
    if isinstance(found, DocumentError):
        value = {"reason": found.reason, "message": found.message, "hint": found.hint}
        reply = json.dumps({"error": value}).encode("utf-8")
    else:
        reply = found.model_dump_json().encode("utf-8")
    return WANTS_PICTURE + reply if wants_picture else reply


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
