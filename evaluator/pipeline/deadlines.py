"""Deadlines of a candidate in the stages of this process: a hostile text costs one row and so many seconds."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NamedTuple

from ..errors import DocumentError, Unreadable

STRUCTURE = "Finding the parts of the document"
SHOWING = "Taking identity out of the document"
JUDGING = "Judging the candidate"


class Deadlines(NamedTuple):
    """Seconds that one candidate may take."""

    stage: float
    """In a stage of this machine."""
    portfolio: float
    question: float
    """One question to the model with all its tries, once it is its turn."""


def too_long(seconds: float, what: str) -> DocumentError:
    """The reason of a row whose stage took longer than it may.

    Args:
        seconds: that it may take.
        what: the stage, as the beginning of a sentence.
    """
    message = f"{what} took longer than {seconds:g} seconds."
    return DocumentError(
        Unreadable.TIME_LIMIT,
        message,
        hint="Look at the file: something in it may slow the program down.",
    )


@contextmanager
def within(seconds: float, what: str) -> Iterator[None]:
    """Let a stage that gives no control back end when its time is over.

    By a signal, which the interpreter and its patterns look for, so in the main thread of a system that has it;
    elsewhere there is no limit. One that is set already is kept.

    Raises:
        DocumentError: it took longer.
    """
    if not _can_limit():
        yield
        return

    def on_alarm(_: int, __: FrameType | None) -> None:
        raise too_long(seconds, what)

    before = signal.signal(signal.SIGALRM, on_alarm)
    # Again and again, in case that something in the stage takes the first for an error of its own.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _can_limit() -> bool:
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        return False
    return signal.getsignal(signal.SIGALRM) in {
        signal.SIG_DFL,
        signal.SIG_IGN,
    } and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
