"""Rows in SQLite, in memory or in a file: objects by id, lists of them in the order entered, files, and notes.

A list is a name and the objects in it; how many it holds is kept for each block of some of them, so that a page
deep in a list of a million is found without passing over what is before it.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from typing_extensions import override

from skifteportal.sandbox.state.pending import Key
from skifteportal.sandbox.state.writer import Writer

__all__ = ["BLOCK", "MARK", "SCHEMA", "TABLES", "Database", "Row", "new_connection"]

Row: TypeAlias = tuple[int, str, str, bytes]
"""An object as it is kept: its place in the order entered, its id, its owner's id, its JSON."""

BLOCK: Final = 1024
_NAMES_KEPT: Final = 50_000
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


class Database(Writer):
    """The rows. Writes are kept by `commit`, and forgotten by `rollback`.

    Args:
        connection: To a database with tables; a new one in memory unless given.
    """

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        super().__init__(connection or new_connection(), waits=connection is None)
        self._lists: dict[str, int] = {}
        self._blocks: dict[int, tuple[int, int]] = {}
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
        self._lists.clear()
        self._blocks.clear()
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
        """Return an object's row by its id, or None."""
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
        """Return an object's row by its place."""
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
        """Write an object anew."""
        self._found.pop(key, None)
        self.settle()
        self.write("UPDATE object SET row = ? WHERE seq = ?", (row, seq))

    def delete(self, seq: int, *, key: Key) -> None:
        """Delete an object; it is in no list any more."""
        self._found.pop(key, None)
        self.settle()
        self.write("DELETE FROM object WHERE seq = ?", (seq,))

    def last_place(self) -> int:
        """Return the place of the object that was entered last; 0 if there is none."""
        self.settle()
        found: int = self._read("SELECT coalesce(max(seq), 0) FROM object").fetchone()[0]
        return found

    def objects(self, chunk: int) -> Iterator[list[tuple[str, str, str, bytes]]]:
        """Yield all objects in the order entered, some at a time: type, id, owner's id, JSON."""
        self.settle()
        found = self._read("SELECT type, id, owner, row FROM object ORDER BY seq")
        while rows := found.fetchmany(chunk):
            yield rows

    # Lists

    def _list(self, name: str) -> int | None:
        known = self._lists.get(name)
        if known is None:
            found = self._read("SELECT list FROM list WHERE name = ?", (name,)).fetchone()
            if found is None:
                return None
            known = self._remember(name, found[0])
        return known

    def _remember(self, name: str, number: int) -> int:
        if len(self._lists) >= _NAMES_KEPT:
            self._lists.clear()
        self._lists[name] = number
        return number

    def list_number(self, name: str) -> int:
        """Return the number of a list, which is made if there is none of this name."""
        number = self._list(name)
        if number is not None:
            return number
        made = self.write("INSERT INTO list (name) VALUES (?)", (name,)).lastrowid
        assert made is not None  # noqa: S101 - SQLite's promise
        self._blocks[made] = 0, 0
        return self._remember(name, made)

    def _block(self, number: int, seq: int) -> int | None:
        found = self._read(
            "SELECT first FROM block WHERE list = ? AND first <= ? ORDER BY first DESC LIMIT 1",
            (number, seq),
        ).fetchone()
        return None if found is None else found[0]

    def last_block(self, number: int) -> tuple[int, int]:
        """Return where a list's last block begins, and how many it holds; nothing for an empty list."""
        known = self._blocks.get(number)
        if known is None:
            self.settle()
            found = self._read(
                "SELECT first, held FROM block WHERE list = ? ORDER BY first DESC LIMIT 1",
                (number,),
            ).fetchone()
            known = (0, 0) if found is None else found
        return known

    def changed_from_outside(self) -> None:
        """Look at objects' places and the lists' blocks anew: somebody wrote past this."""
        self._blocks.clear()
        self._found.clear()
        self._last = None
        self.outside += 1

    def enlist(self, names: Iterable[str], seq: int) -> None:
        """Enter an object in lists.

        Args:
            names: The lists' names.
            seq: The object's place.
        """
        self._bound_blocks()
        for name in names:
            number = self._lists.get(name) or self.list_number(name)
            first, held = self._blocks.get(number) or self.last_block(number)
            if not held or (seq > first and held >= BLOCK):
                first, held = seq, 0
            if seq >= first:
                self._blocks[number] = first, held + 1
            else:
                self.settle()
                first = self._block(number, seq) or seq
            self._fresh.enlist(number, seq, block=first)

    def _bound_blocks(self) -> None:
        if len(self._blocks) >= _NAMES_KEPT:
            self.settle()
            self._blocks.clear()

    def delist(self, name: str, seq: int) -> None:
        """Take an object out of a list that it is in."""
        number = self.list_number(name)
        self.settle()
        self._blocks.pop(number, None)
        first = self._block(number, seq)
        self.write("DELETE FROM member WHERE list = ? AND seq = ?", (number, seq))
        self.write("UPDATE block SET held = held - 1 WHERE list = ? AND first = ?", (number, first))
        self.write("DELETE FROM block WHERE list = ? AND first = ? AND held = 0", (number, first))

    def count(self, name: str) -> int:
        """Return how many objects a list holds."""
        self.settle()
        number = self._list(name)
        if number is None:
            return 0
        held: int = self._read(
            "SELECT coalesce(sum(held), 0) FROM block WHERE list = ?", (number,)
        ).fetchone()[0]
        return held

    def page(self, name: str, start: int, size: int) -> list[Row]:
        """Return some of a list's rows, in the order entered.

        Args:
            name: The list's name.
            start: How many to pass over.
            size: How many to return at most.
        """
        self.settle()
        number = self._list(name)
        if number is None or size <= 0:
            return []
        before = 0
        for first, held in self._read(
            "SELECT first, held FROM block WHERE list = ? ORDER BY first", (number,)
        ).fetchall():
            if before + held > start:
                return self._from(number, first, start - before, size)
            before += held
        return []

    def texts(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield the place and the JSON of each of a list's objects, in the order entered; nobody writes meanwhile.

        Args:
            name: The list's name.
        """
        self.settle()
        return self._read(
            "SELECT m.seq, o.row FROM member AS m JOIN object AS o ON o.seq = m.seq"
            " WHERE m.list = ? ORDER BY m.seq",
            (self._list(name),),
        )

    def each(self, name: str, chunk: int) -> Iterator[Row]:
        """Yield a list's rows, in the order entered.

        Args:
            name: The list's name.
            chunk: How many to fetch at once.
        """
        seq = -1
        while rows := self._after(name, seq, chunk):
            yield from rows
            seq = rows[-1][0]

    def _after(self, name: str, seq: int, size: int) -> list[Row]:
        self.settle()
        number = self._list(name)
        return [] if number is None else self._from(number, seq + 1, 0, size)

    def holds(self, name: str, seq: int) -> bool:
        """Whether an object is in a list.

        Args:
            name: The list's name.
            seq: The object's place.
        """
        self.settle()
        found = self._read(
            "SELECT 1 FROM member WHERE list = ? AND seq = ?", (self._list(name), seq)
        ).fetchone()
        return found is not None

    def _from(self, number: int, first: int, offset: int, size: int) -> list[Row]:
        return self._read(
            "SELECT o.seq, o.id, o.owner, o.row FROM"
            " (SELECT seq FROM member WHERE list = ? AND seq >= ? ORDER BY seq LIMIT ? OFFSET ?) AS m"
            " JOIN object AS o ON o.seq = m.seq ORDER BY m.seq",
            (number, first, size, offset),
        ).fetchall()

    def union(self, names: Iterable[str]) -> list[int]:
        """Return the places of the objects that are in any of some lists, in the order entered."""
        self.settle()
        numbers = [number for name in names if (number := self._list(name)) is not None]
        holes = ", ".join("?" * len(numbers))
        found = self._read(
            f"SELECT DISTINCT seq FROM member WHERE list IN ({holes}) ORDER BY seq",  # noqa: S608 - only holes
            numbers,
        )
        return [seq for (seq,) in found]

    def named(self, kind: str, identifier: str) -> list[Row]:
        """Return the rows of all objects of a type with an id, whoever owns them."""
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
        """Keep a note under a name."""
        self.write("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
