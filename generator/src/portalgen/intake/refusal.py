# ruff: noqa: N818 - the names say what happened
"""Why a file is not taken in.

PortalgenError
├─ Refused           it was read, and may not be registered: exit code 1
└─ BrokenInput
   └─ Unreadable     it can't be read at all: exit code 2
"""

from __future__ import annotations

from typing import Any

from typing_extensions import override

from portalgen.problems import BrokenInput, PortalgenError

__all__ = ["Refused", "Unreadable", "shown"]

_LONG = 80
_REASONS = 20


class Refused(PortalgenError):
    """A file may not be registered; nothing was changed.

    Attributes:
        file: The file, as it was named by the caller; a member of an archive is `archive.zip!member`.
        reasons: What is wrong and what to do, each with its place in the file; at most twenty.
        more: How many reasons there are beyond.
    """

    def __init__(self, file: str, *reasons: str) -> None:
        self.file = file
        self.reasons = reasons[:_REASONS]
        self.more = len(reasons) - len(self.reasons)
        lines = [*self.reasons, *([f"and {self.more} more"] if self.more else [])]
        super().__init__("\n".join(f"{file}: {line}" for line in lines))

    @override
    def __reduce__(self) -> tuple[type[Refused], tuple[Any, ...]]:
        return type(self), (self.file, *self.reasons)


class Unreadable(BrokenInput):
    """A file can't be read: it is missing, no archive, or no file at all."""


def shown(text: str) -> str:
    """Quote text of a stranger's for a message: short, on one line, nothing in it that a terminal obeys."""
    return ascii(text if len(text) <= _LONG else f"{text[:_LONG]}…")
