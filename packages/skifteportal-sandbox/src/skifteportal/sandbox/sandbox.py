"""A running sandbox: the portal's heart behind three TLS servers on loopback, its control port, and the folder."""

import contextlib
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from skifteportal.sandbox import defaults
from skifteportal.sandbox.clock import Clock, SystemClock
from skifteportal.sandbox.control import Control
from skifteportal.sandbox.control.server import ControlServer
from skifteportal.sandbox.errors import NotLoopback, PortTaken
from skifteportal.sandbox.folder import Folder, open_folder
from skifteportal.sandbox.folder_lock import FolderLock
from skifteportal.sandbox.http_server import HttpServer
from skifteportal.sandbox.messages import Listener, Role
from skifteportal.sandbox.portal import Portal
from skifteportal.sandbox.revocations import Revocations
from skifteportal.sandbox.seed import RECEIPT_CPR
from skifteportal.sandbox.settings import Settings
from skifteportal.sandbox.sysauth_server import SysauthServer
from skifteportal.sandbox.trust import Trust

if TYPE_CHECKING:
    from skifteportal.core.environments import Environment

__all__ = ["Sandbox"]

_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_TLS: Final[tuple[Role, ...]] = ("sysauth", "auth", "api")
_LISTENERS: Final[tuple[Listener, ...]] = (*_TLS, "control")
_EVERYWHERE: Final = "0.0.0.0"  # noqa: S104 - in a container, whose ports are published on loopback
_BACKLOG: Final = 128


def _listen(host: str, role: Listener, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        problem = os.strerror(error.errno or 0)
        raise PortTaken(role=role, port=port, problem=problem) from None


def _urls(host: str, listeners: Mapping[Listener, socket.socket]) -> dict[Listener, str]:
    name = f"[{host}]" if ":" in host else host
    return {
        role: f"{'http' if role == 'control' else 'https'}://{name}:{listener.getsockname()[1]}"
        for role, listener in listeners.items()
    }


class Sandbox:
    """A local portal that answers until it is closed. Made by `Sandbox.start`; a context manager.

    Attributes:
        portal: The portal's heart.
        urls: Base address of each of the portal's hosts, by role, and of the control port (`control`).
        control: What the user can do to the portal: reset, clock, faults, court and more.
    """

    def __init__(
        self,
        *,
        folder: Folder,
        lock: FolderLock,
        portal: Portal,
        control: Control,
        urls: Mapping[Listener, str],
        servers: tuple[HttpServer, SysauthServer, ControlServer],
    ) -> None:
        self.urls = dict(urls)
        self.portal = portal
        self.control = control
        self._folder = folder
        self._lock = lock
        self._servers = servers
        self._closed = False

    @classmethod
    def start(
        cls,
        *,
        folder: str | Path = defaults.FOLDER,
        host: str = "127.0.0.1",
        in_container: bool = False,
        ports: Mapping[Listener, int] | None = None,
        settings: Settings | None = None,
        clock: Clock | None = None,
        state: str | Path | None = None,
    ) -> Self:
        """Start a portal and write its folder.

        Args:
            folder: Where certificates and `.env` are, or are to be made; ``.skifteportal-sandbox`` unless given.
            host: A loopback host to listen on: ``127.0.0.1``, ``::1`` or ``localhost``.
            in_container: Whether to listen on all of the container's addresses, since its ports are published on
                the host's loopback, which the sandbox's own addresses go on naming.
            ports: Port by role (``sysauth``, ``auth``, ``api``, ``control``); any free one for a role that is left out or 0.
            settings: What to assume where the guide is silent.
            clock: The portal's time; the machine's unless given. TLS goes by the machine's in any case.
            state: A file to keep what is filed in over restarts, made if there is none; None: gone with the sandbox.

        Raises:
            FolderError: The folder is damaged, somebody else's, or another sandbox runs in it (`FolderInUse`).
            PortTaken: A port is in use.
            NotLoopback: The host is not this machine alone.
            StateError: The state file cannot be used; it is left as it is.
        """
        if host not in _LOOPBACK:
            raise NotLoopback(host)
        wanted = ports or {}
        with contextlib.ExitStack() as undo:
            lock = FolderLock(Path(folder))
            undo.callback(lock.release)
            files = open_folder(Path(folder), now_ns=SystemClock().now_ns(), enter=lock.take)
            listeners: dict[Listener, socket.socket] = {}
            for role in _LISTENERS:
                listeners[role] = _listen(
                    _EVERYWHERE if in_container else host, role, wanted.get(role, 0)
                )
                undo.callback(listeners[role].close)
            urls = _urls(host, listeners)
            trust = Trust.from_pem(
                root=files.ca_file.read_bytes(), revoked=files.revoked_file.read_bytes()
            )
            portal = Portal(
                clients=files.clients,
                issuer=urls["sysauth"],
                settings=settings,
                clock=clock,
                trust=trust,
                signing_key=_signing_key(files),
                state=None if state is None else Path(state),
            )
            undo.callback(portal.close)
            files.write_env(
                auth_url=urls["sysauth"],
                exchange_url=urls["auth"],
                api_url=urls["api"],
                control_url=urls["control"],
            )
            servers, control = _start_servers(files, portal, trust, listeners)
            undo.pop_all()
        return cls(
            folder=files, lock=lock, portal=portal, control=control, urls=urls, servers=servers
        )

    @property
    def environment(self) -> "Environment":
        """Addresses and root certificate, for a client."""
        # Imported here: a sandbox that only serves has no need of core, nor of the HTTP library in it.
        from skifteportal.core.environments import Environment  # noqa: PLC0415

        return Environment(
            name="sandbox",
            auth_url=self.urls["sysauth"],
            exchange_url=self.urls["auth"],
            api_url=self.urls["api"],
            ca_file=self._folder.ca_file,
            certificates="test",
        )

    @property
    def folder(self) -> Path:
        """The folder with certificates and `.env`."""
        return self._folder.path

    @property
    def env_file(self) -> Path:
        """The `.env` that clients read."""
        return self._folder.env_file

    @property
    def curl_line(self) -> str:
        """A shell line that gets a token."""
        return self._folder.curl_line

    @property
    def receipt_cpr(self) -> str:
        """The CPR number of Ione Koss, in whose estate a claim gives the guide's receipt (4.3.3)."""
        return RECEIPT_CPR

    def reset(self) -> None:
        """Put all back to how it was started, without a restart. Tokens stay good."""
        self.control.reset()

    def forget_tokens(self) -> None:
        """Refuse every token that was issued so far: callers must log in anew."""
        self.portal.forget_tokens()

    def close(self) -> None:
        """Stop the servers; a second call does nothing."""
        if not self._closed:
            self._closed = True
            with contextlib.ExitStack() as ending:  # whatever fails, the rest is let go of
                ending.callback(self._lock.release)
                ending.callback(self.portal.close)
                for server in reversed(self._servers):
                    ending.callback(server.stop)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _signing_key(folder: Folder) -> rsa.RSAPrivateKey:
    key = load_pem_private_key(folder.signing_key(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 - the folder's digests were compared
    return key


def _start_servers(
    folder: Folder, portal: Portal, trust: Trust, listeners: Mapping[Listener, socket.socket]
) -> tuple[tuple[HttpServer, SysauthServer, ControlServer], Control]:
    http = HttpServer(
        {role: listeners[role] for role in _TLS if role != "sysauth"},
        portal.handle,
        takes_long=portal.takes_long,
        server_file=folder.server_file,
        max_body_bytes=portal.settings.max_body_bytes,
    )
    sysauth = SysauthServer(
        listeners["sysauth"],
        portal.handle,
        server_file=folder.server_file,
        ca_file=folder.ca_file,
        revoked_file=folder.revoked_file,
    )
    revocations = Revocations(folder, sysauth, trust)
    portal.memory.keep("certificates revoked", revocations)
    control = Control(portal, revocations=revocations)
    controls = ControlServer(listeners["control"], control)
    servers = http, sysauth, controls
    with contextlib.ExitStack() as undo:
        for server in servers:
            server.start()
            undo.callback(server.stop)
        undo.pop_all()
    return servers, control
