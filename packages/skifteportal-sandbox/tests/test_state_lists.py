"""Lists that are counted, against plain Python lists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from state_rows import insert

from skifteportal.sandbox.state import Database
from skifteportal.sandbox.state import lists as lists_module
from skifteportal.sandbox.state import writer as writer_module

STEPS = st.lists(
    st.tuples(st.sampled_from(["enter", "leave", "return"]), st.integers(0, 10**6)), max_size=120
)


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists_module, "BLOCK", 4)
        patch.setattr(lists_module, "_NAMES_KEPT", 4)
        patch.setattr(writer_module, "_MOST_PENDING", 3)
        yield


@settings(max_examples=500)
@given(STEPS, st.integers(1, 10))
def test_a_list_holds_what_it_is_told_in_the_order_entered(steps, size):
    database, known, inside = Database(), [], []
    for step, choice in steps:
        outside = sorted(set(known) - set(inside))
        if step == "enter":
            seq = insert(database, str(len(known)))
            known.append(seq)
            inside.append(seq)
            database.enlist(["list"], seq)
        elif step == "leave" and inside:
            seq = inside.pop(choice % len(inside))
            database.delist("list", seq)
        elif step == "return" and outside:
            seq = outside[choice % len(outside)]
            inside = sorted([*inside, seq])
            database.enlist(["list"], seq)
    database.commit()
    assert database.count("list") == len(inside)
    for start in range(len(inside) + 1):
        page = database.page("list", start, size)
        assert [row[0] for row in page] == inside[start : start + size]
    assert [row[0] for row in database.each("list", 3)] == inside
    assert [seq for seq in known if database.holds("list", seq)] == inside
    assert database.union(["list", "none", "list"]) == inside


def test_lists_that_there_are_not_are_empty():
    database = Database()
    assert (database.count("none"), database.page("none", 0, 1)) == (0, [])
    assert (list(database.each("none", 1)), database.holds("none", 1)) == ([], False)


def test_many_lists_are_found_though_few_numbers_are_remembered():
    database = Database()
    for number in range(10):
        database.enlist([f"list {number}"], insert(database, str(number)))
    database.commit()
    assert [database.count(f"list {number}") for number in range(10)] == [1] * 10


def test_an_old_object_that_joins_again_goes_where_it_was():
    database = Database()
    places = [insert(database, str(number)) for number in range(5)]
    for seq in places[:4]:
        database.enlist(["list"], seq)  # a full block
    database.delist("list", places[1])
    database.enlist(["list"], places[4])
    database.enlist(["list"], places[1])
    assert [database.page("list", at, 1)[0][0] for at in range(5)] == places
