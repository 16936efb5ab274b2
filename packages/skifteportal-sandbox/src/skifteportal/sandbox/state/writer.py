"""What is written to SQLite, and when: what is entered waits until somebody looks for it or enough has come together.

In a file nothing waits: what was committed lies on the disk.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Final

from skifteportal.sandbox.state.pending import Key, Pending

__all__ = ["Writer"]

_MOST_PENDING: Final = 200  # objects


class Writer:
    """Writes to a database. What is written is kept by `commit`, and forgotten by `rollback`.

    Args:
        connection: To the database.
        waits: Whether what was committed may wait to be written.
    """

    def __init__(self, connection: sqlite3.Connection, *, waits: bool) -> None:
        self.connection = connection
        self._waits = waits
        self._kept = Pending()  # committed, but not written yet
        self._fresh = Pending()  # neither
        self._begun = False

    def _read(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self.connection.execute(statement, values)

    def write(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Carry out a statement that changes something.

        Args:
            statement: SQL.
            values: What its holes are filled with.
        """
        self._begin()
        return self.connection.execute(statement, values)

    def write_many(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        """Carry out a statement that changes something, once for each of the values.

        Args:
            statement: SQL.
            values: What its holes are filled with, each time.
        """
        self._begin()
        self.connection.executemany(statement, values)

    def _begin(self) -> None:
        if not self._begun:
            self._write_kept()
            self._start()

    def _write_kept(self) -> None:
        if self._kept:  # in a transaction of its own, whatever comes of what follows
            kept, self._kept = self._kept, Pending()
            self._start()
            self._write_out(kept)
            self._end()

    def _start(self) -> None:
        self.connection.execute("BEGIN IMMEDIATE")
        self._begun = True

    def _end(self) -> None:
        self.connection.execute("COMMIT")
        self._begun = False

    def _write_out(self, pending: Pending) -> None:
        for statement, values in pending.statements():
            self.connection.executemany(statement, values)

    def settle(self) -> None:
        """Write what waits, so that it is found."""
        self._write_kept()
        if self._fresh:
            self._begin()
            fresh, self._fresh = self._fresh, Pending()
            self._write_out(fresh)

    @property
    def writing(self) -> bool:
        """Whether something was changed since the last commit."""
        return self._begun or bool(self._fresh)

    def commit(self) -> None:
        """Keep what was written."""
        if not self.writing:
            return
        if self._waits and not self._begun:
            self._kept.absorb(self._fresh)
            if len(self._kept.objects) >= _MOST_PENDING:
                self._write_kept()
            return
        self.settle()
        self._end()

    def rollback(self) -> None:
        """Forget what was written since the last commit."""
        self._fresh = Pending()
        if self._begun:
            self._begun = False
            self.connection.rollback()

    def drop(self) -> None:
        """Forget what waits, too: something else is to stand here."""
        self.rollback()
        self._kept = Pending()

    def enter(self, place: int, kind: str, identifier: str, owner: str, row: bytes) -> None:
        """Enter an object at a new place.

        Args:
            place: Its place, from `Database.new_place`.
            kind: The type's name.
            identifier: Its id.
            owner: Its owner's id.
            row: Its JSON.
        """
        self._fresh.enter(place, kind, identifier, owner, row)

    def _waiting(self, key: Key) -> tuple[int, bytes] | None:
        """Return the place and the row of an object that waits, or None."""
        for pending in (self._fresh, self._kept):
            place = pending.places.get(key)
            if place is not None:
                return place, pending.objects[place][4]
        return None
