"""One file per account, so that a portfolio is fetched once and a report can be made again offline."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from ..access import make_folder
from ..errors import GitHubError, StorageError
from ..models.portfolio import Portfolio

QUERY_VERSION = "3"
_NAME = re.compile(r"[0-9]{1,20}\.json")


class SnapshotStore:
    """Snapshots in one folder, named by the account's number, never by what a resume says.

    Args:
        folder: where they are; made when the first one is written.
        max_age: older ones are fetched again when the network is allowed.
    """

    def __init__(self, folder: Path, *, max_age: timedelta = timedelta(hours=24)) -> None:
        self._folder = folder
        self._max_age = max_age
        self._logins: dict[str, Path] | None = None
        self._damaged: list[Path] = []

    def load(self, login: str, *, offline: bool = True) -> Portfolio | None:
        """The snapshot of an account, whatever its age; None when there is none.

        Args:
            login: the account.
            offline: nobody can be asked, so that a damaged snapshot of the account is an error; otherwise it
                is as good as none.

        Raises:
            GitHubError: the account's own file is damaged.
        """
        if self._logins is None:
            self._logins, self._damaged = {}, []
            for path in sorted(self._folder.glob("*.json")):
                if path.stem.isdigit():
                    self._file(path)
        own = self._logins.get(login.casefold())
        found = None if own is None else _read(own)
        if found is None and offline:
            self._refuse_damaged(login, own)
        return found

    def _file(self, path: Path) -> None:
        """Note whose a file is."""
        found = _read(path)
        if found is None:
            self._damaged.append(path)
        elif self._logins is not None:
            self._logins[found.profile.login.casefold()] = path

    def _refuse_damaged(self, login: str, path: Path | None) -> None:
        """What names the account though it cannot be read, or all that cannot be read at all, may be its snapshot."""
        wanted = f"login:{login.casefold()},".encode()
        for each in [path] if path else self._damaged:
            try:
                said = each.read_bytes().lower().replace(b'"', b"").replace(b" ", b"")
            except OSError:
                said = wanted
            if path or wanted in said or b"login:" not in said:
                message = f"the snapshot {each.name} cannot be read"
                raise GitHubError(message, hint="Delete it.", lasting=True)

    def state(self, name: str) -> str | None:
        """A snapshot's file name and the SHA-256 of its bytes; None when there is no such file of this folder."""
        if not _NAME.fullmatch(name):
            return None
        try:
            return f"{name} {hashlib.sha256((self._folder / name).read_bytes()).hexdigest()}"
        except OSError:
            return None

    def is_fresh(self, portfolio: Portfolio, *, has_token: bool = False) -> bool:
        """Whether a snapshot is young enough, of this version's queries, and not made without the token that is there."""
        if has_token and portfolio.rung.startswith("rest"):
            return False
        if portfolio.query_version != QUERY_VERSION or not portfolio.fetched:
            return False
        return datetime.now(UTC) - datetime.fromisoformat(portfolio.fetched) < self._max_age

    def save(self, portfolio: Portfolio) -> Path:
        """Write a snapshot whole or not at all.

        Raises:
            StorageError: the folder cannot be written.
        """
        stamped = portfolio.model_copy(
            update={
                "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
                "query_version": QUERY_VERSION,
            }
        )
        path = self._folder / f"{portfolio.profile.account_id}.json"
        try:
            make_folder(self._folder)
            descriptor, temporary = tempfile.mkstemp(dir=self._folder, suffix=".tmp")
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(stamped.model_dump_json(indent=1) + "\n")
            Path(temporary).replace(path)
        except OSError as error:
            message = f"The snapshot folder {self._folder} cannot be written ({error.strerror})."
            raise StorageError(message, hint="Choose another with --snapshots.") from error
        if self._logins is not None:
            self._logins[portfolio.profile.login.casefold()] = path
        return path


def _read(path: Path) -> Portfolio | None:
    """The snapshot of a file; None when it is damaged, or of a version that this one does not know."""
    try:
        return Portfolio.model_validate_json(path.read_bytes())
    except (ValidationError, OSError):
        return None
