"""Resumes at addresses: of an installed extension, s3:// and gs:// through pyarrow, others through fsspec where it is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, Unreadable, UsageError
from ..pipeline.inputs import Input
from .installed_sources import addresses_from, installed_source, read_from
from .system_files import is_of_the_system

_OF_AN_ADDRESS = "%/?#:@!$&'()*+,;=~"
"""Signs that are left as they are; names of objects have others, which no address may hold."""


def is_address(text: str) -> bool:
    """Whether a text is an address and not a path."""
    return "://" in text


def load_address(address: str) -> Input:
    """Read an object once.

    Raises:
        ConfigurationError: the extension for such addresses cannot be used.
        DocumentError: it is not there or cannot be read.
    """
    if source := installed_source(address):
        return read_from(source, address)
    system, path = system_of(address)
    try:
        with system.open_input_stream(path) as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        message = f"There is no {address}."
        raise DocumentError(Unreadable.NOT_FOUND, message, hint="Check the address.") from error
    except OSError as error:
        message = f"{address} cannot be read."
        raise DocumentError(Unreadable.NOT_A_FILE, message) from error
    return Input(name=PurePosixPath(path).name, data=data)


def listed(address: str) -> Iterator[str]:
    """The address itself, or all objects below it in a stable order.

    Raises:
        UsageError: it cannot be listed.
    """
    if source := installed_source(address):
        yield from addresses_from(source, address)
        return
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
        raise UsageError(message, hint="Check the address and its credentials.") from error
    for info in sorted(found, key=lambda each: str(each.path)):
        if info.type is fs.FileType.File and not is_of_the_system(PurePosixPath(info.path).name):
            name = str(info.path) if isinstance(system, fs.PyFileSystem) else _as_address(info.path)
            yield f"{start}://{name}{options}"


def _as_address(path: str) -> str:
    """A path in which no sign of a name is taken for one of the address."""
    return path.replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def system_of(address: str) -> tuple[Any, str]:
    """The file system of an address and the path within it.

    Raises:
        UsageError: nobody knows such addresses, or a library is missing.
    """
    try:
        import pyarrow
        from pyarrow import fs

        try:
            system, path = fs.FileSystem.from_uri(quote(address, safe=_OF_AN_ADDRESS))
        except pyarrow.ArrowInvalid:
            import fsspec

            found, path = fsspec.core.url_to_fs(address)
            system = fs.PyFileSystem(fs.FSSpecHandler(found))
    except ImportError as error:
        missing = error.name or getattr(error.__cause__, "name", None) or "another library"
        message = f"{address} needs {missing}, which is not installed."
        hint = "pip install 'resume-evaluator[ray]', and what fsspec needs for such addresses."
        raise UsageError(message, hint=hint) from error
    except (ValueError, OSError) as error:
        message = f"{address} cannot be opened ({type(error).__name__})."
        raise UsageError(
            message, hint="Use a path, s3://…, gs://…, or an address that fsspec knows."
        ) from error
    return system, str(path)
