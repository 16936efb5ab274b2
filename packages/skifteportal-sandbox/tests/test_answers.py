from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.sandbox.answers import Fault, error_answer, json_answer, json_object, read_json
from skifteportal.sandbox.settings import Settings


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_amounts_are_written_digit_for_digit(amount):
    body = f'{{"beloeb":{amount}}}'.encode()
    assert json_answer(200, read_json(body)).body == body


@pytest.mark.parametrize(
    "text", ["123", "123.10", "0.30", "100000000000000000000", "12345678901234567890.12"]
)
def test_numbers_keep_their_spelling(text):
    assert json_answer(200, read_json(text.encode())).body == text.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b'"\xff"',
        b"NaN",
        b"1e99999999999999999999",
        b"1e401",
        b"[1e-401]",
        b'{"a":[1e500]}',
        b"1" * 5000,
        b"[" * 100_000,
    ],
)
def test_what_is_no_json_or_beyond_reason_is_refused(body):
    with pytest.raises(ValueError, match="not JSON that the portal can read"):
        read_json(body)


@pytest.mark.parametrize("number", ["1.7976931348623157e308", "5e-324", "-2.2e-313"])
def test_numbers_of_doubles_are_read(number):
    assert read_json(number.encode()) == Decimal(number)


def test_only_an_object_is_an_object():
    assert json_object({"a": 1}) == {"a": 1}
    assert json_object([1]) is None


def test_the_envelope_holds_what_is_known_and_nothing_else():
    moment = "2026-01-01T00:00:00.0000000Z"
    fault = Fault(400, "no", code="doedsbo.f1", field="cprNummer", headers=(("A", "b"),))
    answer = error_answer(fault, settings=Settings(), moment=moment, request_id="r")
    assert read_json(answer.body) == {
        "tidspunkt": moment,
        "status": 400,
        "fejlkode": "doedsbo.f1",
        "besked": "no",
        "felt": "cprNummer",
        "sporingsId": "r",
    }
    assert answer.header("A") == "b"
    bare = error_answer(Fault(404, "no"), settings=Settings(), moment=moment, request_id="r")
    assert set(read_json(bare.body)) == {"tidspunkt", "status", "besked", "sporingsId"}


def test_the_envelopes_members_are_settings():
    settings = Settings(code_member="code", message_member="message", field_member="field")
    answer = error_answer(
        Fault(400, "no", code="c", field="f"), settings=settings, moment="m", request_id="r"
    )
    assert {"code", "message", "field"} <= set(read_json(answer.body))


def test_a_faults_own_text_quotes_nothing():
    assert str(Fault(400, "secret", code="doedsbo.f1")) == "(400, 'doedsbo.f1')"
