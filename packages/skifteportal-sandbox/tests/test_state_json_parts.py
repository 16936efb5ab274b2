import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.state import json_parts
from skifteportal.sandbox.state.json_parts import JsonParts, NotJson

TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


@pytest.fixture(autouse=True, scope="module")
def read_little():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_parts, "_LEAST", 1)
        yield


def pieces(text, size):
    return [text[start : start + size] for start in range(0, len(text), size)]


def read(parts, how):
    """Read an object of arrays of anything, or less of it."""
    if how == "value":
        return json.loads(parts.value())
    if how == "elements":
        return [json.loads(one) for one in parts.elements()]
    return {name: read(parts, "elements") for name in parts.members()}


@given(
    st.dictionaries(TEXTS, st.lists(VALUES, max_size=4), max_size=4),
    st.integers(1, 40),
    st.sampled_from([None, 1]),
    st.booleans(),
)
def test_json_is_read_as_ever_however_it_is_cut(value, size, indent, ascii_only):
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    parts = JsonParts(pieces(b" " + text + b"\n", size))
    assert read(parts, "members") == value
    parts.end()


@given(st.lists(VALUES, max_size=4), st.integers(1, 40))
def test_values_are_given_byte_for_byte(values, size):
    texts = [json.dumps(one, ensure_ascii=False).encode() for one in values]
    parts = JsonParts(pieces(b"[" + b" , ".join(texts) + b"]", size))
    assert list(parts.elements()) == texts


@given(st.dictionaries(TEXTS, st.lists(VALUES, max_size=3), max_size=3), st.data())
def test_whatever_is_cut_off_is_said_to_be(value, data):
    text = json.dumps(value).encode()
    kept = data.draw(st.integers(0, len(text) - 1))
    size = data.draw(st.integers(1, 40))
    with pytest.raises(NotJson):
        read(JsonParts(pieces(text[:kept], size)), "members")


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("members", b"[]"),
        ("members", b'{"a":[] "b":[]}'),
        ("members", b'{"a":[],}'),
        ("members", b'{"a" []}'),
        ("members", b"{1:[]}"),
        ("members", b"{a:[]}"),
        ("elements", b"{}"),
        ("elements", b"[1 2]"),
        ("elements", b"[1,]"),
        ("elements", b"[tru]"),
        ("value", b'{"a":1,,"b":2} and more that need not be looked at'),
        ("value", b'"\\q is no escape, and here is some more"'),
        ("value", b'"\xff"'),
        ("value", b""),
        ("value", b"[" * 100_000),
    ],
)
def test_what_is_no_json_is_refused(how, text):
    with pytest.raises(NotJson):
        read(JsonParts(pieces(text, 1000)), how)


def test_what_is_wrong_is_told_without_reading_on():
    def endless():
        yield b'{"a": nothing, '
        while True:
            yield b"x" * 1000

    parts = JsonParts(endless())
    with pytest.raises(NotJson):
        parts.value()


def test_something_behind_the_value_is_refused():
    parts = JsonParts([b"1 ", b" 2"])
    assert parts.value() == b"1"
    with pytest.raises(NotJson):
        parts.end()


def test_no_more_is_held_than_a_part():
    taken = 0

    def giving():
        nonlocal taken
        yield b"["
        for number in range(10_000):
            taken += 1
            yield b'"%d",' % number
        yield b"1]"

    parts = JsonParts(giving())
    for index, _ in enumerate(parts.elements()):
        assert taken <= index + 3
