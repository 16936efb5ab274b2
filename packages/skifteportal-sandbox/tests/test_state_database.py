"""Lists that are counted, against plain Python lists."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from skifteportal.sandbox.state import Database
from skifteportal.sandbox.state import database as database_module
from skifteportal.sandbox.state import writer as writer_module

STEPS = st.lists(
    st.tuples(st.sampled_from(["enter", "leave", "return"]), st.integers(0, 10**6)), max_size=120
)


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database_module, "BLOCK", 4)
        patch.setattr(database_module, "_NAMES_KEPT", 4)
        patch.setattr(writer_module, "_MOST_PENDING", 3)
        yield


def insert(database, name):
    place = database.new_place()
    database.enter(place, "thing", name, "", b"x")
    return place


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


def test_what_is_rolled_back_was_never_there():
    database = Database()
    database.enlist(["list"], insert(database, "1"))
    database.rollback()
    assert (database.find("thing", "1", ""), database.count("list")) == (None, 0)


def test_many_lists_are_found_though_few_numbers_are_remembered():
    database = Database()
    for number in range(10):
        database.enlist([f"list {number}"], insert(database, str(number)))
    database.commit()
    assert [database.count(f"list {number}") for number in range(10)] == [1] * 10


class Waiting(RuleBasedStateMachine):
    """What waits is there for whoever looks, and goes when it is rolled back.

    In memory rows wait for each other; in a file, which the second kind stands for, they are written at each commit.
    """

    @initialize(in_file=st.booleans())
    def begin(self, in_file):
        self.database = Database()
        if in_file:
            self.database = Database(self.database.connection)
        self.kept, self.fresh, self.count = {}, {}, 0

    @rule(number=st.integers(0, 2))
    def enter(self, number):
        self.database.enlist([str(number)], insert(self.database, str(self.count)))
        self.fresh[str(self.count)] = number
        self.count += 1

    @rule()
    def commit(self):
        self.database.commit()
        self.kept, self.fresh = self.kept | self.fresh, {}

    @rule()
    def rollback(self):
        self.database.rollback()
        self.fresh = {}

    @precondition(lambda self: self.fresh)
    @rule()
    def leave(self):
        name, number = self.fresh.popitem()
        place = self.database.find("thing", name, "")[0]
        self.database.delist(str(number), place)
        self.database.delete(place, key=("thing", name, ""))
        assert self.database.writing

    @rule()
    def find(self):
        names = [str(number) for number in range(self.count)]
        found = {name for name in names if self.database.find("thing", name, "")}
        assert found == set(self.kept | self.fresh)

    @rule(number=st.integers(0, 2))
    def list_all(self, number):
        known = [name for name, at in (self.kept | self.fresh).items() if at == number]
        assert [row[1] for row in self.database.page(str(number), 0, 99)] == known


TestWaiting = Waiting.TestCase


def test_an_old_object_that_joins_again_goes_where_it_was():
    database = Database()
    places = [insert(database, str(number)) for number in range(5)]
    for seq in places[:4]:
        database.enlist(["list"], seq)  # a full block
    database.delist("list", places[1])
    database.enlist(["list"], places[4])
    database.enlist(["list"], places[1])
    assert [database.page("list", at, 1)[0][0] for at in range(5)] == places
