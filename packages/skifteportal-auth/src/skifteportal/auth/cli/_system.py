"""What a command asks of the machine, so that tests bring their own."""

import socket
from collections.abc import Callable

import attrs
import click

from skifteportal.auth._clock import Clock

__all__ = ["System", "system"]


def _resolve(host: str, port: int) -> object:
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


@attrs.frozen(kw_only=True)
class System:
    """The machine.

    Attributes:
        clock: The time.
        resolve: Looks a host's name up; raises OSError or UnicodeError.
    """

    clock: Clock = attrs.field(factory=Clock)
    resolve: Callable[[str, int], object] = _resolve


def system() -> System:
    """The machine that the running command was given; this one unless a test gave another."""
    return click.get_current_context().find_object(System) or System()
