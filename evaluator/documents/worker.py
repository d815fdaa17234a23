"""The program of a worker process: reads documents it is sent, inside limits, until its input ends.

Frames in both directions are eight bytes of length and that many bytes. A request is the file's name in
UTF-8, a NUL and the file's bytes; a reply is JSON. The parent never unpickles what a worker says.
"""

from __future__ import annotations

import json
import os
import sys
from typing import BinaryIO

from ..errors import DocumentError
from .reading import read_document

MEMORY_BYTES = 512 * 1024 * 1024
CPU_SECONDS = 30
LENGTH_BYTES = 8


def main() -> None:
    """Serve requests on standard input."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    # Native parsers write to standard output when they like; that must not reach the frames.
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    limit_memory_and_files()
    serve(requests, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer frames until the input ends."""
    while len(head := requests.read(LENGTH_BYTES)) == LENGTH_BYTES:
        name, _, data = requests.read(int.from_bytes(head, "big")).partition(b"\0")
        limit_processor_time()
        reply = answer(data, name.decode("utf-8"))
        replies.write(len(reply).to_bytes(LENGTH_BYTES, "big") + reply)
        replies.flush()


def answer(data: bytes, name: str) -> bytes:
    """A document or a typed error, as JSON."""
    try:
        return read_document(data, name).model_dump_json().encode("utf-8")
    except DocumentError as error:
        value = {"reason": error.reason, "message": error.message, "mend": error.mend}
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
