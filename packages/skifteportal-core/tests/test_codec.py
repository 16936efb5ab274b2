"""What is read and written, member by member; test_values has the numbers and moments, test_codec_law proves that nothing gets lost."""

import json
from collections import OrderedDict
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import attrs
import pytest
from codec_models import NASTY, Krav, KravInput, Part, PartType, Virksomhed

from skifteportal.core.codec import decode, encode, from_json, to_json
from skifteportal.core.errors import InvalidArgument
from skifteportal.core.model import Field, Model
from skifteportal.core.shapes import (
    ANY,
    BOOLEAN,
    DATE_TIME,
    DECIMAL,
    INTEGER,
    STRING,
    EnumOf,
    ListOf,
    MapOf,
    ModelOf,
)

KRAV = ModelOf("codec_models:Krav")
KRAV_INPUT = ModelOf("codec_models:KravInput")


def read(**members):
    return from_json(Krav, {"id": "4b97", **members})


def member(text, name="fri"):
    """The krav whose member is this JSON text."""
    return decode(f'{{"id":"4b97","{name}":{text}}}'.encode(), KRAV)


def written(krav, name="fri"):
    """The JSON text of a krav's member, to the last character."""
    content = encode(krav, KRAV).decode()
    start = content.index(f'"{name}":') + len(name) + 3
    return content[start:-1]


def test_the_krav_of_guide_4_3_3():
    content = json.dumps(
        {
            "id": "4b97d591-1b88-4b70-81bc-7a4c4a227627",
            "oprettelsestidspunkt": "2022-09-09T13:08:25.988362763Z",
            "indberetter": {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "11111111"}},
            "beloeb": 123,
            "endeligt": False,
            "opgjortdato": "2022-04-29",
        }
    ).encode()
    krav = decode(content, KRAV)
    assert krav == Krav(
        id="4b97d591-1b88-4b70-81bc-7a4c4a227627",
        oprettet=datetime(2022, 9, 9, 13, 8, 25, 988362, tzinfo=UTC),
        indberetter=Part(type=PartType.VIRKSOMHED, virksomhed=Virksomhed(cvr_nummer="11111111")),
        beloeb=Decimal(123),
        endeligt=False,
        opgjortdato=date(2022, 4, 29),
        additional_properties={"oprettelsestidspunkt": "2022-09-09T13:08:25.988362763Z"},
    )
    assert isinstance(krav.beloeb, Decimal)
    assert isinstance(krav.indberetter.type, PartType)
    assert json.loads(encode(krav, KRAV)) == json.loads(content)


# --- unknown members, nulls, open enums, unions -------------------------------------------------


def test_unknown_members_are_kept_on_every_level():
    krav = member('{"type":"NY","ny":{"beloeb":1.10,"x":null}}', "indberetter")
    assert krav.additional_properties is None
    assert krav.indberetter.additional_properties == {"ny": {"beloeb": Decimal("1.10"), "x": None}}
    assert written(krav, "indberetter") == '{"type":"NY","ny":{"beloeb":1.10,"x":null}}'


def test_explicit_nulls_are_kept_until_the_attribute_is_set():
    krav = read(beloeb=None, fri=None, koder=None, indberetter={"type": None})
    assert krav.beloeb is None
    assert krav.additional_properties == {"beloeb": None, "fri": None, "koder": None}
    assert to_json(krav) == {
        "id": "4b97",
        "beloeb": None,
        "fri": None,
        "koder": None,
        "indberetter": {"type": None},
    }
    krav.beloeb = Decimal("1.10")
    assert to_json(krav)["beloeb"] == Decimal("1.10")
    krav.beloeb = None
    assert to_json(krav)["beloeb"] is None


def test_nulls_in_lists_and_maps_are_left_out_and_kept():
    members = {
        "koder": ["a", None],
        "underkrav": [None, {"id": "2", "beloeb": None}],
        "tal": {"a": None, "b": [1, None]},
        "typer": [None, "PERSON", "NY"],
    }
    krav = read(**members)
    assert krav.koder == ["a"]
    assert krav.tal == {"b": [Decimal(1)]}
    assert krav.typer == [PartType.PERSON, "NY"]
    assert [under.id for under in krav.underkrav] == ["2"]
    assert to_json(krav) == {"id": "4b97", **members}
    krav.underkrav[0].beloeb = Decimal("1.10")
    krav.koder.append("b")
    assert to_json(krav) == {
        "id": "4b97",
        **members,
        "koder": ["a", "b"],
        "underkrav": [{"id": "2", "beloeb": Decimal("1.10")}],
    }


def test_nulls_are_values_where_anything_is():
    krav = read(frie=[None, 1, {"a": None}])
    assert krav.frie == [None, 1, {"a": None}]
    assert krav.additional_properties is None
    assert to_json(krav)["frie"] == [None, 1, {"a": None}]


def test_the_documented_way_to_send_an_unknown_member_and_a_null():
    krav = KravInput(
        beloeb=Decimal("123.45"), additional_properties={"nytFelt": "værdi", "note": None}
    )
    assert encode(krav, KRAV_INPUT) == '{"beloeb":123.45,"nytFelt":"værdi","note":null}'.encode()


def test_additional_properties_never_replace_an_attribute():
    krav = KravInput(beloeb=Decimal(1), additional_properties={"beloeb": Decimal(2), "note": "x"})
    assert to_json(krav) == {"beloeb": Decimal(1)}


def test_unknown_enum_values_stay_text_and_text_may_be_given_for_a_member():
    assert read(indberetter={"type": "NY"}).indberetter.type == "NY"
    assert to_json(Part(type="PERSON")) == to_json(Part(type=PartType.PERSON)) == {"type": "PERSON"}
    assert to_json(Part(type=PartType.PERSON))["type"].__class__ is str


def test_a_union_is_read_by_its_discriminator():
    assert read(ejer={"type": "P", "virksomhed": {"cvrNummer": "1"}}).ejer == Part(
        type="P", virksomhed=Virksomhed(cvr_nummer="1")
    )
    inner = read(ejer={"type": "K", "id": "7"}).ejer
    assert inner == Krav(id="7", additional_properties={"type": "K"})
    assert to_json(read(ejer={"type": "K", "id": "7"}))["ejer"] == {"type": "K", "id": "7"}


@pytest.mark.parametrize(
    "value", [{}, {"type": "NY", "x": None}, {"type": 5}, {"type": None}, {"type": ["P"]}]
)
def test_a_union_of_an_unknown_kind_stays_a_dict(value):
    krav = read(ejer=value)
    assert krav.ejer == value
    assert to_json(krav)["ejer"] == value


def test_a_json_name_never_becomes_code():
    krav = read(**{NASTY: "x"})
    assert krav.nasty == "x"
    assert to_json(krav)[NASTY] == "x"
    krav = read(**{NASTY: None})
    assert krav.additional_properties == {NASTY: None}


@pytest.mark.parametrize("name", ["v", "d", "m", "x", "n", "keep", "Mismatch", "cls"])
def test_an_attribute_may_have_the_name_of_what_the_source_uses(name):
    fields = (Field(name, name, DATE_TIME), Field("other", "other", ListOf(STRING)))
    cls = attrs.make_class(
        "Odd",
        {name: attrs.field(default=None), "other": attrs.field(default=None)},
        bases=(Model,),
        class_body={"__fields__": fields},
        kw_only=True,
    )
    members = {name: "2022-09-09T13:08:25.988362763Z", "other": ["a"], "ny": 1}
    model = from_json(cls, members)
    assert getattr(model, name) == datetime(2022, 9, 9, 13, 8, 25, 988362, tzinfo=UTC)
    assert to_json(model) == members


# --- shapes outside of models ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "shape", "value"),
    [
        (b'"x"', STRING, "x"),
        (b"true", BOOLEAN, True),
        (b"[1,2]", ListOf(INTEGER), [1, 2]),
        (b'{"a":1.10}', MapOf(DECIMAL), {"a": Decimal("1.10")}),
        (b'["PERSON","NY"]', ListOf(EnumOf("codec_models:PartType")), ["PERSON", "NY"]),
        (b'[{"type":"NY"}]', ListOf(ModelOf("codec_models:Part")), [Part(type="NY")]),
        (b"null", ANY, None),
    ],
)
def test_any_shape_may_be_the_whole_text(content, shape, value):
    assert decode(content, shape) == value
    assert encode(value, shape) == content


def test_at_the_top_nulls_in_a_list_are_left_out():
    assert decode(b'[null,"a"]', ListOf(STRING)) == ["a"]


def test_a_tuple_is_written_as_a_list():
    assert encode((1, 2), ListOf(INTEGER)) == b"[1,2]"
    assert encode({"a": (1,)}, ANY) == b'{"a":[1]}'


class Code(StrEnum):
    A = "a"


class Text(str):
    __slots__ = ()


def test_subclasses_of_text_are_written_as_text():
    krav = Krav(id=Text("1"), koder=[Code.A], tal={Text("x"): []}, fri={Code.A: Text("y")})
    assert encode(krav, KRAV) == b'{"id":"1","koder":["a"],"tal":{"x":[]},"fri":{"a":"y"}}'
    krav = Krav(id="1", additional_properties={Text("x"): Text("y")})
    assert encode(krav, KRAV) == b'{"id":"1","x":"y"}'


# --- from_json, to_json ------------------------------------------------------------------------


def test_from_json_takes_any_mapping():
    krav = from_json(Krav, OrderedDict(id="1", indberetter=OrderedDict(type="NY")))
    assert krav == Krav(id="1", indberetter=Part(type="NY"))


def test_a_model_may_stand_among_additional_properties():
    krav = KravInput(additional_properties={"part": Part(type="NY")}, note="x")
    assert to_json(krav) == {"note": "x", "part": {"type": "NY"}}


def test_to_json_gives_containers_of_its_own():
    members = {"id": "4b97", "ny": [1], "koder": ["a"], "typer": ["PERSON", None], "fri": [1]}
    krav = from_json(Krav, members)
    for name in ("ny", "koder", "typer", "fri"):
        to_json(krav)[name].append("x")
    assert to_json(krav) == members


def test_a_circle_cannot_be_written():
    krav = Krav(id="1")
    krav.underkrav = [krav]
    with pytest.raises(InvalidArgument, match="nested too deeply") as caught:
        to_json(krav)
    assert caught.value.argument == "krav"
