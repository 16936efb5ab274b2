import json
import sqlite3
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_in_memory import CLIENT, GUIDE_ESTATE, PDF, Api

from skifteportal.sandbox.errors import DumpError, StateDamaged, StateUnwritable
from skifteportal.sandbox.memory import Memory
from skifteportal.sandbox.party_store import Person

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


@pytest.fixture
def memory(clock):
    return Memory(clients=[CLIENT], clock=clock)


def contents(memory):
    """Everything that is kept, whatever its places."""
    dump = json.loads(b"".join(memory.dump()))
    return dump["meta"], dump["objects"], dump["files"]


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


def test_what_is_kept_beside_the_rows_is_noted_with_whatever_is_kept_next(memory, hand):
    hand.noted = "up"
    assert contents(memory)[0] == {}
    memory.settle()
    assert contents(memory)[0] == {"hand": "up"}
    hand.noted = ""
    with memory.transaction() as store:
        store.persons["new"] = Person(id="new", name="N")
    assert contents(memory)[0] == {}


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


def test_a_dump_holds_everything_but_secrets_and_loads_to_the_same(make_portal, clock):
    api = Api(make_portal())
    krav = api.krav(beloeb=1)
    headers = {"Content-Type": "application/pdf", "Content-Disposition": 'filename="a.pdf"'}
    assert api("POST", f"{KRAV}/{krav}/bilag", content=PDF, headers=headers).status == 201
    dump = b"".join(api.portal.memory.dump())
    assert CLIENT.secret.encode() not in dump
    other = Memory(clients=[], clock=clock)
    other.load([dump[:100], dump[100:]])
    assert b"".join(other.dump()) == dump
    with other.transaction() as store:
        filed = store.registrations[krav]
        assert [one.content for one in filed.attachments.values()] == [PDF]
        filed.attachments.clear()
    assert contents(other)[2] != contents(api.portal.memory)[2]


TEXTS = st.text(st.characters(codec="utf-8"), max_size=10)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | TEXTS
    | st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


@given(
    data=st.dictionaries(TEXTS, VALUES, max_size=4), notes=st.dictionaries(TEXTS, TEXTS, max_size=3)
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_a_dump_loaded_is_the_same_dump(memory, clock, data, notes):
    with memory.transaction() as store:
        next(iter(store.cases.values())).records.popitem()
        estate = next(iter(store.estates.values()))
        estate.figures = data
        store.meta.clear()
        store.meta.update(notes)
    other = Memory(clients=[], clock=clock)
    other.load(b"".join(memory.dump()))
    with other.transaction() as store:
        assert next(iter(store.estates.values())).figures == data
        assert dict(store.meta) == notes
    assert b"".join(other.dump()) == b"".join(memory.dump())
    memory.reset()


def broken(change):
    def apply(dump):
        change(dump)
        return json.dumps(dump).encode()

    return apply


def of_type(dump, kind):
    return next(one for one in dump["objects"] if one["type"] == kind)


def an_estate(dump):
    return of_type(dump, "estate")["row"]


def text_of(dump):
    return json.dumps(dump).encode()


NO_JSON = "it ends too early, or is no JSON"
BREAKS = {
    "no JSON": (lambda _dump: b"hidden", NO_JSON),
    "no text": (lambda _dump: b'{"format":"\xff"}', NO_JSON),
    "no object": (lambda _dump: b"[]", NO_JSON),
    "nothing": (lambda _dump: b"", NO_JSON),
    "another format": (
        broken(lambda dump: dump.update(format="hidden")),
        "it is not JSON that skifteportal-sandbox dump wrote",
    ),
    "a format that is none": (broken(lambda dump: dump.update(format=1)), "format is not what"),
    "newer": (broken(lambda dump: dump.update(version=2)), "a newer sandbox wrote it"),
    "no objects": (broken(lambda dump: dump.pop("objects")), "it has no objects"),
    "another member": (broken(lambda dump: dump.update(hidden=1)), "a member that a dump has not"),
    "a member twice": (
        lambda dump: text_of(dump)[:-1] + b',"meta":{}}',
        "a member that a dump has not, or has one twice",
    ),
    "notes that are none": (broken(lambda dump: dump.update(meta=["hidden"])), "meta is not what"),
    "another type": (
        broken(lambda dump: dump["objects"][0].update(type="hidden")),
        r"objects\[0\] is of a type that there is not",
    ),
    "no object of ours": (
        broken(lambda dump: dump["objects"].insert(2, {"hidden": 1})),
        r"objects\[2\] is not what it should be",
    ),
    "a row that is none": (
        broken(lambda dump: dump["objects"][1].update(row={"hidden": 1})),
        r"objects\[1\] is no ",
    ),
    "names that are none": (
        broken(lambda dump: an_estate(dump).update(disclosed=[1])),
        "is no estate",
    ),
    "names that are no list": (
        broken(lambda dump: an_estate(dump).update(disclosed="hidden")),
        "is no estate",
    ),
    "twice": (
        broken(lambda dump: dump["objects"].append(dump["objects"][0])),
        "one is there twice",
    ),
    "another's id": (
        broken(lambda dump: dump["objects"][0].update(id="hidden")),
        r"objects\[0\] has an id or owner that is not its own",
    ),
    "another's owner": (
        broken(lambda dump: dump["objects"][0].update(owner="hidden")),
        r"objects\[0\] has an id or owner",
    ),
    "no file": (
        broken(lambda dump: dump["files"].popitem()),
        "objects has one with a file that is missing",
    ),
    "a file too many": (
        broken(lambda dump: dump["files"].update(hidden="aGlkZGVu")),
        "files has one that belongs to nothing",
    ),
    "a file that is none": (
        broken(lambda dump: dump["files"].update(hidden=1)),
        "files is not what",
    ),
    "a file twice": (
        lambda dump: text_of(dump)[:-2] + b',"%s":""}}' % next(iter(dump["files"])).encode(),
        "files has one twice",
    ),
    "cut off in files": (lambda dump: text_of(dump)[:-5], f"in files: {NO_JSON}"),
    "cut off before files": (
        lambda dump: text_of(dump)[: text_of(dump).index(b', "files"')],
        f"after objects: {NO_JSON}",
    ),
    "cut off in an object": (
        lambda dump: text_of({**dump, "objects": dump["objects"][:8]})[:-5],
        NO_JSON,
    ),
    "more behind it": (lambda dump: text_of(dump) + b"hidden", NO_JSON),
}


@pytest.mark.parametrize(("change", "problem"), BREAKS.values(), ids=BREAKS)
def test_a_broken_dump_changes_nothing_and_its_content_is_not_told(memory, change, problem):
    before = contents(memory)
    dump = change(json.loads(b"".join(memory.dump())))
    with pytest.raises(DumpError, match=problem) as raised:
        memory.load(dump)
    assert "hidden" not in str(raised.value)
    assert contents(memory) == before


def test_an_object_that_breaks_off_is_told_by_its_number(memory):
    dump = b"".join(memory.dump())
    third = dump.split(b"\n", 4)[3]
    with pytest.raises(DumpError, match=r"after objects\[1\]: it ends too early"):
        memory.load(dump[: dump.index(third) + len(third) // 2])


def test_two_objects_cannot_have_one_file(make_portal, memory):
    api = Api(make_portal())
    headers = {"Content-Type": "application/pdf", "Content-Disposition": 'filename="a.pdf"'}
    for _ in range(2):
        path = f"{KRAV}/{api.krav()}/bilag"
        assert api("POST", path, content=PDF, headers=headers).status == 201
    dump = json.loads(b"".join(api.portal.memory.dump()))
    first, second = [
        one["row"]["attachments"] for one in dump["objects"] if one["type"] == "registration"
    ]
    second.clear()
    second.update(first)
    with pytest.raises(DumpError, match="one is there twice, or has another's file"):
        memory.load(text_of(dump))


def test_a_dump_may_be_written_anew_by_other_programs(memory, clock):
    dump = b"".join(memory.dump())
    other = Memory(clients=[], clock=clock)
    other.seed(estates=1)
    anew = json.dumps(json.loads(dump), indent=1, sort_keys=True)  # so the files come first
    other.load(bytes([byte]) for byte in anew.encode())
    assert contents(other) == contents(memory)


def test_what_gives_the_pieces_may_fail_and_nothing_is_changed(memory):
    before = contents(memory)

    def pieces():
        yield b"".join(memory.dump())[:1000]
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        memory.load(pieces())
    assert contents(memory) == before


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
