"""The ways to a certificate: .p12 and PEM, with and without what stands above it."""

import oces
import pytest
from canaries import canary
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from skifteportal.auth import (
    Certificate,
    CertificateFileUnreadable,
    ClientSecretCredential,
    NoCertificate,
    NoPrivateKey,
    NotACertificateFile,
    WrongKindOfCertificate,
    WrongPassword,
)
from skifteportal.core.environments import Environment

PASSWORD = canary("hindbærsnitte-Ø9", "the key's password")
SECRET = canary("0f1e2d3c-not-a-real-secret", "the client secret")


@pytest.fixture(scope="module")
def small():
    """A certificate with an EC key, which is quick to open."""
    return oces.authority().issue(key=oces.ec_key("leaf"))


def pem(*certificates):
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def key_pem(issued, password=None):
    encryption = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return issued.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def test_one_pem_file_with_everything_in_any_order(small, tmp_path):
    path = tmp_path / "all.pem"
    path.write_bytes(
        pem(small.above[1]) + key_pem(small, PASSWORD) + pem(small.above[0], small.leaf)
    )
    certificate = Certificate.from_pem(path, password=PASSWORD)
    assert certificate.chain == (small.leaf, *small.above)
    assert certificate.cvr == "30808460"
    assert certificate.source == str(path)


def test_pem_bytes_and_a_key_in_a_file_of_its_own(small, tmp_path):
    (tmp_path / "key.pem").write_bytes(key_pem(small, PASSWORD))
    certificate = Certificate.from_pem(
        pem(small.leaf, *small.above), key=tmp_path / "key.pem", password=lambda: PASSWORD
    )
    assert certificate.source == "the given bytes"
    assert certificate.chain == (small.leaf, *small.above)


def test_a_key_that_is_not_encrypted(small):
    certificate = Certificate.from_pem(pem(small.leaf), key=key_pem(small))
    assert certificate.chain == (small.leaf,)


@pytest.fixture(params=["p12", "pem"])
def short(request, small):
    """Open the certificate from a file that lacks what stands above it."""

    def short(**told):
        if request.param == "p12":
            return Certificate.from_p12(small.p12(PASSWORD, above=()), password=PASSWORD, **told)
        return Certificate.from_pem(pem(small.leaf), key=key_pem(small), **told)

    return short


def test_what_stands_above_it_can_be_given(short, small, tmp_path):
    assert short().chain == (small.leaf,)
    path = tmp_path / "above.pem"
    path.write_bytes(pem(*reversed(small.above), oces.authority("unknown").root))
    assert short(extra_chain=path).chain == (small.leaf, *small.above)
    assert short(extra_chain=pem(small.above[0])).chain == (small.leaf, small.above[0])
    der = small.above[0].public_bytes(Encoding.DER)
    assert short(extra_chain=der).chain == (small.leaf, small.above[0])


def test_and_must_be_there(short, tmp_path):
    with pytest.raises(CertificateFileUnreadable):
        short(extra_chain=tmp_path / "none.pem")
    with pytest.raises(NotACertificateFile, match="no PEM certificate"):
        short(extra_chain=b"")


def test_a_login_with_what_was_given_besides(short, small, serve, call):
    url, ca_file, server = serve()
    environment = Environment(
        name="loopback",
        auth_url=url,
        exchange_url="https://auth.example",
        api_url="https://api.example",
        ca_file=ca_file,
    )
    credential = ClientSecretCredential(
        environment,
        client_id="anmelder",
        client_secret=SECRET,
        certificate=short(extra_chain=pem(small.above[0])),
    )
    assert call(credential.direct())
    assert len(server.forms) == 1


def test_wrong_pem_files_say_what_they_are(small, tmp_path, wrong):
    with pytest.raises(
        NotACertificateFile, match=r"It is a PKCS#12 file: use Certificate\.from_p12"
    ):
        Certificate.from_pem(small.p12())
    with pytest.raises(NoPrivateKey, match="give that as key"):
        Certificate.from_pem(pem(small.leaf))
    with pytest.raises(NoCertificate, match="no certificate that belongs to it"):
        Certificate.from_pem(pem(*small.above), key=key_pem(small))
    with pytest.raises(WrongPassword):
        Certificate.from_pem(pem(small.leaf), key=key_pem(small, PASSWORD), password=wrong)
    with pytest.raises(CertificateFileUnreadable, match=r"key\.pem does not exist"):
        Certificate.from_pem(pem(small.leaf), key=tmp_path / "key.pem")
    employee = oces.authority().issue(key=oces.ec_key("leaf"), serial_number="UI:DK-E:G:1")
    with pytest.raises(WrongKindOfCertificate):
        Certificate.from_pem(pem(employee.leaf), key=key_pem(employee))


def test_a_pem_file_by_mistake_is_sent_the_right_way(small):
    with pytest.raises(NotACertificateFile, match=r"Open it with Certificate\.from_pem"):
        Certificate.from_p12(pem(small.leaf), password="")
