"""A run's database with its chains: what people decide about candidates, each entry noted in the run's record by its hash."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..models.base import Value
from .chain import ERASED, Entry, append
from .log import events, line_of
from .store import RunStore, now

DECISIONS = "decisions"
"""The chain of what people decided."""
_NOTED = "entry"
_ASKED = "asked"


class NotedHash(Value):
    """A hash that was noted outside its chain."""

    number: int
    hash: str


class Answered(Value):
    """What a request has entered."""

    number: int
    request: str
    """Digest of what it asked."""


class ChainedStore(RunStore):
    """A run's database that is written to by people; errors as those of :class:`RunStore`."""

    _asked: tuple[str, str] | None = None

    @contextmanager
    def asked(self, key: str, request: str) -> Iterator[None]:
        """What is entered meanwhile is known by the key of the request that asks for it."""
        self._asked = key, request
        try:
            yield
        finally:
            self._asked = None

    def answered(self, key: str) -> Answered | None:
        """What the request with a key has entered; None where it has not yet."""
        found = self.mark(f"{_ASKED} {key}")
        if found is None:
            return None
        number, _, request = found.partition(" ")
        return Answered(number=int(number), request=request)

    def enter(self, chain: str, said: Mapping[str, Any], *, about: str) -> Entry:
        """Append to a chain, and note number and hash of the entry in the record: no word of what it says."""
        with self._transaction():
            entry = append(self._db, chain, said, about=about, at=now())
            line = line_of(_NOTED, chain=chain, number=entry.number, hash=entry.hash)
            self._record(line)
            self._mark("tables", "old")
            if self._asked is not None:
                key, request = self._asked
                self._mark(f"{_ASKED} {key}", f"{entry.number} {request}")
        return entry

    def anchors(self, chain: str) -> list[NotedHash]:
        """Hashes of a chain that the record holds, in the database and in its file."""
        lines = (json.loads(line) for line in self.lines(0) if f'"{_NOTED}"' in line)
        found = (*lines, *events(self._path.parent / "log.jsonl"))
        return [
            NotedHash(number=int(event["number"]), hash=str(event["hash"]))
            for event in found
            if (event.get("event"), event.get("chain")) == (_NOTED, chain)
        ]


class DecisionEntry(Value):
    """An entry as tables show it."""

    number: int
    at: str
    id: str
    said: dict[str, Any]


def told_in(entries: list[Entry]) -> Iterator[DecisionEntry]:
    """What is left of the entries after purges, in their order."""
    for entry in entries:
        said = entry.said
        if said and ERASED not in said:
            rest = {name: value for name, value in said.items() if name != "about"}
            yield DecisionEntry(number=entry.number, at=entry.at, id=said["about"] or "", said=rest)


SPLIT = "split"
"""What a table says where reviewers decided differently."""


def decided(told: Iterator[DecisionEntry]) -> dict[str, str]:
    """For each candidate what all who decided say in the end; :data:`SPLIT` where they differ."""
    latest: dict[str, dict[str, str]] = {}
    for one in told:
        if one.said.get("kind") == "decided":
            latest.setdefault(one.id, {})[str(one.said["by"])] = str(one.said["choice"])
    return {
        id_: next(iter(set(by.values()))) if len(set(by.values())) == 1 else SPLIT
        for id_, by in latest.items()
    }
