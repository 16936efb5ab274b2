"""Lists that are counted, against plain Python lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.state import Database
from skifteportal.sandbox.state import database as database_module

STEPS = st.lists(
    st.tuples(st.sampled_from(["enter", "leave", "return"]), st.integers(0, 10**6)), max_size=120
)


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "BLOCK", 4)
        patch.setattr(database_module, "_NAMES_KEPT", 3)
        yield


@given(STEPS, st.integers(0, 130), st.integers(0, 10))
def test_a_list_holds_what_it_is_told_in_the_order_entered(steps, start, size):
    database, known, inside = Database(), [], []
    for step, choice in steps:
        outside = sorted(set(known) - set(inside))
        if step == "enter":
            seq = database.insert("thing", str(len(known)), "", b"x")
            known.append(seq)
            inside.append(seq)
            database.enlist("list", seq)
        elif step == "leave" and inside:
            seq = inside.pop(choice % len(inside))
            database.delist("list", seq)
        elif step == "return" and outside:
            seq = outside[choice % len(outside)]
            inside = sorted([*inside, seq])
            database.enlist("list", seq)
    database.commit()
    assert database.count("list") == len(inside)
    assert [row[0] for row in database.page("list", start, size)] == inside[start : start + size]
    assert [row[0] for row in database.each("list", 3)] == inside
    assert [seq for seq in known if database.holds("list", seq)] == inside
    assert database.union(["list", "none", "list"]) == inside


def test_lists_that_there_are_not_are_empty():
    database = Database()
    assert (database.count("none"), database.page("none", 0, 1)) == (0, [])
    assert (list(database.each("none", 1)), database.holds("none", 1)) == ([], False)


def test_what_is_rolled_back_was_never_there():
    database = Database()
    database.enlist("list", database.insert("thing", "1", "", b"x"))
    database.rollback()
    assert (database.find("thing", "1", ""), database.count("list")) == (None, 0)


def test_many_lists_are_found_though_few_numbers_are_remembered():
    database = Database()
    for number in range(10):
        database.enlist(f"list {number}", database.insert("thing", str(number), "", b"x"))
    database.commit()
    assert [database.count(f"list {number}") for number in range(10)] == [1] * 10
