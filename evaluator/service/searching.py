"""Full-text search over a run: quotes of evidence first, then the text of resumes. Kept in memory alone.

What is purged from a run is gone from here with the next look at it, and nothing of it ever was on a disk.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_MOST_WORDS = 12
_BEGIN, _END = "\x02", "\x03"
_WIDTH = 24
"""Words around a hit that are shown."""
_LEAST_PREFIX = 3
_TABLES = """
create virtual table passage using fts5(
    text, candidate unindexed, item unindexed, tokenize = 'porter unicode61 remove_diacritics 2');
create virtual table resume using fts5(
    text, candidate unindexed, tokenize = 'porter unicode61 remove_diacritics 2');
create table held (candidate text primary key, first integer, last integer, whole integer) strict;
"""


class Piece(NamedTuple):
    """Words of a snippet."""

    text: str
    is_hit: bool


class Snippet(NamedTuple):
    """What a search found of a candidate."""

    pieces: tuple[Piece, ...]
    item: str | None
    """The evidence item; None where it stands in the resume alone."""


class Found(NamedTuple):
    """Who was found.

    Attributes:
        ids: the best first.
        query: for :meth:`TextIndex.snippets`.
        is_whole: all words are there; else some of them, for want of anybody who has all.
    """

    ids: tuple[str, ...]
    query: str
    is_whole: bool


@cache
def question_words() -> frozenset[str]:
    """Words that are left out of a question."""
    text = files(__package__).joinpath("question_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def words_of(question: str) -> list[str]:
    """The words to look for; all of them when none says more than a question does."""
    words = list(dict.fromkeys(_WORD.findall(question.casefold())))[: 2 * _MOST_WORDS]
    return ([w for w in words if w not in question_words()] or words)[:_MOST_WORDS]


class TextIndex:
    """Texts of one run. May be asked from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._db.executescript(_TABLES)
        self._versions: dict[str, int] = {}

    def stale(self, versions: dict[str, int]) -> list[str]:
        """Forget who is not there any more, and tell who is new or changed.

        Args:
            versions: by candidate; anything that is another number when the texts are others.
        """
        with self._lock:
            for gone in [id_ for id_, v in self._versions.items() if versions.get(id_) != v]:
                self._forget(gone)
            return [id_ for id_ in versions if id_ not in self._versions]

    def _forget(self, id_: str) -> None:
        row = self._db.execute(
            "select first, last, whole from held where candidate = ?", (id_,)
        ).fetchone()
        if row:
            self._db.execute("delete from passage where rowid between ? and ?", row[:2])
            self._db.execute("delete from resume where rowid = ?", row[2:])
            self._db.execute("delete from held where candidate = ?", (id_,))
        self._versions.pop(id_, None)

    def add(self, texts: Iterable[tuple[str, int, str, str | None]]) -> None:
        """Take candidates in: identity, version, the report's JSON, the resume's text."""
        for id_, version, report, text in texts:
            passages = list(_passages(report))
            with self._lock:
                self._forget(id_)
                self._add(id_, passages, text or "")
                self._versions[id_] = version

    def _add(self, id_: str, passages: Sequence[tuple[str, str]], text: str) -> None:
        last = self._db.execute("select coalesce(max(last), 0) from held").fetchone()[0]
        rows = [(last + n, quote, id_, item) for n, (item, quote) in enumerate(passages, start=1)]
        self._db.execute("begin")
        self._db.executemany(
            "insert into passage (rowid, text, candidate, item) values (?, ?, ?, ?)", rows
        )
        whole = self._db.execute(
            "insert into resume (text, candidate) values (?, ?)", (text, id_)
        ).lastrowid
        self._db.execute(
            "insert into held values (?, ?, ?, ?)", (id_, last + 1, last + max(1, len(rows)), whole)
        )
        self._db.execute("commit")

    def search(self, question: str, *, only_evidence: bool = False) -> Found:
        """Who has all words of a question in a quote of evidence or in the resume; if nobody, who has some."""
        words = words_of(question)
        if not words:
            return Found((), "", is_whole=True)
        for joint, is_whole in ((" AND ", True), (" OR ", False)):
            query = joint.join(_term(word, is_last=word == words[-1]) for word in words)
            ids = self._ids("passage", query)
            if not only_evidence:
                ids |= self._ids("resume", query)
            if ids or not is_whole:
                return Found(tuple(ids), query, is_whole)
        raise AssertionError

    def _ids(self, table: str, query: str) -> dict[str, None]:
        with self._lock:
            rows = self._db.execute(
                f"select candidate from {table} where {table} match ? order by rank",  # noqa: S608 - one of two names
                (query,),
            ).fetchall()
        return dict.fromkeys(str(row[0]) for row in rows)

    def snippets(
        self, ids: Sequence[str], query: str, *, only_evidence: bool = False
    ) -> dict[str, Snippet]:
        """The words around what was found, for those that are shown."""
        found: dict[str, Snippet] = {}
        with self._lock:
            for id_ in ids if query else ():
                held = self._db.execute(
                    "select first, last, whole from held where candidate = ?", (id_,)
                ).fetchone()
                if held:
                    row = self._passage(query, held) or (
                        None if only_evidence else self._line(query, held)
                    )
                    if row:
                        found[id_] = Snippet(_pieces(row[0]), row[1])
        return found

    def _passage(self, query: str, held: tuple[int, int, int]) -> tuple[str, str] | None:
        found: tuple[str, str] | None = self._db.execute(
            "select snippet(passage, 0, ?, ?, '…', ?), item from passage"
            " where passage match ? and rowid between ? and ? order by rank limit 1",
            (_BEGIN, _END, _WIDTH, query, *held[:2]),
        ).fetchone()
        return found

    def _line(self, query: str, held: tuple[int, int, int]) -> tuple[str, None] | None:
        found: tuple[str, None] | None = self._db.execute(
            "select snippet(resume, 0, ?, ?, '…', ?), null from resume where resume match ? and rowid = ?",
            (_BEGIN, _END, _WIDTH, query, held[2]),
        ).fetchone()
        return found


def _term(word: str, *, is_last: bool) -> str:
    """Quoted, so that no word is an operator; the last may be the beginning of one."""
    return f'"{word}"*' if is_last and len(word) >= _LEAST_PREFIX else f'"{word}"'


def _passages(report: str) -> Iterable[tuple[str, str]]:
    for item in json.loads(report)["evidence"]:
        result = item.get("result_quote")
        yield item["id"], f"{item['quote']} – {result}" if result else item["quote"]


def _pieces(marked: str) -> tuple[Piece, ...]:
    pieces = []
    for part in re.split(f"({_BEGIN}[^{_END}]*{_END})", " ".join(marked.split(" "))):
        is_hit = part.startswith(_BEGIN)
        text = part.strip(_BEGIN + _END) if is_hit else part.replace(_BEGIN, "").replace(_END, "")
        if text:
            pieces.append(Piece(text, is_hit))
    return tuple(pieces)
