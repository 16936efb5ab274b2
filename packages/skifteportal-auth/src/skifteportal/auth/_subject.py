"""Who a certificate is issued to, read from an OCES3 name; everything else is refused by name.

The layout was read from real certificates: CN, serialNumber ``UI:DK-O:G:<uuid>``, O,
organizationIdentifier ``NTRDK-<cvr>``, C, one attribute each.
"""

import re
from typing import Literal

import attrs
from cryptography import x509
from cryptography.x509.oid import NameOID

from skifteportal.auth.errors import WrongKindOfCertificate

__all__ = ["Subject", "issued_for", "read_subject"]

_CVR = re.compile(r"NTRDK-(\d{8})")
_OCES2 = re.compile(r"CVR:\d{8}-[FUR]ID:|PID:\d{4}-")
_NEEDED = (
    "The portal asks for an OCES3 organisation certificate of your own company, from MitID Erhverv "
    "(guide 2.5)."
)


@attrs.frozen
class Subject:
    """The holder of an OCES3 organisation certificate.

    Attributes:
        cvr: The company's CVR number, 8 digits.
        serial_number: The subject's SERIALNUMBER, ``UI:DK-O:G:<uuid>``; not the certificate's.
        name: The certificate's own name (CN), chosen when it was ordered.
        organization: The company's name (O).
    """

    cvr: str
    serial_number: str
    name: str
    organization: str


def read_subject(certificate: x509.Certificate, *, source: str) -> Subject:
    """Read the holder.

    Raises:
        WrongKindOfCertificate: It is an OCES2 certificate, an employee's or a person's, or not
            OCES at all.
    """
    serial_number = _first(certificate.subject, NameOID.SERIAL_NUMBER)
    cvr = _CVR.fullmatch(_first(certificate.subject, NameOID.ORGANIZATION_IDENTIFIER))
    if problem := _problem(certificate, serial_number, has_cvr=cvr is not None):
        raise WrongKindOfCertificate(
            f"The certificate in {source} {problem}. {_NEEDED}", source=source
        )
    return Subject(
        cvr=cvr[1] if cvr else "",
        serial_number=serial_number,
        name=_first(certificate.subject, NameOID.COMMON_NAME),
        organization=_first(certificate.subject, NameOID.ORGANIZATION_NAME),
    )


def issued_for(certificate: x509.Certificate) -> Literal["test", "production"] | None:
    """Which of the portal's environments the issuer serves; None for an issuer we don't know.

    The test issuers carry ``OU=Test - cti``; the production ones have the same names without it.
    """
    unit = _first(certificate.issuer, NameOID.ORGANIZATIONAL_UNIT_NAME)
    if unit.startswith("Test"):
        return "test"
    name = _first(certificate.issuer, NameOID.COMMON_NAME)
    if name.startswith("Den Danske Stat OCES") and not unit:
        return "production"
    return None


def _problem(certificate: x509.Certificate, serial_number: str, *, has_cvr: bool) -> str | None:
    issuer = certificate.issuer.rfc4514_string()
    if _OCES2.match(serial_number) or "TRUST2408" in issuer:
        return "is an OCES2 certificate (NemID), which is out of use"
    if serial_number.startswith("UI:DK-E:"):
        return "is an employee's certificate (MOCES), not the organisation's"
    if serial_number.startswith("UI:DK-P:"):
        return "is a person's certificate, not an organisation's"
    if not has_cvr or not serial_number:
        return (
            "has no CVR number (organizationIdentifier NTRDK-…) or no SERIALNUMBER in its subject, "
            "so it is no OCES3 certificate"
        )
    return None


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    attributes = name.get_attributes_for_oid(oid)
    return str(attributes[0].value) if attributes else ""
