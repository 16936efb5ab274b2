import pytest
from canaries import canary

from skifteportal.core import ConfigurationError, _http
from skifteportal.core.connections import Connections
from skifteportal.core.proxies import check_proxy, proxy_in_use, proxy_settings_problem, unusable

PASSWORD = canary("hemmelig-proxy-4711", "the proxy's password")
URL = "https://api.example/krav"
WRONG = {
    "": "is empty",
    "proxy.example:8080": "must begin with http://",
    f"bruger:{PASSWORD}@proxy.example:8080": "must begin with http://",
    f"ftp://bruger:{PASSWORD}@proxy.example": "must begin with http://",
    f"//bruger:{PASSWORD}@proxy.example": "must begin with http://",
    f"http:/bruger:{PASSWORD}@proxy.example": "names no host",
    f"http://bruger:{PASSWORD}@proxy.example:99999": "is no address",
    f"http://bruger:{PASSWORD}@[proxy": "is no address",
    f"http://bruger:{PASSWORD} @proxy.example": "holds a space",
    f"socks5://bruger:{PASSWORD}@proxy.example": "pip install socksio",
}
RIGHT = [
    None,
    "http://proxy.example:8080",
    "https://proxy.example",
    f"http://bruger:{PASSWORD}@proxy.example:8080",
    "http://bruger:blåbær@[::1]:8080",
]


@pytest.fixture
def variables(monkeypatch):
    """Set the proxy variables, and no others."""

    def variables(**values):
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.lower(), raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return variables


@pytest.mark.parametrize("proxy", RIGHT)
def test_a_proxy(proxy):
    check_proxy(proxy)


@pytest.mark.parametrize(("proxy", "said"), WRONG.items())
def test_what_can_be_none_is_refused_without_its_address(proxy, said):
    with pytest.raises(ConfigurationError, match=f"^proxy .*{said}"):
        check_proxy(proxy)


def test_it_is_a_text():
    with pytest.raises(ConfigurationError, match="must be a str"):
        check_proxy(_http.URL("http://proxy.example"))


def test_socks_with_its_package(monkeypatch):
    monkeypatch.setattr("skifteportal.core.proxies.find_spec", lambda name: name == "socksio")
    check_proxy("socks5h://proxy.example:1080")


def test_the_variables_are_fine(variables):
    variables()
    assert proxy_settings_problem() is None
    variables(HTTPS_PROXY="proxy.example:8080", all_proxy="http://proxy.example")
    assert proxy_settings_problem() is None


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_what_is_wrong_with_a_variable(variables, name):
    variables(**{name: f"ftp://bruger:{PASSWORD}@proxy.example"})
    assert proxy_settings_problem().startswith(f"{name} must begin with http://")
    assert unusable("ValueError") == f"{proxy_settings_problem()}."


def test_the_systems_own_setting(variables, monkeypatch):
    variables()
    monkeypatch.setattr(
        "skifteportal.core.proxies.getproxies", lambda: {"https": "socks5://proxy.example"}
    )
    assert proxy_settings_problem().startswith("The system's proxy setting is a SOCKS proxy")


def test_which_proxy_is_in_use(variables):
    variables()
    assert proxy_in_use(URL) is None
    assert proxy_in_use(URL, "http://proxy.example") == "proxy="
    variables(HTTP_PROXY="http://proxy.example")
    assert proxy_in_use(URL) is None
    variables(ALL_PROXY="http://proxy.example")
    assert proxy_in_use(URL) == "ALL_PROXY"
    variables(HTTPS_PROXY="http://proxy.example", NO_PROXY="api.example")
    assert proxy_in_use(URL) is None
    assert proxy_in_use("https://sysauth.example") == "HTTPS_PROXY"


@pytest.mark.parametrize(("proxy", "said"), WRONG.items())
def test_a_client_refuses_a_proxy_that_can_be_none(world, proxy, said):
    with pytest.raises(ConfigurationError, match=said) as caught:
        world.client(transport=None, proxy=proxy)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", ["socks5://{}", "ftp://{}"])
def test_a_client_refuses_a_variable_that_can_be_none(world, variables, value):
    variables(HTTPS_PROXY=value.format(f"bruger:{PASSWORD}@proxy.example"))
    with pytest.raises(ConfigurationError, match=r"^HTTPS_PROXY ") as caught:
        world.client(transport=None)
    assert caught.value.__context__ is None


@pytest.mark.parametrize("kind", [AttributeError, TypeError, ValueError, _http.InvalidURL])
def test_other_settings_that_can_not_be_used(variables, kind):
    def make(**arguments):
        raise kind(PASSWORD)

    variables()
    for arguments in ({}, {"proxy": "http://proxy.example"}):
        with pytest.raises(
            ConfigurationError, match=rf"these settings \({kind.__name__}\)"
        ) as caught:
            Connections(make, arguments, None)
        assert caught.value.__context__ is None


def test_limits_are_limits(world):
    with pytest.raises(ConfigurationError, match=r"these settings \(AttributeError\)"):
        world.client(transport=None, limits=5)
