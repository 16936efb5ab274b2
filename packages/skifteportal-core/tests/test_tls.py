"""The contexts that we call with."""

import logging
import ssl

import pytest
import trustme

from skifteportal.core import tls
from skifteportal.core.tls import trusting


@pytest.fixture
def roots(tmp_path):
    trustme.CA().cert_pem.write_to_path(tmp_path / "ca.pem")
    return tmp_path / "ca.pem"


def test_it_checks_certificates_strictly_and_host_names(roots):
    context = trusting(roots)
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_flags & ssl.VERIFY_X509_STRICT
    assert len(context.get_ca_certs()) == 1


def test_it_is_no_laxer_than_pythons_own(roots):
    ours, pythons = trusting(roots), ssl.create_default_context(cafile=str(roots))
    assert ours.verify_flags & pythons.verify_flags == pythons.verify_flags
    assert ours.options & pythons.options == pythons.options
    assert ours.get_ciphers() == pythons.get_ciphers()


def test_without_a_file_the_systems_roots_are_trusted():
    pythons = ssl.create_default_context()
    assert trusting(None).cert_store_stats() == pythons.cert_store_stats()


def test_session_keys_are_never_written_to_disk(roots, tmp_path, monkeypatch, caplog):
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    tls._warn_of_key_log.cache_clear()
    caplog.set_level(logging.WARNING, "skifteportal")
    assert trusting(roots).keylog_filename is None
    assert trusting(None).keylog_filename is None
    assert not (tmp_path / "keys").exists()
    (record,) = caplog.records
    assert "SSLKEYLOGFILE is set and not honoured" in record.getMessage()
