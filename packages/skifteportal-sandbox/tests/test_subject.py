import pytest
from cryptography import x509

from skifteportal.sandbox.subject import company_of, serial_number_of


class Certificate:
    def __init__(self, *parts):
        self.subject = x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


ORGANISATION = x509.NameOID.ORGANIZATION_IDENTIFIER


@pytest.mark.parametrize(
    ("value", "company"),
    [
        ("NTRDK-11111111", "11111111"),
        ("NTRDK-1111111", None),
        ("NTRDK-1111111x", None),
        ("NTRSE-11111111", None),
        ("11111111", None),
    ],
)
def test_the_company_is_the_cvr_number_in_the_organisation_identifier(value, company):
    assert company_of(Certificate((ORGANISATION, value))) == company


def test_a_second_identifier_is_looked_at_too():
    assert (
        company_of(Certificate((ORGANISATION, "x"), (ORGANISATION, "NTRDK-11111111"))) == "11111111"
    )
    assert company_of(Certificate()) is None


def test_the_serial_number_is_the_subjects_not_the_certificates():
    assert (
        serial_number_of(Certificate((x509.NameOID.SERIAL_NUMBER, "UI:DK-O:G:1"))) == "UI:DK-O:G:1"
    )
    assert serial_number_of(Certificate()) == ""
