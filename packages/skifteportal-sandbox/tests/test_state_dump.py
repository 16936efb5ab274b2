"""What a dump holds, what of it is loaded, and what is refused: all of it, or nothing."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from portal_in_memory import CLIENT, GUIDE_ESTATE, PDF, Api, contents

from skifteportal.sandbox.errors import DumpError
from skifteportal.sandbox.memory import Memory

KRAV = f"/doedsbojournaler/{GUIDE_ESTATE}/krav"


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
