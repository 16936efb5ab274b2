"""Reading the token endpoint's answers."""

import json

import pytest
from canaries import canary
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.auth import (
    ClientRefused,
    TokenError,
    TooManyTokenRequests,
    UnexpectedTokenAnswer,
)
from skifteportal.auth._token_answer import Answer, client_refused, read_answer

ACCESS_TOKEN = canary("eyJhbGciOiJSUzI1sInR5c.made-up-token", "the access token")
URL = "https://sysauth.example/token"
GUIDE = {  # guide 3.1.3, example 3
    "access_token": ACCESS_TOKEN,
    "expires_in": 300,
    "refresh_expires_in": 0,
    "token_type": "Bearer",
    "id_token": canary("eyJhbGciOiJSUzI1NiIsInR5.made-up-id-token", "the id token"),
    "not-before-policy": 0,
    "scope": "openid",
}


def read(status, content, headers=None):
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    answer = Answer(status, headers or {"content-type": "application/json"}, body)
    return read_answer(
        answer,
        endpoint=URL,
        setting="auth_url",
        refused=client_refused("Check the secret."),
        now=0.0,
    )


def refused(kind, *answer):
    with pytest.raises(kind) as caught:
        read(*answer)
    assert type(caught.value) is kind
    assert caught.value.endpoint == URL
    assert URL in str(caught.value)
    return caught.value


def test_the_guide_s_answer():
    issued = read(200, GUIDE)
    assert (issued.access_token, issued.life) == (ACCESS_TOKEN, 300.0)
    assert ACCESS_TOKEN not in repr(issued)


@pytest.mark.parametrize(
    ("expires_in", "life"),
    [
        ("300", 300),
        (299.5, 299.5),
        (0, 0),
        ("0", 0),
        (-5, 0),
        (None, 0),
        (61697372400, 61697372400),
    ],
)
def test_a_life_in_whatever_spelling(expires_in, life):
    assert read(200, GUIDE | {"expires_in": expires_in}).life == life


def test_a_life_that_is_not_said():
    assert read(200, {"access_token": ACCESS_TOKEN}).life == 0


@pytest.mark.parametrize("expires_in", ["soon", True, [300], {}, "NaN", "1e999", 10**400])
def test_a_life_that_is_no_number(expires_in):
    error = refused(UnexpectedTokenAnswer, 200, GUIDE | {"expires_in": expires_in})
    assert "its expires_in is not a number of seconds" in str(error)


@pytest.mark.parametrize("token_type", ["bearer", "BEARER"])
def test_the_token_type_in_any_case(token_type):
    assert read(200, GUIDE | {"token_type": token_type}).access_token == ACCESS_TOKEN


def test_another_token_type():
    error = refused(UnexpectedTokenAnswer, 200, GUIDE | {"token_type": "DPoP"})
    assert "token_type is not Bearer" in str(error)


@pytest.mark.parametrize("token", [None, "", 17, "two words", "x\r\nEvil: header", "blåbær"])
def test_no_token_that_could_be_used(token):
    error = refused(UnexpectedTokenAnswer, 200, GUIDE | {"access_token": token})
    assert "it holds no access_token that could be used" in str(error)
    assert error.status == 200
    assert not error.retryable


@pytest.mark.parametrize(
    "body", [b"", b"<html>Log ind</html>", b"[]", b'"token"', b"\xff", b"[" * 10**5]
)
def test_what_is_no_json_object(body):
    error = refused(UnexpectedTokenAnswer, 200, body, {"content-type": "text/html; charset=utf-8"})
    assert "is something else (text/html). Is a proxy or another server" in str(error)


def test_what_has_no_content_type():
    assert "(no Content-Type)" in str(refused(UnexpectedTokenAnswer, 200, b"", {"x": "y"}))


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize("code", ["invalid_client", "unauthorized_client"])
def test_a_refused_client(status, code):
    answer = {"error": code, "error_description": canary("Hemmelig fejltekst", "the description")}
    error = refused(ClientRefused, status, answer)
    assert str(error) == f"{URL} refused the client ({status} {code}). Check the secret."
    assert (error.status, error.code) == (status, code)
    assert error.retry_after == 5
    assert not error.retryable


@pytest.mark.parametrize("body", [b"no", b"{}", b'{"error": 1}', b'{"error": "<b>"}'])
def test_a_refused_client_without_a_code(body):
    error = refused(ClientRefused, 401, body)
    assert str(error) == f"{URL} refused the client (401). Check the secret."
    assert error.code is None


def test_a_refusal_that_asks_for_a_longer_pause():
    assert refused(ClientRefused, 401, b"", {"retry-after": "30"}).retry_after == 30


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ({}, 5),
        ({"retry-after": "0"}, 5),
        ({"retry-after": "42"}, 42),
        ({"retry-after": "86400"}, 300),
        ({"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}, 60),
        ({"retry-after": "soon"}, 5),
    ],
)
def test_too_many_requests(header, pause):
    error = refused(TooManyTokenRequests, 429, b"", header or {"x": "y"})
    assert error.retry_after == pause
    assert error.retryable
    assert f"Nothing more is asked for {pause} s" in str(error)


@pytest.mark.parametrize("status", [502, 503, 504])
def test_a_gateway_out_of_order(status):
    error = refused(UnexpectedTokenAnswer, status, b"")
    assert f"{status}: it is out of order, or its gateway is. Try later." in str(error)
    assert error.retryable
    assert (error.status, error.retry_after) == (status, 1)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (302, "a redirect, which is not followed"),
        (307, "a redirect, which is not followed"),
        (404, "there is no login there. Check the environment's auth_url"),
        (500, "that is not what a login answers"),
        (201, "that is not what a login answers"),
        (418, "that is not what a login answers"),
    ],
)
def test_other_statuses(status, said):
    error = refused(UnexpectedTokenAnswer, status, GUIDE)
    assert said in str(error)
    assert error.status == status
    assert not error.retryable


MEMBERS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
NAMES = st.sampled_from(["access_token", "expires_in", "token_type", "error"])
BODIES = st.binary(max_size=60) | st.dictionaries(NAMES, MEMBERS)


@given(st.integers(200, 599), BODIES)
def test_any_answer_gives_a_usable_token_or_an_error_of_ours(status, body):
    try:
        issued = read(status, body)
    except TokenError:
        return
    assert status == 200
    assert issued.access_token.isascii()
    assert issued.access_token.isprintable()
    assert issued.life >= 0
