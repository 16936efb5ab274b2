"""Every exception a user of the sandbox can meet.

SandboxError
├─ FolderError        the sandbox's folder is damaged, somebody else's, or cannot be written
│  └─ FolderInUse     another sandbox runs in it
├─ PortTaken          a port that was asked for is in use
├─ NotLoopback        a host was asked for that is not this machine alone
├─ NoSandbox          a command found no sandbox running
├─ Refused            the portal or the court refused what it was told to do
├─ DumpError          a dump can't be loaded
├─ StateError         the state file cannot be used
│  ├─ StateDamaged    it was one once
│  ├─ StateForeign    it is something else
│  ├─ StateInUse      another sandbox has it
│  ├─ StateTooNew     a newer sandbox made it
│  └─ StateUnwritable it can be neither read nor written there
└─ SettingsError      settings can't be read, or make no sense
"""

from pathlib import Path

from skifteportal.core.documented import Documented

__all__ = [
    "DumpError",
    "FolderError",
    "FolderInUse",
    "NoSandbox",
    "NotLoopback",
    "PortTaken",
    "Refused",
    "SandboxError",
    "SettingsError",
    "StateDamaged",
    "StateError",
    "StateForeign",
    "StateInUse",
    "StateTooNew",
    "StateUnwritable",
]


class SandboxError(Documented, Exception):
    """Base of the sandbox's own exceptions."""


class FolderError(SandboxError):
    """The sandbox's folder cannot be used: the text says what is wrong with it and what to do.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(f"The sandbox's folder {folder} cannot be used: {problem}")
        self.folder = folder


class FolderInUse(FolderError):  # noqa: N818 - reads as what happened
    """Another sandbox runs in the folder, whose `.env` names its addresses."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            folder,
            "another sandbox runs in it. Stop that one, use it, or name another folder (--folder).",
        )


class PortTaken(SandboxError):  # noqa: N818 - reads as what happened
    """A port that was asked for cannot be listened on, as a rule since it is in use.

    Attributes:
        port: The port.
        role: Which of the three listeners wanted it.
    """

    def __init__(self, *, role: str, port: int, problem: str) -> None:
        super().__init__(
            f"Port {port} (for {role}) cannot be used: {problem}. "
            "Stop what listens there, or ask for another port (0: any free one)."
        )
        self.role = role
        self.port = port


class NotLoopback(SandboxError):  # noqa: N818 - reads as what happened
    """The sandbox only listens on this machine: its certificates and secrets lie in a folder.

    Attributes:
        host: What was asked for.
    """

    def __init__(self, host: str) -> None:
        super().__init__(
            f"The sandbox listens on loopback only (127.0.0.1, ::1 or localhost), not on {host!r}."
        )
        self.host = host


class SettingsError(SandboxError):
    """Settings cannot be used: the text says which, what is wrong with it and what is wanted.

    Attributes:
        problem: What is wrong.
        path: The file that they stand in; None for those that a program gives.
    """

    def __init__(self, problem: str, *, path: Path | None = None) -> None:
        place = "" if path is None else f" in {path}"
        super().__init__(f"The settings{place} cannot be used: {problem}.")
        self.problem = problem
        self.path = path


class NoSandbox(SandboxError):  # noqa: N818 - reads as what happened
    """A command found no sandbox running that belongs to the folder.

    Attributes:
        folder: The folder.
    """

    def __init__(self, folder: Path, problem: str) -> None:
        super().__init__(
            f"No sandbox is running for the folder {folder}: {problem}. "
            f"Start one: skifteportal-sandbox --folder {folder}"
        )
        self.folder = folder


class Refused(SandboxError):  # noqa: N818 - reads as what happened
    """The portal or the court refused what it was told to do; nothing was changed.

    Attributes:
        status: HTTP status of the refusal on the control port.
        message: What is wrong.
        code: The portal's business code, where there is one.
        field: What it is about, where that is known.
    """

    def __init__(
        self, message: str, *, status: int = 400, code: str | None = None, field: str | None = None
    ) -> None:
        super().__init__(": ".join(part for part in (code, field, message) if part))
        self.status = status
        self.message = message
        self.code = code
        self.field = field


class DumpError(SandboxError):
    """A dump cannot be loaded; nothing was changed, and the text holds nothing of what is in it."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"The dump cannot be loaded: {problem}.")


class StateError(SandboxError):
    """The state file cannot be used; it was left as it is.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"The state file {path} cannot be used: {problem}")
        self.path = path


class StateDamaged(StateError):  # noqa: N818 - reads as what happened
    """It is a sandbox's, but something in it is broken."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "it is damaged. Put a copy in its place, or name another file.")


class StateForeign(StateError):  # noqa: N818 - reads as what happened
    """It is something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, "a sandbox did not make it. Name another file, or one that is not there yet."
        )


class StateInUse(StateError):  # noqa: N818 - reads as what happened
    """Another sandbox has it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "another sandbox has it open. Stop that one, or name another file.")


class StateTooNew(StateError):  # noqa: N818 - reads as what happened
    """A newer sandbox made it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, "a newer sandbox made it. Upgrade skifteportal-sandbox, or name another file."
        )


class StateUnwritable(StateError):  # noqa: N818 - reads as what happened
    """The machine does not let it be read or written."""
