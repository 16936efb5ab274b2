"""The child process as its parent sees it: started, asked, ended; and ended from outside when it takes too long."""

from __future__ import annotations

import os
import subprocess
import sys
import weakref
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from skifteportal.core.errors import ConfigurationError
from skifteportal.core.pdf._frames import LIMITED, read_frame, write_frame

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["Worker", "WorkerDied"]

_ANSWER: Final = 1024 * 1024  # bytes; a true answer has a few thousand
_COMMAND: Final = "from skifteportal.core.pdf._child import main; main()"


class WorkerDied(Exception):  # noqa: N818 - never leaves this package
    """It ended, or was ended, before it answered."""


class Worker:
    """A child that is ready.

    Attributes:
        memory_limited: Whether it could limit its memory.
        end: Ends it; a fork only lets go of it. Happens by itself when nobody has the worker any more.
    """

    def __init__(self, memory: int, *, seconds: float) -> None:
        """Start it.

        Raises:
            ConfigurationError: It does not start.
        """
        self._parent = os.getpid()
        # -P: not the current folder's modules
        command = [sys.executable, "-P", "-c", _COMMAND, str(memory)]
        try:
            child = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # a traceback could quote the document
            )
        except OSError as error:
            raise ConfigurationError(
                f"The process that scans PDF documents can't be started: {error.strerror}. It is run with "
                "sys.executable, which must be a Python."
            ) from None
        self._child = child
        self._in = cast("BinaryIO", child.stdin)
        self._out = cast("BinaryIO", child.stdout)
        self.end = weakref.finalize(self, _end, child, self._parent)
        try:
            with self._within(seconds):
                self.memory_limited = read_frame(self._out, most=_ANSWER) == LIMITED
        except WorkerDied:
            raise ConfigurationError(
                f"The process that scans PDF documents did not get ready within {seconds} seconds and {memory} "
                "bytes. Is skifteportal-core[pdf] installed for sys.executable, and the memory enough?"
            ) from None

    @property
    def alive(self) -> bool:
        """Whether it can be asked: a fork has its parent's pipes, and must not use them."""
        return self._parent == os.getpid() and self._child.poll() is None

    def ask(self, *frames: bytes, seconds: float) -> bytes:
        """Send frames and wait for the answer.

        Raises:
            WorkerDied: It ended instead, or took too long. It is gone in either case.
        """
        with self._within(seconds):
            for frame in frames:
                write_frame(self._in, frame)
            return read_frame(self._out, most=_ANSWER)

    @contextmanager
    def _within(self, seconds: float) -> Generator[None]:
        # Ending the child closes its pipes, which wakes whoever waits on them: this works on every platform.
        late: list[bool] = []

        def expire() -> None:
            late.append(True)
            self._child.kill()

        timer = Timer(seconds, expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        except (OSError, EOFError):
            self.end()
            raise WorkerDied from None
        except BaseException:
            # Such as Ctrl-C: the answer under way must not be taken for the next one's.
            self.end()
            raise
        finally:
            timer.cancel()
            timer.join()
        if late:
            self.end()
            raise WorkerDied


def _end(child: subprocess.Popen[bytes], parent: int) -> None:
    if os.getpid() == parent:
        child.kill()
        child.wait()
    else:
        child.poll()
    for pipe in (child.stdin, child.stdout):
        with suppress(OSError):  # what was not sent can't be, now
            cast("BinaryIO", pipe).close()
