"""The portal's environments: which hosts to call and whom to trust.

The hosts of TEST and PRODUCTION are the integration guide's (sections 3.1, 3.2 and 4.2), written here and nowhere
else.
"""

from __future__ import annotations

import ssl
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

import attrs

from skifteportal.core.errors import ConfigurationError
from skifteportal.core.tls import trusting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skifteportal.core.ahead import Ahead

__all__ = ["PRODUCTION", "TEST", "Environment"]

_TOKEN_PATH = "/realms/sts/protocol/openid-connect/token"  # noqa: S105 - a path
_EXCHANGE_PATH = "/token"
_PRODUCTION_API = "https://api.domstol.dk"


def _base_url(value: object) -> str:
    return value.rstrip("/") if isinstance(value, str) else ""  # which is refused as no address


def _https_only(instance: Environment, attribute: attrs.Attribute[str], value: str) -> None:
    try:
        parts = urlsplit(value)
        _ = parts.port  # reading it checks it
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "https" or not parts.hostname:
        raise ConfigurationError(
            f"{attribute.name} of the environment {instance.name!r} must be an https:// address with a host: tokens "
            "and personal data are never sent in the clear."
        )
    if parts.query or parts.fragment or parts.username is not None:
        raise ConfigurationError(
            f"{attribute.name} of the environment {instance.name!r} must be a base address without user name, "
            "query and fragment."
        )


def _by_its_address(environment: Environment) -> bool:
    return environment.api_url == _PRODUCTION_API


def _several(ahead: Iterable[Ahead]) -> tuple[Ahead, ...]:
    return tuple(ahead)


@attrs.frozen(kw_only=True)
class Environment:
    """One installation of the portal: three addresses, and the certificates it trusts.

    Attributes:
        name: ``test``, ``production`` or a name of your own.
        auth_url: Base address of the login (sysauth), which asks for a client certificate.
        exchange_url: Base address of the token exchange.
        api_url: Base address of the APIs.
        ca_file: A PEM file with the root certificates to trust for all three; None for the system's.
        certificates: Which kind of OCES3 certificate the installation accepts; None if that is not known.
        production: Whether it is the portal in production: clients then warn (NotInProductionYet) of operations and
            fields that are in test only. By default by its ``api_url``.
        ahead: What is known to come into production later, or sooner, than the packages say.
    """

    name: str
    auth_url: str = attrs.field(converter=_base_url, validator=_https_only)
    exchange_url: str = attrs.field(converter=_base_url, validator=_https_only)
    api_url: str = attrs.field(converter=_base_url, validator=_https_only)
    ca_file: Path | None = attrs.field(default=None, converter=attrs.converters.optional(Path))
    certificates: Literal["test", "production"] | None = None
    production: bool = attrs.field(default=attrs.Factory(_by_its_address, takes_self=True))
    ahead: tuple[Ahead, ...] = attrs.field(default=(), converter=_several)

    @classmethod
    def from_env_file(cls, path: str | Path, *, name: str | None = None) -> Environment:
        """An environment from an env file, such as the sandbox's.

        Args:
            path: A file with ``AUTH_URL``, ``EXCHANGE_URL``, ``API_URL`` and, if the system's root certificates
                don't do, ``AUTH_CA``: a PEM file, relative to the env file's folder.
            name: The environment's name; ``custom`` unless given.

        Raises:
            ConfigurationError: The file cannot be read, a key is missing, or an address is not https.
        """
        from skifteportal.core.env_file import read_env_file  # noqa: PLC0415 - few have one

        file = Path(path)
        settings = read_env_file(file)
        missing = [key for key in ("AUTH_URL", "EXCHANGE_URL", "API_URL") if not settings.get(key)]
        if missing:
            raise ConfigurationError(f"The env file {file} lacks {', '.join(missing)}.")
        ca_file = settings.get("AUTH_CA")
        return cls(
            name=name or "custom",
            auth_url=settings["AUTH_URL"],
            exchange_url=settings["EXCHANGE_URL"],
            api_url=settings["API_URL"],
            ca_file=file.parent / ca_file if ca_file else None,
        )

    @property
    def token_endpoint(self) -> str:
        """Where tokens come from: Keycloak's realm ``sts`` (guide 3.1)."""
        return self.auth_url + _TOKEN_PATH

    @property
    def exchange_endpoint(self) -> str:
        """Where a token is exchanged for a liquidator's (guide 3.2)."""
        return self.exchange_url + _EXCHANGE_PATH

    @property
    def assertion_audience(self) -> str:
        """The ``aud`` of a signed assertion: the bare host, as in the guide's example (3.1)."""
        return self.auth_url

    def ssl_context(self) -> ssl.SSLContext:
        """A context that trusts this environment's roots: TLS 1.2 at least, certificates and host names checked.

        It shows no client certificate and is shared between callers: don't change it. A CA file that has been
        replaced is read again.

        Raises:
            ConfigurationError: The CA file cannot be read or holds no certificate.
        """
        if self.ca_file is None:
            return _context(None, (0, 0))
        try:
            stat = self.ca_file.stat()
            return _context(self.ca_file, (stat.st_mtime_ns, stat.st_size))
        except ssl.SSLError:
            raise ConfigurationError(
                f"The CA file {self.ca_file} of the environment {self.name!r} holds no PEM certificate."
            ) from None
        except OSError as error:
            raise ConfigurationError(
                f"The CA file {self.ca_file} of the environment {self.name!r} can't be read: {error.strerror}."
            ) from None


@lru_cache(maxsize=16)
def _context(ca_file: Path | None, _version: tuple[int, int]) -> ssl.SSLContext:
    return trusting(ca_file)


TEST = Environment(
    name="test",
    auth_url="https://sysauth.test-minskiftesag.net",
    exchange_url="https://auth.test-minskiftesag.net",
    api_url="https://api.test-minskiftesag.net",
    certificates="test",
)
"""The portal's test environment."""

PRODUCTION = Environment(
    name="production",
    auth_url="https://sysauth.domstol.dk",
    exchange_url="https://auth.domstol.dk",
    api_url=_PRODUCTION_API,
    certificates="production",
)
"""The portal in production."""
