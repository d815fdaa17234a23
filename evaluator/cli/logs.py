"""``--log-level`` and ``--log-format``: events as lines on standard error."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from ..events import fields_of
from ..secret_masking import harmless

F = TypeVar("F", bound=Callable[..., Any])
LEVELS = ("debug", "info", "warning", "error")
_CHOSEN = "evaluator.logs"


class _Json(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": harmless(record.getMessage()),
            **{name: _plain(value) for name, value in fields_of(record).items()},
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class _Text(logging.Formatter):
    """Time, level, event and ``name=value``."""

    def format(self, record: logging.LogRecord) -> str:
        fields = [f"{name}={_plain(value)}" for name, value in fields_of(record).items()]
        words = (
            f"{_time(record):%H:%M:%S}", record.levelname.lower(), harmless(record.getMessage()),
            *fields,
        )  # fmt: skip
        return " ".join(words)


def log_options(command: F) -> F:
    """``--log-level`` and ``--log-format``, before or after the command's name."""
    command = click.option(
        "--log-format", type=click.Choice(["text", "json"]), expose_value=False, callback=_choose,
        help="Log events on standard error in this form; no personal data is among them.",
    )(command)  # fmt: skip
    return click.option(
        "--log-level", type=click.Choice(LEVELS), expose_value=False, callback=_choose,
        help="Log events from this level on; info where only the form is given.",
    )(command)  # fmt: skip


def _choose(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is None:
        return
    chosen: dict[str | None, str] = context.meta.setdefault(_CHOSEN, {})
    chosen[parameter.name] = value
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if chosen.get("log_format") == "json" else _Text())
    logger = logging.getLogger("evaluator")
    _remove(logger)
    handler.set_name(_CHOSEN)
    logger.addHandler(handler)
    logger.setLevel(chosen.get("log_level", "info").upper())
    context.find_root().call_on_close(lambda: _remove(logger))


def _remove(logger: logging.Logger) -> None:
    for handler in list(logger.handlers):
        if handler.name == _CHOSEN:
            logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _plain(value: object) -> object:
    return harmless(value) if isinstance(value, str) else value
