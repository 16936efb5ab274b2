"""Reading PEM text."""

import oces
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from skifteportal.auth import NoCertificate, NotACertificateFile
from skifteportal.auth._pem import load_certificates


def pem(*certificates):
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


@pytest.fixture
def chain(issued):
    return (issued.leaf, *issued.above)


def test_a_chain_in_any_order_with_text_between(chain):
    text = b"subject=...\n" + pem(chain[2]) + b"\nBag Attributes\n" + pem(chain[0], chain[1])
    assert load_certificates(text, source="x.pem") == chain


def test_a_certificate_alone(chain):
    assert load_certificates(pem(chain[0]), source="x.pem") == chain[:1]


def test_a_root_alone_is_its_own_issuer(chain):
    assert load_certificates(pem(chain[2]), source="x.pem") == chain[2:]


def test_none_in_it():
    with pytest.raises(NotACertificateFile, match=r"no PEM certificate .* in x\.pem"):
        load_certificates(b"-----BEGIN PRIVATE KEY-----", source="x.pem")


def test_a_damaged_one_is_counted(chain):
    text = pem(chain[0]) + b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    with pytest.raises(NotACertificateFile, match=r"Certificate 2 of 2 in x\.pem is damaged"):
        load_certificates(text, source="x.pem")


def test_strangers_among_them(chain):
    other = oces.authority().issue(key=oces.ec_key("leaf"))
    with pytest.raises(NoCertificate, match="can't be told which of them is meant"):
        load_certificates(pem(*chain, other.leaf), source="x.pem")
