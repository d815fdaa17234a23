"""What a caller may give as a resume: a path, bytes, or a binary file."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import BinaryIO

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, Unreadable, UsageError
from ..models.base import Value
from ..secret_masking import readable


class Input(Value):
    """The bytes that are evaluated, and what they are called."""

    name: str
    data: bytes

    @property
    def id(self) -> str:
        """First 16 hex digits of the content's SHA-256."""
        return hashlib.sha256(self.data).hexdigest()[:16]


Source = str | Path | bytes | BinaryIO | Input
"""An ``Input`` gives bytes a name."""

_UNNAMED = "resume"


def shown_name(source: Source) -> str:
    """What a source is called where it is reported, also where it cannot be read."""
    if isinstance(source, Input):
        return source.name
    if isinstance(source, str | Path):
        return str(source)
    return str(getattr(source, "name", _UNNAMED))


def load_input(source: Source, name: str | None = None) -> Input:
    """Read a source once.

    Args:
        source: a path, bytes, a binary file, or what was read already.
        name: that it is given, instead of its own.

    Raises:
        DocumentError: there is no such file, it may not be read, or it is no regular file.
        UsageError: it is nothing of these.
    """
    loaded = _loaded(source)
    return loaded if name is None else Input(name=readable(name), data=loaded.data)


def _loaded(source: Source) -> Input:
    if isinstance(source, Input):
        return source
    if isinstance(source, str | Path):
        return _load_file(Path(source))
    if isinstance(source, bytes | bytearray | memoryview):
        return Input(name=_UNNAMED, data=bytes(source))
    return _load_stream(source)


def _load_stream(source: BinaryIO) -> Input:
    kind = type(source).__name__
    if not callable(getattr(source, "read", None)):
        message = f"A resume is a path, bytes, a binary file or an Input, not {kind}."
        raise UsageError(message)
    name = readable(Path(shown_name(source)).name)
    try:
        data = source.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"{name} cannot be read ({why})."
        raise DocumentError(Unreadable.NOT_A_FILE, message) from error
    if not isinstance(data, bytes):
        message = f"{name} was opened as text."
        raise UsageError(message, hint="Open it with mode “rb”.")
    return Input(name=name, data=data)


def _load_file(path: Path) -> Input:
    shown = readable(str(path))
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            message = f"{shown} is a folder."
            raise DocumentError(
                Unreadable.NOT_A_FILE, message, hint="Use “evaluator batch” for folders."
            )
        if not stat.S_ISREG(mode):
            message = f"{shown} is not a regular file."
            raise DocumentError(Unreadable.NOT_A_FILE, message)
        with path.open("rb") as stream:
            return Input(name=readable(path.name), data=stream.read(MAX_BYTES + 1))
    except FileNotFoundError as error:
        message = f"There is no file {shown}."
        raise DocumentError(Unreadable.NOT_FOUND, message, hint="Check the path.") from error
    except PermissionError as error:
        message = f"{shown} may not be read."
        raise DocumentError(
            Unreadable.NO_PERMISSION, message, hint="Check its permissions."
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"{shown} cannot be read ({why})."
        raise DocumentError(Unreadable.NOT_A_FILE, message) from error
