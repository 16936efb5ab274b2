"""Programs of this machine: whether they are there, running them for a bounded time, stopping them for certain."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

__all__ = ["NotRun", "cache", "first_line", "npm_installed", "output", "poll", "running"]

STOP_SECONDS = 15.0


class NotRun(Exception):  # noqa: N818 - it is no verdict
    """The peer can't be had on this machine: it has judged nothing."""


def cache() -> Path:
    """Return the folder, outside the repository, where downloaded peers are kept."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "skifteportal-peers"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def output(*command: str, folder: Path | None = None, seconds: float = 60) -> str:
    """Run a program and return all that it says.

    Raises:
        NotRun: It is not on this machine, fails, or takes too long.
    """
    if shutil.which(command[0]) is None:
        raise NotRun(f"{command[0]} is not on this machine.")
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        raise NotRun(f"{command[0]} did not finish within {seconds:.0f} s.") from None
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-5:])
        raise NotRun(f"{' '.join(command[:3])} failed:\n{last}")
    return done.stdout


def npm_installed(source: Path) -> Path:
    """Install the packages that a folder locks into the cache, once for each lock.

    Args:
        source: The folder with ``package.json`` and ``package-lock.json``; its name is the folder's in the cache.

    Raises:
        NotRun: npm is not on this machine, or can't fetch them.
    """
    lock = (source / "package-lock.json").read_bytes()
    folder = cache() / f"{source.name}-{hashlib.sha256(lock).hexdigest()[:12]}"
    done = folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, folder)
        command = ("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        output(*command, folder=folder, seconds=180)
        done.touch()
    return folder


def first_line(*command: str) -> str:
    """Return the first line with something in it that a program says, mostly its version."""
    said = (line.strip() for line in output(*command).splitlines())
    return next((line for line in said if line), "")


@contextmanager
def running(*command: str, log: Path) -> Generator[subprocess.Popen[bytes]]:
    """Run a server until the block ends, then stop it and all that it started.

    Args:
        command: The program and its arguments.
        log: Where all that it says is written.
    """
    with (
        log.open("wb") as said,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a group of its own, so that its children are stopped too
        ) as process,
    ):
        try:
            yield process
        except Exception:
            print(f"What {command[0]} said at the end:\n{_end(log)}", file=sys.stderr)
            raise
        finally:
            _stop(process)


def poll(
    ready: Callable[[], str | None],
    *,
    seconds: float,
    process: subprocess.Popen[bytes],
) -> str:
    """Wait until a server is ready.

    Args:
        ready: Returns what is waited for, or None while it is not there.
        seconds: How long at most.
        process: The server.

    Raises:
        RuntimeError: It ended, or was not ready in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if (found := ready()) is not None:
            return found
        time.sleep(0.1)
    what = "ended" if process.poll() is not None else f"was not ready within {seconds:.0f} s"
    raise RuntimeError(f"The server {what}.")


def _end(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


def _stop(process: subprocess.Popen[bytes]) -> None:
    for kind in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, kind)
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            break
    with suppress(ProcessLookupError):  # what outlived its parent
        os.killpg(process.pid, signal.SIGKILL)
