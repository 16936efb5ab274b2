"""What DecodeError says of JSON that isn't what the model says: where and what, never the value."""

import copy
import traceback
from decimal import Decimal

import pytest
from codec_models import NASTY, Krav

from skifteportal.core.codec import decode, from_json
from skifteportal.core.errors import DecodeError
from skifteportal.core.shapes import DATE, STRING, ListOf, MapOf, ModelOf

KRAV = ModelOf("codec_models:Krav")
SECRET = "Ione-Koss"


def refused(content, shape=KRAV):
    with pytest.raises(DecodeError) as caught:
        decode(content.encode(), shape)
    error = caught.value
    # Not in the text, nor in anything a traceback would print.
    assert SECRET not in "".join(traceback.format_exception(error))
    assert error.__context__ is None
    return error


@pytest.mark.parametrize(
    ("member", "pointer", "model", "reason"),
    [
        ('"indberetter":{"virksomhed":{}}', "/indberetter/virksomhed/cvrNummer", "Virksomhed", "it is missing, but required"),
        ('"indberetter":{"virksomhed":{"cvrNummer":null}}', "/indberetter/virksomhed/cvrNummer", "Virksomhed", "it is null, but required"),
        ('"indberetter":[1]', "/indberetter", "Part", "an object was expected, a list came"),
        ('"indberetter":{"type":5}', "/indberetter/type", "Part", "text was expected, a number came"),
        ('"indberetter":{"type":[1]}', "/indberetter/type", "Part", "text was expected, a list came"),
        ('"beloeb":"Ione-Koss"', "/beloeb", "Krav", "a number was expected, text came"),
        ('"beloeb":true', "/beloeb", "Krav", "a number was expected, true or false came"),
        ('"antal":false', "/antal", "Krav", "a whole number was expected, true or false came"),
        ('"antal":1.5', "/antal", "Krav", "a whole number was expected, a number came"),
        ('"antal":1e999999999', "/antal", "Krav", "a whole number was expected, a number came"),
        ('"endeligt":0', "/endeligt", "Krav", "true or false was expected, a number came"),
        ('"endeligt":"true"', "/endeligt", "Krav", "true or false was expected, text came"),
        ('"opgjortdato":"Ione-Koss"', "/opgjortdato", "Krav", "a date (YYYY-MM-DD) was expected, other text came"),
        ('"opgjortdato":"2022-09-09T13:08:25Z"', "/opgjortdato", "Krav", "a date (YYYY-MM-DD) was expected, other text came"),
        ('"opgjortdato":20220909', "/opgjortdato", "Krav", "a date (YYYY-MM-DD) was expected, a number came"),
        ('"oprettelsestidspunkt":"2022-09-09T13:08:25"', "/oprettelsestidspunkt", "Krav", "a date and time with an offset (YYYY-MM-DDThh:mm:ssZ) was expected, other text came"),
        ('"oprettelsestidspunkt":"2022-09-09"', "/oprettelsestidspunkt", "Krav", "a date and time with an offset (YYYY-MM-DDThh:mm:ssZ) was expected, other text came"),
        ('"oprettelsestidspunkt":{}', "/oprettelsestidspunkt", "Krav", "a date and time with an offset (YYYY-MM-DDThh:mm:ssZ) was expected, an object came"),
        ('"koder":"Ione-Koss"', "/koder", "Krav", "a list was expected, text came"),
        ('"koder":["a",null,5]', "/koder/2", "Krav", "text was expected, a number came"),
        ('"underkrav":[{"id":"2"},{"id":"3","underkrav":[{}]}]', "/underkrav/1/underkrav/0/id", "Krav", "it is missing, but required"),
        ('"frister":["2022-09-09T13:08:25Z","Ione-Koss"]', "/frister/1", "Krav", "a date and time with an offset (YYYY-MM-DDThh:mm:ssZ) was expected, other text came"),
        ('"tal":[]', "/tal", "Krav", "an object was expected, a list came"),
        ('"tal":{"a":null,"Ione-Koss":[1,"x"]}', "/tal/*/1", "Krav", "a number was expected, text came"),
        ('"typer":["PERSON",{}]', "/typer/1", "Krav", "text was expected, an object came"),
        ('"ejer":"Ione-Koss"', "/ejer", "Krav", "an object was expected, text came"),
        ('"ejer":{"type":"NY"},"frie":5', "/frie", "Krav", "a list was expected, a number came"),
        ('"ejer":{"type":["P"]},"frie":5', "/frie", "Krav", "a list was expected, a number came"),
        ('"koder":["a",null],"tal":{"a":[1],"b":null},"ejer":{"type":"P"},"frie":5', "/frie", "Krav", "a list was expected, a number came"),
        ('"ejer":{"type":"K"}', "/ejer/id", "Krav", "it is missing, but required"),
    ],
)  # fmt: skip
def test_the_place_and_the_reason(member, pointer, model, reason):
    error = refused(f'{{"id":"Ione-Koss",{member}}}')
    assert (error.pointer, error.model, error.reason) == (pointer, model, reason)
    assert pointer in str(error)
    assert reason in str(error)


def test_a_place_in_a_list_of_answers():
    error = refused(
        '[{"id":"1"},{"id":"2"},{"id":"3"},{"id":"4","indberetter":{"virksomhed":{}}}]',
        ListOf(KRAV),
    )
    assert error.pointer == "/3/indberetter/virksomhed/cvrNummer"
    assert error.model == "Virksomhed"


def test_the_first_of_several_problems_is_named():
    assert refused('{"beloeb":"x","endeligt":5}').pointer == "/id"


def test_names_in_a_pointer_are_escaped():
    with pytest.raises(DecodeError) as caught:
        from_json(Krav, {"id": "1", NASTY: 5})
    assert caught.value.pointer == "/" + NASTY.replace("~", "~0").replace("/", "~1")


@pytest.mark.parametrize(
    ("content", "shape", "pointer", "model"),
    [
        ("null", KRAV, "", "Krav"),
        ("5", STRING, "", None),
        ("[5]", ListOf(STRING), "/0", None),
        ('{"a":"x"}', MapOf(DATE), "/*", None),
        ("5", ListOf(STRING), "", None),
    ],
)
def test_places_outside_of_models(content, shape, pointer, model):
    error = refused(content, shape)
    assert (error.pointer, error.model) == (pointer, model)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b" ", "Input data was truncated"),
        (b"<html>Ione-Koss</html>", r"JSON is malformed: invalid character \(byte 0\)"),
        (b'{"id":"Ione-Koss"', "Input data was truncated"),
        (b'{"id":"Ione-Koss"}x', "trailing characters"),
        (b'{"id":NaN}', "malformed"),
        (b'{"id":"Ione-Koss\xff"}', "it is not UTF-8"),
        (b'{"id":"1","beloeb":1e99999999999999999999}', "exponent is beyond all bounds"),
        (b'{"id":"1","antal":' + b"9" * 5000 + b"}", "Integer value out of range"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_what_is_no_json(content, reason):
    with pytest.raises(DecodeError, match=reason) as caught:
        decode(content, KRAV)
    assert caught.value.pointer == ""
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None


def test_models_nested_too_deeply():
    innermost = mapping = {"id": "1"}
    for _ in range(10_000):
        innermost["underkrav"] = [{"id": "1"}]
        innermost = innermost["underkrav"][0]
    with pytest.raises(DecodeError, match="nested too deeply"):
        from_json(Krav, mapping)


def test_a_float_in_a_mapping_is_no_amount_and_the_error_says_how_to_read_it():
    with pytest.raises(DecodeError, match="parse_float=Decimal"):
        from_json(Krav, {"id": "1", "beloeb": 1.5})


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_what_is_no_number_is_no_integer(value):
    with pytest.raises(DecodeError):
        from_json(Krav, {"id": "1", "antal": value})


def test_what_json_never_gives_is_named_by_its_class():
    with pytest.raises(DecodeError, match="text was expected, bytes came"):
        from_json(Krav, {"id": b"1"})


def test_the_error_can_be_copied():
    error = refused('{"id":5}')
    assert str(copy.copy(error)) == str(error)
