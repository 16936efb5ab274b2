"""Opening .p12 files, good and bad."""

import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, pkcs12
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.auth import (
    CertificateError,
    NoCertificate,
    NoPrivateKey,
    NotACertificateFile,
    WrongKindOfCertificate,
    WrongPassword,
)
from skifteportal.auth._p12 import load
from skifteportal.core.errors import ConfigurationError

RC2 = Path(__file__).parent / "data/rc2-40.p12"
RC2_PASSWORD = canary("pæssørd Å", "the password of rc2-40.p12")
WRONG = canary("rødgrød uden fløde Å", "a mistyped password")
DANISH = canary("rødgrød med fløde Å", "a Danish password")


@pytest.fixture(scope="module")
def small():
    """A certificate with an EC key, which is quick to open."""
    return oces.authority().issue(key=oces.ec_key("leaf"))


def opened(data, password=""):
    return load(data, password=password, source="x.p12")


def test_a_file_gives_key_and_chain_in_order_whatever_its_own_order(small):
    data = small.p12(DANISH, above=tuple(reversed(small.above)))
    bundle = opened(data, DANISH)
    assert bundle.chain == (small.leaf, *small.above)
    assert bundle.key.public_key() == small.leaf.public_key()


def test_certificates_that_do_not_belong_to_the_chain_are_left_out(small):
    stranger = oces.authority("unknown").root
    bundle = opened(small.p12(above=(stranger, *small.above)))
    assert bundle.chain == (small.leaf, *small.above)


def test_a_file_with_the_certificate_alone_has_a_short_chain(small):
    assert opened(small.p12(above=())).chain == (small.leaf,)


def test_two_authorities_that_certify_each_other_are_no_endless_chain(small):
    root = oces.authority().root
    key = oces.key_of("root")
    issuing = oces.authority().issuing
    crossed = oces.sign(root.subject, key, issuer=issuing.subject, by=oces.key_of("issuing"), ca=1)
    bundle = opened(small.p12(above=(issuing, crossed)))
    assert bundle.chain == (small.leaf, issuing, crossed)


@pytest.mark.parametrize(
    "given_as",
    [
        lambda password: password,
        lambda password: password + "\n",
        lambda password: password + "\r\n",
        lambda password: unicodedata.normalize("NFD", password),
        lambda password: password.encode("latin-1").decode("utf-8", "surrogateescape"),
        lambda password: lambda: password,
    ],
    ids=["plain", "newline", "CRLF", "decomposed", "latin-1 variable", "function"],
)
def test_a_danish_password_opens_the_file_however_it_arrives(small, given_as):
    assert opened(small.p12(DANISH), given_as(DANISH)).chain[0] == small.leaf


def test_a_password_typed_decomposed_opens_a_file_that_was_made_with_it(small):
    decomposed = unicodedata.normalize("NFD", DANISH)
    assert opened(small.p12(decomposed), DANISH).chain[0] == small.leaf


def test_a_function_for_the_password_is_called_once(small):
    calls = []

    def password():
        calls.append(1)
        return WRONG

    with pytest.raises(WrongPassword):
        opened(small.p12(DANISH), password)
    assert calls == [1]


@pytest.mark.parametrize("password", [WRONG, "", "half a letter \ud800"])
def test_a_wrong_password_is_said_to_be_wrong(small, password):
    with pytest.raises(WrongPassword, match=r"does not open x\.p12") as caught:
        opened(small.p12(DANISH), password)
    assert caught.value.source == "x.p12"


def test_a_password_in_bytes_is_refused_with_the_reason(small):
    with pytest.raises(ConfigurationError, match="must be str, not bytes"):
        opened(small.p12(DANISH), DANISH.encode("latin-1"))


def test_a_file_without_a_password_opens(small):
    assert opened(small.p12()).chain[0] == small.leaf


def test_triple_des_opens(small):
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(SHA1())
        .build(DANISH.encode())
    )
    assert opened(small.p12(encryption=encryption), DANISH).chain[0] == small.leaf


def test_old_encryption_opens_where_openssl_has_its_legacy_provider():
    assert len(opened(RC2.read_bytes(), RC2_PASSWORD).chain) == 1
    with pytest.raises(WrongPassword):
        opened(RC2.read_bytes(), WRONG)


def test_old_encryption_is_named_where_openssl_lacks_its_legacy_provider():
    script = (
        "import sys; from skifteportal.auth import Certificate\n"
        "try: Certificate.from_p12(sys.argv[1], password=sys.argv[2])\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, RC2, RC2_PASSWORD],
        env=os.environ | {"CRYPTOGRAPHY_OPENSSL_NO_LEGACY": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert run.stdout.startswith("OldEncryption")
    assert "is encrypted with RC2-40" in run.stdout
    assert "openssl pkcs12 -legacy" in run.stdout


def test_certificates_without_a_key(small):
    with pytest.raises(NoPrivateKey, match=r"only 3 certificate\(s\)"):
        opened(small.p12(key=False))


def test_a_key_without_its_certificate(small):
    with pytest.raises(NoCertificate, match=r"no certificate that belongs to it \(2 others\)"):
        opened(small.p12(cert=False))


def test_a_key_beside_its_certificate_that_the_file_does_not_tie_together(small):
    data = small.p12(cert=False, above=(small.leaf, *small.above))
    assert opened(data).chain == (small.leaf, *small.above)


def test_a_key_of_another_kind():
    strange = oces.authority().issue(key=ed25519.Ed25519PrivateKey.generate())
    with pytest.raises(WrongKindOfCertificate, match="neither RSA nor EC"):
        opened(strange.p12())


def test_a_file_by_mistake_says_what_it_is(small):
    with pytest.raises(NotACertificateFile, match=r"^The certificate in x\.p12 is PEM text"):
        opened(small.leaf.public_bytes(Encoding.PEM))


def test_a_damaged_file_is_said_to_be_damaged(small):
    data = bytearray(small.p12(DANISH))
    data[10] ^= 0xFF
    with pytest.raises(NotACertificateFile, match="it is damaged, or encrypted in a way"):
        opened(bytes(data), DANISH)


@given(st.data())
def test_no_damage_gives_anything_but_an_error_of_ours(small, choices):
    data = bytearray(small.p12(DANISH))
    for _ in range(choices.draw(st.integers(1, 4))):
        data[choices.draw(st.integers(0, len(data) - 1))] = choices.draw(st.integers(0, 255))
    try:
        bundle = opened(bytes(data), DANISH)
    except CertificateError:
        return
    assert bundle.chain[0].public_key() == bundle.key.public_key()
