"""Hash chains in a run's database: no entry is changed, taken out or moved without being seen, and yet one can be forgotten.

An entry's hash covers its number, its time, the hash before it and a digest of what it says. The digest is salted: when
what an entry says goes for good, the salt goes with it, and what stays can be verified but not guessed.
A later entry names those that were erased, so that an empty one that nobody named is found as well.
Hashes without a key prove order and wholeness from a hash that somebody noted elsewhere, such as in the run's log.
With the key of :mod:`.record_key` nobody without it can write an entry that holds, or any other chain in its place.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import StorageError
from ..models.base import Value
from .databases import Executor
from .record_key import KEYED, VARIABLE, hash_of, record_key

GENESIS = "0" * 64
"""What stands before the first entry."""
ERASED = "erased"
"""Key of the entry that names the numbers of erased ones."""
_COLUMNS = "number, about, at, body, salt, digest, previous, hash"


class Entry(Value):
    """One entry of a chain."""

    number: int
    """From 1, without a gap."""
    about: str | None
    """Identity of the candidate that it tells of; None where it tells of none, or was erased."""
    at: str
    """When it was written, ISO 8601 in UTC."""
    body: str | None
    """What it says, as canonical JSON; None once it is erased."""
    salt: str | None
    digest: str
    """SHA-256 of salt and body."""
    previous: str
    """Hash of the entry before."""
    hash: str

    @property
    def said(self) -> dict[str, Any]:
        """What it says; empty once it is erased."""
        found: dict[str, Any] = json.loads(self.body) if self.body else {}
        return found


class Fault(Value):
    """What is wrong at one place of a chain."""

    number: int
    what: str


def canonical(said: Mapping[str, Any]) -> str:
    """One JSON text for the same content."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def entry_after(
    previous: Entry | None, said: Mapping[str, Any], *, about: str | None, at: str
) -> Entry:
    """The next entry of a chain.

    Args:
        previous: the last one; None begins a chain.
        said: content, as JSON knows it.
        about: the candidate with whom the content is to go.
        at: time, ISO 8601 in UTC.

    Raises:
        StorageError: the chain has a key, and it is not the one that is set.
    """
    key = record_key()
    if previous and previous.hash.startswith(KEYED) and previous.hash != _hash_of(previous, key):
        message = f"The records of this run are kept with a key, and {VARIABLE} is {'another one' if key else 'not set'}."
        raise StorageError(message, hint=f"Set {VARIABLE} to the key that the run was made with.")
    number = previous.number + 1 if previous else 1
    before = previous.hash if previous else GENESIS
    salt, body = secrets.token_hex(16), canonical({"about": about, **said})
    digest = _digest(salt, body)
    return Entry(
        number=number, about=about, at=at, body=body, salt=salt, digest=digest, previous=before,
        hash=_hash(number, at, digest, before, key),
    )  # fmt: skip


def faults(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Everything by which a chain shows that somebody changed it, from its first entry on."""
    before, expected = GENESIS, 1
    empty: set[int] = set()
    named: set[int] = set()
    kept = list(entries)
    for entry in kept:
        if entry.number != expected:
            yield Fault(number=expected, what="an entry is missing")
        if entry.previous != before:
            yield Fault(number=entry.number, what="it does not follow the previous entry")
        if entry.body is None:
            empty.add(entry.number)
        elif not _is_whole(entry):
            yield Fault(number=entry.number, what="its content was changed")
        else:
            named |= {n for n in _numbers(entry.said.get(ERASED)) if n < entry.number}
        before, expected = entry.hash, entry.number + 1
    yield from _hashes(kept)
    for number in sorted(empty - named):
        yield Fault(number=number, what="its content was removed, and no purge explains it")


def _hashes(entries: Iterable[Entry]) -> Iterator[Fault]:
    """Hashes that are not what their entries give, and everything by which a key shows that it was not used."""
    key, keyed, last = record_key(), 0, 0
    for entry in entries:
        last = entry.number
        claims = entry.hash.startswith(KEYED)
        if claims and key is None:
            if not keyed:
                yield Fault(number=last, what=f"it was written with a key, and {VARIABLE} is not set, so nothing from there on is proved")  # fmt: skip
        elif entry.hash != _hash_of(entry, key):
            yield Fault(number=last, what="its time, number or hash was changed")
        if keyed and not claims:
            yield Fault(number=last, what="it was written without the key of those before")
        keyed += claims
    if key and last and not keyed:
        yield Fault(number=1, what=f"{VARIABLE} is set, and no entry was written with it")


def _numbers(told: object) -> list[int]:
    return [n for n in told if isinstance(n, int)] if isinstance(told, list) else []


def _is_whole(entry: Entry) -> bool:
    if entry.body is None or entry.salt is None or entry.digest != _digest(entry.salt, entry.body):
        return False
    try:
        return bool(entry.said.get("about") == entry.about)
    except (ValueError, AttributeError):  # no JSON, or no object: none of ours
        return False


def _digest(salt: str, body: str) -> str:
    return hashlib.sha256(f"{salt}\n{body}".encode("utf-8", "surrogatepass")).hexdigest()


def _hash(number: int, at: str, digest: str, previous: str, key: bytes | None = None) -> str:
    return hash_of(f"{number}\n{at}\n{digest}\n{previous}", key)


def _hash_of(entry: Entry, key: bytes | None) -> str:
    """What an entry's hash should be: with the key where it claims one."""
    used = key if entry.hash.startswith(KEYED) else None
    return _hash(entry.number, entry.at, entry.digest, entry.previous, used)


def entries_of(db: Executor, chain: str, about: str | None = None) -> list[Entry]:
    """Entries of a chain in their order; those about one candidate where one is named."""
    which, values = ("", (chain,)) if about is None else (" and about = ?", (chain, about))
    found = db.execute(
        f"select {_COLUMNS} from entry where chain = ?{which} order by number",  # noqa: S608 - constants of this module
        values,
    )
    return [_entry(row) for row in found]


def append(
    db: Executor, chain: str, said: Mapping[str, Any], *, about: str | None, at: str
) -> Entry:
    """Write the next entry of a chain, within a transaction of the caller. Arguments as :func:`entry_after`."""
    return Growing(db, chain).append(said, about=about, at=at)


class Growing:
    """A chain that grows by many entries within one transaction of the caller, in which nobody else writes it.

    Args:
        db: the run's database.
        chain: its name.
    """

    def __init__(self, db: Executor, chain: str) -> None:
        self._db, self._chain = db, chain
        self._last: Entry | None = None

    def append(self, said: Mapping[str, Any], *, about: str | None, at: str) -> Entry:
        """Write the next entry. Arguments as :func:`entry_after`."""
        entry = entry_after(self._last or self._found(), said, about=about, at=at)
        self._db.execute(
            f"insert into entry (chain, {_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - constants of this module
            (
                self._chain, entry.number, entry.about, entry.at, entry.body, entry.salt,
                entry.digest, entry.previous, entry.hash,
            ),
        )  # fmt: skip
        self._last = entry
        return entry

    def _found(self) -> Entry | None:
        last = self._db.execute(
            f"select {_COLUMNS} from entry where chain = ? order by number desc limit 1",  # noqa: S608 - constants of this module
            (self._chain,),
        ).fetchone()
        return _entry(last) if last else None


def erase(db: Executor, about: str, *, at: str) -> int:
    """Take out what all chains say about a candidate, and write in each that it was; within a transaction of the caller.

    Gives the number of entries.
    """
    found: dict[str, list[int]] = {}
    for chain, number in db.execute(
        "select chain, number from entry where about = ? order by chain, number", (about,)
    ):
        found.setdefault(chain, []).append(number)
    db.execute("update entry set about = null, body = null, salt = null where about = ?", (about,))
    for chain, numbers in found.items():
        append(db, chain, {ERASED: numbers}, about=None, at=at)
    return sum(map(len, found.values()))


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(**dict(zip(Entry.model_fields, row, strict=True)))
