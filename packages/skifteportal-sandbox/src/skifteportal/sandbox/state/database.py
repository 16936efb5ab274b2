"""Rows in SQLite, in memory or in a file: objects by id, lists of them in the order entered, files, and notes."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from typing_extensions import override

from skifteportal.sandbox.state.lists import Lists, Row
from skifteportal.sandbox.state.pending import Key

__all__ = ["MARK", "SCHEMA", "TABLES", "Database", "new_connection"]

_ROWS_KEPT: Final = 256
_CACHE_KIB: Final = 64 * 1024
MARK: Final = 0x536B5066
"""What marks an SQLite file as a sandbox's: "SkPf"."""
SCHEMA: Final = 2
"""The version of the tables, rows and lists; `upgrade` brings older ones up to it."""
TABLES: Final = ("object", "list", "member", "block", "file", "meta")
_MADE: Final = f"""
PRAGMA application_id = {MARK};
PRAGMA user_version = {SCHEMA};
CREATE TABLE object (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, row BLOB NOT NULL);
CREATE UNIQUE INDEX object_id ON object (id, owner, type);
CREATE TABLE list (list INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE member (list INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (list, seq)) WITHOUT ROWID;
CREATE TABLE block (list INTEGER NOT NULL, first INTEGER NOT NULL, held INTEGER NOT NULL, PRIMARY KEY (list, first))
    WITHOUT ROWID;
CREATE TABLE file (id TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


def new_connection(place: str = ":memory:") -> sqlite3.Connection:
    """Connect to SQLite; whoever uses the connection from several threads holds a lock.

    Args:
        place: File name, or ``:memory:``.
    """
    return sqlite3.connect(
        place, isolation_level=None, check_same_thread=False, cached_statements=256, timeout=0
    )


class Database(Lists):
    """The rows. Writes are kept by `commit`, and forgotten by `rollback`.

    Args:
        connection: To a database with tables; a new one in memory unless given.
    """

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        super().__init__(connection or new_connection(), waits=connection is None)
        self._last: int | None = None  # the last place
        self._found: dict[Key, Row] = {}  # lately, and not changed since
        self.outside = 0  # counts what was written past the session, and was not a row at a time
        if connection is None:
            self.connection.executescript(_MADE)

    @classmethod
    def temporary(cls) -> "Database":
        """Return a new one for a while: what is too much for memory lies in a file that nobody sees, until it is closed."""
        connection = new_connection("")  # SQLite's own temporary files have no name
        connection.executescript(_MADE)
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        return cls(connection)

    def close(self) -> None:
        """Let go of it; it can't be asked any more."""
        self.connection.close()

    @override
    def rollback(self) -> None:
        """Forget what was written since the last commit."""
        if self.writing:
            super().rollback()
            self._forget()

    def _forget(self) -> None:
        """Forget what is known of the tables: it may be otherwise."""
        self.forget_lists()
        self._found.clear()
        self._last = None

    def copy_from(self, other: "Database") -> None:
        """Become a copy of another database: all of it, or nothing.

        Args:
            other: What to copy.
        """
        self.drop()
        self._forget()
        other.settle()
        other.connection.backup(self.connection)
        self.outside += 1

    # Objects

    def find(self, kind: str, identifier: str, owner: str) -> Row | None:
        """Return an object's row by its id, or None.

        Args:
            kind: The type's name.
            identifier: The id.
            owner: Its owner's id.
        """
        key = (kind, identifier, owner)
        known = self._found.get(key)
        if known is not None:
            return known
        waiting = self._waiting(key)
        if waiting is not None:
            return waiting[0], identifier, owner, waiting[1]
        found: Row | None = self._read(
            "SELECT seq, id, owner, row FROM object WHERE id = ? AND owner = ? AND type = ?",
            (identifier, owner, kind),
        ).fetchone()
        if found is not None:
            if len(self._found) >= _ROWS_KEPT:
                self._found.clear()
            self._found[key] = found
        return found

    def at(self, seq: int) -> Row:
        """Return an object's row by its place.

        Args:
            seq: The object's place.
        """
        self.settle()
        found: Row = self._read(
            "SELECT seq, id, owner, row FROM object WHERE seq = ?", (seq,)
        ).fetchone()
        return found

    def new_place(self) -> int:
        """Return the place of the next object."""
        last = self.last_place() if self._last is None else self._last
        self._last = last + 1
        return self._last

    def update(self, seq: int, row: bytes, *, key: Key) -> None:
        """Write an object anew.

        Args:
            seq: The object's place.
            row: Its JSON now.
            key: Its type, id and owner's id.
        """
        self._found.pop(key, None)
        self.settle()
        self.write("UPDATE object SET row = ? WHERE seq = ?", (row, seq))

    def delete(self, seq: int, *, key: Key) -> None:
        """Delete an object; it is in no list any more.

        Args:
            seq: The object's place.
            key: Its type, id and owner's id.
        """
        self._found.pop(key, None)
        self.settle()
        self.write("DELETE FROM object WHERE seq = ?", (seq,))

    def last_place(self) -> int:
        """Return the place of the object that was entered last; 0 if there is none."""
        self.settle()
        found: int = self._read("SELECT coalesce(max(seq), 0) FROM object").fetchone()[0]
        return found

    def changed_from_outside(self) -> None:
        """Look at objects' places and the lists' blocks anew: somebody wrote past this."""
        self.forget_blocks()
        self._found.clear()
        self._last = None
        self.outside += 1

    def objects(self, chunk: int) -> Iterator[list[tuple[str, str, str, bytes]]]:
        """Yield all objects in the order entered, some at a time: type, id, owner's id, JSON.

        Args:
            chunk: How many to fetch at once.
        """
        self.settle()
        found = self._read("SELECT type, id, owner, row FROM object ORDER BY seq")
        while rows := found.fetchmany(chunk):
            yield rows

    def named(self, kind: str, identifier: str) -> list[Row]:
        """Return the rows of all objects of a type with an id, whoever owns them.

        Args:
            kind: The type's name.
            identifier: The id.
        """
        self.settle()
        return self._read(
            "SELECT seq, id, owner, row FROM object WHERE id = ? AND type = ? ORDER BY seq",
            (identifier, kind),
        ).fetchall()

    # Files and notes

    def file(self, identifier: str) -> bytes:
        """Return a file's content."""
        content: bytes = self._read(
            "SELECT content FROM file WHERE id = ?", (identifier,)
        ).fetchone()[0]
        return content

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield all files: id, content."""
        yield from self._read("SELECT id, content FROM file ORDER BY id")

    def note(self, name: str) -> str | None:
        """Return a note, or None."""
        found = self._read("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if found is None else found[0]

    def notes(self) -> dict[str, str]:
        """Return all notes."""
        return dict(self._read("SELECT name, value FROM meta ORDER BY name"))

    def drop_note(self, name: str) -> None:
        """Keep a note no longer."""
        self.write("DELETE FROM meta WHERE name = ?", (name,))

    def take_note(self, name: str, value: str) -> None:
        """Keep a note under a name.

        Args:
            name: The note's name.
            value: The note.
        """
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
