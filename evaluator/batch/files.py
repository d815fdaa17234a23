"""Writing whole files: never torn, and not at all when nothing changed.

What a row must be there for first is written as a draft beside its place, which takes no time to put there.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from ..access import Access, make_folder, refuse_link, restrict
from ..errors import StorageError


class Draft(NamedTuple):
    """A whole file that is on the disk beside its place."""

    temporary: Path
    path: Path

    def publish(self) -> None:
        """Put it in its place.

        Raises:
            StorageError: the folder cannot be written.
        """
        try:
            self.temporary.replace(self.path)
        except OSError as error:
            self.temporary.unlink(missing_ok=True)
            raise storage_error(self.path, error) from error


def write_if_changed(path: Path, content: bytes, access: Access = Access.OWNER) -> bool:
    """Write atomically; gives False when the file already holds these bytes. Errors as :func:`draft`."""
    found = draft(path, content, access)
    if found is not None:
        found.publish()
    return found is not None


def draft(path: Path, content: bytes, access: Access = Access.OWNER) -> Draft | None:
    """Write beside the place; gives None when the file already holds these bytes.

    Args:
        path: the place.
        content: the whole file.
        access: who may read it.

    Raises:
        StorageError: the folder cannot be written, the disk is full, or a link is there.
    """
    try:
        refuse_link(path, is_replaced=True)
        if path.is_file() and path.read_bytes() == content:
            restrict(path, access.file)
            return None
        make_folder(path.parent, access)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(access.file)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error(path, error) from error
    return Draft(temporary, path)


def storage_error(path: Path, error: Exception) -> StorageError:
    """One sentence for a disk that refuses."""
    reason = getattr(error, "strerror", None) or str(error)
    message = f"{path} cannot be written ({reason})."
    return StorageError(message, hint="Free some space or choose another --out, then run it again.")
