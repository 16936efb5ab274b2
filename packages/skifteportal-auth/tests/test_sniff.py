"""Telling what a wrong file is."""

import base64

import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.serialization import Encoding

from skifteportal.auth._sniff import not_pkcs12

PASSWORD = canary("stikkelsbærgrød", "a .p12 password")


@pytest.fixture(scope="module")
def p12():
    return oces.authority().issue(key=oces.ec_key("leaf")).p12(PASSWORD)


def test_pkcs12_is_recognised(p12):
    assert not_pkcs12(p12) is None


@pytest.mark.parametrize(
    "data",
    [b"\x30\x03\x02\x01\x03", b"\x30\x80\x02\x01\x03\x00\x00", b"\x30\x81\x03\x02\x01\x03"],
    ids=["short length", "indefinite length", "long length"],
)
def test_every_way_to_write_a_length_is_recognised(data):
    assert not_pkcs12(data) is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b" \r\n", "is empty"),
        (b"Bag Attributes\n-----BEGIN CERTIFICATE-----\nMII", "is PEM text (Certificate)"),
        (b"-----BEGIN ENCRYPTED PRIVATE KEY-----", "is PEM text (Encrypted Private Key)"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>Log ind</title>", "is HTML or XML"),
        (b"\xfe\xed\xfe\xed\x00\x00\x00\x02", "is a Java keystore"),
        (b"\xce\xce\xce\xce\x00\x00\x00\x02", "is a Java keystore"),
        (b"PK\x03\x04\x14\x00", "is a ZIP archive"),
        (b"hello", "is not a PKCS#12 file"),
        (b"\x30\x02", "is not a PKCS#12 file"),
        (b"\x30\x82\x01\x00\x30\x82", "is DER, but not PKCS#12"),
        (b"\x30\x05\x02\x01\x03\x30", "is cut short: 6 of 7 bytes"),
    ],
)
def test_a_wrong_file_is_named(data, said):
    assert not_pkcs12(data).startswith(said)


def test_base64_text_is_named(p12):
    assert not_pkcs12(base64.encodebytes(p12)).startswith("is base64 text")


def test_a_bare_certificate_is_named():
    der = oces.authority().root.public_bytes(Encoding.DER)
    assert not_pkcs12(der).startswith("is DER, but not PKCS#12")


def test_a_download_that_broke_off_is_named(p12):
    assert not_pkcs12(p12[:-1]).startswith(f"is cut short: {len(p12) - 1} of {len(p12)} bytes")
