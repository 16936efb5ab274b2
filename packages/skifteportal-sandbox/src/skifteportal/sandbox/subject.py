"""What an organisation certificate's subject says: the company's CVR number, and the SERIALNUMBER that profiles go by."""

from typing import Final

from cryptography import x509
from cryptography.x509.oid import NameOID

__all__ = ["company_of", "serial_number_of"]

_SCHEME: Final = "NTRDK-"
_CVR_DIGITS: Final = 8


def company_of(certificate: x509.Certificate) -> str | None:
    """Return the CVR number that a certificate's organizationIdentifier names, or None."""
    for attribute in certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_IDENTIFIER):
        value = str(attribute.value)
        cvr = value.removeprefix(_SCHEME)
        if (
            value.startswith(_SCHEME)
            and len(cvr) == _CVR_DIGITS
            and cvr.isascii()
            and cvr.isdigit()
        ):
            return cvr
    return None


def serial_number_of(certificate: x509.Certificate) -> str:
    """Return the SERIALNUMBER in a certificate's subject (guide 3.2.1, figure 7); empty where there is none."""
    found = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    return str(found[0].value) if found else ""
