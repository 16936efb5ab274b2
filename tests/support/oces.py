"""A certificate authority that looks like OCES3, and a TLS server's own: made, never real.

The shape is that of real certificates: subject CN, serialNumber, O, organizationIdentifier, C in
that order, PSS signatures, no extended key usage, a test issuer with ``OU=Test - cti``.
"""

import datetime as dt
import functools
import ipaddress
import ssl
import uuid
from datetime import UTC, timedelta

import attrs
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

__all__ = ["Authority", "Issued", "authority", "ec_key", "key_of", "server_certificate"]

PSS = padding.PSS(padding.MGF1(SHA256()), salt_length=32)
CVR = "30808460"


@functools.cache
def key_of(purpose, bits=2048):
    """A key per purpose and size, made once per run: large ones are slow to make."""
    return rsa.generate_private_key(65537, bits)


@functools.cache
def ec_key(purpose):
    return ec.generate_private_key(ec.SECP256R1())


def name(*attributes):
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in attributes])


@attrs.frozen
class Issued:
    """A certificate with its key and the certificates above it."""

    key: object
    leaf: x509.Certificate
    above: tuple[x509.Certificate, ...]

    def p12(self, password="", *, encryption=None, key=True, cert=True, above=None):
        """The bytes of a .p12 file."""
        if encryption is None:
            encoded = password.encode()
            encryption = BestAvailableEncryption(encoded) if encoded else NoEncryption()
        return pkcs12.serialize_key_and_certificates(
            b"organisation",
            self.key if key else None,
            self.leaf if cert else None,
            self.above if above is None else above,
            encryption,
        )


@attrs.frozen
class Authority:
    """A root and an issuing authority, of the test or the production kind."""

    root: x509.Certificate
    issuing: x509.Certificate
    issuing_key: object

    @classmethod
    def make(cls, *, unit="Test - cti", label="OCES"):
        unit = [(NameOID.ORGANIZATIONAL_UNIT_NAME, unit)] if unit else []

        def named(common_name):
            return name(
                (NameOID.COMMON_NAME, f"Den Danske Stat {label} {common_name}"),
                *unit,
                (NameOID.ORGANIZATION_NAME, "Den Danske Stat"),
                (NameOID.COUNTRY_NAME, "DK"),
            )

        root_key, issuing_key = key_of("root"), key_of("issuing")
        root_name, issuing_name = named("rod-CA"), named("udstedende-CA 1")
        root = sign(root_name, root_key, issuer=root_name, by=root_key, ca=1)
        issuing = sign(issuing_name, issuing_key, issuer=root_name, by=root_key, ca=0)
        return cls(root, issuing, issuing_key)

    def issue(
        self,
        *,
        cvr=CVR,
        serial_number="UI:DK-O:G:46e74e1d-3b04-4d1e-9c52-0d6b8a7a1c11",
        common_name="API-anvender S",
        organization="Kreditor A/S",
        subject=None,
        key=None,
        not_before=None,
        not_after=None,
    ):
        """An organisation's certificate, valid now and for three years unless told."""
        key = key or key_of("leaf")
        subject = subject or name(
            (NameOID.COMMON_NAME, common_name),
            (NameOID.SERIAL_NUMBER, serial_number),
            (NameOID.ORGANIZATION_NAME, organization),
            (NameOID.ORGANIZATION_IDENTIFIER, f"NTRDK-{cvr}"),
            (NameOID.COUNTRY_NAME, "DK"),
        )
        leaf = sign(
            subject,
            key,
            issuer=self.issuing.subject,
            by=self.issuing_key,
            not_before=not_before,
            not_after=not_after,
        )
        return Issued(key, leaf, (self.issuing, self.root))


def sign(subject, key, *, issuer, by, ca=None, not_before=None, not_after=None, alternative=None):
    now = dt.datetime.now(UTC)
    public, authority_public = key.public_key(), by.public_key()
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=public)
        .serial_number(uuid.uuid4().int)
        .not_valid_before(not_before or now - timedelta(days=1))
        .not_valid_after(not_after or now + timedelta(days=3 * 365))
        .add_extension(x509.BasicConstraints(ca is not None, ca), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_public), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(usage(is_authority=ca is not None), critical=True)
    )
    if alternative:
        builder = builder.add_extension(x509.SubjectAlternativeName(alternative), critical=False)
    if isinstance(by, rsa.RSAPrivateKey):
        return builder.sign(by, SHA256(), rsa_padding=PSS)
    return builder.sign(by, SHA256())


def usage(*, is_authority):
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=not is_authority,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


@functools.cache
def authority(kind="test"):
    """The authority of a kind, made once per run: "test", "production" or "unknown"."""
    if kind == "unknown":
        return Authority.make(unit=None, label="Prøve")
    return Authority.make(unit="Test - cti" if kind == "test" else None)


def server_certificate(folder, address="127.0.0.1"):
    """A TLS server's certificate: its root, for clients, and a context without more.

    Returns:
        The path of the root as PEM, and a server context.
    """
    root_key, key = ec_key("web root"), ec_key("web")
    root_name = name((NameOID.COMMON_NAME, "Loopback root"))
    root = sign(root_name, root_key, issuer=root_name, by=root_key, ca=0)
    leaf = sign(
        name((NameOID.COMMON_NAME, "localhost")),
        key,
        issuer=root_name,
        by=root_key,
        alternative=[x509.IPAddress(ipaddress.ip_address(address))],
    )
    ca_file, own = folder / "ca.pem", folder / "server.pem"
    ca_file.write_bytes(root.public_bytes(Encoding.PEM))
    own.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + leaf.public_bytes(Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    return ca_file, context
