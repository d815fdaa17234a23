"""What a batch is given, as a stream of files: files, folders, globs, ZIP archives, CSV manifests, object stores."""

from __future__ import annotations

import glob
import os
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import field_serializer, field_validator

from ..documents.sniffing import MAX_BYTES
from ..errors import DocumentError, Unreadable, UsageError
from ..models.base import Value
from ..pipeline.inputs import Input, load_input
from ..secret_masking import readable
from .addresses import is_address, listed, load_address
from .manifests import SUFFIXES, Entry, entries
from .system_files import is_of_a_run, is_of_the_system, without_a_run

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
    is_listed: bool = False
    """A manifest names it, so that it has its row whether it exists or not."""

    @field_serializer("path", when_used="json")
    def _path_as_text(self, path: Path) -> str:
        return os.fsencode(path).decode("latin-1")

    @field_validator("path", mode="plain")
    @classmethod
    def _path_of_text(cls, value: object) -> Path:
        """JSON holds a path's bytes as Latin-1, because names of files need not be text."""
        if isinstance(value, Path):
            return value
        return Path(os.fsdecode(str(value).encode("latin-1")))

    @property
    def name(self) -> str:
        """As tables show it."""
        if self.called is not None:
            return self.called
        if self.address is not None:
            return self.address
        return readable(f"{self.path}/{self.member}" if self.member else str(self.path))

    def load(self) -> Input:
        """Read it once.

        Raises:
            DocumentError: it is not there, may not be read, or is no regular file.
        """
        if self.address is not None:
            return self._load_address(self.address)
        if self.path == Path():
            message = "The row names no path."
            raise DocumentError(Unreadable.NOT_FOUND, message)
        if self.member is not None:
            return _load_member(self.path, self.member)
        return load_input(self.path)

    def _load_address(self, address: str) -> Input:
        try:
            return load_address(address)
        except UsageError as error:
            raise DocumentError(Unreadable.NOT_A_FILE, error.message, hint=error.hint) from error

    @property
    def may_exist(self) -> bool:
        """False when its path is known to lead nowhere and nobody needs to be told so by a row."""
        return self.is_listed or self.address is not None or self.path.exists()


def expand(sources: Iterable[str]) -> Iterator[BatchSource]:
    """Files in a stable order; a path that does not exist is kept, so that it gets its row.

    Files of operating systems and of earlier runs are passed over, but for one that is named alone.

    Raises:
        UsageError: a manifest has no column ``path``.
    """
    given = list(sources)
    several = len(given) > 1
    seen: set[str] = set()
    for source in given:
        if several and _is_passed_over(Path(source)):
            continue
        for found in _expand_one(source):
            if several and found.name in seen:
                continue
            if several:
                seen.add(found.name)
            yield found


def _is_passed_over(path: Path) -> bool:
    return path.is_file() and (is_of_the_system(path.name) or is_of_a_run(path))


def _expand_one(source: str) -> Iterator[BatchSource]:
    if is_address(source):
        yield from (BatchSource(address=address) for address in listed(source))
        return
    path = Path(source)
    if path.is_dir():
        for file in _walk(path):
            yield from _archive(file) if _is_archive(file) else [BatchSource(path=file)]
    elif path.suffix.lower() in SUFFIXES and path.is_file():
        yield from _of_manifest(path)
    elif _is_archive(path):
        yield from _archive(path)
    elif glob.has_magic(source) and not path.exists():
        for name in sorted(glob.glob(source, recursive=True)):  # noqa: PTH207 - patterns may be absolute
            if Path(name).is_file() and not _is_passed_over(Path(name)):
                yield BatchSource(path=Path(name))
    else:
        yield BatchSource(path=path)


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder, one folder's names in memory at a time; links to files are followed."""
    for root, folders, files in os.walk(folder, followlinks=False):
        kept = without_a_run(folders, files)
        folders[:] = sorted(name for name in kept if not is_of_the_system(name))
        for name in sorted(without_a_run(files, files)):
            if not is_of_the_system(name):
                yield Path(root) / name


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
    return any(is_of_the_system(part) for part in name.split("/") if part not in {".", ".."})


def _load_member(path: Path, member: str) -> Input:
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
            return Input(name=readable(Path(member).name), data=stream.read(MAX_BYTES + 1))
    except RuntimeError as error:
        message = readable(f"{member} in {path} is encrypted.")
        hint = "Unpack the archive with its password and try again."
        raise DocumentError(Unreadable.ENCRYPTED, message, hint=hint) from error
    except (KeyError, OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        message = readable(f"{member} in {path} cannot be read.")
        hint = "Unpack the archive and try again."
        raise DocumentError(Unreadable.NOT_A_FILE, message, hint=hint) from error


def _of_manifest(manifest: Path) -> Iterator[BatchSource]:
    """One source a row; a resume that is listed for several purposes stays several rows, each with its number."""
    rows: set[int] = set()
    times: dict[int, int] = {}
    for entry in entries(manifest):
        source = _source(entry, manifest)
        told = hash((source.name, entry.github, tuple(entry.carried.items())))
        if told in rows:
            continue
        rows.add(told)
        name = hash(source.name)
        times[name] = times.get(name, 0) + 1
        if times[name] > 1:
            source = source.model_copy(update={"called": f"{source.name} ({times[name]})"})
        yield source


def _source(entry: Entry, manifest: Path) -> BatchSource:
    addressed = is_address(entry.path)
    return BatchSource(
        path=Path() if addressed or not entry.path else _found(entry.path, manifest.parent),
        address=entry.path if addressed else None,
        github=entry.github,
        carried=entry.carried,
        called=None if entry.path else readable(f"{manifest}, line {entry.line}"),
        is_listed=True,
    )


def _found(name: str, folder: Path) -> Path:
    """The file that a manifest means: as written, or as another system writes it."""
    written = folder / name
    for candidate in (
        written,
        folder / name.replace("\\", "/"),
        Path(name).expanduser() if name.startswith("~") else written,
        folder / unicodedata.normalize("NFD", name),
        folder / os.fsdecode(name.encode("latin-1", "replace")),
    ):
        if _exists(candidate):
            return candidate
    return written


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name too long, or with a zero in it
        return False
