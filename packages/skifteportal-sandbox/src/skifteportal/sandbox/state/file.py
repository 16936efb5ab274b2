"""A state file: made whole or not at all, opened only if it is one, and held by one sandbox at a time."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

from skifteportal.sandbox.errors import (
    StateDamaged,
    StateForeign,
    StateInUse,
    StateTooNew,
    StateUnwritable,
)
from skifteportal.sandbox.state.database import MARK, SCHEMA, TABLES, Database, new_connection

__all__ = ["open_state"]

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = 100
_CHECKED_BYTES: Final = 64 * 1024 * 1024  # greater files are not read through at each start


def open_state(path: Path, *, fill: Callable[[Database], None]) -> Database:
    """Open a state file, made and filled if there is none; what was committed to it survives the process's end.

    Args:
        path: The file; an empty one counts as none.
        fill: Fills a new one.

    Raises:
        StateForeign: The file is something else.
        StateTooNew: A newer sandbox made it.
        StateDamaged: It was a state file once.
        StateInUse: Another sandbox has it.
        StateUnwritable: It can be neither read nor written there.
    """
    try:
        if not path.exists() or not _judge(path):
            _make(path, fill)
        path.chmod(0o600)
        return Database(_open(path))
    except OSError as error:
        raise StateUnwritable(path, _advised(path, error)) from None


def _advised(path: Path, error: OSError) -> str:
    above = path.absolute().parent
    if not above.exists():
        return f"the folder {above} is not there. Make it, or name another file."
    return f"{error.strerror}. Change that, or name another file."


def _judge(path: Path) -> bool:
    """Look at a file before SQLite does, which would mend it: whether there is anything in it.

    Raises:
        StateForeign: It is something else.
        StateTooNew: A newer sandbox made it.
    """
    if not path.is_file():
        raise StateForeign(path)
    with path.open("rb") as file:
        header = file.read(_HEADER)
    if not header:
        return False
    version, mark = header[60:64], header[68:72]
    if not header.startswith(_MAGIC) or int.from_bytes(mark) != MARK:
        raise StateForeign(path)
    if int.from_bytes(version) > SCHEMA:
        raise StateTooNew(path)
    return True


def _make(path: Path, fill: Callable[[Database], None]) -> None:
    """Make the file beside its place, and put it there when it is whole."""
    unfinished = path.with_name(f"{path.name}.new")
    os.close(os.open(unfinished, os.O_RDWR | os.O_CREAT, 0o600))
    unfinished.chmod(0o600)
    connection = new_connection(str(unfinished))
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")  # who comes second is turned away here
        connection.execute("COMMIT")
        with contextlib.closing(Database()) as made:
            fill(made)
            made.connection.backup(connection)
    except sqlite3.OperationalError as error:
        raise _refusal(path, error) from None
    finally:
        connection.close()  # Windows moves no file that is open
    _put(unfinished, path)


def _put(unfinished: Path, path: Path) -> None:
    if path.exists() and _judge(path):  # another sandbox made one meanwhile
        raise StateInUse(path)
    for suffix in ("-wal", "-shm", "-journal"):
        # What a crash left beside a file that is gone now: SQLite would play it into the new one.
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    unfinished.replace(path)


def _open(path: Path) -> sqlite3.Connection:
    connection = new_connection(str(path))
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        whole = path.stat().st_size > _CHECKED_BYTES or _whole(connection)
        for table in TABLES:
            connection.execute(f"SELECT 1 FROM {table} LIMIT 1")  # noqa: S608 - our own names
    except sqlite3.Error as error:
        connection.close()
        raise _refusal(path, error) from None
    except UnicodeDecodeError:  # SQLite quotes what is broken
        whole = False
    if not whole:
        connection.close()
        raise StateDamaged(path)
    return connection


def _whole(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")


def _refusal(path: Path, error: sqlite3.Error) -> StateDamaged | StateInUse | StateUnwritable:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StateInUse(path)
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}:
        return StateDamaged(path)
    return StateUnwritable(path, f"{error}. Mend that, or name another file.")
