"""The realm ``sts``: the portal's, as far as stock Keycloak goes."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from logins import CLIENT, SECRET

if TYPE_CHECKING:
    from certificates import Certificates

    from skifteportal.auth import Certificate

__all__ = ["BY_CERTIFICATE", "realm"]

BY_CERTIFICATE = "by-certificate"
TOKEN_SECONDS = 300
SERVICE = {
    "protocol": "openid-connect",
    "enabled": True,
    "publicClient": False,
    "serviceAccountsEnabled": True,
    "standardFlowEnabled": False,
    "directAccessGrantsEnabled": False,
}
BOUND = {"tls.client.certificate.bound.access.tokens": "true"}
NAMES = {
    NameOID.COUNTRY_NAME: "C",
    NameOID.ORGANIZATION_NAME: "O",
    NameOID.COMMON_NAME: "CN",
    NameOID.SERIAL_NUMBER: "SERIALNUMBER",
}


def realm(certificates: Certificates) -> dict[str, Any]:
    """Return the realm's import file.

    A stock client logs in one way: by its secret (variant A; the certificate is then asked for by TLS and
    bound to the token, but not looked at), by its certificate's subject, or by an assertion (variant B; x5c is
    not read: the signer's certificate is registered).

    Args:
        certificates: Who takes part.
    """
    signer = certificates.own.chain[0].public_bytes(Encoding.DER)
    signed = {
        "jwt.credential.certificate": base64.b64encode(signer).decode(),
        "token.endpoint.auth.signing.alg": "RS256",
    }
    subject = {
        "x509.subjectdn": _java_name(certificates.own),
        "x509.allow.regex.pattern.comparison": "false",
    }
    return {
        "realm": "sts",
        "enabled": True,
        "sslRequired": "all",
        "accessTokenLifespan": TOKEN_SECONDS,
        "clients": [
            _client(CLIENT, "client-secret", BOUND) | {"secret": SECRET},
            _client(BY_CERTIFICATE, "client-x509", {**subject, **BOUND}),
            _client(certificates.own.cvr, "client-jwt", signed),
            _client(certificates.other.cvr, "client-jwt", signed),
        ],
    }


def _client(name: str, authenticator: str, attributes: dict[str, str]) -> dict[str, Any]:
    return {
        **SERVICE,
        "clientId": name,
        "clientAuthenticatorType": authenticator,
        "attributes": attributes,
    }


def _java_name(certificate: Certificate) -> str:
    """The subject as Java compares it: organizationIdentifier, which it has no name for, as DER in hex."""
    parts: list[str] = []
    for attribute in reversed(list(certificate.chain[0].subject)):
        text = str(attribute.value)
        if attribute.oid in NAMES:
            parts.append(f"{NAMES[attribute.oid]}={text}")
        else:
            utf8 = text.encode()
            parts.append(f"{attribute.oid.dotted_string}=#{bytes([0x0C, len(utf8), *utf8]).hex()}")
    return ",".join(parts)
