"""The codec's law: what was read is written back with the same members, whatever they were.

The JSON is made as text, so that spellings are part of it, and compared with its numbers as text.
"""

import copy
import json
import pickle

import attrs
import pytest
from codec_models import NASTY, Krav
from hypothesis import given
from hypothesis import strategies as st
from json_texts import (
    UTF8,
    amounts,
    anything,
    array,
    booleans,
    dates,
    integers,
    lists,
    moments,
    null,
    obj,
    objects,
    spelled,
    texts,
)

from skifteportal.core.codec import decode, encode, from_json, to_json
from skifteportal.core.errors import DecodeError
from skifteportal.core.shapes import ListOf, ModelOf

KRAV = ModelOf("codec_models:Krav")
kinds = st.sampled_from(['"PERSON"', '"VIRKSOMHED"', '"NY"', '""'])
virksomheder = objects({"cvrNummer": texts}, {})
parter = objects({}, {"type": kinds, "virksomhed": virksomheder})
unions = (
    objects({"type": st.just('"P"')}, {"virksomhed": virksomheder})
    | objects({"type": st.just('"K"'), "id": texts}, {"beloeb": amounts})
    | objects({"type": kinds | integers | null}, {})
    | objects({}, {"x": anything})
)


def krav_with(underkrav):
    return objects(
        {"id": texts},
        {
            "oprettelsestidspunkt": moments,
            "opgjortdato": dates,
            "indberetter": parter,
            "beloeb": amounts,
            "endeligt": booleans,
            "antal": integers | amounts.filter(lambda t: "." not in t or not t.split(".")[1].strip("0")),
            "koder": lists(texts),
            "underkrav": lists(underkrav),
            "frister": lists(moments),
            "tal": st.dictionaries(st.text(UTF8, max_size=4), lists(amounts) | null, max_size=2).map(obj),
            "typer": lists(kinds),
            "ejer": unions,
            "fri": anything,
            "frie": lists(anything),
            NASTY: texts,
        },
    )  # fmt: skip


krav_texts = krav_with(objects({"id": texts}, {"oprettelsestidspunkt": moments, "beloeb": amounts}))


@given(krav_texts)
def test_what_was_read_is_written_back(text):
    krav = decode(text.encode(), KRAV)
    assert spelled(encode(krav, KRAV)) == spelled(text)


@given(st.lists(krav_texts, max_size=3).map(array))
def test_lists_of_answers_too(text):
    shape = ListOf(KRAV)
    assert spelled(encode(decode(text.encode(), shape), shape)) == spelled(text)


@given(krav_texts)
def test_reading_twice_gives_the_same_model(text):
    krav = decode(text.encode(), KRAV)
    assert decode(encode(krav, KRAV), KRAV) == krav
    assert from_json(Krav, to_json(krav)) == krav


@given(krav_texts)
def test_copies_are_written_the_same(text):
    krav = decode(text.encode(), KRAV)
    for twin in (copy.deepcopy(krav), pickle.loads(pickle.dumps(krav)), attrs.evolve(krav)):
        assert twin == krav
        assert encode(twin, KRAV) == encode(krav, KRAV)


@given(krav_texts, amounts)
def test_a_changed_attribute_changes_its_member_and_no_other(text, amount):
    krav = decode(text.encode(), KRAV)
    krav.beloeb = decode(f'{{"id":"1","beloeb":{amount}}}'.encode(), KRAV).beloeb
    expected = {**spelled(text), "beloeb": ("number", amount)}
    assert spelled(encode(krav, KRAV)) == expected


NAMES = [field.json_name for field in Krav.__fields__]
POSSIBLE = anything | moments | dates | kinds | parter | lists(moments) | unions


@given(st.dictionaries(st.sampled_from(NAMES), POSSIBLE, max_size=4), st.booleans())
def test_any_json_is_read_losslessly_or_refused_at_a_place_that_exists(members, with_id):
    text = obj({**members, "id": '"1"'} if with_id else members)
    try:
        krav = decode(text.encode(), KRAV)
    except DecodeError as error:
        problem = error
    else:
        assert spelled(encode(krav, KRAV)) == spelled(text)
        return
    place = json.loads(text)
    for step in problem.pointer.split("/")[1:]:
        if step == "*" or problem.reason.startswith("it is missing"):
            break
        name = step.replace("~1", "/").replace("~0", "~")
        place = place[int(name) if isinstance(place, list) else name]
    assert problem.model is not None


@pytest.mark.parametrize("field", Krav.__fields__, ids=lambda field: field.name)
def test_every_optional_member_may_be_null_or_missing(field):
    if not field.required:
        text = json.dumps({"id": "1", field.json_name: None})
        krav = decode(text.encode(), KRAV)
        assert getattr(krav, field.name) is None
        assert json.loads(encode(krav, KRAV)) == json.loads(text)
        assert json.loads(encode(decode(b'{"id":"1"}', KRAV), KRAV)) == {"id": "1"}
