"""How long a token is used."""

import copy
import pickle

import pytest
from canaries import canary
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.auth._token import Token

ACCESS_TOKEN = canary("eyJhbGciOiJSUzI1sInR5c.made-up", "the access token")


def living(life, jitter=0.0):
    return Token.living(ACCESS_TOKEN, life=life, asked_at=1000.0, asked_at_wall=5e8, jitter=jitter)


@pytest.mark.parametrize(
    ("life", "renew", "good"),
    [
        (300, 262.2, 285),  # the portal's: 15 s are a twentieth
        (3600, 3146.4, 3420),  # a twentieth is more than 15 s
        (100, 78.2, 85),  # 15 s are more than a twentieth
        (20, 9.2, 10),  # never more than half
        (0, 0, 0),
    ],
)
def test_the_margin_and_the_renewal(life, renew, good):
    token = living(life)
    assert token.renew_from == pytest.approx(1000 + renew)
    assert token.good_until == 1000 + good
    assert token.good_until_wall == 5e8 + good


def test_renewals_are_spread_by_1_percent():
    assert living(300, -1).renew_from == pytest.approx(1000 + 259.35)
    assert living(300, 1).renew_from == pytest.approx(1000 + 265.05)


@given(st.floats(-1, 1))
def test_the_portals_tokens_take_14_requests_an_hour_and_a_slow_login_holds_up_no_call(jitter):
    token = living(300, jitter)
    assert token.renew_from - 1000 > 3600 / 14
    assert token.good_until - token.renew_from >= 19.9


@given(st.integers(0, 10**9), st.floats(-1, 1))
def test_a_token_is_renewed_before_it_is_dropped_and_dropped_before_its_end(life, jitter):
    token = living(life, jitter)
    assert 1000 <= token.renew_from <= token.good_until <= 1000 + life
    assert token.good_until - 1000 >= life / 2 * 0.999


def test_the_token_is_shown_in_its_header_only():
    assert living(300).header == f"Bearer {ACCESS_TOKEN}"
    assert ACCESS_TOKEN not in f"{living(300)!r} {living(300)}"


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(duplicate):
    with pytest.raises(TypeError, match="can't be pickled or copied"):
        duplicate(living(300))
