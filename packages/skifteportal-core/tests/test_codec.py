"""What is read and written, member by member; test_codec_law proves that nothing gets lost."""

import json
import threading
from collections import OrderedDict
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import ClassVar

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
    Shape,
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


# --- numbers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1.10", "100", "0.10", "0", "-5", "0.000001", "-0.0", "123456789012345678901234567890",
        "18446744073709551616", "-9223372036854775809", "0.123456789012345678901234567890",
        "123456789012345678901234567890.10", "1E+2", "1E-7", "1.5E+400",
    ],
)  # fmt: skip
def test_amounts_are_exact_to_the_digit(text):
    krav = member(text, "beloeb")
    assert krav.beloeb.__class__ is Decimal
    assert krav.additional_properties is None
    assert written(krav, "beloeb") == text


@pytest.mark.parametrize(
    ("text", "out"),
    [("1e2", "1E+2"), ("1E2", "1E+2"), ("0.0000001", "1E-7"), ("0.00000000", "0E-8"), ("-0", "0")],
)
def test_an_exponent_keeps_its_value_and_gets_the_writing_of_decimal(text, out):
    krav = member(text, "beloeb")
    assert krav.beloeb == Decimal(text)
    assert written(krav, "beloeb") == out


@pytest.mark.parametrize("text", ["0", "-7", "18446744073709551616", "9" * 300])
def test_integers_of_any_size(text):
    krav = member(text, "antal")
    assert krav.antal == int(text)
    assert krav.antal.__class__ is int
    assert written(krav, "antal") == text


@pytest.mark.parametrize(("text", "value"), [("10.0", 10), ("1E+3", 1000), ("-25.0", -25)])
def test_an_integer_with_a_fraction_or_exponent_is_read_and_kept(text, value):
    krav = member(text, "antal")
    assert krav.antal == value
    assert krav.antal.__class__ is int
    assert written(krav, "antal") == text
    krav.antal = 11
    assert written(krav, "antal") == "11"


class Number(IntEnum):
    TWO = 2


class Exact(Decimal):
    pass


def test_subclasses_of_numbers_are_written_as_numbers():
    krav = Krav(id="1", antal=Number.TWO, beloeb=Exact("1.10"), fri=[Number.TWO, Exact("1.20")])
    assert to_json(krav) == {
        "id": "1",
        "antal": 2,
        "beloeb": Decimal("1.10"),
        "fri": [2, Decimal("1.20")],
    }
    assert encode(krav, KRAV) == b'{"id":"1","beloeb":1.10,"antal":2,"fri":[2,1.20]}'


def test_whole_amounts_may_be_ints():
    assert encode(KravInput(beloeb=100), KRAV_INPUT) == b'{"beloeb":100}'


def test_json_of_any_shape_has_no_float():
    krav = member('[1, 1.10, {"a": 1e2}, true, null, "x"]')
    assert krav.fri == [1, Decimal("1.10"), {"a": Decimal("1E+2")}, True, None, "x"]
    assert written(krav) == '[1,1.10,{"a":1E+2},true,null,"x"]'


def test_a_finite_float_may_be_sent_where_anything_may():
    assert encode(0.1, ANY) == b"0.1"


# --- moments and dates -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2022-09-09T13:08:25Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T13:08:25.98Z", datetime(2022, 9, 9, 13, 8, 25, 980000, tzinfo=UTC)),
        ("2022-09-09T13:08:25.988362Z", datetime(2022, 9, 9, 13, 8, 25, 988362, tzinfo=UTC)),
        ("2022-09-09T13:08:25.000000Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T13:08:25.9883469Z", datetime(2022, 9, 9, 13, 8, 25, 988346, tzinfo=UTC)),
        ("2022-09-09T13:08:25.98834699Z", datetime(2022, 9, 9, 13, 8, 25, 988346, tzinfo=UTC)),
        ("2022-09-09T13:08:25.988346999Z", datetime(2022, 9, 9, 13, 8, 25, 988346, tzinfo=UTC)),
        ("2022-09-09T13:08Z", datetime(2022, 9, 9, 13, 8, tzinfo=UTC)),
        ("2022-09-09 13:08:25Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-W36-5T13:08:25Z", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T13:08:25+00:00", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        ("2022-09-09T15:08:25+02:00", datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC)),
        (
            "2022-09-09T15:08:25.123456789+02:00",
            datetime(2022, 9, 9, 13, 8, 25, 123456, tzinfo=UTC),
        ),
    ],
)
def test_moments_are_read_cut_to_microseconds_and_written_as_they_came(text, value):
    krav = member(f'"{text}"', "oprettelsestidspunkt")
    assert krav.oprettet == value
    assert written(krav, "oprettelsestidspunkt") == f'"{text}"'
    in_list = member(f'["{text}"]', "frister")
    assert in_list.frister == [value]
    assert written(in_list, "frister") == f'["{text}"]'


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2022, 9, 9, 13, 8, 25, tzinfo=UTC), "2022-09-09T13:08:25Z"),
        (datetime(2022, 9, 9, 13, 8, 25, 7, tzinfo=UTC), "2022-09-09T13:08:25.000007Z"),
        (datetime(22, 9, 9, tzinfo=timezone(timedelta(0), "GMT")), "0022-09-09T00:00:00Z"),
        (
            datetime(2022, 9, 9, 15, tzinfo=timezone(timedelta(hours=2))),
            "2022-09-09T15:00:00+02:00",
        ),
        (
            datetime(2022, 9, 9, tzinfo=timezone(timedelta(hours=-1, minutes=30))),
            "2022-09-09T00:00:00-00:30",
        ),
        # RFC 3339 has no seconds in an offset: Copenhagen before 1894 was 50:20 ahead.
        (
            datetime(1890, 1, 1, tzinfo=timezone(timedelta(minutes=50, seconds=20))),
            "1889-12-31T23:09:40Z",
        ),
        (
            datetime(2022, 1, 1, tzinfo=timezone(timedelta(microseconds=5))),
            "2021-12-31T23:59:59.999995Z",
        ),
    ],
)
def test_moments_are_written_in_one_way(value, text):
    assert encode(value, DATE_TIME) == f'"{text}"'.encode()


def test_a_kept_spelling_gives_way_to_a_changed_attribute():
    krav = member('"2022-09-09T13:08:25.988362763Z"', "oprettelsestidspunkt")
    krav.oprettet += timedelta(days=1)
    assert written(krav, "oprettelsestidspunkt") == '"2022-09-10T13:08:25.988362Z"'
    krav.oprettet = None
    assert to_json(krav) == {"id": "4b97"}


@pytest.mark.parametrize("kept", ["not a moment", 5, ["2022"]])
def test_a_spelling_that_does_not_spell_the_attribute_is_not_written(kept):
    moment = datetime(2022, 9, 9, tzinfo=UTC)
    krav = Krav(id="1", oprettet=moment, additional_properties={"oprettelsestidspunkt": kept})
    assert to_json(krav)["oprettelsestidspunkt"] == "2022-09-09T00:00:00Z"
    krav = Krav(id="1", antal=7, additional_properties={"antal": kept})
    assert to_json(krav)["antal"] == 7


@pytest.mark.parametrize("text", ["2022-04-29", "20220429", "2022-W17-5", "2022W175"])
def test_dates(text):
    krav = member(f'"{text}"', "opgjortdato")
    assert krav.opgjortdato == date(2022, 4, 29)
    assert written(krav, "opgjortdato") == f'"{text}"'
    krav.opgjortdato = date(2022, 4, 30)
    assert written(krav, "opgjortdato") == '"2022-04-30"'


class Day(date):
    pass


def test_a_subclass_of_date_is_a_date():
    assert to_json(Krav(id="1", opgjortdato=Day(2022, 4, 29)))["opgjortdato"] == "2022-04-29"


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


# --- compiling -----------------------------------------------------------------------------------


def test_nothing_is_compiled_or_imported_before_its_time():
    @attrs.define(kw_only=True, repr=False)
    class Fresh(Model):
        __fields__: ClassVar = (
            Field("a", "a", STRING),
            Field("b", "b", ModelOf("no.such.module:Class")),
        )
        a: str | None = None
        b: Model | None = None

    assert "__reader__" not in Fresh.__dict__
    assert "__writer__" not in Fresh.__dict__
    assert to_json(from_json(Fresh, {"a": "x"})) == {"a": "x"}
    with pytest.raises(ModuleNotFoundError):
        from_json(Fresh, {"b": {}})


def test_a_subclass_of_ones_own_is_written_by_its_own_table():
    @attrs.define(kw_only=True, repr=False)
    class Own(KravInput):
        __fields__: ClassVar = (*KravInput.__fields__, Field("mine", "mine", STRING))
        mine: str | None = None

    own = Own(beloeb=Decimal("1.10"), mine="x")
    assert to_json(KravInput()) == {}
    assert encode(own, KRAV_INPUT) == b'{"beloeb":1.10,"mine":"x"}'
    assert from_json(Own, to_json(own)) == own


def define(*fields):
    @attrs.define(kw_only=True, repr=False)
    class Odd(Model):
        __fields__: ClassVar = fields
        a: str | None = None
        b: str | None = None

    return Odd


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ([Field("a", "a", STRING)], r"__fields__ has \['a'\], the class has \['a', 'b'\]"),
        ([Field("a", "x", STRING), Field("b", "x", STRING)], "has a JSON name twice"),
        ([Field("a", "a", STRING), Field("b", "b", Shape())], r"Shape\(\) is not a shape"),
    ],
)
def test_a_table_that_does_not_fit_its_class_is_refused(fields, message):
    with pytest.raises(TypeError, match=message):
        from_json(define(*fields), {"b": "x"})
    with pytest.raises(TypeError, match=message):
        to_json(define(*fields)(b="x"))


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        (EnumOf("codec_models:Krav"), "Krav is not a StrEnum"),
        (ModelOf("codec_models:PartType"), "PartType is not a model"),
    ],
)
def test_a_reference_to_another_kind_of_class_is_refused(shape, message):
    odd = define(Field("a", "a", STRING), Field("b", "b", shape))
    with pytest.raises(TypeError, match=message):
        from_json(odd, {"b": "x"})


def test_threads_that_come_at_once_read_and_write_the_same(monkeypatch):
    for cls in (Krav, Part, Virksomhed):
        monkeypatch.delattr(cls, "__reader__", raising=False)
        monkeypatch.delattr(cls, "__writer__", raising=False)
    content = b'{"id":"1","indberetter":{"type":"NY"},"underkrav":[{"id":"2"}],"ny":1}'
    barrier = threading.Barrier(8)
    results = []

    def run():
        barrier.wait()
        results.append(encode(decode(content, KRAV), KRAV))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [json.loads(result) for result in results] == [json.loads(content)] * 8


def test_a_circle_cannot_be_written():
    krav = Krav(id="1")
    krav.underkrav = [krav]
    with pytest.raises(InvalidArgument, match="nested too deeply") as caught:
        to_json(krav)
    assert caught.value.argument == "krav"
