"""Reading keys in PEM text."""

import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from skifteportal.auth import (
    CertificateError,
    NoPrivateKey,
    NotACertificateFile,
    WrongKindOfCertificate,
    WrongPassword,
)
from skifteportal.auth._pem_key import load_key
from skifteportal.core.errors import ConfigurationError

WRONG = canary("rødgrød uden fløde Å", "a mistyped password")
DANISH = canary("rødgrød med fløde Å", "a Danish password")
KEY = oces.ec_key("leaf")
FORMATS = [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL]


def pem(password="", *, key=KEY, form=PrivateFormat.PKCS8):
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, form, encryption)


def loaded(data, password=None):
    return load_key(data, password=password, source="x.pem")


def is_the_key(key):
    return key.private_numbers() == KEY.private_numbers()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("password", [None, "", DANISH])
def test_a_key_without_a_password_opens_whatever_password_is_given(form, password):
    assert is_the_key(loaded(b"text before\n" + pem(form=form), password))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("given_as", [DANISH, DANISH + "\r\n", lambda: DANISH])
def test_an_encrypted_key_opens_however_its_password_arrives(form, given_as):
    assert is_the_key(loaded(pem(DANISH, form=form), given_as))


def test_an_rsa_key():
    key = oces.key_of("leaf")
    assert loaded(pem(DANISH, key=key), DANISH).key_size == 2048


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("password", [WRONG, ""])
def test_a_wrong_password(form, password):
    with pytest.raises(WrongPassword, match=r"does not open the private key in x\.pem") as caught:
        loaded(pem(DANISH, form=form), password)
    assert caught.value.source == "x.pem"
    assert caught.value.__cause__ is None


def test_a_missing_password():
    with pytest.raises(WrongPassword, match=r"is encrypted, and no password was given"):
        loaded(pem(DANISH))


def test_a_password_that_is_no_text():
    with pytest.raises(ConfigurationError, match="must be str, not bytes"):
        loaded(pem(DANISH), DANISH.encode())


def test_no_key():
    with pytest.raises(NoPrivateKey, match="If it is in a file of its own, give that as key"):
        loaded(oces.authority().root.public_bytes(Encoding.PEM))


def test_a_key_of_another_kind():
    with pytest.raises(WrongKindOfCertificate, match="neither RSA nor EC"):
        loaded(pem(key=ed25519.Ed25519PrivateKey.generate()))


@pytest.mark.parametrize("password", ["", DANISH])
@pytest.mark.parametrize("body", [b"AAAA", b"A", b"\xff"])
def test_a_damaged_key(password, body):
    first, last = (line for line in pem(password).splitlines() if line.startswith(b"--"))
    with pytest.raises(NotACertificateFile, match="it is damaged, or encrypted in a way"):
        loaded(b"\n".join([first, body, last]), DANISH)


def test_an_unknown_cipher():
    text = (
        b"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: CAMELLIA-128-CBC,"
        b"00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
    )
    with pytest.raises(NotACertificateFile, match="openssl pkcs8 -topk8"):
        loaded(text, DANISH)


@given(st.data())
def test_no_damage_gives_anything_but_an_error_of_ours(choices):
    data = bytearray(pem(DANISH, form=PrivateFormat.TraditionalOpenSSL))
    for _ in range(choices.draw(st.integers(1, 4))):
        data[choices.draw(st.integers(0, len(data) - 1))] = choices.draw(st.integers(0, 255))
    try:
        loaded(bytes(data), DANISH)
    except CertificateError:
        return
