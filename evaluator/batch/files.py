"""Writing whole files: never torn, and not at all when nothing changed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ..errors import StorageError


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write atomically; gives False when the file already holds these bytes.

    Raises:
        StorageError: the folder cannot be written or the disk is full.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(0o644)
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise storage_error(path, error) from error
    return True


def storage_error(path: Path, error: Exception) -> StorageError:
    """One sentence for a disk that refuses."""
    reason = getattr(error, "strerror", None) or str(error)
    message = f"{path} cannot be written ({reason})."
    return StorageError(message, mend="Free some space or choose another --out, then run it again.")
