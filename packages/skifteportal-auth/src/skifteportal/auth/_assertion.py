"""Making the signed assertion of variant B (guide 3.1.2; RFC 7515, 7519, 7523).

Twelve lines over ``cryptography`` instead of a JOSE library, whose weaknesses are all in verifying.
"""

import base64
import hashlib
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Protocol

import attrs
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from skifteportal.auth._clock import Clock
from skifteportal.core.errors import InvalidArgument

__all__ = ["AssertionMaker", "Signer", "header"]

_CVR = re.compile(r"[0-9]{8}")
_LIFE_SECONDS = 60  # what stock Keycloak takes at most; the guide's example lives until 3925


class Signer(Protocol):
    """What can sign with RS256."""

    def sign(self, data: bytes) -> bytes:
        """Sign the bytes."""
        ...


def _check_cvr(_instance: object, _attribute: "attrs.Attribute[str]", value: str) -> None:
    if not _CVR.fullmatch(value):
        raise InvalidArgument(
            "subject must be a CVR number, 8 digits: that of the certificate which is shown to the "
            "login (guide 3.1.2).",
            argument="subject",
        )


@attrs.frozen(kw_only=True, repr=False, eq=False)
class AssertionMaker:
    """Makes assertions, each good for one attempt.

    Attributes:
        signer: Signs them.
        header: The header's part of the JWT, which is the same for all.
        issuer: ``iss``: who made it; the portal does not check it.
        subject: ``sub``: the CVR number of the certificate that the login is shown.
        audience: ``aud``: the login's host.
        clock: The time.

    Raises:
        InvalidArgument: The subject is no CVR number.
    """

    signer: Signer
    header: str
    issuer: str
    subject: str = attrs.field(validator=_check_cvr)
    audience: str
    clock: Clock

    def make(self) -> str:
        """Make and sign one, with an id of its own, good for 60 seconds from now.

        Raises:
            SignerFailed: The signer did not sign.
        """
        now = int(self.clock.wall())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": self.audience,
            "iat": now,
            "exp": now + _LIFE_SECONDS,
            "jti": str(uuid.uuid4()),
        }
        text = f"{self.header}.{_part(claims)}"
        return f"{text}.{_base64url(self.signer.sign(text.encode()))}"


def header(
    chain: Sequence[x509.Certificate], *, include_root: bool, include_thumbprint: bool
) -> str:
    """Make the header's part: the signer's certificate with those above it.

    Args:
        chain: The certificate first.
        include_root: Whether the root is sent too, as in the guide.
        include_thumbprint: Whether to add ``x5t#S256``, as the guide's shortened example has it.
    """
    sent = [c for c in chain if include_root or c is chain[0] or c.issuer != c.subject]
    der = [certificate.public_bytes(Encoding.DER) for certificate in sent]
    members: dict[str, object] = {}
    if include_thumbprint:
        members["x5t#S256"] = _base64url(hashlib.sha256(der[0]).digest())
    # Standard base64, unlike everything else in a JWT (RFC 7515 4.1.6).
    members["x5c"] = [base64.b64encode(certificate).decode() for certificate in der]
    members["alg"] = "RS256"
    return _part(members)


def _part(members: Mapping[str, object]) -> str:
    return _base64url(json.dumps(members, separators=(",", ":")).encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
