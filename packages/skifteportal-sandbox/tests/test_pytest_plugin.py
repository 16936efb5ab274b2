"""The plugin in a test suite of its users': as pytest loads it from its entry point, and what its fixtures give."""

from importlib.metadata import entry_points

CONFTEST = """
import pytest
from skifteportal.sandbox import Settings

@pytest.fixture(scope="session")
def skifteportal_settings():
    return Settings(created_status=200)
"""
UNUSED = """
import sys

def test_without():
    assert "skifteportal.sandbox.pytest_plugin" in sys.modules
    heavy = {"skifteportal.sandbox.portal", "skifteportal.core", "aiohttp", "cryptography"}
    assert not heavy & set(sys.modules)

def test_without_settings_of_ones_own(skifteportal_settings):
    assert skifteportal_settings is None
"""
IN_PROCESS = """
import pytest
from skifteportal.core import _http

ESTATE = "/doedsbojournaler/e25d84d3-7aec-4361-84da-93125cb83f08/krav"
KRAV = {"beloeb": 1, "endeligt": True}

@pytest.mark.parametrize("time", ["first", "second"])
def test_as_new_for_each_test(skifteportal_portal, time):
    auth, transport = skifteportal_portal.direct(), skifteportal_portal.transport
    base = skifteportal_portal.environment.api_url
    with _http.Client(transport=transport, auth=auth, base_url=base) as client:
        assert client.get(ESTATE).json() == []
        assert client.post(ESTATE, json=KRAV).status_code == 200  # as the settings say
"""
RUNNING = """
import ssl, urllib.request
import pytest

seen = []

@pytest.mark.parametrize("time", ["first", "second"])
def test_one_server_as_new_for_each_test(skifteportal_sandbox, time):
    seen.append(skifteportal_sandbox.urls["api"])
    assert len(set(seen)) == 1
    assert skifteportal_sandbox.portal.settings.created_status == 200
    trusted = ssl.create_default_context(cafile=skifteportal_sandbox.folder / "ca.pem")
    with urllib.request.urlopen(f"{seen[0]}/retskredse", context=trusted) as answer:
        assert answer.status == 200
    with skifteportal_sandbox.portal.transaction() as world:
        assert "00000000" not in world.store.companies
        world.store.companies.add("00000000")
"""


def test_pytest_finds_it_by_its_entry_point():
    [found] = entry_points(group="pytest11", name="skifteportal_sandbox")
    assert found.value == "skifteportal.sandbox.pytest_plugin"


def test_nothing_is_loaded_before_a_test_asks(pytester, monkeypatch):
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makepyfile(UNUSED)
    done = pytester.runpytest_subprocess("-q", "-p", "no:cacheprovider", "-W", "error")
    done.assert_outcomes(passed=2)


def test_one_of_each_for_the_session_as_new_for_each_test(pytester):
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_running=RUNNING, test_in_process=IN_PROCESS)
    pytester.runpytest_inprocess("-q", "-p", "no:cacheprovider").assert_outcomes(passed=4)


def test_each_of_xdists_workers_has_a_sandbox_of_its_own(pytester, monkeypatch):
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_one=RUNNING, test_two=RUNNING, test_in_process=IN_PROCESS)
    options = ("-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider")
    pytester.runpytest_subprocess(*options).assert_outcomes(passed=6)
