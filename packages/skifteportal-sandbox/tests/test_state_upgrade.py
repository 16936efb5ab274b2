"""State files of older sandboxes: their rows are found by the lists of this one."""

import contextlib
import sqlite3

import pytest
from portal_in_memory import CLIENT

from skifteportal.sandbox.errors import StateDamaged
from skifteportal.sandbox.memory import Memory
from skifteportal.sandbox.shapes import SHAPES
from skifteportal.sandbox.state import Database, upgrade
from skifteportal.sandbox.state.database import SCHEMA

LISTS = """
SELECT name, seq FROM list JOIN member USING (list) ORDER BY name, seq
"""
COUNTS = """
SELECT name, sum(held) FROM list JOIN block USING (list) GROUP BY name ORDER BY name
"""


def rows(path, *queries):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return [connection.execute(query).fetchall() for query in queries]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "portal.db"


@pytest.fixture
def opened(path, clock):
    def open_it():
        return contextlib.closing(Memory(clients=[CLIENT], clock=clock, state=path))

    return open_it


@pytest.fixture
def old(path, opened):
    """A file of a sandbox that knew other lists; what was in its own is of no matter."""
    with opened() as memory:
        memory.seed(claims=1500)
    now = rows(path, LISTS, COUNTS)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        for table in ("list", "member", "block"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("INSERT INTO list (name) VALUES ('filer e 11111111')")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    return now


def test_an_older_sandboxs_file_is_brought_up_to_date(path, opened, old):
    with opened() as memory, memory.transaction() as store:
        estate = store.estates.all()[-1].id
        assert len(store.registrations_of("krav", estate=estate)) == 1500
    assert rows(path, LISTS, COUNTS) == old
    assert rows(path, "PRAGMA user_version") == [[(SCHEMA,)]]


def test_it_is_done_once(opened, old, monkeypatch):
    with opened():
        pass
    monkeypatch.setattr(Database, "enlist", None)
    with opened():
        pass


@pytest.mark.parametrize(
    "change", ["row = X'7b'", "type = 'unknown'"], ids=["unreadable", "unknown"]
)
def test_a_row_that_is_none_leaves_the_file_as_it_was(path, opened, old, change):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE object SET {change} WHERE seq = 900")
        connection.commit()
    with pytest.raises(StateDamaged) as caught, opened():
        pass
    assert caught.value.path == path
    assert rows(path, LISTS, "PRAGMA user_version") == [[], [(1,)]]


def test_what_else_goes_wrong_is_not_the_files_fault(old, opened, path, monkeypatch):
    def fails(*_):
        raise OSError("no space")

    monkeypatch.setattr(Database, "enlist", fails)
    with pytest.raises(OSError, match="no space"), opened():
        pass
    assert rows(path, "PRAGMA user_version") == [[(1,)]]


def test_a_new_database_needs_nothing():
    database = Database()
    upgrade(database, SHAPES)
    assert not database.writing
