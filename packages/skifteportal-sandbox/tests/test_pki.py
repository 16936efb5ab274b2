import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import ExtensionOID

from skifteportal.sandbox.pki import (
    Company,
    make_issuing,
    make_root,
    organisation_certificate,
    revocation_list,
    server_certificate,
    write_p12,
)

NOW = datetime(2026, 1, 15, tzinfo=UTC)
COMPANY = Company(
    cvr="30808460",
    name="Kreditor A/S",
    certificate_name="Kreditors system",
    uuid="46e7b1ab-6f3a-4a3b-9c55-0d1f6a1c0001",
)


@pytest.fixture(scope="module")
def root(signing_key):
    return make_root(signing_key, now=NOW)


@pytest.fixture(scope="module")
def issuing(root):
    return make_issuing(
        rsa.generate_private_key(public_exponent=65537, key_size=2048), root=root, now=NOW
    )


@pytest.fixture(scope="module")
def leaf(issuing, signing_key):
    return organisation_certificate(
        COMPANY, signing_key.public_key(), issuer=issuing, not_before=NOW
    )


def test_the_authorities_are_called_what_the_test_environments_are(root, issuing):
    assert (
        root.certificate.subject.rfc4514_string()
        == "C=DK,O=Den Danske Stat,OU=Test - cti,CN=Den Danske Stat OCES rod-CA"
    )
    assert root.certificate.issuer == root.certificate.subject
    assert issuing.certificate.subject.rfc4514_string().endswith(
        "CN=Den Danske Stat OCES udstedende-CA 1"
    )
    constraints = issuing.certificate.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (constraints.critical, constraints.value.ca, constraints.value.path_length) == (
        True,
        True,
        0,
    )


def test_a_leafs_subject_has_oces3s_attributes_in_oces3s_order(leaf):
    parts = [(attribute.oid.dotted_string, attribute.value) for attribute in leaf.subject]
    assert parts == [
        ("2.5.4.3", "Kreditors system"),
        ("2.5.4.5", "UI:DK-O:G:46e7b1ab-6f3a-4a3b-9c55-0d1f6a1c0001"),
        ("2.5.4.10", "Kreditor A/S"),
        ("2.5.4.97", "NTRDK-30808460"),
        ("2.5.4.6", "DK"),
    ]
    kinds = {attribute.oid.dotted_string: attribute._type.name for attribute in leaf.subject}
    assert kinds == {
        "2.5.4.3": "UTF8String",
        "2.5.4.5": "PrintableString",
        "2.5.4.10": "UTF8String",
        "2.5.4.97": "UTF8String",
        "2.5.4.6": "PrintableString",
    }
    assert all(len(rdn) == 1 for rdn in leaf.subject.rdns)


def test_a_leafs_extensions_are_oces3s_in_order_without_eku_and_san(leaf):
    assert [(extension.oid._name, extension.critical) for extension in leaf.extensions] == [
        ("basicConstraints", True),
        ("authorityKeyIdentifier", False),
        ("authorityInfoAccess", False),
        ("certificatePolicies", False),
        ("qcStatements", False)
        if leaf.extensions[4].oid._name == "qcStatements"
        else ("Unknown OID", False),
        ("cRLDistributionPoints", False),
        ("subjectKeyIdentifier", False),
        ("keyUsage", True),
    ]
    usage = leaf.extensions.get_extension_for_oid(ExtensionOID.KEY_USAGE).value
    assert (
        usage.digital_signature,
        usage.content_commitment,
        usage.key_encipherment,
        usage.key_cert_sign,
    ) == (True, True, True, False)
    policies = leaf.extensions.get_extension_for_class(x509.CertificatePolicies).value
    assert [policy.policy_identifier.dotted_string for policy in policies] == [
        "0.4.0.2042.1.1",
        "1.2.208.169.1.1.1.3.7.1",
    ]


def test_a_leaf_lives_three_years(leaf):
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc == timedelta(days=3 * 365)


@pytest.mark.parametrize(
    ("name", "digest", "salt"),
    [("root", hashes.SHA512, 64), ("issuing", hashes.SHA512, 64), ("leaf", hashes.SHA256, 32)],
)
def test_everything_is_signed_with_pss(name, digest, salt, request):
    made = request.getfixturevalue(name)
    certificate = getattr(made, "certificate", made)
    parameters = certificate.signature_algorithm_parameters
    assert isinstance(parameters, padding.PSS)
    assert (parameters._salt_length, type(parameters._mgf._algorithm)) == (salt, digest)
    assert isinstance(certificate.public_key(), rsa.RSAPublicKey)


def test_openssl_accepts_the_chain_and_the_revocation_list(root, issuing, leaf, tmp_path):
    files = {"root": root.certificate, "issuing": issuing.certificate, "leaf": leaf}
    files["crl"] = revocation_list(issuing, revoked=[], now=NOW)
    for name, made in files.items():
        (tmp_path / name).write_bytes(made.public_bytes(Encoding.PEM))
    moment = str(int((NOW + timedelta(days=1)).timestamp()))
    base = [
        "openssl",
        "verify",
        "-x509_strict",
        "-attime",
        moment,
        "-CAfile",
        "root",
        "-untrusted",
        "issuing",
    ]

    def verify(crl):
        (tmp_path / "crl").write_bytes(crl.public_bytes(Encoding.PEM))
        command = [*base, "-crl_check", "-CRLfile", "crl", "leaf"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert verify(files["crl"]).stdout == "leaf: OK\n"
    assert "certificate revoked" in verify(revocation_list(issuing, revoked=[leaf], now=NOW)).stderr


def test_the_servers_certificate_is_for_this_machine(root):
    key = ec.generate_private_key(ec.SECP256R1())
    made = server_certificate(key.public_key(), issuer=root, now=NOW)
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(name) for name in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "::1"]
    made.verify_directly_issued_by(root.certificate)


def test_a_p12_holds_key_leaf_and_chain_in_order_in_the_modern_form(
    root, issuing, leaf, signing_key
):
    chain = (leaf, issuing.certificate, root.certificate)
    made = write_p12("Kreditors system", signing_key, chain, password="password-of-a-test")
    read = pkcs12.load_pkcs12(made, b"password-of-a-test")
    assert read.key.private_numbers() == signing_key.private_numbers()
    assert (read.cert.certificate, read.cert.friendly_name) == (leaf, b"Kreditors system")
    assert [above.certificate for above in read.additional_certs] == [
        issuing.certificate,
        root.certificate,
    ]
    pbes2, aes_256_cbc = (
        bytes.fromhex(oid) for oid in ("06092a864886f70d01050d", "060960864801650304012a")
    )
    assert made.count(pbes2) == 2
    assert made.count(aes_256_cbc) == 2
    info = subprocess.run(
        ["openssl", "pkcs12", "-info", "-nodes", "-passin", "pass:password-of-a-test"],
        input=made,
        capture_output=True,
        check=True,
    )
    assert b"localKeyID" in info.stdout
