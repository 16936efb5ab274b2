"""Start a sandbox, run an example program against it as a user would, stop. Exit code: the program's."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from skifteportal.sandbox import Sandbox


def main(program: Path) -> int:
    """Run one program; its arguments are the env file and a PDF."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox.start(folder=Path(folder) / "portal") as sandbox,
    ):
        pdf = sandbox.env_file.parent / "faktura.pdf"
        return subprocess.run(
            [sys.executable, program, sandbox.env_file, pdf], check=False, timeout=120
        ).returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
