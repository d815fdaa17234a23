"""Which kept replies speak of a document: those whose words stand in it.

A reply is kept under what was asked and names nobody, so what tells is what it cites.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import StorageError
from ..models.vocabulary import Agency, Context, Dimension, Outcome, ScopeKind, System

_GRAM = 12
"""Characters, without spaces, by which words are known again."""
_SHORT = 6
"""Shorter words are nobody's."""
_TELLING = 30
"""Words of this length are somebody's own; of shorter ones half of a reply's have to be found."""
_OF_OURS = frozenset(
    word.value for kind in (Dimension, Context, Agency, Outcome, System, ScopeKind) for word in kind
)


class Words:
    """Stretches of some texts.

    Args:
        texts: whose words are looked for.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._grams: set[int] = set()
        self._whole: list[str] = []
        for text in texts:
            plain = _plain(text)
            self._whole.append(plain)
            self._grams.update(hash(plain[n : n + _GRAM]) for n in range(len(plain) - _GRAM + 1))

    def are_cited_by(self, cited: Iterable[str]) -> bool:
        """Whether what a reply cites is theirs."""
        found = of = 0
        for said in map(_plain, cited):
            if len(said) >= _SHORT:
                of += 1
                stands = self._hold(said)
                if stands and len(said) >= _TELLING:
                    return True
                found += stands
        return 2 * found >= of > 0

    def _hold(self, plain: str) -> bool:
        if len(plain) < _GRAM:
            return any(plain in whole for whole in self._whole)
        return all(hash(plain[n : n + _GRAM]) in self._grams for n in range(len(plain) - _GRAM + 1))


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def forget_replies(path: Path, texts: Iterable[str]) -> int:
    """Take replies that cite these texts out of the file, its free pages and its log; gives how many.

    A reply about somebody else that cites the very same words goes too; it is asked for again when it is needed.

    Raises:
        StorageError: the file cannot be written, or another process holds it.
    """
    if not path.is_file():
        return 0
    words = Words(texts)
    try:
        db = sqlite3.connect(path, isolation_level=None, timeout=30)
        try:
            db.execute("pragma secure_delete = on")
            gone = [
                (key,)
                for key, content in db.execute("select key, json from reply")
                if words.are_cited_by(_cited(content))
            ]
            if gone:
                db.execute("begin immediate")
                db.executemany("delete from reply where key = ?", gone)
                db.execute("commit")
            db.execute("vacuum")
            db.execute("pragma wal_checkpoint(truncate)").fetchall()
        finally:
            db.close()
    except sqlite3.Error as error:
        message = f"Replies in {path} cannot be purged ({error})."
        raise StorageError(
            message, hint="Stop the program that uses them, then run purge again."
        ) from error
    return len(gone)


def _cited(kept: str) -> Iterator[str]:
    """Texts of a kept reply that come from what it was asked about."""
    try:
        value = json.loads(kept)
    except ValueError:
        yield kept
        return
    content = value.get("content", "") if isinstance(value, dict) else kept
    try:
        yield from _texts(json.loads(content))
    except (ValueError, TypeError, RecursionError):
        yield str(content)


def _texts(value: object) -> Iterator[str]:
    """Every text within a JSON value, without names of fields."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            if each not in _OF_OURS:
                yield each
        elif isinstance(each, list):
            waiting += each
        elif isinstance(each, dict):
            waiting += each.values()
