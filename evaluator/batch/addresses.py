"""Resumes in object stores: s3:// and gs:// through pyarrow, other addresses through fsspec where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, Unreadable, UsageError
from ..pipeline.inputs import Input
from .system_files import is_of_the_system


def is_address(text: str) -> bool:
    """Whether a text is an address and not a path."""
    return "://" in text


def load_address(address: str) -> Input:
    """Read an object once.

    Raises:
        DocumentError: it is not there or cannot be read.
    """
    system, path = system_of(address)
    try:
        with system.open_input_stream(path) as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        message = f"There is no {address}."
        raise DocumentError(Unreadable.NOT_FOUND, message, mend="Check the address.") from error
    except OSError as error:
        message = f"{address} cannot be read."
        raise DocumentError(Unreadable.NOT_A_FILE, message) from error
    return Input(name=PurePosixPath(path).name, data=data)


def listed(address: str) -> Iterator[str]:
    """The address itself, or all objects below it in a stable order.

    Raises:
        UsageError: it cannot be listed.
    """
    from pyarrow import fs

    system, path = system_of(address)
    start, _, rest = address.partition("://")
    options = f"?{rest.partition('?')[2]}" if "?" in rest else ""
    try:
        if system.get_file_info(path).type is fs.FileType.File:
            yield address
            return
        found = system.get_file_info(fs.FileSelector(path, recursive=True))
    except OSError as error:
        message = f"{address} cannot be listed."
        raise UsageError(message, mend="Check the address and its credentials.") from error
    for info in sorted(found, key=lambda each: str(each.path)):
        if info.type is fs.FileType.File and not is_of_the_system(PurePosixPath(info.path).name):
            yield f"{start}://{info.path}{options}"


def system_of(address: str) -> tuple[Any, str]:
    """The file system of an address and the path within it.

    Raises:
        UsageError: nobody knows such addresses, or a library is missing.
    """
    try:
        import pyarrow
        from pyarrow import fs

        try:
            system, path = fs.FileSystem.from_uri(address)
        except pyarrow.ArrowInvalid:
            import fsspec

            found, path = fsspec.core.url_to_fs(address)
            system = fs.PyFileSystem(fs.FSSpecHandler(found))
    except ImportError as error:
        message = f"{address} needs {error.name}, which is not installed."
        raise UsageError(message, mend="pip install 'resume-evaluator[ray]'.") from error
    except (ValueError, OSError) as error:
        message = f"{address} cannot be opened ({type(error).__name__})."
        raise UsageError(
            message, mend="Use a path, s3://…, gs://…, or an address that fsspec knows."
        ) from error
    return system, str(path)
