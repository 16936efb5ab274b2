import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from skifteportal.sandbox.certificates import make_certificates

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture(scope="module")
def made():
    return make_certificates(now=NOW, password="password-of-a-test")


def test_all_files_are_made_and_the_first_runs_out_in_more_than_two_years(made):
    assert len(made.files) == 18
    assert made.valid_until - NOW == timedelta(days=800)


def test_the_servers_file_is_one_that_tls_takes(made, tmp_path):
    (tmp_path / "server.pem").write_bytes(made.files["server.pem"])
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(tmp_path / "server.pem")


def test_the_tokens_key_is_rsa(made):
    assert load_pem_private_key(made.files["token-key.pem"], None).key_size == 2048


def test_nothing_is_shown(made):
    assert "PRIVATE" not in repr(made)
