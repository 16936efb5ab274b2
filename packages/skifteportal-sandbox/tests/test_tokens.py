import base64
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from joserfc import jwk
from joserfc import jwt as jose

from skifteportal.sandbox.clock import ManualClock
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.tokens import Caller, TokenRefused, Tokens

CALLER = Caller(company="11111111", kind="direct")


@pytest.fixture
def make(signing_key):
    def tokens(*, clock=None, settings=None, key=signing_key):
        return Tokens(
            key,
            issuer="https://x/realms/sts",
            clock=clock or ManualClock(),
            settings=settings or Settings(),
        )

    return tokens


def test_a_token_says_who_it_stands_for(make):
    tokens = make()
    assert tokens.check(tokens.access_token(CALLER, client_id="c", scope="openid")) == CALLER


def test_a_delegated_token_says_for_whom_and_by_whom(make):
    tokens = make()
    caller = Caller(
        company="11111111", kind="delegated", certificate="UI:DK-O:G:1", profile="p", person="n"
    )
    token = tokens.access_token(caller, client_id="c", scope="openid")
    assert tokens.check(token) == caller
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["sub"], claims["act"]) == ("n", {"sub": "11111111"})
    assert (claims["adgangsprofil"], claims["person"]) == ("p", "n")
    assert "adgangsprofil" not in jwt.decode(
        tokens.access_token(CALLER, client_id="c", scope="openid"),
        options={"verify_signature": False},
    )


def test_what_is_filed_belongs_to_the_company_or_to_the_profile():
    assert CALLER.holder == "11111111"
    assert CALLER.party == {"type": "VIRKSOMHED", "virksomhed": {"cvrNummer": "11111111"}}
    caller = Caller(company="11111111", kind="delegated", profile="p", person="n")
    assert caller.holder == "p"
    assert caller.party == {"type": "PERSON", "person": {"personId": "n"}}


def test_forgotten_tokens_are_refused_and_later_ones_are_not(make):
    tokens = make()
    token = tokens.access_token(CALLER, client_id="c", scope="openid")
    tokens.forget()
    with pytest.raises(TokenRefused, match="was revoked"):
        tokens.check(token)
    assert tokens.check(tokens.access_token(CALLER, client_id="c", scope="openid")) == CALLER


def test_other_libraries_accept_a_token_by_the_published_keys(make):
    tokens = make()
    token = tokens.access_token(CALLER, client_id="c", scope="openid")
    (published,) = tokens.key_set()["keys"]
    options = {"verify_exp": False, "verify_iat": False}
    claims = jwt.decode(
        token, jwt.PyJWK(published).key, ["RS256"], audience="skifteportal", options=options
    )
    assert jose.decode(token, jwk.import_key(published), algorithms=["RS256"]).claims == claims
    assert jwt.get_unverified_header(token) == {
        "alg": "RS256",
        "typ": "JWT",
        "kid": published["kid"],
    }
    assert (
        jwk.import_key({"e": published["e"], "kty": "RSA", "n": published["n"]}).thumbprint()
        == published["kid"]
    )
    assert claims["exp"] - claims["iat"] == 300
    assert {
        name: claims[name] for name in ("iss", "sub", "azp", "typ", "scope", "cvr", "tokentype")
    } == {
        "iss": "https://x/realms/sts",
        "sub": "11111111",
        "azp": "c",
        "typ": "Bearer",
        "scope": "openid",
        "cvr": "11111111",
        "tokentype": "direct",
    }


def test_the_claims_are_settings(make):
    settings = Settings(
        company_claim="org", kind_claim="how", token_audience="aud", token_seconds=60
    )
    tokens = make(settings=settings)
    token = tokens.access_token(CALLER, client_id="c", scope="openid")
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert (claims["org"], claims["how"], claims["aud"]) == ("11111111", "direct", "aud")
    assert claims["exp"] - claims["iat"] == 60
    assert tokens.check(token) == CALLER


def test_a_token_runs_out_to_the_second(make):
    clock = ManualClock()
    tokens = make(clock=clock)
    token = tokens.access_token(CALLER, client_id="c", scope="openid")
    clock.advance(seconds=299)
    assert tokens.check(token) == CALLER
    clock.advance(seconds=1)
    with pytest.raises(TokenRefused, match="has expired"):
        tokens.check(token)


def test_an_id_token_is_no_access_token(make):
    tokens = make()
    with pytest.raises(TokenRefused, match="send the member access_token"):
        tokens.check(tokens.id_token(CALLER, client_id="c"))


def test_two_tokens_are_never_the_same(make):
    tokens = make()
    assert len({tokens.access_token(CALLER, client_id="c", scope="openid") for _ in range(3)}) == 3


@pytest.mark.parametrize(
    "token", ["", "x", "a.b", "a.b.c.d", "æ.ø.å", "e30.e30.e30", "!.!.!", "\ud800.a.b"]
)
def test_what_is_no_token_of_ours_is_refused(make, token):
    with pytest.raises(TokenRefused, match="was not issued by this portal"):
        make().check(token)


def test_another_keys_token_is_refused(make):
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    token = make(key=other).access_token(CALLER, client_id="c", scope="openid")
    with pytest.raises(TokenRefused):
        make().check(token)


def test_a_changed_token_and_one_without_signature_are_refused(make):
    tokens = make()
    header, payload, signature = tokens.access_token(CALLER, client_id="c", scope="openid").split(
        "."
    )
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    other = (
        base64.urlsafe_b64encode(json.dumps({**claims, "cvr": "90000001"}).encode())
        .decode()
        .rstrip("=")
    )
    none = base64.urlsafe_b64encode(b'{"alg":"none"}').decode().rstrip("=")
    for changed in (
        f"{header}.{other}.{signature}",
        f"{none}.{payload}.",
        f"{none}.{payload}.{signature}",
    ):
        with pytest.raises(TokenRefused):
            tokens.check(changed)


def test_only_rs256_is_taken(make, signing_key):
    claims = {"typ": "Bearer", "exp": 9_999_999_999, "cvr": "11111111", "tokentype": "direct"}
    token = jwt.encode(claims, signing_key, "RS256", headers={"alg": "RS256"})
    assert make().check(token) == CALLER
    body = b'{"alg":"RS512"}'
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    head = base64.urlsafe_b64encode(body).decode().rstrip("=")
    signed = f"{head}.{token.split('.')[1]}"
    raw = signing_key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    with pytest.raises(TokenRefused):
        make().check(f"{signed}.{base64.urlsafe_b64encode(raw).decode().rstrip('=')}")


def test_forgotten_tokens_stay_forgotten_over_a_restart_and_others_stay_good(make):
    first = make()
    forgotten = first.access_token(CALLER, client_id="c", scope="openid")
    assert first.noted == ""
    first.forget()
    good = first.access_token(CALLER, client_id="c", scope="openid")
    restarted = make()
    restarted.prepared(first.noted)()
    assert restarted.check(good) == CALLER
    with pytest.raises(TokenRefused, match="was revoked"):
        restarted.check(forgotten)
    for note in ("", "7"):  # neither a reset nor a dump makes them good again, or others bad
        restarted.prepared(note)()
        assert restarted.check(good) == CALLER
    started = make()
    for note in ("", "7"):
        started.prepared(note)()
    assert started.check(forgotten) == CALLER  # here it never was
    with pytest.raises(ValueError, match="invalid literal"):
        started.prepared("often")
