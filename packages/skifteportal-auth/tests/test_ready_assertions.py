"""Assertions from another organisation: looked at before they are sent."""

import base64
import copy
import json
import pickle

import jwt
import oces
import pytest
from canaries import canary
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.auth import ReadyAssertions, WrongAssertion

AUDIENCE = "https://sysauth.example"
NOW = 1790000000.0
HEADER = {"x5c": ["MIIB"]}
CLAIMS = {"iss": "A", "sub": "30808460", "aud": AUDIENCE, "exp": NOW + 60, "jti": "1"}


def made(claims=None, *, alg="RS256", **header):
    assertion = jwt.encode(
        CLAIMS | (claims or {}), oces.key_of("signer"), alg, headers=HEADER | header
    )
    return canary(assertion, "an assertion")


def take(supplier):
    return ReadyAssertions(supplier).take(subject="30808460", audience=AUDIENCE, now=NOW)


def refused(supplier):
    with pytest.raises(WrongAssertion) as caught:
        take(supplier)
    assert not caught.value.retryable
    assert caught.value.retry_after == 5
    return str(caught.value)


def test_a_good_one_is_taken_as_it_is():
    assertion = made()
    assert take(lambda: assertion) == assertion


def test_several_audiences_of_which_one_is_the_login():
    assertion = made({"aud": ["https://other.example", AUDIENCE]})
    assert take(lambda: assertion) == assertion


def test_each_is_asked_for_anew_and_none_is_taken_twice():
    turns = [made(), made({"jti": "2"}), made(), made({"jti": "2"})]
    ready = ReadyAssertions(lambda: turns.pop(0))
    told = {"subject": "30808460", "audience": AUDIENCE, "now": NOW}
    assert ready.take(**told) != ready.take(**told)
    for _ in range(2):
        with pytest.raises(WrongAssertion, match="was given before"):
            ready.take(**told)


def test_what_has_expired_is_forgotten():
    turns = [made(), made({"jti": "2", "exp": NOW + 120})]
    ready = ReadyAssertions(lambda: turns.pop(0))
    told = {"subject": "30808460", "audience": AUDIENCE}
    ready.take(**told, now=NOW)
    ready.take(**told, now=NOW + 60)
    assert len(ready._given) == 1


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"sub": "12345674"}, "is not for you: its sub must be 30808460"),
        ({"sub": None}, "is not for you"),
        ({"aud": "https://sysauth.domstol.dk"}, f"its aud must be {AUDIENCE}"),
        ({"aud": ["https://sysauth.domstol.dk"]}, f"its aud must be {AUDIENCE}"),
        ({"exp": NOW}, "has no exp that lies ahead"),
        ({"exp": "tomorrow"}, "has no exp that lies ahead"),
        ({"jti": ""}, "has no jti"),
    ],
)
def test_one_that_the_portal_would_refuse(claims, said):
    payload = base64.urlsafe_b64encode(json.dumps(CLAIMS | claims).encode()).rstrip(b"=").decode()
    assertion = f"{made().split('.')[0]}.{payload}.c2ln"
    text = refused(lambda: assertion)
    assert said in text
    assert text.endswith("(guide 3.1.2). It was not sent.")


def test_one_without_an_end():
    claims = {name: value for name, value in CLAIMS.items() if name != "exp"}
    assertion = jwt.encode(claims, oces.key_of("signer"), "RS256", headers=HEADER)
    assert "has no exp" in refused(lambda: assertion)


def test_one_with_another_signature():
    assert "is not signed with RS256" in refused(lambda: made(alg="PS256"))


def test_one_without_the_certificates():
    assert "has no x5c" in refused(lambda: made(x5c=[]))


@pytest.mark.parametrize("given_as", [None, b"bytes", 17])
def test_what_is_no_text(given_as):
    assert f"must be str, not {type(given_as).__name__}" in refused(lambda: given_as)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a.b", "a.b.c", "é.é.é", "e30.e30", "e30.e30.e30.e30", "W10.W10.x", "e30=.e30.x\n"],
)
def test_what_is_no_jwt(text):
    assert "is n" in refused(lambda: text)


@given(st.text() | st.lists(st.text(max_size=9), min_size=3, max_size=3).map(".".join))
def test_no_text_gives_anything_but_an_error_of_ours(text):
    refused(lambda: text)


def test_a_supplier_that_fails():
    cause = ConnectionError("their host is down")

    def fail():
        raise cause

    with pytest.raises(WrongAssertion, match="raised ConnectionError") as caught:
        take(fail)
    assert caught.value.__cause__ is cause


def test_it_shows_nothing():
    assert repr(ReadyAssertions(lambda: "")) == "<ReadyAssertions>"


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(duplicate):
    with pytest.raises(TypeError, match="in each process"):
        duplicate(ReadyAssertions(made))
