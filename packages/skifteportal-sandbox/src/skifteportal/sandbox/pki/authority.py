"""The two certificate authorities of OCES3's shape, root and issuing, and their revocation list."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

import attrs
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

__all__ = ["Authority", "ca_usage", "make_issuing", "make_root", "pss", "revocation_list"]

# The test environment's authorities carry this unit; production's have none.
_TEST_UNIT: Final = "Test - cti"
_ROOT_YEARS: Final = 25
_ISSUING_YEARS: Final = 10
_BACKDATED: Final = timedelta(
    days=365 * 6
)  # so that a certificate that has run out still had an authority in its time
_YEAR: Final = timedelta(days=365)


@attrs.frozen(kw_only=True)
class Authority:
    """A certificate and the key that signs with it.

    Attributes:
        certificate: The authority's certificate.
        key: Its private key.
    """

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey = attrs.field(repr=False)


def pss(digest: hashes.HashAlgorithm) -> padding.PSS:
    """Return RSASSA-PSS as OCES3 uses it: MGF1 with the same digest, salt as long as the digest."""
    return padding.PSS(mgf=padding.MGF1(digest), salt_length=digest.digest_size)


def _name(common_name: str, *, production: bool) -> x509.Name:
    unit = [] if production else [x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _TEST_UNIT)]
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            *unit,
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Den Danske Stat"),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"),
        ]
    )


def ca_usage(*, ca: bool, repudiation: bool = False, encipherment: bool = False) -> x509.KeyUsage:
    """Return a KeyUsage: signing of certificates and lists for an authority, of data for everybody else."""
    return x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=repudiation,
        key_encipherment=encipherment,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )


def make_root(
    key: rsa.RSAPrivateKey,
    *,
    now: datetime,
    common_name: str = "Den Danske Stat OCES rod-CA",
    production: bool = False,
) -> Authority:
    """Make a root authority.

    Args:
        key: Its private key.
        now: The present, aware.
        common_name: Its name; another one makes an authority that the sandbox doesn't know.
        production: Whether its name is as in production, instead of in the test environment.
    """
    name = _name(common_name, production=production)
    builder = _builder(
        name, issuer=name, key=key, issuer_key=key, now=now, years=_ROOT_YEARS, path_length=None
    )
    return Authority(
        certificate=builder.sign(key, hashes.SHA512(), rsa_padding=pss(hashes.SHA512())), key=key
    )


def make_issuing(
    key: rsa.RSAPrivateKey, *, root: Authority, now: datetime, production: bool = False
) -> Authority:
    """Make the authority between the root and the organisations' certificates.

    Args:
        key: Its private key.
        root: Who signs it.
        now: The present, aware.
        production: Whether its name is as in production, instead of in the test environment.
    """
    builder = _builder(
        _name("Den Danske Stat OCES udstedende-CA 1", production=production),
        issuer=root.certificate.subject,
        key=key,
        issuer_key=root.key,
        now=now,
        years=_ISSUING_YEARS,
        path_length=0,
    )
    return Authority(
        certificate=builder.sign(root.key, hashes.SHA512(), rsa_padding=pss(hashes.SHA512())),
        key=key,
    )


def _builder(
    name: x509.Name,
    *,
    issuer: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer_key: rsa.RSAPrivateKey,
    now: datetime,
    years: int,
    path_length: int | None,
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + years * _YEAR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(ca_usage(ca=True), critical=True)
    )


def revocation_list(
    authority: Authority,
    *,
    revoked: Iterable[x509.Certificate | x509.RevokedCertificate],
    now: datetime,
) -> x509.CertificateRevocationList:
    """Make the authority's list of revoked certificates, good for as long as the authority is.

    Args:
        authority: Who issued the certificates, and signs the list.
        revoked: The certificates no longer to be trusted, or their entries in an earlier list.
        now: The present, aware.
    """
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(now - timedelta(days=1))
        .next_update(authority.certificate.not_valid_after_utc)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
            critical=False,
        )
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for certificate in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(certificate.serial_number)
            .revocation_date(now - timedelta(days=1))
            .add_extension(x509.CRLReason(x509.ReasonFlags.key_compromise), critical=False)
            .build()
        )
    return builder.sign(authority.key, hashes.SHA256(), rsa_padding=pss(hashes.SHA256()))
