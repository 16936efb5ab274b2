"""Who a certificate is issued to."""

import oces
import pytest
from cryptography.x509.oid import NameOID

from skifteportal.auth import WrongKindOfCertificate
from skifteportal.auth._subject import Subject, issued_for, read_subject


def issue(kind="test", **told):
    return oces.authority(kind).issue(key=oces.ec_key("leaf"), **told).leaf


def refused(certificate):
    with pytest.raises(WrongKindOfCertificate) as caught:
        read_subject(certificate, source="x.p12")
    assert "OCES3 organisation certificate of your own company" in str(caught.value)
    return str(caught.value)


def test_an_oces3_organisation_certificate_is_read():
    certificate = issue(
        cvr="30808460",
        common_name="Skifte 1",
        organization="Ærø Inkasso ApS",
        serial_number="UI:DK-O:G:1",
    )
    assert read_subject(certificate, source="x.p12") == Subject(
        "30808460", "UI:DK-O:G:1", "Skifte 1", "Ærø Inkasso ApS"
    )


@pytest.mark.parametrize("number", ["UI:DK-E:G:1", "UI:DK-E:C:1"])
def test_an_employee_s_certificate_is_refused(number):
    assert "is an employee's certificate (MOCES)" in refused(issue(serial_number=number))


def test_a_person_s_certificate_is_refused():
    assert "is a person's certificate" in refused(issue(serial_number="UI:DK-P:G:1"))


@pytest.mark.parametrize(
    "number",
    ["CVR:30808460-FID:1", "CVR:30808460-UID:1", "CVR:30808460-RID:1", "PID:9208-2002-2-1"],
)
def test_an_oces2_certificate_is_refused_by_its_number(number):
    subject = oces.name(
        (NameOID.COMMON_NAME, "Funktion"),
        (NameOID.SERIAL_NUMBER, number),
        (NameOID.ORGANIZATION_NAME, "Kreditor A/S // CVR:30808460"),
        (NameOID.COUNTRY_NAME, "DK"),
    )
    assert "is an OCES2 certificate (NemID), which is out of use" in refused(issue(subject=subject))


def test_an_oces2_certificate_is_refused_by_its_issuer():
    key = oces.ec_key("leaf")
    certificate = oces.sign(
        oces.name((NameOID.COMMON_NAME, "Kreditor")),
        key,
        issuer=oces.name((NameOID.COMMON_NAME, "TRUST2408 OCES CA III")),
        by=key,
    )
    assert "is an OCES2 certificate" in refused(certificate)


@pytest.mark.parametrize(
    "attributes",
    [
        [(NameOID.COMMON_NAME, "example.dk")],
        [(NameOID.ORGANIZATION_IDENTIFIER, "NTRDK-30808460")],
        [(NameOID.SERIAL_NUMBER, "UI:DK-O:G:1"), (NameOID.ORGANIZATION_IDENTIFIER, "NTRSE-556000")],
    ],
    ids=["a web server's", "no SERIALNUMBER", "a Swedish company's"],
)
def test_what_is_no_oces3_certificate_is_refused(attributes):
    text = refused(issue(subject=oces.name(*attributes)))
    assert "has no CVR number (organizationIdentifier NTRDK-…) or no SERIALNUMBER" in text


@pytest.mark.parametrize(
    ("kind", "environment"), [("test", "test"), ("production", "production"), ("unknown", None)]
)
def test_the_issuer_tells_the_environment(kind, environment):
    assert issued_for(issue(kind)) == environment
