"""How far one resume is, for whoever shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from ..errors import UsageError


class Phase(StrEnum):
    """What is being done with a resume."""

    DOCUMENT = "document"
    """Its file is read."""
    PORTFOLIO = "portfolio"
    """Who it is about, and their public code."""
    READING = "reading"
    """A reader looks for evidence."""
    JUDGING = "judging"
    """Evidence is verified, added up and reported."""
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """One resume enters a phase.

    Attributes:
        source: the path or the name of the resume.
        phase: that begins now.
    """

    source: str
    phase: Phase


ProgressCallback = Callable[[Step], None]
"""Called in the event loop, so it returns quickly."""


class CallbackFailed(UsageError):
    """The user's own callback raised; what it raised is the cause."""


class Progress:
    """Reports the steps of one resume.

    Args:
        source: its path or name.
        callback: of the user, or None.
    """

    def __init__(self, source: str, callback: ProgressCallback | None) -> None:
        self._source = source
        self._callback = callback

    def __call__(self, phase: Phase) -> None:
        """Report that a phase begins.

        Raises:
            CallbackFailed: the callback raised.
        """
        if self._callback is None:
            return
        try:
            self._callback(Step(self._source, phase))
        except Exception as error:
            message = f"The progress callback failed ({type(error).__name__})."
            raise CallbackFailed(message) from error
