"""What InvalidArgument says of a model that can't be written: which attribute and why, never the value."""

import traceback
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

import pytest
from codec_models import Krav, KravInput, Part, PartType, Virksomhed

from skifteportal.core.codec import encode, to_json
from skifteportal.core.errors import InvalidArgument
from skifteportal.core.shapes import BOOLEAN, DATE_TIME, DECIMAL, INTEGER, ListOf, ModelOf

KRAV = ModelOf("codec_models:Krav")
SECRET = "Ione-Koss"
NAIVE = datetime(2022, 4, 29)  # noqa: DTZ001 - what is tested


class Nowhere(tzinfo):
    """A time zone that doesn't know its offset: a datetime in it is naive all the same."""

    def utcoffset(self, moment):
        return None


def refused(value, shape=KRAV, **options):
    with pytest.raises(InvalidArgument) as caught:
        encode(value, shape, **options)
    error = caught.value
    assert SECRET not in "".join(traceback.format_exception(error))
    assert error.__context__ is None
    return error


@pytest.mark.parametrize(
    ("attributes", "argument", "text"),
    [
        ({"id": None}, "krav.id", "a value is required, None was given"),
        ({"id": 5}, "krav.id", "str was expected, int was given"),
        ({"beloeb": 1.5}, "krav.beloeb", "Decimal was expected, float was given: write Decimal('123.45')"),
        ({"beloeb": SECRET}, "krav.beloeb", "Decimal was expected, str was given"),
        ({"beloeb": True}, "krav.beloeb", "Decimal was expected, bool was given"),
        ({"beloeb": Decimal("NaN")}, "krav.beloeb", "NaN or an infinity was given, which JSON doesn't have"),
        ({"beloeb": Decimal("-Infinity")}, "krav.beloeb", "NaN or an infinity"),
        ({"antal": True}, "krav.antal", "int was expected, bool was given"),
        ({"antal": Decimal(1)}, "krav.antal", "int was expected, Decimal was given"),
        ({"antal": 10**5000}, "krav.antal", "one of too many digits was given"),
        ({"endeligt": 1}, "krav.endeligt", "bool was expected, int was given"),
        ({"opgjortdato": "2022-04-29"}, "krav.opgjortdato", "date was expected, str was given"),
        ({"opgjortdato": datetime(2022, 4, 29, tzinfo=UTC)}, "krav.opgjortdato", "datetime was given: take its .date()"),
        ({"oprettet": date(2022, 4, 29)}, "krav.oprettet", "datetime was expected, date was given"),
        ({"oprettet": NAIVE}, "krav.oprettet", "one without a time zone was given: say which"),
        ({"oprettet": datetime(2022, 4, 29, tzinfo=Nowhere())}, "krav.oprettet", "one without a time zone"),
        ({"frister": [NAIVE]}, "krav.frister[0]", "one without a time zone"),
        ({"indberetter": {"type": SECRET}}, "krav.indberetter", "Part was expected, dict was given"),
        ({"indberetter": Part(type=5)}, "krav.indberetter.type", "str was expected, int was given"),
        ({"indberetter": Part(virksomhed=Virksomhed(cvr_nummer=5))}, "krav.indberetter.virksomhed.cvr_nummer", "str was expected"),
        ({"koder": SECRET}, "krav.koder", "list was expected, str was given"),
        ({"koder": ["a", 5]}, "krav.koder[1]", "str was expected, int was given"),
        ({"koder": ["a", None]}, "krav.koder[1]", "str was expected, NoneType was given"),
        ({"koder": ["a", "\ud800"]}, "krav.koder[1]", "lone surrogates"),
        ({"underkrav": [Krav(id="2", beloeb=0.5)]}, "krav.underkrav[0].beloeb", "float was given"),
        ({"underkrav": [None]}, "krav.underkrav[0]", "Krav was expected, NoneType was given"),
        ({"tal": [1]}, "krav.tal", "dict was expected, list was given"),
        ({"tal": {SECRET: [Decimal(1), 0.5]}}, "krav.tal[*][1]", "float was given"),
        ({"tal": {5: []}}, "krav.tal", "str as a key was expected, int was given"),
        ({"typer": [PartType.PERSON, 5]}, "krav.typer[1]", "str was expected, int was given"),
        ({"ejer": Virksomhed(cvr_nummer="1")}, "krav.ejer", "Part or Krav was expected, Virksomhed was given"),
        ({"ejer": Part(type=5)}, "krav.ejer.type", "str was expected, int was given"),
        ({"ejer": SECRET}, "krav.ejer", "dict was expected, str was given"),
        ({"koder": ["a"], "tal": {"a": [1]}, "fri": {"a": [1]}, "nasty": 5}, "krav.nasty", "str was expected"),
        ({"ejer": {SECRET: float("nan")}}, "krav.ejer[*]", "NaN or an infinity"),
        ({"fri": {"a": [1, {"b": float("inf")}]}}, "krav.fri[*][1][*]", "NaN or an infinity"),
        ({"fri": date(2022, 4, 29)}, "krav.fri", "a JSON value (dict, list, str, bool, int, Decimal, None) was expected, date was given"),
        ({"fri": {5: 1}}, "krav.fri", "str as a key was expected"),
        ({"fri": [Part(type=5)]}, "krav.fri[0].type", "str was expected, int was given"),
        ({"additional_properties": {"ny": {"a": 1j}}}, "krav.additional_properties['ny'][*]", "complex was given"),
        ({"additional_properties": {5: 1}}, "krav.additional_properties", "str as a member's name was expected, int was given"),
        ({"additional_properties": {"beloeb": None, "a": 1, "\ud800": 1}}, "krav.additional_properties", "lone surrogates"),
    ],
)  # fmt: skip
def test_the_attribute_and_the_reason(attributes, argument, text):
    error = refused(Krav(**{"id": SECRET, **attributes}))
    assert error.argument == argument
    assert str(error).startswith(f"{argument}: ")
    assert text in str(error)


def test_to_json_says_the_same():
    with pytest.raises(InvalidArgument) as caught:
        to_json(KravInput(beloeb=1.5, note=SECRET))
    assert caught.value.argument == "krav.beloeb"
    assert caught.value.__context__ is None


@pytest.mark.parametrize(
    ("value", "shape", "argument"),
    [
        (KravInput(beloeb=0.5), ModelOf("codec_models:KravInput"), "krav.beloeb"),
        ([KravInput(beloeb=0.5)], ListOf(ModelOf("codec_models:KravInput")), "value[0].beloeb"),
        ({"beloeb": 1}, ModelOf("codec_models:KravInput"), "krav"),
        (0.5, DECIMAL, "value"),
        (True, INTEGER, "value"),
        (None, BOOLEAN, "value"),
        (NAIVE, DATE_TIME, "value"),
        (Part(), KRAV, "part"),
    ],
)
def test_what_the_value_is_called(value, shape, argument):
    assert refused(value, shape).argument == argument


def test_a_caller_may_say_what_the_value_is_called():
    assert refused(Krav(id=5), name="query").argument == "query.id"
