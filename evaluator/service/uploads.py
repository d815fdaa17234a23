"""Uploaded resumes: kept within the run, under names that lead nowhere else, and known to a later purge."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from ..access import Access, make_folder, refuse_link, write_own
from ..batch.erasing import ErasingStore
from ..batch.sources import BatchSource
from ..batch.store import RunStore
from ..batch.system_files import is_of_the_system
from ..documents.sniffing import MAX_BYTES
from ..errors import UsageError
from ..roles.loading import load_role
from ..roles.model import RoleProfile
from ..roles.writing import write_role
from .accounts import Accounts
from .archives import Packed, Refused, Upload, unpacked
from .configuration import Limits
from .runs import Run, Runs

FOLDER = "uploads"
ACCOUNTS = "accounts"
"""Beside the uploads, under the same names: the account that came with a file."""
ROLE_MARK = "role of uploads"
ROLE_FILE = "role.toml"
_LONGEST = 100
_LONGEST_RUN = 60
_ID = 16
_OF_A_PROGRAM = "a program file, not a resume"
_NO_NAME = re.compile(r"[^\w.,()+@& -]")
_naming = threading.Lock()
"""A name that is free for one upload is not given to another before the file is there."""


class Taken(NamedTuple):
    """What became of an upload.

    Attributes:
        files: that were kept, or were there already.
        refused: names with the reason.
        ids: identities of those that were kept.
    """

    files: int
    refused: tuple[Refused, ...]
    ids: tuple[str, ...] = ()


def run_name(asked: str) -> str:
    """A name for a run that is a folder's name everywhere.

    Raises:
        UsageError: it is none.
    """
    name = " ".join(unicodedata.normalize("NFC", asked).split())
    is_sound = 0 < len(name) <= _LONGEST_RUN and name[0].isalnum() and name[-1] not in ". "
    if not is_sound or _NO_NAME.search(name):
        message = f"“{name[:_LONGEST_RUN]}” is not a valid name for a run."
        hint = f"Begin with a letter or a digit; up to {_LONGEST_RUN} letters, digits, spaces and . , ( ) + & -"
        raise UsageError(message, hint=hint)
    return name


def file_name(asked: str) -> str:
    """The last part of a name, without what could mean something to a disk; empty where nothing is left."""
    kept = _NO_NAME.sub("_", unicodedata.normalize("NFC", _last(asked))).strip(" .")
    stem, dot, suffix = kept.rpartition(".")
    if dot and len(suffix) < _LONGEST // 4:
        return f"{stem[: _LONGEST - len(suffix) - 1]}.{suffix}" if stem else ""
    return kept[:_LONGEST]


def _last(asked: str) -> str:
    return PureWindowsPath(PurePosixPath(asked).name).name


def make_run(runs: Runs, asked: str, role: str) -> Run:
    """A new run with nothing in it.

    Raises:
        UsageError: the name is none, or there is something of that name.
        StorageError: it cannot be written.
    """
    name = run_name(asked)
    folder = runs.folder / name
    if runs.is_one_run or folder.is_symlink() or (folder.exists() and not _is_empty(folder)):
        message = f"A run “{name}” cannot be made here: there is one already."
        raise UsageError(message, hint="Choose another name, or add the files to the run.")
    with RunStore(folder) as store:
        store.set_mark(ROLE_MARK, role)
    return runs.run(name)


def _is_empty(folder: Path) -> bool:
    """Whether a folder is what a server left that was killed while it made a run."""
    return folder.is_dir() and not any(folder.iterdir())


def settle_role(run: Run, asked: RoleProfile | str | None, default: str) -> None:
    """See to it that uploads into a run are read for the role that is asked for.

    A run into which nothing was uploaded yet is read for it from now on: a killed server may have begun to make it.

    Args:
        run: takes uploads.
        asked: None is whatever the run is read for.
        default: where it has no role of its own.

    Raises:
        UsageError: its uploads are read for another role.
        StorageError: somebody holds the run.
    """
    with run.store() as store:
        mark, is_new = store.mark(ROLE_MARK), not store.count()
    if asked is not None and not sources_of(run):
        read_for(run, asked)
    elif mark is None and is_new:
        read_for(run, default)
    elif asked is not None and asked != _kept_role(run, mark or default):
        message = f"“{run.name}” is read for another role."
        raise UsageError(message, hint="Leave the role out, or have the whole run read again for it.")  # fmt: skip


def _kept_role(run: Run, mark: str) -> RoleProfile | str:
    return load_role(str(run.folder / ROLE_FILE)) if mark == ROLE_FILE else mark


def take(
    run: Run,
    uploads: Iterable[Upload | Packed],
    *,
    limits: Limits | None = None,
    failed: Sequence[str] = (),
    is_noted: bool = True,
    accounts: Accounts | None = None,
) -> Taken:
    """Keep files within a run.

    Args:
        run: takes them.
        uploads: one after the other; archives are taken apart.
        limits: of what archives may hold.
        failed: sources whose file may be replaced by another of the same name.
        is_noted: note at once for a later purge where they are; otherwise the caller does it, by :func:`note`.
        accounts: that are given with the files.

    Raises:
        StorageError: somebody holds the run, or it cannot be written.
    """
    place = (run.folder / FOLDER).absolute()
    refuse_link(place)
    make_folder(place, Access.OWNER)
    kept: list[tuple[Path, str]] = []
    refused: list[Refused] = []
    most = limits or Limits()
    files = unpacked(uploads, most_bytes=most.upload_bytes, most_files=most.upload_files)
    for upload in files:
        if isinstance(upload, Refused):
            refused.append(upload)
            continue
        name = file_name(upload.name)
        is_resume = bool(name) and not is_of_the_system(_last(upload.name))
        why = _why_not(upload.content) if is_resume else _OF_A_PROGRAM
        if why:
            refused.append(Refused(name or "a file without a name", why))
            continue
        with _naming:
            path = _free(place, name, upload.content, frozenset(failed))
            if not path.exists() or str(path) in failed:
                write_own(path, upload.content)
            _keep_account(path, accounts.of(upload.name) if accounts else None)
        kept.append((path, id_of(upload.content)))
    if is_noted:
        with run.store() as store:
            note(store, kept)
    return Taken(len(kept), tuple(refused), tuple(dict.fromkeys(id_ for _, id_ in kept)))


def id_of(content: bytes) -> str:
    """Identity of a document, as reports have it."""
    return sha256(content).hexdigest()[:_ID]


def note(store: RunStore, kept: Iterable[tuple[Path, str]]) -> None:
    """Note where uploads are, so that a purge finds them; errors as those of the store."""
    for path, id_ in kept:
        store.exported(path, [id_])
        if _account_place(path).is_file():
            store.exported(_account_place(path), [id_])


def _account_place(path: Path) -> Path:
    return path.parent.parent / ACCOUNTS / path.name


def _keep_account(path: Path, account: str | None) -> None:
    """Keep what was given with a file; without any, what came with it before stays."""
    if account is None:
        return
    place = _account_place(path)
    refuse_link(place.parent)
    make_folder(place.parent, Access.OWNER)
    write_own(place, account.encode("utf-8"))


def _account(path: Path) -> str | None:
    place = _account_place(path)
    if place.is_symlink() or place.parent.is_symlink() or not place.is_file():
        return None
    return place.read_text(encoding="utf-8") or None


def _why_not(content: bytes) -> str:
    if not content:
        return "empty"
    if len(content) > MAX_BYTES:
        return f"larger than {MAX_BYTES // 1024 // 1024} MB"
    return ""


def _free(place: Path, name: str, content: bytes, failed: frozenset[str]) -> Path:
    """Where a file goes: where the same one is, or one that failed, or under a name that is free."""
    path, number = place / name, 1
    while path.exists() or path.is_symlink():
        is_file = path.is_file() and not path.is_symlink()
        if is_file and (str(path) in failed or path.read_bytes() == content):
            return path
        number += 1
        stem, dot, suffix = name.rpartition(".")
        path = place / (f"{stem} ({number}).{suffix}" if dot else f"{name} ({number})")
    return path


def sources_of(run: Run) -> list[BatchSource]:
    """Everything that was uploaded into a run."""
    place = (run.folder / FOLDER).absolute()
    if not place.is_dir() or place.is_symlink():
        return []
    return [
        BatchSource(path=path, github=_account(path))
        for path in sorted(place.iterdir())
        if path.is_file() and not path.is_symlink() and not is_of_the_system(path.name)
    ]


def shown_source(run: Run, source: str) -> str:
    """A source as people and programs are told it: an upload by its name, not by where this server keeps it."""
    path = Path(source)
    is_upload = path.parent.name == FOLDER and path.parent.parent.name == run.name
    return path.name if is_upload else source


def role_of(run: Run, default: str) -> str:
    """The role by which uploads into a run are read: its name, or the path of its file.

    Raises:
        StorageError: somebody holds the run.
    """
    with run.store() as store:
        marked = store.mark(ROLE_MARK) or default
    return str((run.folder / ROLE_FILE).absolute()) if marked == ROLE_FILE else marked


def read_for(run: Run, role: RoleProfile | str) -> None:
    """From now on uploads into a run are read for a role as it is now: the run keeps a copy.

    Args:
        run: takes uploads.
        role: itself, or what a batch finds it by.

    Raises:
        StorageError: somebody holds the run, or it cannot be written.
    """
    mark = role if isinstance(role, str) else ROLE_FILE
    with run.store() as store:
        if not isinstance(role, str):
            write_own(run.folder / ROLE_FILE, write_role(role).encode("utf-8"))
        store.set_mark(ROLE_MARK, mark)


def replace(run: Run, source: str, upload: Upload, *, limits: Limits | None = None) -> Taken:
    """Keep a better copy of a file that could not be read, in its place or under its own name.

    Args:
        run: has the file.
        source: that failed.
        upload: the better copy.
        limits: as of :func:`take`.

    Raises:
        UsageError: no such file failed, or it is none that was uploaded.
        StorageError: somebody holds the run, or it cannot be written.
    """
    old = Path(source)
    if source not in replaceable(run):
        message = (
            "The file that this copy would take the place of is not among those that were not read."
        )
        raise UsageError(message, hint="Add the copy like any other resume.")
    # The better copy is of the same person.
    given = Accounts(one=_account(old))
    taken = take(run, [upload], limits=limits, failed=[source], accounts=given)
    if taken.files and old.read_bytes() != upload.content:
        with run.holding(), ErasingStore(run.folder) as store:
            store.erase([item for item in store.items() if item.source == source], [])
        old.unlink(missing_ok=True)
        _account_place(old).unlink(missing_ok=True)
    return taken


def replaceable(run: Run) -> list[str]:
    """Uploads that could not be read."""
    there = {str(source.path) for source in sources_of(run)}
    return [row.source for row in run.pool().failed if row.source in there]
