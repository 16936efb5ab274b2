"""Checking documents of strangers: in a child process, within limits on memory and time."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final, Self

import attrs
import msgspec

from skifteportal.core.errors import ConfigurationError
from skifteportal.core.options import check_seconds
from skifteportal.core.pdf._library import require_pikepdf
from skifteportal.core.pdf._worker import Worker, WorkerDied
from skifteportal.core.pdf.check import content_of, refused_unread
from skifteportal.core.pdf.rules import DEFAULT_RULES, PdfProblem, PdfRule, check_count

if TYPE_CHECKING:
    from pathlib import Path

    from skifteportal.core.pdf.rules import PdfRules

__all__ = ["PdfScanner"]

_MEMORY: Final = 800 * 1024 * 1024


@attrs.define(kw_only=True, eq=False)
class PdfScanner:
    """Checks documents in a child process that is kept between them.

    The child is a new Python, never a fork, and starts at the first scan. What takes too much memory or time is refused
    as ``too_complex``: the child ends, and the next scan starts another. This process stays as it is.

    One document is scanned at a time; threads wait for their turn. From asyncio: ``await asyncio.to_thread(
    scanner.check, data)``. Close it, or use it in ``with``; a scanner that is forgotten ends its child too.

    Attributes:
        memory: Bytes of address space that the child may have, its Python included: 800 MiB. It can't be limited on
            Windows, and not always on macOS; ``memory_limited`` says. There the time and the limit on what a stream may
            unpack to (64 MiB) remain.
        seconds: For one document: 10.
        start_seconds: For the child to get ready: 60.
        memory_limited: Whether the child could limit its memory; None until it was started.
    """

    memory: int = attrs.field(default=_MEMORY, validator=check_count)
    seconds: float = attrs.field(default=10.0, validator=check_seconds)
    start_seconds: float = attrs.field(default=60.0, validator=check_seconds)
    memory_limited: bool | None = attrs.field(init=False, default=None)
    _worker: Worker | None = attrs.field(init=False, default=None, repr=False)
    _closed: bool = attrs.field(init=False, default=False, repr=False)
    _turn: Lock = attrs.field(init=False, factory=Lock, repr=False)

    def check(
        self, data: bytes | Path, *, settings: PdfRules = DEFAULT_RULES
    ) -> tuple[PdfProblem, ...]:
        """What the portal would refuse in a document, as ``check_pdf`` says it.

        Args:
            data: The document, or where it is.
            settings: What the portal's words leave open.

        Raises:
            ConfigurationError: pikepdf is not installed, the child can't be started, or the scanner is closed.
            InvalidArgument: The file can't be read.
        """
        require_pikepdf()
        content = content_of(data, settings)
        if unread := refused_unread(content, settings):
            return unread
        with self._turn:
            worker = self._ready()
            try:
                answer = worker.ask(msgspec.json.encode(settings), content, seconds=self.seconds)
            except WorkerDied:
                place = f"not looked through within {self.seconds:g} seconds and {self.memory} bytes of memory"
                return (PdfProblem(PdfRule.TOO_COMPLEX, place),)
            problems = msgspec.json.decode(answer, type=tuple[PdfProblem, ...])
            if any(problem.rule is PdfRule.TOO_COMPLEX for problem in problems):
                worker.end()  # it may be left with little memory: the next document deserves a new one
        return problems

    def close(self) -> None:
        """End the child, after the scan that is under way. A closed scanner scans no more."""
        with self._turn:
            self._closed = True
            if self._worker is not None:
                self._worker.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ready(self) -> Worker:
        if self._closed:
            raise ConfigurationError("The PdfScanner is closed; make a new one.")
        if self._worker is None or not self._worker.alive:
            if self._worker is not None:
                self._worker.end()
            self._worker = Worker(self.memory, seconds=self.start_seconds)
            self.memory_limited = self._worker.memory_limited
        return self._worker
