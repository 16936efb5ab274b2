"""Sorted lists that are kept up with what changes, against lists that are sorted anew."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.state import Database, Session, Shape, SortKey, Table, glance
from skifteportal.sandbox.state import orders as orders_module
from skifteportal.sandbox.state.bulk import enter_all


@attrs.define(kw_only=True)
class Thing:
    id: str
    size: int | None
    colour: str = "red"


@attrs.define(kw_only=True)
class Other:
    id: str
    weight: int


SHAPE = Shape(name="thing", kind=Thing, lists=lambda thing: ("thing", thing.colour))
OTHER = Shape(name="other", kind=Other, lists=lambda _other: ("other",))


class Counted:
    """A key by size that counts how many objects it was asked about."""

    def __init__(self, *, name="size", off_row=False):
        self.asked = 0
        self._glance = glance("size")
        self.key = SortKey(name=name, of=self._of, glance=self._read if off_row else None)

    def _of(self, thing):
        self.asked += 1
        return thing.size

    def _read(self, row):
        self.asked += 1
        return self._glance(row)


@pytest.fixture
def session():
    return Session(Database())


@pytest.fixture
def table(session):
    return Table(session, SHAPE)


def fill(table, sizes):
    for size in sizes:
        enter(table, size)
    table.session.commit()


def enter(table, size, colour="red"):
    identifier = str(len(list(table)) + 1)
    while identifier in table:
        identifier += "x"
    table[identifier] = Thing(id=identifier, size=size, colour=colour)


def by_size(table, key, name="red"):
    return [(one.id, one.size) for one in table.listed(name).sorted_by(key)]


def sorted_anew(table, name="red"):
    entries = [(one.id, one.size) for one in table.listed(name)]
    return sorted(entries, key=lambda entry: (entry[1] is not None, entry[1] or 0))


@pytest.mark.parametrize("off_row", [True, False])
def test_a_list_is_sorted_those_without_first_and_equal_ones_as_entered(table, off_row):
    fill(table, [3, None, 1, 3, None, 2])
    expected = [("2", None), ("5", None), ("3", 1), ("6", 2), ("1", 3), ("4", 3)]
    assert by_size(table, Counted(off_row=off_row).key) == expected


def test_nothing_is_read_again_as_long_as_nothing_changes(table):
    fill(table, range(100))
    counted = Counted()
    first = by_size(table, counted.key)
    assert (counted.asked, by_size(table, counted.key), counted.asked) == (100, first, 100)


def test_a_change_is_a_search_and_no_new_sorting(table):
    fill(table, range(0, 10_000, 10))
    counted = Counted(off_row=True)
    by_size(table, counted.key)
    counted.asked = 0
    table["500"].size = 15
    del table["7"]
    enter(table, 25)
    enter(table, 35, colour="blue")
    table.session.commit()
    assert by_size(table, counted.key) == sorted_anew(table)
    assert counted.asked < 100
    counted.asked = 0
    assert by_size(table, counted.key) == sorted_anew(table)
    assert counted.asked == 0


def test_what_is_not_committed_is_seen_and_forgotten_again(table):
    fill(table, [5, 1, 3])
    counted = Counted()
    before = by_size(table, counted.key)
    table["1"].size = 0
    assert by_size(table, counted.key) == [("1", 0), ("2", 1), ("3", 3)]
    table.session.rollback()
    assert by_size(table, counted.key) == before


def test_an_order_that_is_first_asked_for_between_a_change_and_its_commit_is_not_kept(table):
    fill(table, [5, 1])
    counted = Counted()
    table["1"].size = 0
    assert by_size(table, counted.key) == [("1", 0), ("2", 1)]
    table.session.rollback()
    assert by_size(table, counted.key) == [("2", 1), ("1", 5)]
    assert counted.asked == 4


def test_after_many_changes_it_is_sorted_anew(table, monkeypatch):
    monkeypatch.setattr(orders_module, "_MOST_CHANGES", 2)
    fill(table, range(10))
    counted = Counted()
    by_size(table, counted.key)
    counted.asked = 0
    for name in ("1", "2", "3"):
        table[name].size = 50
    table.session.commit()
    assert by_size(table, counted.key) == sorted_anew(table)
    assert counted.asked == 10


def test_the_orders_asked_for_lately_are_kept(table):
    fill(table, range(10))
    keys = [Counted(name=str(number)) for number in range(9)]
    for counted in (*keys[:8], keys[0], keys[8]):
        by_size(table, counted.key)
    for counted in (keys[0], keys[1]):
        counted.asked = 0
        by_size(table, counted.key)
    assert (keys[0].asked, keys[1].asked) == (0, 10)


def test_what_is_entered_past_the_session_is_seen(table, session):
    fill(table, [5, 1])
    counted = Counted()
    by_size(table, counted.key)
    enter_all(session.database, [(SHAPE, "new", Thing(id="new", size=3))])
    assert by_size(table, counted.key) == [("2", 1), ("new", 3), ("1", 5)]
    session.commit()
    other = Session(Database())
    fill(Table(other, SHAPE), [9, 8])
    session.database.copy_from(other.database)
    assert by_size(table, counted.key) == [("2", 8), ("1", 9)]


SIZES = st.none() | st.integers(0, 3)
COLOURS = st.sampled_from(["red", "blue"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "change", "remove", "other", "commit", "rollback", "look"]),
        SIZES,
        COLOURS,
        st.integers(0, 100),
    ),
    max_size=40,
)


@given(STEPS)
def test_whatever_happens_a_sorted_list_is_as_if_sorted_anew(steps):
    table = Table(Session(Database()), SHAPE)
    others = Table(table.session, OTHER)
    others["1"] = Other(id="1", weight=1)
    keys = [Counted(name="object").key, Counted(name="row", off_row=True).key]
    fill(table, [2, 1, None])
    for number, (step, size, colour, choice) in enumerate(steps):
        names = list(table)
        if step == "enter":
            table[f"new {number}"] = Thing(id=f"new {number}", size=size, colour=colour)
        elif step == "other":
            others["1"].weight += 1
            others[f"{number}"] = Other(id=f"{number}", weight=choice)
        elif step == "commit":
            table.session.commit()
        elif step == "rollback":
            table.session.rollback()
        elif names and step == "change":
            thing = table[names[choice % len(names)]]
            thing.size, thing.colour = size, colour
        elif names and step == "remove":
            del table[names[choice % len(names)]]
        else:
            for name in ("red", "blue"):
                assert [by_size(table, key, name) for key in keys] == [sorted_anew(table, name)] * 2
    assert [by_size(table, key) for key in keys] == [sorted_anew(table)] * 2
