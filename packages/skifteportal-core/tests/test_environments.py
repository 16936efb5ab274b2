import ssl

import attrs
import pytest
import trustme

from skifteportal.core import PRODUCTION, TEST, ConfigurationError, Environment


def test_the_guides_hosts():
    assert TEST.token_endpoint == (
        "https://sysauth.test-minskiftesag.net/realms/sts/protocol/openid-connect/token"
    )
    assert TEST.exchange_endpoint == "https://auth.test-minskiftesag.net/token"
    assert TEST.api_url == "https://api.test-minskiftesag.net"
    assert PRODUCTION.token_endpoint == (
        "https://sysauth.domstol.dk/realms/sts/protocol/openid-connect/token"
    )
    assert PRODUCTION.exchange_endpoint == "https://auth.domstol.dk/token"
    assert PRODUCTION.api_url == "https://api.domstol.dk"
    assert PRODUCTION.assertion_audience == "https://sysauth.domstol.dk"
    assert (TEST.certificates, PRODUCTION.certificates) == ("test", "production")


@pytest.mark.parametrize(
    "url",
    [
        "http://api.domstol.dk",
        "api.domstol.dk",
        "https://",
        "https://host:port",
        "https://[::1",
        "",
        "ftp://api.domstol.dk",
    ],
)
def test_only_https_with_a_host_will_do(url):
    with pytest.raises(
        ConfigurationError, match="api_url of the environment 'test' must be an https"
    ):
        attrs.evolve(TEST, api_url=url)


@pytest.mark.parametrize(
    "url", ["https://a.dk?b=c", "https://a.dk/#b", "https://user@a.dk", "https://u:p@a.dk"]
)
def test_addresses_are_base_addresses(url):
    with pytest.raises(ConfigurationError, match="without user name"):
        attrs.evolve(TEST, auth_url=url)


def test_a_slash_at_the_end_makes_no_difference():
    assert attrs.evolve(TEST, api_url="https://a.dk/api//").api_url == "https://a.dk/api"


@pytest.fixture
def ca(tmp_path):
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return authority


def write_env(folder, **settings):
    lines = {
        "AUTH_URL": "https://localhost:1",
        "EXCHANGE_URL": "https://localhost:2",
        "API_URL": "https://localhost:3",
    } | settings
    (folder / ".env").write_text("\n".join(f"{key}={value}" for key, value in lines.items()))
    return folder / ".env"


def test_an_environment_from_an_env_file(tmp_path, ca):
    found = Environment.from_env_file(write_env(tmp_path, AUTH_CA="ca.pem"))
    assert found == Environment(
        name="custom",
        auth_url="https://localhost:1",
        exchange_url="https://localhost:2",
        api_url="https://localhost:3",
        ca_file=tmp_path / "ca.pem",
    )
    assert found.certificates is None
    assert Environment.from_env_file(str(write_env(tmp_path)), name="mine").name == "mine"


def test_without_a_ca_file_the_systems_roots_are_trusted(tmp_path):
    found = Environment.from_env_file(write_env(tmp_path))
    assert found.ca_file is None
    assert found.ssl_context() is TEST.ssl_context()


def test_missing_keys_are_named(tmp_path):
    with pytest.raises(ConfigurationError, match="lacks EXCHANGE_URL, API_URL"):
        Environment.from_env_file(write_env(tmp_path, EXCHANGE_URL="", API_URL=""))


def test_the_context_checks_certificates_and_host_names_and_is_made_once(tmp_path, ca):
    environment = attrs.evolve(TEST, ca_file=str(tmp_path / "ca.pem"))
    context = environment.ssl_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert len(context.get_ca_certs()) == 1
    assert environment.ssl_context() is context


def test_a_ca_file_that_was_replaced_is_read_again(tmp_path, ca):
    environment = attrs.evolve(TEST, ca_file=tmp_path / "ca.pem")
    before = environment.ssl_context()
    trustme.CA(organization_name="another").cert_pem.write_to_path(tmp_path / "ca.pem")
    assert environment.ssl_context().get_ca_certs() != before.get_ca_certs()


def test_a_ca_file_that_is_missing_or_none_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="can't be read: No such file"):
        attrs.evolve(TEST, ca_file=tmp_path / "none.pem").ssl_context()
    (tmp_path / "text.pem").write_text("hello")
    with pytest.raises(ConfigurationError, match="holds no PEM certificate"):
        attrs.evolve(TEST, ca_file=tmp_path / "text.pem").ssl_context()


@pytest.mark.parametrize("url", [None, 5, b"https://sysauth.example"])
def test_an_address_is_a_text(url):
    with pytest.raises(ConfigurationError, match=r"auth_url .* must be an https:// address"):
        attrs.evolve(TEST, auth_url=url)
