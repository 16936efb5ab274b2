"""The signed assertion of variant B, judged by two JWT libraries that we did not write."""

import base64
import hashlib
import json
import uuid

import jwt
import pytest
from canaries import canary
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc import jwt as jose
from joserfc.jwk import RSAKey

from skifteportal.auth._assertion import AssertionMaker, header

AUDIENCE = "https://sysauth.example"


def by_pyjwt(assertion, leaf):
    """Header and claims, if PyJWT finds signature, aud, exp and iat good."""
    required = ["iss", "sub", "aud", "iat", "exp", "jti"]
    claims = jwt.decode(
        assertion,
        leaf.public_key(),
        algorithms=["RS256"],
        audience=AUDIENCE,
        options={"require": required},
    )
    return jwt.get_unverified_header(assertion), claims


def by_joserfc(assertion, leaf):
    """The same by joserfc."""
    pem = leaf.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    registry = jws.JWSRegistry(algorithms=["RS256"])
    registry.max_header_length = 20_000  # three certificates
    token = jose.decode(assertion, RSAKey.import_key(pem), registry=registry)
    jose.JWTClaimsRegistry(
        aud={"essential": True, "value": AUDIENCE}, exp={"essential": True}
    ).validate(token.claims)
    return token.header, token.claims


@pytest.fixture(params=[by_pyjwt, by_joserfc])
def judged(request):
    return request.param


def maker(signer, time, **told):
    made = header(signer.chain, **({"include_root": True, "include_thumbprint": False} | told))
    return AssertionMaker(
        signer=signer,
        header=made,
        issuer="https://test.local",
        subject="30808460",
        audience=AUDIENCE,
        clock=time.clock,
    )


def make(*given, **told):
    return canary(maker(*given, **told).make(), "an assertion")


def certificates(members):
    return [
        x509.load_der_x509_certificate(base64.b64decode(text, validate=True))
        for text in members["x5c"]
    ]


def test_it_is_the_guide_s(signer, time, judged):
    members, claims = judged(make(signer, time), signer.chain[0])
    assert list(members) == ["x5c", "alg"]
    assert members["alg"] == "RS256"
    assert claims == {
        "iss": "https://test.local",
        "sub": "30808460",
        "aud": AUDIENCE,
        "iat": int(time.wall),
        "exp": int(time.wall) + 60,
        "jti": claims["jti"],
    }
    assert uuid.UUID(claims["jti"]).version == 4


def test_the_chain_is_leaf_issuing_root_in_plain_base64(signer, time, judged):
    members, _ = judged(make(signer, time), signer.chain[0])
    assert tuple(certificates(members)) == signer.chain
    assert len(signer.chain) == 3


def test_the_root_can_be_left_out(signer, time, judged):
    members, _ = judged(make(signer, time, include_root=False), signer.chain[0])
    assert tuple(certificates(members)) == signer.chain[:2]


def test_the_thumbprint_can_be_added(signer, time, judged):
    members, _ = judged(make(signer, time, include_thumbprint=True), signer.chain[0])
    der = signer.chain[0].public_bytes(Encoding.DER)
    expected = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
    assert list(members) == ["x5t#S256", "x5c", "alg"]
    assert members["x5t#S256"] == expected


def test_a_root_of_one_s_own_making_is_sent_though_roots_are_not(signer, time):
    alone = signer.chain[-1:]  # the only certificate is issued by itself
    encoded = header(alone, include_root=False, include_thumbprint=False)
    members = json.loads(base64.urlsafe_b64decode(encoded + "=="))
    assert tuple(certificates(members)) == alone


def test_times_are_whole_numbers(signer, time):
    time.wall = 1790000000.9
    payload = make(signer, time).split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert (claims["iat"], claims["exp"]) == (1790000000, 1790000060)
    assert type(claims["iat"]) is type(claims["exp"]) is int


def test_no_two_have_the_same_id(signer, time):
    one = maker(signer, time)
    ids = {jwt.decode(one.make(), options={"verify_signature": False})["jti"] for _ in range(20)}
    assert len(ids) == 20


def test_another_key_s_owner_did_not_sign_it(signer, certificate, time, judged):
    with pytest.raises(Exception, match=r"[Ss]ignature|bad_signature"):
        judged(make(signer, time), certificate.chain[0])


def test_the_maker_shows_nothing(signer, time):
    assert "MII" not in repr(maker(signer, time))
