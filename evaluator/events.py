"""What the package reports to ``logging``: events with fields, under loggers named like its modules.

Nothing is written unless a program sets up logging, or a command is given ``--log-level``. Fields are identities of
documents, kinds, counts and times; never a name, an address, a word of a resume or what a server said.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import DocumentError, EvaluatorError

Fields = dict[str, object]


def fields_of(record: logging.LogRecord) -> Fields:
    """The fields of an event."""
    found: Fields = getattr(record, "fields", {})
    return found


def log_event(logger: logging.Logger, level: int, event: str, **fields: object) -> None:
    """Log one event; fields that are None are left out."""
    if logger.isEnabledFor(level):
        known = {name: value for name, value in fields.items() if value is not None}
        logger.log(level, event, extra={"fields": known})


@contextmanager
def logged(logger: logging.Logger, event: str, **fields: object) -> Iterator[Fields]:
    """Log an event with its seconds once what is inside ends; more fields may be put into what this yields."""
    begun = time.monotonic()
    try:
        yield fields
    except EvaluatorError as error:
        why = error.reason.value if isinstance(error, DocumentError) else None
        failed = {**fields, "error": type(error).__name__, "reason": why, "seconds": _since(begun)}
        log_event(logger, logging.WARNING, f"{event} failed", **failed)
        raise
    log_event(logger, logging.INFO, event, **{**fields, "seconds": _since(begun)})


def _since(begun: float) -> float:
    return round(time.monotonic() - begun, 3)
