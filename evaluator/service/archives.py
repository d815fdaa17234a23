"""ZIP archives of uploads, taken apart into files, so that each can be purged with its candidate."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..batch.system_files import is_of_the_system
from ..documents.sniffing import MAX_BYTES

_SUFFIX = ".zip"


class Upload(NamedTuple):
    """A file as it came in."""

    name: str
    content: bytes


class Refused(NamedTuple):
    """A file that is not taken, and why."""

    name: str
    why: str


def unpacked(
    uploads: Iterable[Upload], *, most_bytes: int, most_files: int
) -> Iterator[Upload | Refused]:
    """Files as they are, and those within archives.

    Args:
        uploads: one after the other.
        most_bytes: of all archives together, unpacked; what is more is refused.
        most_files: in one archive.
    """
    left = most_bytes
    for upload in uploads:
        if not upload.name.lower().endswith(_SUFFIX):
            yield upload
            continue
        for found in _members(upload, most_files):
            if isinstance(found, Upload):
                left -= len(found.content)
                if left < 0:
                    yield Refused(upload.name, "unpacked it is more than can be uploaded at once")
                    break
            yield found


def _members(archive: Upload, most: int) -> Iterator[Upload | Refused]:
    try:
        with zipfile.ZipFile(io.BytesIO(archive.content)) as opened:
            names = [i for i in opened.infolist() if not i.is_dir() and not _is_hidden(i.filename)]
            if len(names) > most:
                yield Refused(archive.name, f"holds more than {most} files")
                return
            for info in names:
                if info.filename.lower().endswith(_SUFFIX):
                    yield Refused(info.filename, "an archive within an archive")
                    continue
                # One byte more than a resume may have tells that it is too large, whatever its header says.
                with opened.open(info) as stream:
                    yield Upload(info.filename, stream.read(MAX_BYTES + 1))
    except RuntimeError:
        yield Refused(archive.name, "encrypted")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        yield Refused(archive.name, "a damaged archive")


def _is_hidden(name: str) -> bool:
    return any(is_of_the_system(part) for part in name.split("/") if part not in {"", ".", ".."})
