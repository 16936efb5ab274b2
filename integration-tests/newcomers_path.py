"""The newcomer's path: what the quick start says, and nothing else, from an empty folder to a filed claim.

Usage: ``newcomers_path.py DIST WHEELHOUSE``: DIST holds the wheels of our packages, WHEELHOUSE those of everything that
they depend on. The commands, the program and the words that it prints are read off ``docs/en/quickstart.md``; pip takes
wheels from the two folders instead of an index, which is the only difference from what a reader does once the packages
are published. What the page says for the time before that is tried too. Run it with ``nox -s packages``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

HOUSE = Path(__file__).parents[1]
sys.path.insert(0, str(HOUSE / "tests/support"))

from page_code import Block, code_of  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

PAGE = HOUSE / "docs/en/quickstart.md"
SYSTEM = "Linux, macOS"
FIRST, SECOND, UNPUBLISHED = "first terminal", "second terminal", "instead of the second command"
RUNS = "Stop with Ctrl-C."  # the last line that the sandbox prints when it is ready
FREE_PORTS = " --port-sysauth 0 --port-auth 0 --port-api 0 --port-control 0"
MOST_COMMANDS = 8
SECONDS = 300  # for one terminal; half a minute is usual


class Reader:
    """Somebody who reads the page, in a folder.

    Args:
        blocks: The page's blocks of code.
        folder: The folder, which the page calls empty.
        environment: The environment of their shell.
    """

    def __init__(
        self, blocks: Sequence[Block], folder: Path, environment: Mapping[str, str]
    ) -> None:
        self._blocks = blocks
        self._folder = folder
        self._environment = environment
        self.commands = self.lines(FIRST) + self.lines(SECOND)

    def lines(self, title: str) -> list[str]:
        """The commands under a title, for this system."""
        return [
            line
            for block in self._blocks
            if block.title == title and block.tab == SYSTEM
            for line in block.text.splitlines()
        ]

    def open(self, commands: Sequence[str]) -> subprocess.Popen[str]:
        """Open a terminal and type commands, until one fails."""
        return subprocess.Popen(
            ["sh", "-e", "-c", "\n".join(commands)],
            cwd=self._folder,
            env=self._environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def run(self, commands: Sequence[str]) -> str:
        """Type commands and wait for their end; what they print."""
        terminal = self.open(commands)
        said, _ = terminal.communicate(timeout=SECONDS)
        if terminal.returncode:
            raise SystemExit(f"{commands[-1]} failed ({terminal.returncode}):\n{said}")
        return said

    def programs(self) -> Mapping[str, str]:
        """The programs that the page says to save, by the tab that they stand in."""
        return {block.tab: block.text for block in self._blocks if block.title == "claim.py"}

    def save(self, text: str) -> None:
        """Save one of them."""
        (self._folder / "claim.py").write_text(text, "utf-8")

    def promised(self) -> str:
        """What the page says that the program prints."""
        (words,) = (block.text for block in self._blocks if block.language == "text")
        return words.strip()


def file_a_claim(reader: Reader) -> None:
    """Do what the page says; print how long it took."""
    start = time.monotonic()
    with ExitStack() as ends:
        try:
            ends.enter_context(running(reader, reader.lines(FIRST)))
        except PortsTakenError as error:  # by a sandbox of this machine's user
            print(
                f"NOT quite what the page says, for other ports are asked for: {error}", flush=True
            )
            ends.enter_context(running(reader, [reader.lines(FIRST)[-1] + FREE_PORTS]))
        installed = time.monotonic() - start
        for tab, program in reader.programs().items():
            reader.save(program)
            said = reader.run(reader.lines(SECOND)).strip()
            if said != reader.promised():
                raise SystemExit(f"{tab}: claim.py printed {said!r}, not {reader.promised()!r}")
            print(f"{tab}: {said!r} after {time.monotonic() - start:.1f} s", flush=True)
    print(f"{len(reader.commands)} commands (at most {MOST_COMMANDS}) and one file to save;")
    print(f"of the time, {installed:.1f} s went by until the portal ran, without any download")


class PortsTakenError(Exception):
    """Something listens where the sandbox wants to."""


@contextmanager
def running(reader: Reader, commands: Sequence[str]) -> Generator[None]:
    """Open a terminal whose last command runs until Ctrl-C, and wait until it says that it does."""
    portal = reader.open(commands)
    stop = threading.Timer(SECONDS, lambda: os.killpg(portal.pid, signal.SIGKILL))
    stop.start()
    try:
        said: list[str] = []
        for line in portal.stdout or ():
            said.append(line)
            if line.strip() == RUNS:
                break
        else:
            text = "".join(said)
            if "Address already in use" in text:
                raise PortsTakenError(said[-1].strip() or said[-2].strip())
            raise SystemExit(f"the first terminal ended with {portal.wait()}:\n{text}")
        yield
    finally:
        stop.cancel()
        if portal.poll() is None:
            os.killpg(portal.pid, signal.SIGINT)  # Ctrl-C
        portal.communicate(timeout=SECONDS)


def try_unpublished(reader: Reader, folder: Path) -> None:
    """Install from a checkout, as the page says to until the packages are published."""
    (folder / "packages").symlink_to(HOUSE / "packages")
    make, _, start = reader.lines(FIRST)
    reader.run([make, *reader.lines(UNPUBLISHED), f"{start} --version"])
    print("from a checkout: installed, and the portal's command is there")


def main(links: Sequence[Path]) -> None:
    """Go the path in one folder, and the other beginning of it in another one."""
    blocks = code_of(PAGE).blocks
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON", "VIRTUAL_ENV", "COVERAGE"))
    }
    environment |= {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": " ".join(str(folder) for folder in links),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    }
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryDirectory() as checkout:
        reader = Reader(blocks, Path(empty), environment)
        if not 0 < len(reader.commands) <= MOST_COMMANDS:
            raise SystemExit(f"the page has {len(reader.commands)} commands")
        file_a_claim(reader)
        try_unpublished(Reader(blocks, Path(checkout), environment), Path(checkout))


if __name__ == "__main__":
    main([Path(argument).resolve() for argument in sys.argv[1:]])
