"""A worker of tests: does what a piece says, and says when and where it did it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from evaluator.workers import serve

MODULE = __name__


def answer(request: bytes) -> bytes:
    """``sleep SECONDS``, ``die`` (crashes), ``leave SECONDS PATH`` (then a file), or any word."""
    word, seconds, path = (*request.decode().split(" ", 2), "", "")[:3]
    begun = time.monotonic()
    if word == "die":
        os.abort()
    time.sleep(float(seconds or 0))
    if word == "leave":
        Path(path).touch()
    return json.dumps({"word": word, "process": os.getpid(), "begun": begun}).encode()


def main() -> None:
    """Serve requests on standard input."""
    serve(answer)
