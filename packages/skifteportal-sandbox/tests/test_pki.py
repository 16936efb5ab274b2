import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
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


def context_of(folder, chain, *, key, revoked):
    """A login server's context: strict about the form of every certificate, and with a list of revoked ones."""
    root, issuing, leaf = chain
    crl = revocation_list(issuing, revoked=revoked, now=datetime.now(UTC))
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for name, made in {
        "root": root.certificate,
        "leaf": leaf,
        "above": issuing.certificate,
        "crl": crl,
    }.items():
        (folder / name).write_bytes(made.public_bytes(Encoding.PEM))
    (folder / "client").write_bytes(
        pem + (folder / "leaf").read_bytes() + (folder / "above").read_bytes()
    )
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.maximum_version = ssl.TLSVersion.TLSv1_2  # its handshake ends on both sides at once
    server.load_cert_chain(folder / "client")
    server.load_verify_locations(folder / "root")
    server.load_verify_locations(folder / "crl")
    server.verify_mode = ssl.CERT_REQUIRED
    server.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF | ssl.VERIFY_X509_STRICT
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    client.load_cert_chain(folder / "client")
    return server, client


def handshake(server, client):
    """Shake hands in memory, until both sides are content or one refuses."""
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    sides = [
        client.wrap_bio(to_client, to_server),
        server.wrap_bio(to_server, to_client, server_side=True),
    ]
    while sides:
        side = sides.pop(0)
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            sides.append(side)


@pytest.fixture(scope="module")
def chain_of_today(signing_key):
    now = datetime.now(UTC)
    root = make_root(signing_key, now=now)
    issuing = make_issuing(signing_key, root=root, now=now)
    start = now - timedelta(days=1)
    leaf = organisation_certificate(
        COMPANY, signing_key.public_key(), issuer=issuing, not_before=start
    )
    return root, issuing, leaf


def test_a_strict_login_accepts_the_chain_and_the_revocation_list(
    chain_of_today, signing_key, tmp_path
):
    handshake(*context_of(tmp_path, chain_of_today, key=signing_key, revoked=[]))
    revoked = context_of(tmp_path, chain_of_today, key=signing_key, revoked=[chain_of_today[2]])
    with pytest.raises(ssl.SSLCertVerificationError, match="certificate revoked"):
        handshake(*revoked)


def test_each_certificate_and_list_is_signed_by_the_one_above(root, issuing, leaf):
    leaf.verify_directly_issued_by(issuing.certificate)
    issuing.certificate.verify_directly_issued_by(root.certificate)
    crl = revocation_list(issuing, revoked=[leaf], now=NOW)
    assert crl.is_signature_valid(issuing.certificate.public_key())
    assert crl.get_revoked_certificate_by_serial_number(leaf.serial_number)


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
    local_key_id = bytes.fromhex("06092a864886f70d010915")
    assert local_key_id in made
