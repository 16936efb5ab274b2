"""Whatever comes, it is examined or refused with a reason; nothing else happens to who takes it in."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up_updates import edited, first, text

from portalgen.intake.examine import examine
from portalgen.intake.received import Received
from portalgen.intake.recognise import recognise
from portalgen.intake.references import walk
from portalgen.intake.refusal import Refused
from portalgen.lint import lint
from portalgen.yaml_file import SpecFileError

DOCUMENT = first("person")
POINTERS = sorted(pointer for pointer, _, _ in walk(DOCUMENT))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["$ref", "type", "allOf", "properties", "enum", "get", "in", "name"])
            | st.text(max_size=5),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)


def received(content: bytes) -> Received:
    return Received(name="fil.yaml", stem="fil", content=content)


def test_a_good_file():
    found = examine(received(text(DOCUMENT)))
    assert (found.title, found.version, found.numbers) == (
        "Api til personopslag",
        "1.0.0",
        (1, 0, 0),
    )
    assert len(found.sha256) == 64


@given(content=st.binary(max_size=200))
def test_any_bytes(content):
    with pytest.raises((Refused, SpecFileError)):
        examine(received(content))


@given(pointer=st.sampled_from(POINTERS), value=VALUES)
def test_a_good_file_with_anything_anywhere(pointer, value):
    content = json.dumps(edited(DOCUMENT, {pointer: value})).encode()
    with suppress(Refused, SpecFileError):
        found = examine(received(content))
        recognise(found, {"person": DOCUMENT})
        lint(found.document, api={"provenance": "official"}, codes={})
