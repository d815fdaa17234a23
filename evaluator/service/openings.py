"""Openings that are kept with the runs: a role file each, for the owner of the server alone."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from ..access import Access, make_folder, refuse_link, write_own
from ..errors import EvaluatorError, StorageError, UsageError
from ..roles.loading import SHIPPED_ROLES, load_role
from ..roles.model import RoleProfile
from ..roles.writing import write_role
from .run_cache import NotThere

FOLDER = "openings"
LONGEST_TITLE = 120
_SUFFIX = ".toml"
_LONGEST_KEY = 60
_MOST = 500


class Opening(NamedTuple):
    """What one vacancy asks for.

    Attributes:
        key: by which addresses know it.
        role: as its file has it.
        version: changes when the file does.
        path: of the file; None for a role that ships.
    """

    key: str
    role: RoleProfile
    version: str
    path: Path | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return self.role.title or self.role.name

    @property
    def named(self) -> RoleProfile:
        """The role under the name that people know it by, which reports repeat."""
        return self.role.model_copy(update={"name": self.title})

    @property
    def identity(self) -> str:
        """The role as runs keep what they were read for."""
        return self.role.model_dump_json()

    @property
    def kept(self) -> RoleProfile | str:
        """What a run that is read for it keeps: the role as it is now, or the name of one that ships."""
        return self.role if self.path else self.key

    @property
    def source(self) -> str:
        """By which a batch finds it: a path, or the name of a role that ships."""
        return str(self.path.absolute()) if self.path else self.key


class Unusable(NamedTuple):
    """A file that is no role, and why."""

    key: str
    why: str


class Openings:
    """The openings of a folder of runs.

    Args:
        runs: the folder; role files are kept below it.
    """

    def __init__(self, runs: Path) -> None:
        self.folder = runs / FOLDER
        self._lock = threading.Lock()
        self._read: dict[str, tuple[str, Opening]] = {}

    def _files(self) -> dict[str, Path]:
        if self.folder.is_symlink() or not self.folder.is_dir():
            return {}
        return {
            path.stem: path
            for path in self.folder.iterdir()
            if path.suffix == _SUFFIX and path.is_file() and not path.is_symlink()
        }

    def all(self) -> list[Opening | Unusable]:
        """Own ones, the one that changed last first."""
        files = sorted(self._files().values(), key=lambda p: (-p.stat().st_mtime, p.name))
        return [self._opening(path) for path in files]

    def usable(self) -> list[Opening]:
        """Own ones that can be used, then those that ship."""
        own = [found for found in self.all() if isinstance(found, Opening)]
        return [*own, *shipped()]

    def find(self, key: str) -> Opening:
        """An opening by its key, which is looked up and never made a path of.

        Raises:
            NotThere: there is none.
            UsageError: its file is no role.
        """
        ready = next((one for one in shipped() if one.key == key), None)
        path = self._files().get(key)
        found = ready or (self._opening(path) if path else None)
        if found is None:
            raise NotThere(key)
        if isinstance(found, Unusable):
            raise UsageError(found.why)
        return found

    def asked(self, key: str) -> Opening | None:
        """The same for an address that may be old; None where there is none, or none that can be used."""
        try:
            return self.find(key)
        except (NotThere, UsageError):
            return None

    def _opening(self, path: Path) -> Opening | Unusable:
        try:
            version = _version(path.read_bytes())
            kept = self._read.get(path.stem)
            if kept is None or kept[0] != version:
                kept = self._read[path.stem] = (version, _read(path))
            return kept[1]
        except EvaluatorError as error:
            return Unusable(path.stem, error.message)
        except OSError as error:
            return Unusable(path.stem, f"It cannot be read ({error.strerror}).")

    def add(self, role: RoleProfile) -> Opening:
        """Keep a new one under a key of its title.

        Raises:
            UsageError: there are too many.
            StorageError: it cannot be written.
        """
        with self._lock:
            there = self._files()
            if len(there) >= _MOST:
                message = f"{_MOST} openings are kept already."
                raise UsageError(message, hint="Delete those that are filled.")
            key = next(k for k in _keys(role.title) if k not in there)
            return self._write(key, role)

    def save(self, key: str, role: RoleProfile, version: str) -> Opening:
        """Write one anew.

        Args:
            key: of it.
            role: what it asks for now.
            version: that was edited.

        Raises:
            NotThere: there is none.
            UsageError: somebody else changed it meanwhile.
            StorageError: it cannot be written.
        """
        with self._lock:
            path = self._own(key)
            if _version(path.read_bytes()) != version:
                message = "Somebody else changed this opening meanwhile."
                raise UsageError(message, hint="Open it again and make your change in what stands there now.")  # fmt: skip
            return self._write(key, role)

    def delete(self, key: str) -> None:
        """Take one away.

        Raises:
            NotThere: there is none.
            StorageError: it cannot be deleted.
        """
        with self._lock:
            path = self._own(key)
            try:
                path.unlink()
            except OSError as error:
                message = f"The opening cannot be deleted ({error.strerror})."
                raise StorageError(message) from error

    def _own(self, key: str) -> Path:
        path = self._files().get(key)
        if path is None:
            raise NotThere(key)
        return path

    def _write(self, key: str, role: RoleProfile) -> Opening:
        refuse_link(self.folder)
        make_folder(self.folder, Access.OWNER)
        content = write_role(role).encode("utf-8")
        path = self.folder / f"{key}{_SUFFIX}"
        write_own(path, content)
        return Opening(key, role, _version(content), path)


def shipped() -> list[Opening]:
    """Roles that ship with the program."""
    return [Opening(name, load_role(name), "") for name in SHIPPED_ROLES]


def _read(path: Path) -> Opening:
    return Opening(path.stem, load_role(str(path)), _version(path.read_bytes()), path)


def _version(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _keys(title: str) -> Iterator[str]:
    """Names of files that lead nowhere else, as many as are needed until one is free."""
    words = re.sub(r"[^\w]+", "-", unicodedata.normalize("NFC", title).casefold())
    first = words[:_LONGEST_KEY].strip("-_") or "opening"
    if first not in SHIPPED_ROLES:
        yield first
    for number in count(2):
        yield f"{first}-{number}"
