"""JSON web signatures, compact form (RFC 7515): taken apart and put together. Who checks what is in them stands elsewhere."""

import base64
from collections.abc import Mapping
from typing import Any

import attrs
import msgspec

__all__ = ["Jws", "base64url", "read_jws", "signing_input"]


@attrs.frozen(kw_only=True, repr=False)
class Jws:
    """A signature with what it signs.

    Attributes:
        header: The protected header.
        payload: The claims.
        signed: The bytes that the signature is of.
        signature: The signature.
    """

    header: Mapping[str, Any]
    payload: Mapping[str, Any]
    signed: bytes
    signature: bytes


def base64url(data: bytes) -> str:
    """Encode as RFC 7515 does: for addresses, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def signing_input(header: Mapping[str, Any], payload: Mapping[str, Any]) -> str:
    """Return what is to be signed: header and claims, encoded."""
    return f"{base64url(msgspec.json.encode(header))}.{base64url(msgspec.json.encode(payload))}"


def read_jws(text: str) -> Jws:
    """Take a JWS apart, without checking its signature.

    Args:
        text: The compact form.

    Raises:
        ValueError: It is none; the text holds nothing of it.
    """
    try:
        header, payload, signature = (_decode(part) for part in text.split("."))
        return Jws(
            header=msgspec.json.decode(header, type=dict[str, Any]),
            payload=msgspec.json.decode(payload, type=dict[str, Any]),
            signed=text.rpartition(".")[0].encode(),
            signature=signature,
        )
    except (ValueError, RecursionError):
        raise ValueError("This is no JWS in compact form") from None
