"""A million claims dumped to a file and loaded again, by the commands: ``python benchmarks/sandbox_dump.py [claims]``.

The sandbox runs in a process of its own for each of the two, so that each has a peak of its own; the commands run beside it.
What the claims themselves take in the sandbox's memory is printed too: it is in both peaks. Target: at most 1.5 GB.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from skifteportal.sandbox import Sandbox

CLAIMS = 1_000_000
MOST_BYTES = 1_500_000_000
COMMAND = (sys.executable, "-c", "from skifteportal.sandbox.cli import main; main()")


def peak():
    """Return the most memory that this process had, bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def timed(name, run):
    started = time.perf_counter()
    run()
    took = time.perf_counter() - started
    print(f"{name:30} {took:7.1f} s   sandbox at most {peak() / 1e6:7,.0f} MB", flush=True)


def command(folder, name, file):
    arguments = [*COMMAND, name, str(file), "--folder", str(folder)]
    timed(name, lambda: subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL))


def run(claims, file, *, dump):
    """Dump, or load, in this process' sandbox; return whether the memory kept to the target."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Sandbox.start(folder=Path(folder) / "sandbox") as sandbox,
    ):
        if dump:
            timed("claims made up", lambda: sandbox.control.seed(claims=claims))
            command(sandbox.folder, "dump", file)
            print(f"{'':30} the file                        {file.stat().st_size / 1e6:7,.0f} MB")
        else:
            command(sandbox.folder, "load", file)
            with sandbox.portal.transaction() as world:
                assert len(world.store.registrations) == claims
    return peak() <= MOST_BYTES


def main(claims):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dump.json"
        ends = [
            subprocess.run(
                [sys.executable, __file__, str(claims), str(file), step], check=False
            ).returncode
            for step in ("dump", "load")
        ]
    print(f"target: at most {MOST_BYTES / 1e6:,.0f} MB in the sandbox")
    return max(ends)


if __name__ == "__main__":
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    if len(sys.argv) > 2:  # one step, in a process of its own
        sys.exit(0 if run(number, Path(sys.argv[2]), dump=sys.argv[3] == "dump") else 1)
    sys.exit(main(number))
