import json

import pytest

from skifteportal.sandbox.messages import Request
from skifteportal.sandbox.oauth import Refused, read_form, refusal, token_answer


def form(body, kind="application/x-www-form-urlencoded"):
    headers = () if kind is None else (("Content-Type", kind),)
    return Request(role="auth", method="POST", target="/token", headers=headers, body=body)


def test_a_form_is_read_with_empty_fields():
    assert read_form(
        form(b"a=1&b=&c=x+y%26", "Application/X-WWW-Form-Urlencoded; charset=utf-8")
    ) == {
        "a": "1",
        "b": "",
        "c": "x y&",
    }


@pytest.mark.parametrize("kind", [None, "application/json"])
def test_what_is_no_form_is_refused(kind):
    with pytest.raises(Refused) as caught:
        read_form(form(b"a=1", kind))
    assert caught.value.answer.status == 415


@pytest.mark.parametrize("body", [b"\xff", b"a=%FF", b"&".join([b"a=1"] * 51)])
def test_a_form_that_cannot_be_read_is_refused(body):
    with pytest.raises(Refused) as caught:
        read_form(form(body))
    assert json.loads(caught.value.answer.body)["error_description"] == "The form cannot be read"


def test_one_field_may_be_repeated_but_for_spaces_and_no_other():
    assert read_form(form(b"a=1&a=1+"), repeatable="a") == {"a": "1"}
    for body in (b"a=1&a=2", b"b=1&b=1"):
        with pytest.raises(Refused) as caught:
            read_form(form(body), repeatable="a")
        assert json.loads(caught.value.answer.body)["error_description"] == "duplicated parameter"


def test_refusals_and_tokens_are_not_to_be_kept():
    answers = [refusal(400, "x"), token_answer(access_token="a", id_token="i", seconds=300)]
    for answer in answers:
        assert answer.header("Cache-Control") == "no-store"
    assert json.loads(answers[0].body) == {"error": "x"}
    assert "issued_token_type" not in json.loads(answers[1].body)
