"""Encryption that this OpenSSL may lack."""

import oces
import pytest
from canaries import canary
from cryptography.exceptions import UnsupportedAlgorithm

from skifteportal.auth import OldEncryption
from skifteportal.auth._old_ciphers import refuse_old_ciphers

OID = b"\x06\x0a\x2a\x86\x48\x86\xf7\x0d\x01\x0c\x01"
PASSWORD = canary("æblegrød med fløde", "a .p12 password")


@pytest.fixture
def lacking(monkeypatch):
    def refuse(*_):
        raise UnsupportedAlgorithm("cipher RC2 in CBC mode is not supported")

    monkeypatch.setattr("skifteportal.auth._old_ciphers.Cipher", refuse)


def refuse(der):
    refuse_old_ciphers(der, source="x.p12", remedy="openssl …")


@pytest.mark.parametrize(
    ("numbers", "names"), [([1], "RC4-128"), ([2, 6], "RC4-40 and RC2-40"), ([5], "RC2-128")]
)
def test_they_are_named_where_they_can_not_be_read(lacking, numbers, names):
    der = b"".join(OID + bytes([number]) for number in numbers)
    with pytest.raises(OldEncryption) as caught:
        refuse(der)
    assert str(caught.value) == (
        f"x.p12 is encrypted with {names}, which this OpenSSL does not read (its legacy provider is "
        "absent). Re-encode it on a machine that has it: openssl …."
    )


def test_they_pass_where_they_can_be_read():
    refuse(OID + b"\x06")


def test_newer_ones_pass(lacking):
    refuse(OID + b"\x03")  # triple DES, which every OpenSSL 3 reads
    refuse(oces.authority().issue(key=oces.ec_key("leaf")).p12(PASSWORD))
