"""The search for leaked secrets must find them: proven by leaking on purpose."""

from pathlib import Path

import canaries
import pytest

LEAKS = {
    "a log record": "logging.getLogger('any').debug('token %s', SECRET)",
    "a log record with an exception": """
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger('any').exception('failed')
""",
    "an expected exception": """
    with pytest.raises(ValueError):
        raise ValueError(f'no such user: {SECRET}')
""",
    "the cause of an expected exception": """
    with pytest.raises(KeyError):
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            raise KeyError('other') from error
""",
    "an attribute of our exception": """
    error = ours('Error', (Exception,))('harmless')
    error.body = SECRET
    with pytest.raises(Exception):
        raise error
""",
    "the repr of our object in a traceback": """
    thing = ours('Thing', (), __repr__=lambda self: f'Thing({SECRET})')()
    with pytest.raises(ValueError):
        raise ValueError('harmless')
""",
    "a percent-encoded log record": "logging.getLogger('httpx').info('GET /?q=' + quote(SECRET))",
    "base64 in a log record": "logging.info(base64.b64encode(SECRET.encode()).decode())",
    "captured output": "print(SECRET)",
    "a warning": "warnings.warn(SECRET)",
}
HEAD = """
import base64, logging, warnings
from urllib.parse import quote
import pytest
from canaries import canary

SECRET = canary('hemmelig æøå 4711', 'the password')

def ours(name, bases, **members):
    return type(name, bases, {'__module__': 'skifteportal.made_up', **members})
"""


@pytest.fixture(autouse=True)
def _plugin_is_importable(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(canaries.__file__).parent))


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS.keys())
def test_a_deliberate_leak_fails_the_test_and_is_named_without_its_value(pytester, leak):
    pytester.makepyfile(f"{HEAD}\ndef test_leaks():\n    {leak.strip()}\n")
    result = pytester.runpytest_subprocess("-p", "canaries", "-W", "default")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    lines = [line for line in result.outlines if "LEAKED" in line]
    assert lines
    assert "the password in" in lines[0]
    assert "4711" not in lines[0]


def test_a_leaking_fixture_fails_the_test(pytester):
    pytester.makepyfile(
        f"{HEAD}\n@pytest.fixture\ndef thing():\n"
        "    return ours('Thing', (), __repr__=lambda self: SECRET)()\n"
        "def test_uses(thing):\n    pass\n"
    )
    result = pytester.runpytest_subprocess("-p", "canaries")
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*LEAKED: the password in the repr of fixture thing*"])


def test_a_test_that_keeps_its_secret_passes(pytester):
    pytester.makepyfile(
        f"{HEAD}\ndef test_keeps():\n    logging.info('token: ***')\n    assert SECRET\n"
    )
    result = pytester.runpytest_subprocess("-p", "canaries")
    assert result.ret == pytest.ExitCode.OK


def test_a_canary_too_short_to_search_for_is_refused(pytester):
    pytester.makepyfile("from canaries import canary\ncanary('abc', 'short')\n")
    result = pytester.runpytest_subprocess("-p", "canaries")
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*the canary for short has under 6 characters*"])
