"""Objects that are entered, found and forgotten, in memory and in a file."""

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from state_rows import insert

from skifteportal.sandbox.state import Database
from skifteportal.sandbox.state import writer as writer_module


@pytest.fixture(autouse=True, scope="module")
def little_waits():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer_module, "_MOST_PENDING", 3)
        yield


def test_what_is_rolled_back_was_never_there():
    database = Database()
    database.enlist(["list"], insert(database, "1"))
    database.rollback()
    assert (database.find("thing", "1", ""), database.count("list")) == (None, 0)


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
