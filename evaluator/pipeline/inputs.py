"""What a caller may give as a resume: a path, bytes, or a binary file."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path
from typing import BinaryIO

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, Unreadable
from ..masking import readable
from ..models.base import Value

Source = str | Path | bytes | BinaryIO


class Input(Value):
    """The bytes that are evaluated, and what they are called."""

    name: str
    data: bytes

    @property
    def id(self) -> str:
        """First 16 hex digits of the content's SHA-256."""
        return hashlib.sha256(self.data).hexdigest()[:16]


def load_input(source: Source) -> Input:
    """Read a source once.

    Raises:
        DocumentError: there is no such file, it may not be read, or it is no regular file.
    """
    if isinstance(source, bytes):
        return Input(name="resume", data=source)
    if isinstance(source, str | Path):
        return _load_file(Path(source))
    name = readable(Path(str(getattr(source, "name", "resume"))).name)
    return Input(name=name, data=source.read(MAX_BYTES + 1))


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
