"""ZIP archives of uploads, taken apart into files, so that each can be purged with its candidate."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import BinaryIO, NamedTuple

from ..batch.system_files import is_of_the_system
from ..documents.sniffing import MAX_BYTES

_SUFFIX = ".zip"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class Upload(NamedTuple):
    """A file as it came in."""

    name: str
    content: bytes


class Packed(NamedTuple):
    """A file as it came in, which may be an archive larger than what is kept in memory."""

    name: str
    stream: BinaryIO


class Refused(NamedTuple):
    """A file that is not taken, and why."""

    name: str
    why: str


def is_packed(name: str) -> bool:
    """Whether a file is taken apart, by its name: documents of offices are archives, too."""
    return name.lower().endswith(_SUFFIX)


def unpacked(
    uploads: Iterable[Upload | Packed], *, most_bytes: int, most_files: int
) -> Iterator[Upload | Refused]:
    """Files as they are, and those within archives.

    Args:
        uploads: one after the other.
        most_bytes: of all archives together, unpacked; what is more is refused.
        most_files: in one archive.
    """
    left = most_bytes
    for upload in uploads:
        if isinstance(upload, Upload):
            yield upload
            continue
        for found in _members(upload, most_files):
            if isinstance(found, Upload):
                left -= len(found.content)
                if left < 0:
                    yield Refused(upload.name, "unpacked it is more than can be uploaded at once")
                    break
            yield found


def names_in(files: Iterable[Packed]) -> Iterator[str]:
    """Names of the files that come, by what archives among them say of themselves."""
    for file in files:
        if not is_packed(file.name):
            yield file.name
            continue
        with suppress(*_DAMAGED), zipfile.ZipFile(file.stream) as opened:
            yield from (info.filename for info in _listed(opened))


def _listed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [i for i in archive.infolist() if not i.is_dir() and not _is_hidden(i.filename)]


def _members(archive: Packed, most: int) -> Iterator[Upload | Refused]:
    try:
        with zipfile.ZipFile(archive.stream) as opened:
            names = _listed(opened)
            if len(names) > most:
                yield Refused(archive.name, f"holds more than {most} files")
                return
            for info in names:
                if is_packed(info.filename):
                    yield Refused(info.filename, "an archive within an archive")
                    continue
                # One byte more than a resume may have tells that it is too large, whatever its header says.
                with opened.open(info) as stream:
                    yield Upload(info.filename, stream.read(MAX_BYTES + 1))
    except RuntimeError:
        yield Refused(archive.name, "encrypted")
    except _DAMAGED:
        yield Refused(archive.name, "a damaged archive")


def _is_hidden(name: str) -> bool:
    return any(is_of_the_system(part) for part in name.split("/") if part not in {"", ".", ".."})
