"""Which finding each error is."""

import pytest

from skifteportal.auth import errors
from skifteportal.auth.cli.doctor.from_error import finding_of
from skifteportal.auth.cli.doctor.texts import said
from skifteportal.core.errors import PortalError

KNOWN = {"cvr": "30808460", "serial": "UI:DK-O:G:x", "environment": "test", "file": "a.p12"}


@pytest.mark.parametrize(
    ("alert", "finding"),
    [
        ("certificate_revoked", "revoked"),
        ("certificate_expired", "expired_there"),
        ("unknown_ca", "issuer_unknown"),
        ("certificate_required", "certificate_lost"),
        ("bad_certificate", "certificate_lost_or_bad"),
        ("certificate_unknown", "refused_without_reason"),
        ("access_denied", "certificate_refused"),
        (None, "certificate_refused"),
    ],
)
def test_alerts(alert, finding):
    error = errors.CertificateRefused("no", endpoint="https://sysauth.example/x", alert=alert)
    found = finding_of(error, KNOWN)
    assert found.id == finding
    assert found.facts["host"] == "sysauth.example"
    assert said(found, "en").what
    assert said(found, "da").todo


def test_what_is_not_known_is_told_as_it_is():
    found = finding_of(PortalError("strange"), KNOWN)
    assert (found.id, found.detail, found.outcome) == ("other", "strange", "failed")


@pytest.mark.parametrize("kind", [errors.CertificateExpired, errors.CertificateNotYetValid])
def test_without_a_date(kind):
    assert "date" not in finding_of(kind("x"), KNOWN).facts
