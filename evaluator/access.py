"""Who may read what is written, and where it goes: into the files that were meant, never through a link.

Modes are set by name, so that no umask makes them wider or narrower than what was asked for.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from .errors import StorageError

_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


class Access(StrEnum):
    """Who may read; only the owner ever writes."""

    OWNER = "owner"
    GROUP = "group"
    EVERYONE = "everyone"

    @property
    def file(self) -> int:
        """Mode of a file."""
        return {"owner": 0o600, "group": 0o640, "everyone": 0o644}[self.value]

    @property
    def folder(self) -> int:
        """Mode of a folder."""
        return {"owner": 0o700, "group": 0o750, "everyone": 0o755}[self.value]


def make_folder(path: Path, access: Access = Access.OWNER) -> None:
    """Make a folder and those above it that are missing; those that are there keep their modes.

    Raises:
        OSError: it cannot be made.
    """
    if path.is_dir():
        return
    if path.parent != path:
        make_folder(path.parent, access)
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        if not path.is_dir():
            raise
    else:
        path.chmod(access.folder)


def refuse_link(path: Path, *, is_replaced: bool = False) -> None:
    """Refuse a place where something else than a file or a folder of its own is.

    Args:
        path: the place.
        is_replaced: what is there is not written into, so another name of it would keep the old content.

    Raises:
        StorageError: a link is there, another name of a file that has several, a pipe or a device.
    """
    try:
        found = path.lstat()
    except OSError:
        return  # nothing is there, or whoever writes there learns why not
    _refuse(path, found, is_replaced=is_replaced)


def _refuse(path: Path, found: os.stat_result, *, is_replaced: bool = False) -> None:
    if stat.S_ISLNK(found.st_mode):
        message = f"{path} cannot be written: it is a link, and links are not followed."
    elif stat.S_ISREG(found.st_mode) and found.st_nlink > 1 and not is_replaced:
        message = f"{path} cannot be written: the same file has another name elsewhere."
    elif not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        message = f"{path} cannot be written: it is no regular file."
    else:
        return
    raise StorageError(message, hint="Remove it, or choose another place.")


def open_own(path: Path, access: Access = Access.OWNER, *, flags: int = os.O_RDWR) -> int:
    """A descriptor of a regular file, made when it is missing, with the mode of ``access``.

    Raises:
        StorageError: what is there is not such a file.
        OSError: it cannot be opened.
    """
    refuse_link(path)
    descriptor = os.open(path, flags | os.O_CREAT | _NO_LINK, 0o600)
    try:
        found = os.fstat(descriptor)
        _refuse(path, found)
        _set_mode(descriptor, found, access.file)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _set_mode(descriptor: int, found: os.stat_result, mode: int) -> None:
    if stat.S_IMODE(found.st_mode) != mode and hasattr(os, "fchmod"):
        with suppress(PermissionError):  # somebody else's, who let us write
            os.fchmod(descriptor, mode)


def make_own(path: Path, access: Access = Access.OWNER) -> None:
    """See that a regular file is there before a library opens it by name. Errors as :func:`open_own`.

    One that is there is not opened: closing it would take the locks that this process has on it.
    """
    refuse_link(path)
    if not path.exists():
        os.close(open_own(path, access))


def restrict(path: Path, mode: int) -> None:
    """Give what is there a mode, where it is ours to give."""
    with suppress(OSError):
        if stat.S_IMODE(path.lstat().st_mode) != mode and not path.is_symlink():
            path.chmod(mode)


def write_own(path: Path, content: bytes, access: Access = Access.OWNER) -> None:
    """Write a whole file in its place, or into a device or pipe that the user named.

    Raises:
        StorageError: a link is there, or it cannot be written.
    """
    try:
        if _is_stream(path):
            with path.open("wb") as stream:
                stream.write(content)
            return
        refuse_link(path, is_replaced=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
            temporary.chmod(access.file)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        message = f"{path} cannot be written ({error.strerror})."
        raise StorageError(message, hint="Choose another path with -o.") from error


def _is_stream(path: Path) -> bool:
    """Of the process, as ``/dev/stdout``, or a device or pipe of the user's own."""
    if path.parts[:2] in {("/", "dev"), ("/", "proc")}:
        return True
    try:
        mode = path.lstat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)
