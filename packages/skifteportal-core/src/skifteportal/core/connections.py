"""What a client's calls go through: an HTTP client of its user's, or one of its own, which a fork does not inherit."""

from __future__ import annotations

import threading
import warnings
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from skifteportal.core import _http
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.forks import watch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Connections"]

H = TypeVar("H", bound=_http.Client | _http.AsyncClient)


class Connections(Generic[H]):
    """The HTTP client of one client.

    The child of a fork has the parent's connections too: what both send over one of them is mixed up, and each may
    read the other's answers. So a child gets an HTTP client of its own at its first call.

    Args:
        make: Makes an HTTP client.
        arguments: With what.
        given: The user's HTTP client, which is used instead and left open; None for one of its own.

    Attributes:
        headers: The HTTP client's own headers.

    Raises:
        ConfigurationError: There is none to be had with these arguments.
    """

    def __init__(
        self, make: Callable[..., H], arguments: Mapping[str, Any], given: H | None
    ) -> None:
        self._make = make
        self._arguments = arguments
        self._own = given is None
        self._released = False
        self._lock = threading.Lock()
        http = self._made() if given is None else given
        self.headers = http.headers
        self._http: H | None = http
        watch(self)

    def current(self) -> H:
        """The HTTP client to call with, in this process.

        Raises:
            ConfigurationError: It is closed, or a fork has left it to the parent and it can't be made anew.
        """
        http = self._http
        if http is None:
            http = self._anew()
        if http.is_closed:
            raise ConfigurationError("The client is closed. Make a new one.")
        return http

    def release(self) -> H | None:
        """Its user is done with it. Returns what there is to close: nothing if it is the user's or the parent's."""
        self._released = True
        return self._http if self._own else None

    def forget_parent(self) -> None:
        """In the child of a fork: leave the parent's connections alone.

        The child's copies of the sockets go without a word on the wire, if not at once then with the next garbage: to
        close them properly would end TLS for the parent.
        """
        self._lock = threading.Lock()  # whoever held it is not here
        if self._http is not None and not self._http.is_closed:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)  # of sockets that nobody closed
                self._http = None

    def _anew(self) -> H:
        if self._released:
            raise ConfigurationError("The client is closed. Make a new one.")
        if not self._own or "transport" in self._arguments:
            raise ConfigurationError(
                "The client was made before this process was forked, with an http_client or a transport of yours: its "
                "connections are the parent's, and can't be shared. Make both anew in the child, such as in gunicorn's "
                "post_fork."
            )
        with self._lock:
            if self._http is None:
                self._http = self._made()
            return self._http

    def _made(self) -> H:
        try:
            return self._make(**self._arguments)
        except (AttributeError, ImportError, TypeError, ValueError, _http.InvalidURL) as error:
            kind = type(error).__name__
        from skifteportal.core.proxies import unusable  # noqa: PLC0415 - mostly it goes well

        # Raised here, not above: so the library's error, which may hold a proxy's password, is no context.
        raise ConfigurationError(unusable(kind, self._arguments.get("proxy")))
