"""Every package's example, and every program in the documentation, runs against one sandbox as a user runs it."""

from __future__ import annotations

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


@pytest.mark.parametrize("program", [*EXAMPLES, *PROGRAMS], ids=lambda p: str(p.relative_to(ROOT)))
def test_an_example_runs_and_says_what_it_did(program, sandbox):
    pdf = sandbox.folder / "faktura.pdf"
    done = subprocess.run(
        [sys.executable, "-W", "error", program, sandbox.env_file, pdf],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()
