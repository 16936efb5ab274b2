"""Start a sandbox, run example programs against it as a user would, stop. Exit code: that of the first that fails."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from skifteportal.sandbox import Sandbox


def main(programs: list[Path]) -> int:
    """Run programs, one after the other; their arguments are the env file and a PDF."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox.start(folder=Path(folder) / "portal") as sandbox,
    ):
        pdf = sandbox.env_file.parent / "faktura.pdf"
        for program in programs:
            command = [sys.executable, program, sandbox.env_file, pdf]
            code = subprocess.run(command, check=False, timeout=120).returncode
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(program) for program in sys.argv[1:]]))
