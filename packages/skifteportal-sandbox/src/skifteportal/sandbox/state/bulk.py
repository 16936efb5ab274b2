"""Many objects entered at once: their lists are reckoned here, and rows are written by the thousand."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from skifteportal.sandbox.state.database import Database
from skifteportal.sandbox.state.lists import BLOCK
from skifteportal.sandbox.state.session import Shape, encode, lists_of

__all__ = ["File", "Progress", "enter_all"]

File: TypeAlias = tuple[str, Callable[[], bytes]]
"""A file's id, and what gives its bytes."""
TakeFiles: TypeAlias = Callable[[list[File]], None]
Progress: TypeAlias = Callable[[int], None]
"""Told, now and then, how many objects were entered so far."""

_BATCH: Final = 5_000


class _Entry:
    """Rows on their way."""

    def __init__(self, database: Database, take_files: TakeFiles) -> None:
        self._database = database
        self._take_files = take_files
        self._seq = database.last_place()
        self._blocks: dict[int, tuple[int, int]] = {}
        self._objects: list[tuple[int, str, str, str, bytes]] = []
        self._members: list[tuple[int, int]] = []
        self._full: list[tuple[int, int, int]] = []
        self._files: list[File] = []

    def add(self, shape: Shape[Any], thing: Any, identifier: str) -> None:
        """Take an object along."""
        self._seq += 1
        entry = (self._seq, shape.name, identifier, shape.owner(thing), encode(thing))
        self._objects.append(entry)
        for name in lists_of(shape, thing):
            self._enlist(self._database.list_number(name))
        self._files += shape.files(thing).items()

    def _enlist(self, number: int) -> None:
        first, held = self._blocks.get(number) or self._database.last_block(number)
        if not held or held >= BLOCK:
            if held:
                self._full.append((number, first, held))
            first, held = self._seq, 0
        self._blocks[number] = first, held + 1
        self._members.append((number, self._seq))

    def write(self) -> None:
        """Write what was taken along."""
        self._database.write_many("INSERT INTO object VALUES (?, ?, ?, ?, ?)", self._objects)
        self._database.write_many("INSERT INTO member VALUES (?, ?)", self._members)
        self._take_files(self._files)
        last = [(number, first, held) for number, (first, held) in self._blocks.items()]
        self._database.write_many(
            "INSERT OR REPLACE INTO block VALUES (?, ?, ?)", self._full + last
        )
        self._database.changed_from_outside()
        for rows in (self._objects, self._members, self._files, self._full):
            rows.clear()
        self._blocks.clear()


def _nobody(_count: int) -> None:
    return None


def enter_all(
    database: Database,
    things: Iterable[tuple[Shape[Any], str, Any]],
    *,
    progress: Progress | None = None,
    take_files: TakeFiles | None = None,
) -> int:
    """Enter new objects, each with its type and id; commit or rollback is the caller's.

    Args:
        database: Where to.
        things: The objects; none may be there already.
        progress: Told how many were entered.
        take_files: Told, some at a time, of the files that the objects carry; enters them unless given.

    Returns:
        How many were entered.
    """

    def enter_files(files: list[File]) -> None:
        contents = ((identifier, read()) for identifier, read in files)
        database.write_many("INSERT INTO file VALUES (?, ?)", contents)

    entry, count, tell = _Entry(database, take_files or enter_files), 0, progress or _nobody
    for count, (shape, identifier, thing) in enumerate(things, 1):
        entry.add(shape, thing, identifier)
        if count % _BATCH == 0:
            entry.write()
            tell(count)
    entry.write()
    tell(count)
    return count
