"""Standard output and standard error as they are: of another encoding, closed, or read by nobody."""

from __future__ import annotations

import codecs
import io
import json
import os
import re
import sys
import unicodedata
from contextlib import suppress
from typing import TextIO

from ..errors import UsageError

_NEAREST = "evaluator-nearest"
_PLAIN = str.maketrans({
    "–": "-", "—": "-", "‑": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "·": "-",
    "•": "*", "→": "->", "×": "x", "≥": ">=", "≤": "<=", "█": "#", "░": ".", "─": "-", "━": "-",
})  # fmt: skip


_replaced: list[TextIO] = []
"""Kept, since what is let go of closes what it writes to."""


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """For characters that the encoding has not: the nearest that it has, or a question mark."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = [_as_ascii(c) for c in error.object[error.start : error.end]]
    return "".join(found), error.end


def _as_ascii(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character.translate(_PLAIN))
    return "".join(c for c in plain if c.isascii() and c.isprintable()) or "?"


class _Replacing(io.TextIOWrapper):
    """Its encoding has another name than that of ASCII, for which click would write UTF-8 all the same."""

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return f"{super().encoding}, replacing"


class _Unheard(_Replacing):
    """What nobody reads any more stops nothing."""

    def write(self, text: str) -> int:
        with suppress(OSError):
            return super().write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            super().flush()


def settle_streams() -> None:
    """At the start: whatever is told can be written, and standard error never fails."""
    codecs.register_error(_NEAREST, _nearest)
    sys.stdout = _wrapped(sys.stdout, _Replacing)
    sys.stderr = _wrapped(sys.stderr, _Unheard)


def _wrapped(stream: TextIO | None, kind: type[_Replacing]) -> TextIO | None:
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    encoding, newline = stream.encoding, None
    if encoding.lower().replace("-", "") == "utf8" and kind is _Replacing:
        stream.reconfigure(errors=_NEAREST)
        return stream
    stream.flush()
    _replaced.append(stream)
    return kind(
        stream.buffer, encoding=encoding, errors=_NEAREST, newline=newline, line_buffering=True
    )


def close_streams() -> None:
    """At the end: a reader that left is no error of ours."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def standard_input(most: int) -> bytes:
    """What another program gives, up to so many bytes.

    Raises:
        UsageError: there is nothing to read from.
    """
    stream = getattr(sys.stdin, "buffer", None)
    try:
        data: bytes | None = stream.read(most) if stream else None
    except (OSError, ValueError):
        data = None
    if data is None:
        message = "“-” means standard input, which is closed."
        raise UsageError(message, hint="Give the path of a file.")
    return data


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at it; nobody does at a closed one."""
    return stream is not None and not stream.closed and stream.isatty()


def as_it_can_be_written(text: str, stream: TextIO | None) -> str:
    """JSON with escapes for what the encoding has not, so that no program loses a character; other texts as they are."""
    if not text.startswith(("{", "[")):
        return text
    encoding = (getattr(stream, "encoding", None) or "utf-8").partition(",")[0]
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return re.sub("[^\x00-\x7f]", lambda found: json.dumps(found.group())[1:-1], text)
    return text
