"""Lists of rows in the order entered: a name, and the objects in it.

How many a list holds is kept for each block of some of them, so that a page deep in a list of a million is found
without passing over what is before it. Blocks are disjoint and in order: each begins at a place, and holds what is in
the list from there to where the next one begins.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from skifteportal.sandbox.state.writer import Writer

__all__ = ["BLOCK", "Lists", "Row"]

Row: TypeAlias = tuple[int, str, str, bytes]
"""An object as it is kept: its place in the order entered, its id, its owner's id, its JSON."""

BLOCK: Final = 1024
_NAMES_KEPT: Final = 50_000


class Lists(Writer):
    """The lists of a database.

    Args:
        connection: To the database.
        waits: Whether what was committed may wait to be written.
    """

    def __init__(self, connection: sqlite3.Connection, *, waits: bool) -> None:
        super().__init__(connection, waits=waits)
        self._lists: dict[str, int] = {}
        self._blocks: dict[int, tuple[int, int]] = {}  # the last of each list

    def forget_lists(self) -> None:
        """Forget what is known of the tables: it may be otherwise."""
        self._lists.clear()
        self._blocks.clear()

    def forget_blocks(self) -> None:
        """Look at the blocks anew: somebody wrote past this."""
        self._blocks.clear()

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

    def _last_of(self, number: int) -> int:
        self.settle()
        last: int = self._read("SELECT max(seq) FROM member WHERE list = ?", (number,)).fetchone()[
            0
        ]
        return last

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
            if not held or (held >= BLOCK and seq > self._last_of(number)):
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
        """Take an object out of a list that it is in.

        Args:
            name: The list's name.
            seq: The object's place.
        """
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
        """Return the places of the objects that are in any of some lists, in the order entered.

        Args:
            names: The lists' names.
        """
        self.settle()
        numbers = [number for name in names if (number := self._list(name)) is not None]
        holes = ", ".join("?" * len(numbers))
        found = self._read(
            f"SELECT DISTINCT seq FROM member WHERE list IN ({holes}) ORDER BY seq",  # noqa: S608 - only holes
            numbers,
        )
        return [seq for (seq,) in found]
