import contextlib
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skifteportal.sandbox.errors import (
    StateDamaged,
    StateError,
    StateForeign,
    StateInUse,
    StateTooNew,
    StateUnwritable,
)
from skifteportal.sandbox.state import Database
from skifteportal.sandbox.state import file as state_file
from skifteportal.sandbox.state.database import SCHEMA
from skifteportal.sandbox.state.file import open_state

SECRET = "hidden-note"


def fill(database):
    database.take_note("seeded", SECRET)
    database.commit()


def opened(path):
    return open_state(path, fill=fill)


@contextlib.contextmanager
def opening(path):
    database = opened(path)
    try:
        yield database
    finally:
        database.connection.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "portal.db"


@pytest.fixture
def kept(path):
    """A state file with a note that was taken after it was seeded."""
    with opening(path) as database:
        database.take_note("later", "1")
        database.commit()
    return path


def test_a_new_file_is_filled_and_only_its_owners(path):
    with opening(path) as database:
        assert database.notes() == {"seeded": SECRET}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_was_committed_is_there_again_and_nothing_is_filled_anew(kept):
    kept.chmod(0o644)
    with opening(kept) as database:
        assert database.notes() == {"seeded": SECRET, "later": "1"}
    assert kept.stat().st_mode & 0o777 == 0o600


def test_an_empty_file_is_as_good_as_none(path):
    path.touch()
    with opening(path) as database:
        assert database.notes() == {"seeded": SECRET}


def test_a_start_that_was_cut_off_is_no_obstacle(path):
    path.with_name("portal.db.new").write_bytes(b"")
    with opening(path) as database:
        assert database.notes() == {"seeded": SECRET}


def test_nobody_else_may_have_it_open(kept):
    with opening(kept), pytest.raises(StateInUse, match="another sandbox has it open"):
        opened(kept)


def test_two_cannot_make_it_at_once(path):
    other = sqlite3.connect(path.with_name("portal.db.new"), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with contextlib.closing(other), pytest.raises(StateInUse):
        opened(path)
    assert not path.exists()


def unchanged(path, error, match):
    before = path.read_bytes()
    with pytest.raises(error, match=match) as raised:
        opened(path)
    assert path.read_bytes() == before
    assert raised.value.path == path
    assert str(path) in str(raised.value)


@pytest.mark.parametrize("content", [b"hello", b"{}" * 100, b"SQLite format 3\x00"])
def test_what_is_something_else_is_left_alone(path, content):
    path.write_bytes(content)
    unchanged(path, StateForeign, "a sandbox did not make it")


def test_another_programs_database_is_left_alone(path):
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE mine (x)")
    unchanged(path, StateForeign, "a sandbox did not make it")


def test_a_newer_sandboxs_file_is_left_alone(kept):
    with contextlib.closing(sqlite3.connect(kept)) as newer:
        newer.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    unchanged(kept, StateTooNew, "newer sandbox")


def test_a_file_without_a_table_is_damaged(kept):
    with contextlib.closing(sqlite3.connect(kept)) as damaged:
        damaged.execute("DROP TABLE member")
    with pytest.raises(StateDamaged):
        opened(kept)


def test_a_broken_page_is_found_by_reading_the_file_through(kept):
    with contextlib.closing(sqlite3.connect(kept)) as database:
        database.execute("PRAGMA writable_schema = 1")
        index = database.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'object_id'"
        ).fetchone()[0]
        database.execute("INSERT INTO object VALUES (1, 'a', 'b', 'c', x'00')")
        database.commit()
    content = bytearray(kept.read_bytes())
    size = int.from_bytes(content[16:18])
    page = (index - 1) * size
    content[page + 3 : page + 5] = b"\0\0"  # the index has lost its only entry
    kept.write_bytes(content)
    with pytest.raises(StateDamaged):
        opened(kept)


def test_a_great_file_is_not_read_through_at_each_start(kept, monkeypatch):
    monkeypatch.setattr(state_file, "_CHECKED_BYTES", 0)
    with opening(kept) as database:
        assert database.notes()["later"] == "1"


def test_a_folder_or_nothing_to_write_in_is_said(tmp_path):
    with pytest.raises(StateForeign):
        opened(tmp_path)
    with pytest.raises(StateUnwritable, match=r"is not there\. Make it, or name another file"):
        opened(tmp_path / "nowhere" / "portal.db")


def test_a_file_that_may_not_be_made_is_said_with_what_to_do(tmp_path, monkeypatch):
    def fail(*_arguments):
        raise PermissionError(13, "Permission denied", "portal.db.new")

    monkeypatch.setattr(state_file.os, "open", fail)
    with pytest.raises(StateUnwritable, match=r"Permission denied\. Change that, or name another"):
        opened(tmp_path / "portal.db")


def test_what_sqlite_itself_cannot_tell_is_damaged(kept, monkeypatch):
    def fail(_connection):
        raise UnicodeDecodeError("utf-8", b"\xce", 0, 1, "invalid")

    monkeypatch.setattr(state_file, "_whole", fail)
    with pytest.raises(StateDamaged):
        opened(kept)


def test_what_sqlite_cannot_do_is_said(kept, monkeypatch):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR

    def fail(_connection):
        raise error

    monkeypatch.setattr(state_file, "_whole", fail)
    with pytest.raises(StateUnwritable, match="disk I/O error"):
        opened(kept)


@given(data=st.data())
@settings(max_examples=60)
def test_whatever_happens_to_the_bytes_there_is_a_clear_error_or_the_whole(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("state") / "portal.db"
    with opening(path) as database:
        for number in range(200):
            database.enter(database.new_place(), "thing", str(number), "", b"{}" * 50)
        database.commit()
    content = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    else:
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    error = None
    try:
        with opening(path) as database:
            assert isinstance(database, Database)
    except StateError as raised:
        error = str(raised)
    if error is not None:
        assert SECRET not in error


@pytest.mark.parametrize("empty", [False, True])
def test_what_a_crash_left_beside_a_file_that_is_gone_does_not_come_back(path, empty):
    with opening(path) as database:
        database.take_note("old", "1")
        database.commit()
        log = path.with_name("portal.db-wal").read_bytes()  # as if it had crashed here
    path.unlink()
    path.with_name("portal.db-wal").write_bytes(log)
    if empty:
        path.touch()
    with opening(path) as database:
        assert database.notes() == {"seeded": SECRET}


def test_two_that_make_the_same_file_do_not_replace_each_others(path):
    def fill_late(database):
        with opening(path.with_name("other.db")) as other:
            other.take_note("theirs", "1")
            other.commit()
        path.with_name("other.db").rename(path)

    with pytest.raises(StateInUse):
        open_state(path, fill=fill_late)
    with opening(path) as database:
        assert database.note("theirs") == "1"
