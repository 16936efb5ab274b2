"""The sandbox's folder: certificates, the `.env` that clients read, and what a restart needs."""

import hashlib
import os
import secrets
import shlex
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import attrs
import msgspec

from skifteportal.sandbox.case_areas import AREA_OF
from skifteportal.sandbox.defaults import CLIENT_ID
from skifteportal.sandbox.errors import FolderError
from skifteportal.sandbox.examples import EXAMPLES
from skifteportal.sandbox.folder_lock import LOCK
from skifteportal.sandbox.pdf_page import INVOICE, one_page_pdf
from skifteportal.sandbox.store import Client

__all__ = ["Folder", "open_folder"]

_MANIFEST: Final = "sandbox.json"
_FORMAT: Final = 4
_CLIENTS: Final = {
    CLIENT_ID: (),
    **{f"{CLIENT_ID}-{area}": (area,) for area in sorted(frozenset(AREA_OF.values()))},
}
"""The API keys' ids, each with the case areas that it is issued for; none: for both."""
_RENEW_BEFORE: Final = timedelta(days=2)
_NANOSECONDS: Final = 1_000_000_000
_CURL: Final = (
    '. ./.env && curl -s --cacert "$AUTH_CA" --cert-type P12 --cert "$AUTH_CERT:$AUTH_CERT_PASSWORD"'
    " -d grant_type=client_credentials -d scope=openid"
    ' -d "client_id=$AUTH_CLIENT_ID" -d "client_secret=$AUTH_CLIENT_SECRET"'
    ' "$AUTH_URL/realms/sts/protocol/openid-connect/token"'
)
_README: Final = f"""\
# A local Skifteportal

`skifteportal-sandbox` made this folder. Its keys and secrets are good on this machine's sandbox only; delete the
folder to have everything made anew.

| file | what it is |
|---|---|
| `.env` | addresses, API keys (client id and secret: one for both case areas, one for each), certificate and password; rewritten at each start |
| `ca.pem` | the root that the sandbox's servers and certificates hang from |
| `issuing-ca.pem` | the authority between the root and the certificates |
| `anmelder.p12` | the API user of `.env`, which files claims: CVR 11111111; acts for the liquidators Liv Kvist and Rasmus Skovløber |
| `anden_anmelder.p12` | another API user: CVR 90000001; signs the assertions of login variant B |
| `advokatfirma.p12`, `andet_advokatfirma.p12` | two law firms, those of the two liquidators: CVR 90000005 and 90000006 |
| `kreditor.p12` | a creditor that files for itself: CVR 90000051 |
| `gaeldsstyrelsen.p12` | Gældsstyrelsen, which alone may file claims of 0 kroner: CVR 19552101 |
| `likvidatorsystem.p12` | the maker of a liquidators' system, which acts for both liquidators: CVR 90000007 |
| `udloebet.p12` | expired: refused in the TLS handshake |
| `tilbagekaldt.p12` | revoked: refused in the TLS handshake |
| `fremmed_ca.p12` | from an authority that the portal doesn't know: refused in the TLS handshake |
| `produktion.p12` | shaped as one of production: refused in the TLS handshake, as test certificates are in production |
| `uregistreret.p12` | good, but of the wrong CVR number, 90000009, which is not registered with the portal: gets no token |
| `faktura.pdf` | a small invoice, to upload as an attachment |
| `server.pem`, `token-key.pem`, `issuing.pem`, `crl.pem`, `crl-now.pem`, `sandbox.json`, `in-use` | the sandbox's own |

A token, while the sandbox runs, from a shell in this folder:

    {_CURL}
"""


@attrs.frozen(kw_only=True)
class Folder:
    """A sandbox's folder, found in order.

    Attributes:
        path: Where it is.
        clients: The API keys that `.env` names: first one for both case areas, then one for each.
        password: Password of every .p12 file in it.
    """

    path: Path
    clients: tuple[Client, ...]
    password: str = attrs.field(repr=False)

    @property
    def env_file(self) -> Path:
        """The file that clients read."""
        return self.path / ".env"

    @property
    def ca_file(self) -> Path:
        """The root certificate, PEM."""
        return self.path / "ca.pem"

    @property
    def revoked_file(self) -> Path:
        """The list of revoked certificates, PEM."""
        return self.path / "crl.pem"

    @property
    def certificate_files(self) -> list[Path]:
        """Every certificate that a caller may use, .p12."""
        return sorted(self.path.glob("*.p12"))

    @property
    def issuing_file(self) -> Path:
        """Key and certificate of the authority that issues certificates, PEM."""
        return self.path / "issuing.pem"

    def write_revoked(self, content: bytes) -> Path:
        """Write a newer list of revoked certificates beside the folder's own, and return its file.

        Args:
            content: The list, PEM.
        """
        newer = self.path / "crl-now.pem"
        _write(newer, content)
        return newer

    @property
    def server_file(self) -> Path:
        """The servers' key and certificate, PEM."""
        return self.path / "server.pem"

    @property
    def curl_line(self) -> str:
        """A shell line that gets a token, from anywhere."""
        return f"cd {shlex.quote(str(self.path))} && {_CURL}"

    def signing_key(self) -> bytes:
        """Return the key that signs tokens, PEM."""
        return (self.path / "token-key.pem").read_bytes()

    def write_env(
        self, *, auth_url: str, exchange_url: str, api_url: str, control_url: str
    ) -> None:
        """Write `.env` for servers at these addresses.

        Args:
            auth_url: Base address of the login.
            exchange_url: Base address of the token exchange.
            api_url: Base address of the APIs.
            control_url: Base address of the control port.

        Raises:
            FolderError: It cannot be written.
        """
        values = {
            "AUTH_CA": "ca.pem",
            "AUTH_URL": auth_url,
            "AUTH_CLIENT_ID": self.clients[0].id,
            "AUTH_CLIENT_SECRET": self.clients[0].secret,
            "AUTH_CERT": "anmelder.p12",
            "AUTH_CERT_PASSWORD": self.password,
            "AUTH_SIGNER_CERT": "anden_anmelder.p12",
            "AUTH_SIGNER_PASSWORD": self.password,
            "EXCHANGE_URL": exchange_url,
            "API_URL": api_url,
            "CONTROL_URL": control_url,
            **EXAMPLES,
            **{
                f"{client.areas[0].upper()}_CLIENT_{name}": value
                for client in self.clients[1:]
                for name, value in (("ID", client.id), ("SECRET", client.secret))
            },
        }
        text = "# Written by skifteportal-sandbox at each start. File names are relative to this folder.\n"
        text += "".join(f"{name}={value}\n" for name, value in values.items())
        try:
            _write(self.env_file, text.encode())
        except OSError as error:
            raise _failed(self.path, error) from None


def _write(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read, whole or not at all."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    unfinished.replace(path)


def _nobody_asks() -> None:
    return None


def open_folder(path: Path, *, now_ns: int, enter: Callable[[], None] = _nobody_asks) -> Folder:
    """Return the sandbox's folder, made if there is none, renewed if its certificates are running out.

    Args:
        path: Where it is, or is to be; the folder above must be there.
        now_ns: The present, nanoseconds since 1970.
        enter: Called as soon as the folder is found to be a sandbox's, before anything in it is changed.

    Raises:
        FolderError: It is damaged, holds something else, belongs to a newer sandbox, or cannot be written.
    """
    now = datetime.fromtimestamp(now_ns // _NANOSECONDS, tz=UTC)
    try:
        if not path.exists():
            path.mkdir(mode=0o700)
        if not path.is_dir():
            raise FolderError(path, "it is a file. Name another folder.")
        manifest = _manifest(path)
        enter()
        path.chmod(0o700)
        if manifest is None or now + _RENEW_BEFORE > datetime.fromtimestamp(
            manifest["valid_until"], tz=UTC
        ):
            manifest = _make(path, now=now)
        return Folder(
            path=path.absolute(),
            clients=_clients(manifest["client_secrets"]),
            password=manifest["password"],
        )
    except OSError as error:
        raise _failed(path, error) from None


def _clients(known: Mapping[str, str]) -> tuple[Client, ...]:
    return tuple(
        Client(id=name, secret=str(known[name]), areas=areas) for name, areas in _CLIENTS.items()
    )


def _failed(path: Path, error: OSError) -> FolderError:
    above = path.absolute().parent
    if isinstance(error, FileNotFoundError) and not above.exists():
        advice = f"{above} is not there. Make that folder first, or name another."
    elif isinstance(error, PermissionError):
        advice = "Change the permissions, or name another folder."
    else:
        advice = "Mend that, or name another folder."
    return FolderError(path, f"{error.strerror} ({Path(str(error.filename)).name}). {advice}")


def _manifest(path: Path) -> Mapping[str, Any] | None:
    """Return the folder's manifest if all is as it says, None if the folder is to be filled."""
    file = path / _MANIFEST
    if not file.exists():
        if any(one.name != LOCK for one in path.iterdir()):
            raise FolderError(
                path,
                f"it holds files, but no {_MANIFEST}. If they may go, delete the folder; else name another.",
            )
        return None
    anew = "Delete the folder, and it is made anew."
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
        form, listed = int(manifest["format"]), dict(manifest["files"])
        _ = (
            float(manifest["valid_until"]),
            _clients(manifest["client_secrets"]),
            str(manifest["password"]),
        )
    except (ValueError, KeyError, TypeError):
        raise FolderError(path, f"{_MANIFEST} is damaged. {anew}") from None
    if form > _FORMAT:
        raise FolderError(
            path, f"a newer sandbox made it. Upgrade skifteportal-sandbox. Or: {anew}"
        )
    if form < _FORMAT:
        return None
    for name, digest in listed.items():
        if not (path / name).is_file() or _digest((path / name).read_bytes()) != digest:
            raise FolderError(path, f"{name} is missing or damaged. {anew}")
    return manifest


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _make(path: Path, *, now: datetime) -> Mapping[str, Any]:
    # Imported here: it takes long, and only the first start needs it.
    from skifteportal.sandbox.certificates import make_certificates  # noqa: PLC0415

    password = secrets.token_hex(16)
    made = make_certificates(now=now, password=password)
    content = {
        **made.files,
        "faktura.pdf": one_page_pdf(*INVOICE),
        "README.md": _README.encode(),
        ".gitignore": b"*\n",
    }
    manifest = {
        "format": _FORMAT,
        "valid_until": int(made.valid_until.timestamp()),
        "client_secrets": {name: secrets.token_hex(16) for name in _CLIENTS},
        "password": password,
        "files": {name: _digest(made.files[name]) for name in made.files},
    }
    # Written first with nothing to compare, so that a start that was cut off is made anew by the next.
    _write(path / _MANIFEST, msgspec.json.encode({**manifest, "format": 0}))
    for name, data in content.items():
        _write(path / name, data)
    _write(path / _MANIFEST, msgspec.json.encode(manifest))
    return manifest
