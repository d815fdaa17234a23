"""Installed extensions, found by the entry points of their distributions when they are first needed.

Four groups: ``evaluator.readers``, ``evaluator.converters``, ``evaluator.renderers`` and ``evaluator.sources``. One that cannot be loaded is an
error of its own where it is asked for by name, a warning in the log and a line of ``doctor`` elsewhere, and stops nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from .errors import ConfigurationError, UsageError
from .events import log_event
from .secret_masking import harmless
from .text.spelling import near

READERS = "evaluator.readers"
CONVERTERS = "evaluator.converters"
RENDERERS = "evaluator.renderers"
SOURCES = "evaluator.sources"
GROUPS = {READERS: "reader", CONVERTERS: "converter", RENDERERS: "renderer", SOURCES: "source"}
"""Each group, and what one of it is called."""

_log = logging.getLogger(__name__)


@cache
def installed(group: str) -> dict[str, EntryPoint]:
    """The extensions of one group by name; of several with one name the first on the path."""
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=group):
        found.setdefault(point.name, point)
    return found


def load(group: str, name: str) -> object:
    """What an extension's entry point names.

    Raises:
        UsageError: no extension has this name.
        ConfigurationError: it cannot be loaded.
    """
    point = installed(group).get(name)
    if point is None:
        message = f"There is no {GROUPS[group]} “{harmless(name)}”."
        raise UsageError(message, hint=near(name, installed(group)))
    try:
        return point.load()
    except Exception as error:
        raise broken(point, error) from error


def all_of(group: str) -> Iterator[tuple[str, object]]:
    """Name and object of each extension that can be loaded; the others are logged."""
    for name in installed(group):
        try:
            yield name, load(group, name)
        except ConfigurationError as error:
            log_event(_log, logging.WARNING, "extension skipped", why=error.message)


def broken(point: EntryPoint, error: BaseException) -> ConfigurationError:
    """The one line about an extension that cannot be used."""
    where = point.dist.name if point.dist else "an unknown distribution"
    what = " ".join(str(error).split())[:120]
    message = f"The {GROUPS[point.group]} “{point.name}” of {where} cannot be used ({type(error).__name__}: {what})."
    return ConfigurationError(message, hint=f"Correct or uninstall {where}.")


def version_of(point: EntryPoint) -> str:
    """Distribution and version, as ``doctor`` names them and reports depend on them."""
    return f"{point.dist.name} {point.dist.version}" if point.dist else "unknown"
