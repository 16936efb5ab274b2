"""What a provocation is made of: calls of the APIs, acts of the court's, and moves of the clock, each with its answer."""

from typing import Any, Final

import attrs

__all__ = ["CLOCK", "COURT_ROLE", "SentFile", "Step"]

COURT_ROLE: Final = "court"
"""Who carries out the court's acts; it needs no token."""

CLOCK: Final = "clock"
"""What moves the portal's time: no caller, but the command `skifteportal-sandbox clock`."""

_FAILED: Final = 400


@attrs.frozen
class SentFile:
    """A file that is uploaded.

    Attributes:
        content: The file.
        about: What it is, in words, so that a reader can make one that does as well.
    """

    content: bytes = attrs.field(repr=False)
    about: str


@attrs.frozen(kw_only=True)
class Step:
    """One call of an API, one act of the court's, or one move of the clock, and its answer.

    Attributes:
        who: The role, `COURT_ROLE`, or `CLOCK`.
        operation: The operationId, the act's name, or what the clock is told.
        method: HTTP method.
        path: Path and query; on the control port for an act and for the clock.
        sent: The JSON body; None for none and for files.
        file: The file that was sent; None for none.
        headers: What was said of the file in headers: its type and its name.
        status: HTTP status of the answer.
        code: The business code of the answer; None for none.
        answer: The answer's JSON; None where it is none.
    """

    who: str
    operation: str
    method: str
    path: str
    sent: Any = attrs.field(repr=False)
    file: SentFile | None = None
    headers: tuple[tuple[str, str], ...] = ()
    status: int
    code: str | None
    answer: Any = attrs.field(repr=False)

    @property
    def failed(self) -> bool:
        """Whether it was refused."""
        return self.status >= _FAILED

    @property
    def command(self) -> str:
        """The command that moves the clock so; empty for a call and an act."""
        if self.who != CLOCK:
            return ""
        return f"skifteportal-sandbox clock {self.operation} {self.sent['by']}"

    @property
    def id(self) -> str:
        """The id of what was made."""
        return str(self.answer["id"])
