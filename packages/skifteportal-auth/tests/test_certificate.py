"""The certificate as its user sees it."""

import copy
import os
import pickle
import ssl
import threading
import warnings
from datetime import UTC, datetime, timedelta

import oces
import pytest
from canaries import canary
from cryptography import x509

from skifteportal.auth import (
    Certificate,
    CertificateExpired,
    CertificateExpiresSoon,
    CertificateNotYetValid,
    NotACertificateFile,
    WrongEnvironment,
    WrongKindOfCertificate,
)
from skifteportal.core.environments import PRODUCTION, TEST
from skifteportal.core.errors import ConfigurationError

PASSWORD = canary("jordbærgrød-Æ11", "a .p12 password")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def small(kind="test", **told):
    issued = oces.authority(kind).issue(key=oces.ec_key("leaf"), **told)
    return Certificate.from_p12(issued.p12(), password="")


@pytest.fixture(scope="module")
def dated():
    return small(not_before=NOON, not_after=NOON + timedelta(days=100))


@pytest.fixture
def ca_file(tmp_path):
    return oces.server_certificate(tmp_path)[0]


def test_what_it_tells(certificate, issued, p12):
    assert certificate.cvr == "30808460"
    assert certificate.subject_serial_number == "UI:DK-O:G:46e74e1d-3b04-4d1e-9c52-0d6b8a7a1c11"
    assert certificate.subject_name == "API-anvender S"
    assert certificate.organization == "Kreditor A/S"
    assert certificate.environment == "test"
    assert certificate.not_before == issued.leaf.not_valid_before_utc
    assert certificate.not_after == issued.leaf.not_valid_after_utc
    assert certificate.chain == (issued.leaf, *issued.above)
    assert certificate.source == str(p12)


def test_an_rsa_3072_certificate_signed_with_pss_as_the_real_ones_are():
    issued = oces.authority().issue(key=oces.key_of("large leaf", 3072))
    certificate = Certificate.from_p12(issued.p12(PASSWORD), password=PASSWORD)
    assert certificate.source == "the given bytes"
    assert certificate.chain[0].public_key().key_size == 3072
    oid = certificate.chain[0].signature_algorithm_oid
    assert oid == x509.oid.SignatureAlgorithmOID.RSASSA_PSS


def test_wrong_files_and_certificates_are_refused():
    with pytest.raises(NotACertificateFile):
        Certificate.from_p12(b"<html>", password="")
    with pytest.raises(WrongKindOfCertificate):
        small(serial_number="UI:DK-E:G:1")


def test_repr_shows_what_is_no_secret(certificate):
    assert repr(certificate) == (
        f"<Certificate cvr=30808460 test not_after={certificate.not_after:%Y-%m-%d}>"
    )
    assert "unknown issuer" in repr(small("unknown"))


@pytest.mark.parametrize("duplicate", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_can_not_be_pickled_or_copied(certificate, duplicate):
    with pytest.raises(TypeError, match="holds the private key"):
        duplicate(certificate)


@pytest.mark.parametrize("moment", [NOON, NOON + timedelta(days=50), NOON + timedelta(days=100)])
def test_it_is_good_from_its_first_moment_to_its_last(dated, moment):
    dated.check(now=moment)


def test_expired(dated):
    with pytest.raises(CertificateExpired, match="expired on 2026-08-09 12:00 UTC") as caught:
        dated.check(now=NOON + timedelta(days=100, seconds=1))
    assert caught.value.not_after == dated.not_after
    assert "Order a new one in MitID Erhverv" in str(caught.value)


def test_not_yet_valid(dated):
    with pytest.raises(CertificateNotYetValid) as caught:
        dated.check(now=NOON - timedelta(minutes=1))
    assert caught.value.not_before == dated.not_before
    assert (
        "is valid from 2026-05-01 12:00 UTC, and this machine's clock says 2026-05-01 11:59 UTC"
        in str(caught.value)
    )


def test_the_present_is_what_counts_unless_told(certificate):
    certificate.check()
    old = small(
        not_before=datetime(2001, 1, 1, tzinfo=UTC), not_after=datetime(2001, 1, 2, tzinfo=UTC)
    )
    with pytest.raises(CertificateExpired):
        old.check()


@pytest.mark.parametrize(
    ("kind", "environment"),
    [("test", TEST), ("production", PRODUCTION), ("unknown", TEST), ("unknown", PRODUCTION)],
)
def test_its_own_environment_takes_it(kind, environment):
    small(kind).check(environment)


def test_an_environment_that_does_not_say_takes_any(environment):
    small("test").check(environment)
    small("production").check(environment)


@pytest.mark.parametrize(("kind", "other"), [("test", PRODUCTION), ("production", TEST)])
def test_the_other_environment_is_refused_before_anything_is_sent(kind, other):
    with pytest.raises(WrongEnvironment) as caught:
        small(kind).check(other)
    assert f"is a {kind} certificate, and {other.name} ({other.auth_url})" in str(caught.value)


@pytest.mark.parametrize(("days", "left"), [(0, 100), (100, 0), (101, -1)])
def test_days_left(dated, days, left):
    assert dated.days_left(now=NOON + timedelta(days=days)) == left


def test_days_left_from_now(certificate):
    assert certificate.days_left() == 3 * 365 - 1


def test_it_warns_from_30_days_before_it_expires(dated):
    with pytest.warns(CertificateExpiresSoon, match="expires on 2026-08-09, in 30 days") as caught:
        dated.warn_if_expiring(now=NOON + timedelta(days=70))
    assert caught[0].filename == __file__


def test_it_does_not_warn_before(dated, certificate):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        dated.warn_if_expiring(now=NOON + timedelta(days=69, hours=23))
        certificate.warn_if_expiring()


def test_the_context_checks_the_server_with_tls_1_2_at_least(certificate):
    context = certificate.ssl_context()
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs()


def test_the_context_is_made_once_for_each_ca_file(certificate, ca_file):
    context = certificate.ssl_context(ca_file=ca_file)
    assert certificate.ssl_context(ca_file=str(ca_file)) is context
    assert certificate.ssl_context() is not context
    assert len(context.get_ca_certs()) == 1


def test_many_threads_get_the_one_context(certificate, ca_file):
    found = []
    threads = [
        threading.Thread(target=lambda: found.append(certificate.ssl_context(ca_file=ca_file)))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1


def test_a_replaced_ca_file_is_read_again(certificate, ca_file):
    before = certificate.ssl_context(ca_file=ca_file)
    os.utime(ca_file, ns=(1, 1))
    assert certificate.ssl_context(ca_file=ca_file) is not before


def test_a_missing_ca_file_is_named(certificate, tmp_path):
    with pytest.raises(ConfigurationError, match=r"none\.pem can't be read: No such file"):
        certificate.ssl_context(ca_file=tmp_path / "none.pem")


def test_a_ca_file_without_a_certificate_is_named(certificate, tmp_path):
    (tmp_path / "empty.pem").write_text("nothing\n")
    with pytest.raises(ConfigurationError, match=r"empty\.pem holds no PEM certificate"):
        certificate.ssl_context(ca_file=tmp_path / "empty.pem")


def test_a_ca_file_that_vanishes_or_may_not_be_read_is_named(certificate, tmp_path):
    with pytest.raises(ConfigurationError, match="can't be read: "):
        certificate.ssl_context(ca_file=tmp_path)  # a folder: it is there, but can't be opened
