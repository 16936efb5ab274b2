"""What an older sandbox kept, brought up to what this one looks for: the lists are written anew from the rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from skifteportal.sandbox.errors import StateDamaged
from skifteportal.sandbox.state.database import SCHEMA, Database
from skifteportal.sandbox.state.session import Session, Shape, lists_of

__all__ = ["upgrade"]

_CHUNK: Final = 5_000
_LISTS: Final = ("list", "member", "block")


def upgrade(database: Database, shapes: Mapping[str, Shape[Any]]) -> None:
    """Put every object in the lists that it is found by now, if an older sandbox wrote them: all of it, or nothing.

    Args:
        database: What was just opened.
        shapes: The types that there are, by name.

    Raises:
        StateDamaged: A row can't be read; the file is left as it is, and closed, as it is whatever goes wrong.
    """
    if database.connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA:
        return
    try:
        _write_lists(database, shapes)
    except BaseException as error:
        database.rollback()
        path = _path(database)
        database.close()
        if isinstance(error, msgspec.DecodeError | KeyError):
            raise StateDamaged(path) from None
        raise
    database.write(f"PRAGMA user_version = {SCHEMA}")
    database.commit()


def _write_lists(database: Database, shapes: Mapping[str, Shape[Any]]) -> None:
    reader = Session(Database())
    for table in _LISTS:
        database.write(f"DELETE FROM {table}")  # noqa: S608 - our own names
    rows = database.connection.execute("SELECT seq, type, row FROM object ORDER BY seq")
    while some := rows.fetchmany(_CHUNK):
        for seq, kind, row in some:
            thing = reader.read(shapes[kind], (seq, "", "", row))
            database.enlist(lists_of(shapes[kind], thing), seq)
        database.settle()


def _path(database: Database) -> Path:
    return Path(database.connection.execute("PRAGMA database_list").fetchone()[2])
