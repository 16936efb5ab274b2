"""The certificates of the peers: the sandbox's, which are OCES3-shaped, opened and written as each peer wants them."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import attrs
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from skifteportal.auth import Certificate
from skifteportal.sandbox.certificates import make_certificates

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Certificates", "leaf_pem", "thumbprint"]

PASSWORD = "made-up"
MARK = b"-----BEGIN CERTIFICATE-----"


@attrs.frozen(kw_only=True)
class Certificates:
    """Who takes part, and the files of a server.

    Attributes:
        own: A reporter's.
        other: Another company's.
        foreign: The reporter's by its name, from an authority that nobody trusts.
        expired: The reporter's, a year over.
        ca: The root's PEM file.
        server: The PEM file of a server on 127.0.0.1.
        server_key: The PEM file of its key.
    """

    own: Certificate
    other: Certificate
    foreign: Certificate
    expired: Certificate
    ca: Path
    server: Path
    server_key: Path

    @classmethod
    def make(cls, folder: Path) -> Certificates:
        """Make them all, and write the files into a folder."""
        files = make_certificates(now=datetime.now(UTC), password=PASSWORD).files
        key, _, certificate = files["server.pem"].partition(MARK)
        written = {"ca": files["ca.pem"], "server": MARK + certificate, "server_key": key}
        for name, content in written.items():
            (folder / f"{name}.pem").write_bytes(content)

        def opened(name: str) -> Certificate:
            (folder / name).write_bytes(files[name])
            return Certificate.from_p12(folder / name, password=PASSWORD)

        return cls(
            own=opened("anmelder.p12"),
            other=opened("anden_anmelder.p12"),
            foreign=opened("fremmed_ca.p12"),
            expired=opened("udloebet.p12"),
            ca=folder / "ca.pem",
            server=folder / "server.pem",
            server_key=folder / "server_key.pem",
        )


def leaf_pem(certificate: Certificate) -> str:
    """Return the certificate itself as PEM."""
    return certificate.chain[0].public_bytes(Encoding.PEM).decode()


def thumbprint(certificate: Certificate) -> str:
    """Return its ``x5t#S256`` (RFC 8705 3.1), which a token bound to it carries."""
    digest = certificate.chain[0].fingerprint(SHA256())
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
