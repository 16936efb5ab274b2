import base64
import contextlib
import threading
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from portal_in_memory import ISSUER

from skifteportal.sandbox.assertions import AssertionRefused, Assertions
from skifteportal.sandbox.clock import ManualClock
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.subject import company_of

NOW = int(datetime(2026, 1, 15, 12, tzinfo=UTC).timestamp())


@pytest.fixture
def make(trust):
    def make(*, clock=None, **settings):
        return Assertions(
            trust,
            audiences=[ISSUER, f"{ISSUER}/realms/sts"],
            clock=clock or ManualClock(),
            settings=Settings(**settings),
        )

    return make


@pytest.fixture
def refused(make):
    def refused(text, *, match, **settings):
        with pytest.raises(AssertionRefused, match=match):
            make(**settings).check(text, subject="11111111")

    return refused


def test_the_signers_certificate_is_found(make, sign):
    found = make().check(sign(), subject="11111111")
    assert company_of(found) == "90000001"


@pytest.mark.parametrize(
    "changes",
    [
        {"exp": 61697372400},
        {"exp": NOW + 0.5},
        {"iss": None},
        {"iat": NOW, "nbf": NOW},
        {"iat": NOW + 14},
        {"exp": NOW - 14},
        {"aud": f"{ISSUER}/"},
        {"aud": f"{ISSUER}/realms/sts"},
        {"aud": ["https://elsewhere", ISSUER]},
        {"more": {"than": "needed"}},
    ],
)
def test_as_tolerant_as_the_guide(make, sign, changes):
    make().check(sign(**changes), subject="11111111")


def test_the_root_may_be_left_out_and_lines_may_be_broken(make, sign, signer):
    make().check(sign(x5c=signer.x5c[:2]), subject="11111111")
    broken = [f"{text[:64]}\n{text[64:]}\n" for text in signer.x5c]
    make().check(sign(x5c=broken), subject="11111111")


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"sub": "90000001"}, "sub must be the CVR number"),
        ({"sub": None}, "sub must be the CVR number"),
        ({"aud": "https://sysauth.domstol.dk"}, "aud must be"),
        ({"aud": None}, "aud must be"),
        ({"aud": []}, "aud must be"),
        ({"exp": None}, "exp must be a number"),
        ({"exp": True}, "exp must be a number"),
        ({"exp": NOW - 15}, "has expired"),
        ({"iat": NOW + 20}, "iat lies in the future"),
        ({"nbf": NOW + 20}, "nbf lies in the future"),
        ({"nbf": {}}, "nbf lies in the future"),
        ({"jti": None}, "jti is missing"),
        ({"jti": ""}, "jti is missing"),
        ({"jti": {}}, "jti is missing"),
        ({"x5c": []}, "x5c must hold"),
        ({"x5c": "x"}, "x5c must hold"),
        ({"x5c": ["AAAA"] * 7}, "x5c must hold"),
        ({"x5c": ["AAAA"]}, "x5c holds something that is no certificate"),
        ({"x5c": ["!"]}, "x5c holds something that is no certificate"),
        ({"x5c": [1]}, "x5c holds something that is no certificate"),
        ({"algorithm": "PS256"}, "alg must be RS256"),
    ],
)
def test_what_is_wrong_is_said(sign, refused, changes, match):
    refused(sign(**changes), match=match)


def test_what_is_no_jwt_is_refused(refused):
    refused("x", match="is no JWT")


def test_another_keys_signature_is_refused(sign, refused, other_key):
    refused(sign(key=other_key), match="signature is not that of the first certificate")


def test_a_signer_without_an_rsa_key_is_refused(sign, refused, signer, issue):
    made = issue(ec.generate_private_key(ec.SECP256R1()).public_key())
    leaf = base64.b64encode(made.public_bytes(Encoding.DER)).decode()
    refused(sign(x5c=[leaf, *signer.x5c[1:]]), match="key is no RSA key")


def test_a_certificate_that_is_not_trusted_is_refused(sign, refused, signer):
    refused(sign(x5c=signer.x5c[:1]), match="x5c: the certificate does not come from")


def test_without_an_authority_nobody_is_trusted(sign):
    assertions = Assertions(None, audiences=[ISSUER], clock=ManualClock(), settings=Settings())
    with pytest.raises(AssertionRefused, match="without an authority"):
        assertions.check(sign(), subject="11111111")


def test_an_assertion_is_good_once_and_may_be_set_otherwise(make, sign):
    assertions, text = make(), sign()
    assertions.check(text, subject="11111111")
    with pytest.raises(AssertionRefused, match="was used before"):
        assertions.check(text, subject="11111111")
    assertions.check(sign(jti="another"), subject="11111111")
    tolerant = make(assertion_used_once=False)
    for _ in range(2):
        tolerant.check(sign(jti=None), subject="11111111")


def test_used_ids_are_forgotten_when_they_have_run_out(make, sign):
    clock = ManualClock()
    assertions = make(clock=clock)
    assertions.check(sign(), subject="11111111")
    assertions.check(sign(jti="long", exp=NOW + 1000), subject="11111111")
    clock.advance(seconds=100)
    assertions.check(sign(exp=NOW + 200), subject="11111111")
    with pytest.raises(AssertionRefused, match="was used before"):
        assertions.check(sign(jti="long", exp=NOW + 1000), subject="11111111")


def test_of_many_at_once_one_gets_through(make, sign):
    assertions, text, passed = make(), sign(), []

    def use():
        with contextlib.suppress(AssertionRefused):
            passed.append(assertions.check(text, subject="11111111"))

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 1


def test_no_refusal_quotes_the_assertion(make, sign, other_key):
    text = sign(key=other_key)
    with pytest.raises(AssertionRefused) as caught:
        make().check(text, subject="11111111")
    assert not any(part in str(caught.value) for part in text.split("."))
    assert caught.value.__cause__ is None
