import attrs
import pytest

from skifteportal.sandbox.state import Database, Listing, Session, Shape, SortKey, Table
from skifteportal.sandbox.state import session as session_module
from skifteportal.sandbox.state.bulk import enter_all


@attrs.define(kw_only=True)
class Thing:
    id: str
    size: int
    colour: str = "red"


SHAPE = Shape(name="thing", kind=Thing, lists=lambda thing: ("thing", thing.colour, "thing"))
COLOURS = ("red", "blue", "red", "red")


@pytest.fixture
def session():
    return Session(Database())


@pytest.fixture
def table(session):
    table = Table(session, SHAPE)
    for size, colour in enumerate(COLOURS):
        table[str(size)] = Thing(id=str(size), size=9 - size, colour=colour)
    session.commit()
    return table


def sizes(things):
    return [thing.size for thing in things]


def test_a_table_is_a_dict_in_the_order_entered(table):
    assert (list(table), len(table), sizes(table.values())) == (
        ["0", "1", "2", "3"],
        4,
        [9, 8, 7, 6],
    )
    assert table["1"] is table["1"]
    assert table.get("5") is None
    assert [thing.id for thing in table.named("2")] == ["2"]


def test_what_is_fetched_twice_is_one_object(table):
    listed = table.listed("red")
    listed[0].size = 1
    assert table["0"].size == 1
    assert [one.size for one in listed] == [1, 7, 6]


def test_what_is_only_looked_at_is_the_same_until_it_changes(table, session, monkeypatch):
    monkeypatch.setattr(session_module, "_SHOWN_KEPT", 2)
    assert table.look("5") is None
    first = table.look("0")
    assert table.look("0") is first
    table["0"].size = 1
    assert table.look("0").size == 1  # what was changed in this block is seen
    session.rollback()
    assert table.look("0").size == 9
    table["0"].size = 1
    session.commit()
    assert [table.look(one).size for one in "0123"] == [1, 8, 7, 6]
    assert first.size == 9  # nobody's changes reach what was shown before


def test_an_object_moves_between_lists_as_it_changes(table):
    table["1"].colour = "red"
    assert sizes(table.listed("red")) == [9, 8, 7, 6]
    assert len(table.listed("blue")) == 0
    table["1"] = Thing(id="1", size=0, colour="blue")
    assert sizes(table.listed("blue")) == [0]


def test_a_listing_is_a_sequence(table):
    red = table.listed("red")
    assert (red[0].size, red[-1].size, sizes(red[1:]), sizes(red[::2])) == (9, 6, [7, 6], [9, 6])
    assert sizes(red[5:9]) == []
    assert (sizes(red[::-1]), sizes(red[2:0:-1])) == ([6, 7, 9], [6, 7])
    for index in (3, -4):
        with pytest.raises(IndexError):
            red[index]


def test_objects_of_several_lists_are_a_listing_too(table):
    joined = table.joined(["blue", "red", "none"])
    assert isinstance(joined, Listing)
    assert (len(joined), sizes(joined), joined[-1].size) == (4, [9, 8, 7, 6], 6)
    by_size = SortKey(name="size", of=lambda thing: None if thing.size == 9 else thing.size)
    assert sizes(joined.sorted_by(by_size)) == [9, 6, 7, 8]
    found = table.among(["3", "0", "none", "1"], lambda thing: thing.size != 8)
    assert sizes(found) == [9, 6]


def test_many_are_entered_at_once_as_if_one_by_one(table, session):
    told = []
    things = [
        (SHAPE, f"new {number}", Thing(id=f"new {number}", size=number, colour="red"))
        for number in range(6001)
    ]
    assert enter_all(session.database, things, progress=told.append) == 6001
    session.commit()
    assert told == [5000, 6001]
    red = table.listed("red")
    assert (len(red), sizes(red[2:5]), sizes(red[6000:])) == (
        6004,
        [6, 0, 1],
        [5997, 5998, 5999, 6000],
    )
    table["new 3"].colour = "blue"
    assert (len(red), sizes(table.listed("blue"))) == (6003, [8, 3])
    enter_all(session.database, [(SHAPE, "last", Thing(id="last", size=1))])
    assert len(red) == 6004
