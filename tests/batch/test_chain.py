"""A chain shows every entry that was changed, taken out, moved or emptied, and can still be verified after a purge."""

from __future__ import annotations

import sqlite3

import pytest

from evaluator.batch.chain import (
    Entry,
    _digest,
    _hash,
    append,
    entries_of,
    entry_after,
    erase,
    faults,
)
from evaluator.batch.schema import bring_up_to_date

AT = "2026-11-20T10:00:00+00:00"


@pytest.fixture
def db() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:", isolation_level=None)
    bring_up_to_date(made)
    for number in range(6):
        append(made, "told", {"words": f"word {number}"}, about="ab"[number % 2], at=AT)
    append(made, "other", {"words": "of another chain"}, about="a", at=AT)
    return made


def _faults(db: sqlite3.Connection) -> list[tuple[int, str]]:
    return [(fault.number, fault.what) for fault in faults(entries_of(db, "told"))]


def test_what_was_appended_is_whole_and_comes_back(db: sqlite3.Connection) -> None:
    assert _faults(db) == []
    told = entries_of(db, "told")
    assert [entry.said["words"] for entry in told] == [f"word {n}" for n in range(6)]
    assert [entry.number for entry in entries_of(db, "told", about="b")] == [2, 4, 6]
    assert len({entry.salt for entry in told}) == 6


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("update entry set body = replace(body, 'word', 'ward') where number = 3", 3),
        ("update entry set at = '2026-11-21T10:00:00+00:00' where number = 3", 3),
        ("update entry set about = 'b' where number = 3", 3),
        ("update entry set salt = 'none' where number = 3", 3),
        ("update entry set salt = null where number = 3", 3),
        ("update entry set digest = hash where number = 3", 3),
        ("update entry set body = null, salt = null, about = null where number = 3", 3),
        ("delete from entry where number = 3", 3),
        ("delete from entry where number = 1", 1),
        ("delete from entry where number = 3; update entry set number = 3 where number = 6", 3),
        ("update entry set number = -1 where number = 3; update entry set number = 3 where number = 4;"
         " update entry set number = 4 where number = -1", 3),
    ],
)  # fmt: skip
def test_every_change_is_found_where_it_was_made(
    db: sqlite3.Connection, change: str, where: int
) -> None:
    db.executescript(change)
    assert where in {number for number, _ in _faults(db)}


def test_an_entry_made_anew_with_a_right_hash_breaks_the_next(db: sqlite3.Connection) -> None:
    told = entries_of(db, "told")
    told[2] = entry_after(told[1], {"words": "another"}, about="a", at=AT)
    assert [fault.number for fault in faults(told)] == [4]


def test_what_is_erased_is_gone_in_every_chain_and_both_stay_whole(db: sqlite3.Connection) -> None:
    assert erase(db, "a", at=AT) == 4
    assert _faults(db) == []
    assert list(faults(entries_of(db, "other"))) == []
    assert entries_of(db, "told", about="a") == []
    told = entries_of(db, "told")
    assert [entry.said.get("words") for entry in told[:4]] == [None, "word 1", None, "word 3"]
    assert told[-1].said["erased"] == [1, 3, 5]
    kept = db.execute("select body, salt, about from entry where number in (1, 3, 5)").fetchall()
    assert set(kept) == {(None, None, None)}
    assert erase(db, "a", at=AT) == 0


def test_the_tombstone_of_a_purge_cannot_be_stretched_to_another(db: sqlite3.Connection) -> None:
    erase(db, "a", at=AT)
    db.execute("update entry set body = null, salt = null, about = null where number = 2")
    assert _faults(db) == [(2, "its content was removed, and no purge explains it")]


def test_no_entry_names_what_comes_after_it_as_erased(db: sqlite3.Connection) -> None:
    append(db, "told", {"erased": [8]}, about=None, at=AT)
    append(db, "told", {"words": "last"}, about="a", at=AT)
    db.execute("update entry set body = null, salt = null, about = null where number = 8")
    assert [number for number, _ in _faults(db)] == [8]


@pytest.mark.parametrize("body", ["no JSON", "[]"])
def test_what_another_program_chained_is_none_of_ours(body: str) -> None:
    entry = entry_after(None, {"words": "one"}, about=None, at=AT)
    forged = entry.model_copy(update={"body": body, "digest": _digest(str(entry.salt), body)})
    hash_ = _hash(1, AT, forged.digest, forged.previous)
    found = list(faults([forged.model_copy(update={"hash": hash_})]))
    assert [fault.what for fault in found] == ["its content was changed"]


def test_no_chain_has_no_faults() -> None:
    assert list(faults(list[Entry]())) == []
