import sqlite3
import threading

import pytest
from portal_in_memory import CLIENT, Api, contents

from skifteportal.sandbox import memory as memory_module
from skifteportal.sandbox.errors import DumpError, StateDamaged, StateUnwritable
from skifteportal.sandbox.memory import Memory
from skifteportal.sandbox.party_store import Person


def test_nothing_of_a_block_that_fails_is_kept(memory):
    before = contents(memory)

    def fail():
        with memory.transaction() as store:
            store.persons["new"] = Person(id="new", name="N")
            store.cases.popitem()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert contents(memory) == before


def test_what_was_changed_outside_of_a_block_is_not_kept(memory):
    next(iter(memory.store.estates.values())).number = "changed"
    with memory.transaction() as store:
        assert next(iter(store.estates.values())).number != "changed"


def test_others_wait_until_a_block_ends(memory):
    entered, seen = threading.Event(), []

    def other():
        entered.set()
        with memory.transaction() as store:
            seen.append("new" in store.persons)

    with memory.transaction() as store:
        thread = threading.Thread(target=other)
        thread.start()
        assert entered.wait(10)
        store.persons["new"] = Person(id="new", name="N")
        assert seen == []
    thread.join(10)
    assert seen == [True]


def test_a_block_that_cannot_begin_keeps_nobody_out(memory, monkeypatch):
    def fail():
        raise KeyError

    with monkeypatch.context() as patch:
        patch.setattr(memory.store, "rollback", fail)
        with pytest.raises(KeyError):
            memory.settle()
    memory.settle()


def test_a_reset_forgets_everything_even_on_another_day(memory, clock):
    before = contents(memory)
    with memory.transaction() as store:
        store.persons["new"] = Person(id="new", name="N")
        store.meta["clock"] = "1"
    memory.reset()
    assert contents(memory) == before
    for _ in range(5):
        clock.advance(days=1)
        memory.reset()
    assert contents(memory) != before


def test_state_outlasts_a_restart_and_a_reset_goes_back_to_the_seed(clock, tmp_path):
    path = tmp_path / "portal.db"
    seed = contents(Memory(clients=[], clock=clock))
    first = Memory(clients=[CLIENT], clock=clock, state=path)
    with first.transaction() as store:
        store.persons["new"] = Person(id="new", name="N")
    kept = contents(first)
    first.close()
    assert CLIENT.secret.encode() not in path.read_bytes()
    clock.advance(days=30)
    second = Memory(clients=[CLIENT], clock=clock, state=path)
    assert contents(second) == kept
    clock.advance(days=-30)
    second.reset()
    second.close()
    third = Memory(clients=[CLIENT], clock=clock, state=path)
    assert contents(third) == seed
    third.close()


class Hand:
    """Something that is kept beside the rows."""

    def __init__(self):
        self.noted = ""

    def prepared(self, note):
        if note not in {"", "up", "down"}:
            raise ValueError

        def put():
            self.noted = note

        return put


@pytest.fixture
def hand(memory):
    hand = Hand()
    memory.keep("hand", hand)
    return hand


def test_what_is_kept_beside_the_rows_is_in_a_dump_as_it_is_now(memory, hand):
    hand.noted = "up"
    assert contents(memory)[0] == {"hand": "up"}
    hand.noted = ""
    assert contents(memory)[0] == {}


def test_in_a_file_it_is_noted_with_whatever_is_kept_next(clock, tmp_path):
    memory, hand = Memory(clients=[], clock=clock, state=tmp_path / "portal.db"), Hand()
    memory.keep("hand", hand)
    hand.noted = "up"
    assert "hand" not in memory.store.meta
    with memory.transaction() as store:
        store.persons["new"] = Person(id="new", name="N")
    assert memory.store.meta["hand"] == "up"
    memory.close()


def test_a_note_is_written_though_the_block_before_failed(memory, hand):
    hand.noted = "up"

    def fail():
        with memory.transaction():
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    memory.settle()
    assert contents(memory)[0] == {"hand": "up"}


def test_what_is_kept_beside_the_rows_outlasts_a_restart_and_is_reset(clock, tmp_path):
    path = tmp_path / "portal.db"

    def started():
        memory, hand = Memory(clients=[], clock=clock, state=path), Hand()
        memory.keep("hand", hand)
        return memory, hand

    memory, hand = started()
    hand.noted = "up"
    memory.settle()
    memory.close()
    memory, hand = started()
    assert hand.noted == "up"
    memory.reset()
    assert (hand.noted, contents(memory)[0]) == ("", {})
    memory.close()
    memory, hand = started()
    assert hand.noted == ""
    with memory.transaction() as store:
        store.meta["hand"] = "sideways"
    memory.close()
    with pytest.raises(StateDamaged, match="it is damaged"):
        started()


def test_a_dump_brings_it_along(memory, hand, clock):
    hand.noted = "up"
    memory.settle()
    up = b"".join(memory.dump())
    hand.noted = "down"
    memory.settle()
    memory.load(up)
    assert hand.noted == "up"
    down = up.replace(b'"hand":"up"', b'"hand":"sideways"')
    with pytest.raises(DumpError, match="its note of hand is not what it should be"):
        memory.load(down)
    other = Memory(clients=[], clock=clock)
    other.load(up)  # where nobody keeps a hand, it is but a note
    assert contents(other) == contents(memory)
    memory.load(b"".join(Memory(clients=[], clock=clock).dump()))
    assert (hand.noted, contents(memory)[0]) == ("", {})


@pytest.mark.parametrize(
    ("code", "error"),
    [(sqlite3.SQLITE_FULL, StateUnwritable), (sqlite3.SQLITE_CORRUPT, StateDamaged)],
)
def test_a_file_that_fails_later_is_said_to(clock, tmp_path, code, error):
    memory = Memory(clients=[], clock=clock, state=tmp_path / "portal.db")
    raised = sqlite3.OperationalError("disk full")
    raised.sqlite_errorcode = code

    def fail():
        with memory.transaction() as store:
            store.persons["new"] = Person(id="new", name="N")
            raise raised

    with pytest.raises(error):
        fail()
    with memory.transaction() as store:
        assert "new" not in store.persons
    memory.close()


def test_a_row_that_is_damaged_within_is_said_to_be(clock, tmp_path):
    memory = Memory(clients=[], clock=clock, state=tmp_path / "portal.db")
    with memory.transaction() as store:
        first = next(iter(store.estates))
        store.database.write("UPDATE object SET row = x'00' WHERE id = ?", (first,))

    def read():
        with memory.transaction() as store:
            store.estates[first]

    with pytest.raises(StateDamaged, match="it is damaged"):
        read()
    memory.close()


def test_what_cannot_be_written_is_not_kept(memory):
    before = contents(memory)

    def change():
        with memory.transaction() as store:
            next(iter(store.estates.values())).figures = {"hidden": object()}

    with pytest.raises(NotImplementedError):
        change()
    assert contents(memory) == before


def test_without_a_file_sqlites_own_error_is_a_fault_of_ours(memory):
    with pytest.raises(sqlite3.OperationalError), memory.transaction():
        raise sqlite3.OperationalError


def test_a_seed_of_any_size_is_reproducible_and_consistent(memory, clock):
    told = []
    assert memory.seed(estates=3, claims=10, progress=told.append) == told[-1]
    other = Memory(clients=[], clock=clock)
    other.seed(estates=3, claims=10)
    assert contents(other) == contents(memory)
    with memory.transaction() as store:
        new = list(store.estates.all()[-3:])
        counts = [
            len(store.registrations_of("krav", estate=one.id, company="11111111")) for one in new
        ]
        assert counts == [4, 3, 3]
        assert all(
            store.persons[one.details["afdoede"]["personId"]].name == one.name for one in new
        )
        assert all(61 <= int(one.cpr[:2]) <= 91 for one in new)


def test_seeded_claims_are_served_and_keep_to_the_specification(make_portal):
    api = Api(make_portal())
    api.portal.memory.seed(claims=25)
    with api.portal.transaction() as world:
        estate = world.store.estates.all()[-1].id
    reply = api("GET", f"/doedsbojournaler/{estate}/krav?page=1&size=20")
    assert (reply.status, reply["X-Total-Count"], len(reply.json)) == (200, "25", 5)


def test_the_same_seed_twice_or_a_negative_number_is_refused_and_nothing_entered(memory):
    memory.seed(estates=1)
    before = contents(memory)
    with pytest.raises(ValueError, match="random_seed 0 gives is there already"):
        memory.seed(estates=2)
    with pytest.raises(ValueError, match="claims: from 0 to 10000000"):
        memory.seed(claims=-1)
    assert contents(memory) == before
    assert memory.seed() == 0
    memory.seed(estates=1, random_seed=1)
    assert contents(memory) != before


def test_a_reset_that_cannot_be_written_leaves_all_as_it_was(memory, hand, monkeypatch):
    def full(*_, **__):
        raise sqlite3.OperationalError("disk is full")

    with memory.transaction() as store:
        store.persons["new"] = Person(id="new", name="N")
    hand.noted = "up"
    before = contents(memory)
    with monkeypatch.context() as patch:
        patch.setattr(memory_module, "restore", full)
        with pytest.raises(sqlite3.OperationalError):
            memory.reset()
    assert contents(memory) == before
    memory.reset()
    assert (hand.noted, contents(memory) == before) == ("", False)
