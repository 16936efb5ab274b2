"""A certificate whose key is elsewhere."""

import copy
import hashlib
import pickle

import oces
import pytest
from cryptography.hazmat.primitives.asymmetric import padding, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from skifteportal.auth import (
    CertificateFileUnreadable,
    ExternalSigner,
    NotACertificateFile,
    SignerFailed,
    WrongKindOfCertificate,
)

KEY = oces.key_of("signer")


def pem(*certificates):
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def pkcs1(data, key=KEY):
    return key.sign(data, padding.PKCS1v15(), SHA256())


def made(sign, chain):
    return ExternalSigner.from_pem(pem(*chain), sign=sign)


def test_it_is_the_certificate_without_its_key(signer, tmp_path):
    (tmp_path / "chain.pem").write_bytes(pem(*reversed(signer.chain)))
    external = ExternalSigner.from_pem(tmp_path / "chain.pem", sign=pkcs1)
    assert external.chain == signer.chain
    assert external.cvr == "12345674"
    assert external.subject_serial_number == signer.subject_serial_number
    assert external.source == str(tmp_path / "chain.pem")
    assert external.sign(b"data") == pkcs1(b"data")


@pytest.mark.parametrize(
    "sign",
    [
        lambda data: pkcs1(data, oces.key_of("leaf")),
        lambda data: KEY.sign(data, oces.PSS, SHA256()),
        lambda data: KEY.sign(
            hashlib.sha256(data).digest(), padding.PKCS1v15(), SHA256()
        ),  # hashed twice
        lambda data: b"",
        lambda data: None,
    ],
    ids=["another key", "PSS", "hashed twice", "empty", "None"],
)
def test_what_is_no_signature_of_its_own_is_not_used(signer, sign):
    with pytest.raises(
        SignerFailed, match="no RS256 signature of that certificate's key"
    ) as caught:
        made(sign, signer.chain).sign(b"data")
    assert caught.value.retry_after == 5
    assert caught.value.__context__ is None


def test_a_hash_that_was_made_before_is_fine(signer):
    def sign(data):
        digest = hashlib.sha256(data).digest()
        return KEY.sign(digest, padding.PKCS1v15(), utils.Prehashed(SHA256()))

    assert made(sign, signer.chain).sign(b"data") == pkcs1(b"data")


def test_a_function_that_fails(signer):
    cause = ConnectionError("the HSM is down")

    def fail(data):
        raise cause

    with pytest.raises(SignerFailed, match="raised ConnectionError") as caught:
        made(fail, signer.chain).sign(b"data")
    assert caught.value.__cause__ is cause


def test_files_that_will_not_do(tmp_path):
    with pytest.raises(CertificateFileUnreadable):
        ExternalSigner.from_pem(tmp_path / "none.pem", sign=pkcs1)
    with pytest.raises(NotACertificateFile):
        ExternalSigner.from_pem(b"", sign=pkcs1)
    elliptic = oces.authority().issue(key=oces.ec_key("leaf"))
    with pytest.raises(WrongKindOfCertificate, match="no RSA key"):
        made(pkcs1, [elliptic.leaf])
    employee = oces.authority().issue(serial_number="UI:DK-E:G:1")
    with pytest.raises(WrongKindOfCertificate, match="employee's"):
        made(pkcs1, [employee.leaf])


def test_it_shows_no_name(signer):
    external = made(pkcs1, signer.chain)
    assert repr(external) == (
        f"<ExternalSigner cvr=12345674 not_after={external.not_after:%Y-%m-%d}>"
    )


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(signer, duplicate):
    with pytest.raises(TypeError, match="in each process"):
        duplicate(made(pkcs1, signer.chain))
