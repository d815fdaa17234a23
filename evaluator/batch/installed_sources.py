"""Documents from places that an installed extension knows: whatever it raises is an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import PurePosixPath
from typing import cast

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, EvaluatorError, Unreadable, UsageError
from ..models.document_source import DocumentSource
from ..pipeline.inputs import Input
from ..plugins import SOURCES, broken, installed, load
from ..secret_masking import readable


def installed_source(address: str) -> DocumentSource | None:
    """The extension that is named as the scheme of an address; None where there is none.

    Raises:
        ConfigurationError: it cannot be used.
    """
    name = address.partition("://")[0]
    return _made(name) if name in installed(SOURCES) else None


@cache
def _made(name: str) -> DocumentSource:
    make = load(SOURCES, name)
    try:
        return cast(DocumentSource, make())  # type: ignore[operator]
    except Exception as error:
        raise broken(installed(SOURCES)[name], error) from error


def addresses_from(source: DocumentSource, address: str) -> Iterator[str]:
    """Addresses of the documents at an address, each of the same source.

    Raises:
        UsageError: it cannot be listed, or lists what is no address of its own.
    """
    scheme = f"{address.partition('://')[0]}://"
    try:
        for found in source.addresses(address):
            yield _own(found, scheme, address)
    except EvaluatorError:
        raise
    except Exception as error:
        message = f"{readable(address)} cannot be listed ({type(error).__name__})."
        raise UsageError(message, hint="Check the address and its credentials.") from error


def _own(found: object, scheme: str, address: str) -> str:
    if isinstance(found, str) and found.startswith(scheme):
        return found
    message = f"{readable(address)} lists something that is no address {scheme}…."
    raise UsageError(message)


def read_from(source: DocumentSource, address: str) -> Input:
    """Read one document once, named by the end of its address.

    Raises:
        DocumentError: it is not there or cannot be read.
    """
    shown = readable(address)
    try:
        data = source.read(address)
    except DocumentError:
        raise
    except FileNotFoundError as error:
        message = f"There is no {shown}."
        raise DocumentError(Unreadable.NOT_FOUND, message, hint="Check the address.") from error
    except Exception as error:
        message = f"{shown} cannot be read ({type(error).__name__})."
        raise DocumentError(Unreadable.NOT_A_FILE, message) from error
    if not isinstance(data, bytes):
        message = f"{shown} gave no bytes."
        raise DocumentError(Unreadable.NOT_A_FILE, message)
    name = PurePosixPath(address.partition("://")[2]).name
    return Input(name=readable(name), data=data[: MAX_BYTES + 1])
