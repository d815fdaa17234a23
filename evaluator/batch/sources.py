"""What a batch is given, as a stream of files: files, folders, globs, ZIP archives, CSV manifests, object stores."""

from __future__ import annotations

import csv
import glob
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, Unreadable, UsageError
from ..models.base import Value
from ..pipeline.inputs import Input, load_input
from .addresses import is_address, listed, load_address

_OWN_COLUMNS = frozenset({"path", "github"})
_MOST_MEMBERS = 100_000


class BatchSource(Value):
    """One resume of a batch."""

    path: Path = Path()
    address: str | None = None
    """Of an object store, instead of a path."""
    member: str | None = None
    """Its name within a ZIP archive at ``path``."""
    github: str | None = None
    """The account a manifest gives, or None for the one the resume names."""
    carried: dict[str, str] = {}
    """Other columns of the manifest."""
    called: str | None = None
    """The name that tables show, where it is not that of the path."""

    @property
    def name(self) -> str:
        """As tables show it."""
        if self.called is not None:
            return self.called
        if self.address is not None:
            return self.address
        return f"{self.path}/{self.member}" if self.member else str(self.path)

    def load(self) -> Input:
        """Read it once.

        Raises:
            DocumentError: it is not there, may not be read, or is no regular file.
        """
        if self.address is not None:
            return load_address(self.address)
        if self.member is not None:
            return _load_member(self.path, self.member)
        return load_input(self.path)

    @property
    def may_exist(self) -> bool:
        """False when its path is known to lead nowhere."""
        return self.address is not None or self.path.exists()


def expand(sources: Iterable[str]) -> Iterator[BatchSource]:
    """Files in a stable order; a path that does not exist is kept, so that it gets its row.

    Raises:
        UsageError: a manifest has no column ``path``.
    """
    given = list(sources)
    several = len(given) > 1
    seen: set[str] = set()
    for source in given:
        for found in _expand_one(source):
            if several and found.name in seen:
                continue
            if several:
                seen.add(found.name)
            yield found


def _expand_one(source: str) -> Iterator[BatchSource]:
    if is_address(source):
        yield from (BatchSource(address=address) for address in listed(source))
        return
    path = Path(source)
    if path.is_dir():
        for file in _walk(path):
            yield from _archive(file) if _is_archive(file) else [BatchSource(path=file)]
    elif path.suffix.lower() == ".csv" and path.is_file():
        yield from _manifest(path)
    elif _is_archive(path):
        yield from _archive(path)
    elif glob.has_magic(source) and not path.exists():
        for name in sorted(glob.glob(source, recursive=True)):  # noqa: PTH207 - patterns may be absolute
            if Path(name).is_file():
                yield BatchSource(path=Path(name))
    else:
        yield BatchSource(path=path)


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder, one folder's names in memory at a time; links that lead out are left alone."""
    inside = folder.resolve()
    for root, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            file = Path(root) / name
            if name.startswith("."):
                continue
            if file.is_symlink() and not file.resolve().is_relative_to(inside):
                continue
            yield file


def _is_archive(path: Path) -> bool:
    return path.suffix.lower() == ".zip" and path.is_file() and zipfile.is_zipfile(path)


def _archive(path: Path) -> Iterator[BatchSource]:
    """Members that are files; nothing is unpacked to the disk, and archives within are not opened."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(
            info.filename
            for info in archive.infolist()[:_MOST_MEMBERS]
            if not info.is_dir() and not _is_hidden(info.filename)
        )
    for name in names:
        yield BatchSource(path=path, member=name)


def _is_hidden(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX")) and part not in {".", ".."} for part in name.split("/")
    )


def _load_member(path: Path, member: str) -> Input:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
            return Input(name=Path(member).name, data=stream.read(MAX_BYTES + 1))
    except (KeyError, OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        message = f"{member} in {path} cannot be read."
        raise DocumentError(
            Unreadable.NOT_A_FILE, message, mend="Unpack the archive and try again."
        ) from error


def _manifest(path: Path) -> Iterator[BatchSource]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = csv.DictReader(stream)
        if not rows.fieldnames or "path" not in rows.fieldnames:
            message = f"The manifest {path} has no column “path”."
            raise UsageError(message, mend="Give a CSV with a header: path,github")
        for row in rows:
            name = (row.get("path") or "").strip()
            if name:
                file = Path(name)
                local = file if file.is_absolute() else path.parent / file
                yield BatchSource(
                    path=Path() if is_address(name) else local,
                    address=name if is_address(name) else None,
                    github=(row.get("github") or "").strip() or None,
                    carried={
                        column: value or ""
                        for column, value in row.items()
                        if column and column not in _OWN_COLUMNS and isinstance(value, str | None)
                    },
                )
