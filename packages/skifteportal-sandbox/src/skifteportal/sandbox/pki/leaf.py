"""Certificates of the leaves: organisations' (OCES3-shaped) and the sandbox's own servers'."""

import ipaddress
from datetime import datetime, timedelta
from typing import Final

import attrs
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    ObjectIdentifier,
)

from skifteportal.sandbox.pki.authority import Authority, ca_usage, pss

__all__ = ["Company", "organisation_certificate", "server_certificate"]

_THREE_YEARS: Final = timedelta(days=365 * 3)
_SERVER_LIFETIME: Final = timedelta(
    days=800
)  # some TLS stacks refuse servers that live longer than 825 days
_YESTERDAY: Final = timedelta(days=1)
_POLICIES: Final = ("0.4.0.2042.1.1", "1.2.208.169.1.1.1.3.7.1")
_QC_STATEMENTS: Final = ObjectIdentifier("1.3.6.1.5.5.7.1.3")
# QCStatements { id-qcs-pkixQCSyntax-v2, semantics information { nameRegistrationAuthorities: https://uid.gov.dk } }
_QC_VALUE: Final = b'0$0"\x06\x08+\x06\x01\x05\x05\x07\x0b\x020\x160\x14\x86\x12https://uid.gov.dk'


@attrs.frozen(kw_only=True)
class Company:
    """Who an organisation certificate is issued to.

    Attributes:
        cvr: CVR number, eight digits.
        name: The company's name.
        certificate_name: The certificate's own name (CN and friendly name).
        uuid: The id in ``UI:DK-O:G:<uuid>``, which the portal knows the certificate by.
    """

    cvr: str
    name: str
    certificate_name: str
    uuid: str

    @property
    def serial_number(self) -> str:
        """The SERIALNUMBER in the certificate's subject."""
        return f"UI:DK-O:G:{self.uuid}"


def _subject(company: Company) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, company.certificate_name),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, company.serial_number),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, company.name),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRDK-{company.cvr}"),
            x509.NameAttribute(NameOID.COUNTRY_NAME, "DK"),
        ]
    )


def organisation_certificate(
    company: Company, key: rsa.RSAPublicKey, *, issuer: Authority, not_before: datetime
) -> x509.Certificate:
    """Issue a certificate in the shape of an OCES3 organisation certificate: three years, no EKU, no SAN.

    Args:
        company: Who it is for.
        key: Its public key.
        issuer: Who signs it.
        not_before: The first moment it is valid, aware.
    """
    base = "http://ca1.cti-gov.dk"
    return (
        x509.CertificateBuilder()
        .subject_name(_subject(company))
        .issuer_name(issuer.certificate.subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(not_before)
        .not_valid_after(not_before + _THREE_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
        .add_extension(
            x509.AuthorityInformationAccess(
                [
                    _access(
                        AuthorityInformationAccessOID.CA_ISSUERS,
                        f"{base}/oces/issuing/1/cacert/issuing.cer",
                    ),
                    _access(AuthorityInformationAccessOID.OCSP, f"{base}/ocsp"),
                ]
            ),
            critical=False,
        )
        .add_extension(
            x509.CertificatePolicies(
                [x509.PolicyInformation(ObjectIdentifier(oid), None) for oid in _POLICIES]
            ),
            critical=False,
        )
        .add_extension(x509.UnrecognizedExtension(_QC_STATEMENTS, _QC_VALUE), critical=False)
        .add_extension(
            x509.CRLDistributionPoints(
                [
                    x509.DistributionPoint(
                        full_name=[
                            x509.UniformResourceIdentifier(f"{base}/oces/issuing/1/crl/issuing.crl")
                        ],
                        relative_name=None,
                        reasons=None,
                        crl_issuer=None,
                    )
                ]
            ),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(ca_usage(ca=False, repudiation=True, encipherment=True), critical=True)
        .sign(issuer.key, hashes.SHA256(), rsa_padding=pss(hashes.SHA256()))
    )


def _access(method: ObjectIdentifier, url: str) -> x509.AccessDescription:
    return x509.AccessDescription(method, x509.UniformResourceIdentifier(url))


def server_certificate(
    key: ec.EllipticCurvePublicKey, *, issuer: Authority, now: datetime
) -> x509.Certificate:
    """Issue the certificate of the sandbox's three servers, for localhost, 127.0.0.1 and ::1.

    Args:
        key: Its public key.
        issuer: Who signs it: the root, so that a client needs no chain.
        now: The present, aware.
    """
    names: list[x509.GeneralName] = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        x509.IPAddress(ipaddress.ip_address("::1")),
    ]
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "skifteportal-sandbox")]))
        .issuer_name(issuer.certificate.subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _YESTERDAY)
        .not_valid_after(now + _SERVER_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(ca_usage(ca=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(issuer.key, hashes.SHA256(), rsa_padding=pss(hashes.SHA256()))
    )
