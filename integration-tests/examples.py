"""The programs that the documentation and the READMEs show: which there are, and what each must stand.

A program runs as a reader runs it: in a folder that a sandbox has written its own folder to, with the env file and a PDF
as its arguments, and with warnings as errors. It must end well and print something. Mypy looks at all of them at once
(``python integration-tests/examples.py``, part of ``nox -s types``), and pyright with everything else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from skifteportal.core import read_env_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE / "tests/support"))

from type_checkers import mypy  # noqa: E402

__all__ = ["CLIENTS_OWN", "OTHERS", "ExampleFailedError", "is_async", "run", "type_errors"]

CLIENTS_OWN = tuple(sorted(HOUSE.glob("specs/*/example*.py")))
OTHERS = tuple(sorted(HOUSE.glob("docs/examples/*.py")))
SECONDS = 120  # most take one or two


class ExampleFailedError(Exception):
    """A program does not stand what a reader does with it."""


def is_async(program: Path) -> bool:
    """Whether it is written for asynchronous code."""
    return program.stem.endswith("_async")


def run(program: Path, *, env_file: Path, more: Mapping[str, str] = os.environ) -> str:
    """Run a program beside the folder of a running sandbox.

    Args:
        program: The program.
        env_file: The sandbox's env file.
        more: The environment that it runs in, without what it takes of the sandbox's certificate.

    Returns:
        What it printed.

    Raises:
        ExampleFailedError: It ended with an error or a warning, printed nothing, or skipped a test.
    """
    settings = read_env_file(env_file)
    environment = {
        # Not measured: what an example walks through is walked by tests, and measuring takes as long as running it.
        **{name: value for name, value in more.items() if not name.startswith("COVERAGE")},
        "CLIENT_ID": settings["AUTH_CLIENT_ID"],
        "CLIENT_SECRET": settings["AUTH_CLIENT_SECRET"],
        "P12": str(env_file.parent / settings["AUTH_CERT"]),
        "P12_PASSWORD": settings["AUTH_CERT_PASSWORD"],
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / ".skifteportal-sandbox").symlink_to(env_file.parent)
        for certificate in env_file.parent.glob("*.p12"):
            (place / certificate.name).symlink_to(certificate)
        done = subprocess.run(
            [sys.executable, "-W", "error", program, env_file, env_file.parent / "faktura.pdf"],
            cwd=place,
            env=environment,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    last = done.stdout.strip().rpartition("\n")[2]
    if done.returncode or done.stderr:
        raise ExampleFailedError(f"{program} ended with {done.returncode}: {done.stderr or last}")
    if not last:
        raise ExampleFailedError(f"{program} printed nothing")
    if "skipped" in done.stdout:  # an example of tests
        raise ExampleFailedError(f"{program} left a test out: {last}")
    return done.stdout


def type_errors(programs: Iterable[Path]) -> list[str]:
    """Let mypy look at programs, strictly and all at once; say what it finds.

    Args:
        programs: The programs; several may have one name, so it sees copies.
    """
    with tempfile.TemporaryDirectory() as folder:
        copies: dict[str, Path] = {}
        for program in programs:
            name = f"{program.parent.name}_{program.name}".replace("-", "_")
            shutil.copy(program, Path(folder, name))
            copies[name] = program
        found = mypy(*(str(Path(folder, name)) for name in copies))
    return [f"{copies[Path(file).name]}:{line}: {text}" for (file, line), text in found.items()]


if __name__ == "__main__":
    all_of_them = (*CLIENTS_OWN, *OTHERS)
    errors = type_errors(all_of_them)
    print("\n".join(errors) or f"{len(all_of_them)} example programs, strictly typed")
    sys.exit(bool(errors))
