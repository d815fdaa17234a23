"""The tables of a run's database: how they came to be what they are, version by version, and nothing beside them."""

from __future__ import annotations

import sqlite3

from ..errors import UsageError

_MIGRATIONS = (
    """
    create table report (
        key text primary key,
        id text not null,
        json text not null
    ) strict;
    create table item (
        source text primary key,
        key text not null,
        id text not null,
        state text not null check (state in ('done', 'failed')),
        reason text not null default ''
    ) strict;
    """,
    "alter table report add column text text;",
    """
    alter table report add column row text;
    alter table report add column snapshot text;
    alter table item add column parts text not null default '{}';
    alter table item add column carried text not null default '{}';
    create table intent (key text primary key) strict;
    create table event (number integer primary key, line text not null) strict;
    create table mark (name text primary key, value text not null) strict;
    """,
    """
    alter table item add column at text;
    create table tombstone (digest text primary key, at text not null) strict;
    create table export (path text not null, id text not null, primary key (path, id)) strict;
    """,
    """
    create table entry (
        chain text not null,
        number integer not null,
        about text,
        at text not null,
        body text,
        salt text,
        digest text not null,
        previous text not null,
        hash text not null,
        primary key (chain, number)
    ) strict;
    create index entry_about on entry (about);
    """,
    "create table text_index (id text primary key, json text not null) strict;",
)
VERSION = len(_MIGRATIONS)
_TEXT = 'text collate "C"'
_POSTGRES_INDEX = f"create table text_index (id {_TEXT} primary key, json text not null)"
POSTGRES_TABLES = (
    "create table format (version integer not null)",
    f"create table report (key {_TEXT} primary key, id {_TEXT} not null, json text not null, text text, row text, snapshot text)",
    f"""create table item (
        source {_TEXT} primary key, key {_TEXT} not null, id {_TEXT} not null,
        state text not null check (state in ('done', 'failed')), reason text not null default '',
        parts text not null default '{{}}', carried text not null default '{{}}', at text
    )""",
    f"create table intent (key {_TEXT} primary key)",
    "create table event (number bigint primary key, line text not null)",
    f"create table mark (name {_TEXT} primary key, value text not null)",
    f"create table tombstone (digest {_TEXT} primary key, at text not null)",
    f"create table export (path {_TEXT} not null, id {_TEXT} not null, primary key (path, id))",
    f"""create table entry (
        chain {_TEXT} not null, number integer not null, about {_TEXT}, at text not null, body text, salt text,
        digest text not null, previous text not null, hash text not null, primary key (chain, number)
    )""",
    "create index entry_about on entry (about)",
    f"create table lease (key {_TEXT} primary key, pid integer not null, began text not null)",
    _POSTGRES_INDEX,
)
"""The same as the newest version, for a server that compares texts as SQLite does, with who works on which candidate."""
POSTGRES_MIGRATIONS = {6: _POSTGRES_INDEX}
"""What brings such tables from the version before to each newer one."""


def bring_up_to_date(db: sqlite3.Connection) -> None:
    """Bring a database of any older version, or an empty one, to the newest; each version is one transaction.

    Raises:
        UsageError: a newer version of the program made it.
        sqlite3.Error: it cannot be read or written.
    """
    found = db.execute("pragma user_version").fetchone()[0]
    if found > VERSION:
        message = f"The run folder was made by a newer version (format {found})."
        raise UsageError(message, hint="Update evaluator, or choose another --out.")
    for number in range(found, VERSION):
        db.executescript(
            f"begin immediate; {_MIGRATIONS[number]} pragma user_version = {number + 1}; commit;"
        )


def has_programs(db: sqlite3.Connection) -> bool:
    """Whether it holds views or triggers: programs, which would run in our hands and might never end."""
    query = "select count(*) from sqlite_master where type in ('trigger', 'view')"
    return bool(db.execute(query).fetchone()[0])
