"""Converters that somebody else wrote and installed: asked first, and never able to stop another document."""

from __future__ import annotations

import logging
from functools import cache
from typing import cast

from ..errors import DocumentError, Unreadable
from ..events import log_event
from ..plugins import CONVERTERS, all_of
from .draft import Draft, InstalledConverter
from .sniffing import MAX_BYTES

_log = logging.getLogger(__name__)


def extension_draft(data: bytes) -> Draft | None:
    """What the first converter that accepts these bytes makes of them; None where none does.

    Raises:
        DocumentError: the converter that accepted them cannot read them.
    """
    if len(data) > MAX_BYTES:
        return None
    for name, converter in _converters():
        if _accepts(name, converter, data):
            return _converted(name, converter, data)
    return None


@cache
def _converters() -> tuple[tuple[str, InstalledConverter], ...]:
    found = []
    for name, make in all_of(CONVERTERS):
        try:
            found.append((name, cast(InstalledConverter, make())))  # type: ignore[operator]
        except Exception as error:  # noqa: BLE001 - an extension stops no document but its own
            _skipped(name, error)
    return tuple(found)


def _accepts(name: str, converter: InstalledConverter, data: bytes) -> bool:
    try:
        return bool(converter.accepts(data))
    except Exception as error:  # noqa: BLE001 - as above
        _skipped(name, error)
        return False


def _converted(name: str, converter: InstalledConverter, data: bytes) -> Draft:
    try:
        draft = converter.convert(data)
    except (DocumentError, MemoryError, RecursionError):
        raise
    except Exception as error:
        message = f"The converter “{name}” failed ({type(error).__name__})."
        raise DocumentError(Unreadable.DAMAGED, message) from error
    if not isinstance(draft, Draft):
        message = f"The converter “{name}” returned no Draft."
        raise DocumentError(Unreadable.DAMAGED, message)
    return draft


def _skipped(name: str, error: Exception) -> None:
    log_event(
        _log, logging.WARNING, "extension skipped", converter=name, error=type(error).__name__
    )
