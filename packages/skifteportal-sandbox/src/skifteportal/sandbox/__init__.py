"""A Skifteportal of your own: a local portal that behaves like the courts', for trying out and for tests."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skifteportal.sandbox.callers import UnknownProfile
    from skifteportal.sandbox.clock import Clock, ManualClock, SystemClock
    from skifteportal.sandbox.control import Control
    from skifteportal.sandbox.errors import (
        DumpError,
        FolderError,
        NoSandbox,
        NotLoopback,
        PortTaken,
        Refused,
        SandboxError,
        SettingsError,
        StateError,
    )
    from skifteportal.sandbox.failures import Failure
    from skifteportal.sandbox.in_process import InProcessPortal
    from skifteportal.sandbox.journal import Entry, Journal
    from skifteportal.sandbox.messages import Answer, Request, Role
    from skifteportal.sandbox.portal import Portal
    from skifteportal.sandbox.sandbox import Sandbox
    from skifteportal.sandbox.settings import Settings
    from skifteportal.sandbox.store import Client
    from skifteportal.sandbox.transport import SandboxTransport

__all__ = [
    "Answer",
    "Client",
    "Clock",
    "Control",
    "DumpError",
    "Entry",
    "Failure",
    "FolderError",
    "InProcessPortal",
    "Journal",
    "ManualClock",
    "NoSandbox",
    "NotLoopback",
    "PortTaken",
    "Portal",
    "Refused",
    "Request",
    "Role",
    "Sandbox",
    "SandboxError",
    "SandboxTransport",
    "Settings",
    "SettingsError",
    "StateError",
    "SystemClock",
    "UnknownProfile",
]

_HOMES = {
    "Answer": "messages",
    "Client": "store",
    "Clock": "clock",
    "Control": "control",
    "DumpError": "errors",
    "Entry": "journal",
    "Failure": "failures",
    "FolderError": "errors",
    "InProcessPortal": "in_process",
    "Journal": "journal",
    "ManualClock": "clock",
    "NoSandbox": "errors",
    "NotLoopback": "errors",
    "PortTaken": "errors",
    "Portal": "portal",
    "Refused": "errors",
    "Request": "messages",
    "Role": "messages",
    "Sandbox": "sandbox",
    "SandboxError": "errors",
    "SandboxTransport": "transport",
    "Settings": "settings",
    "SettingsError": "errors",
    "StateError": "errors",
    "SystemClock": "clock",
    "UnknownProfile": "callers",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: the command's --help needs none of them (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
