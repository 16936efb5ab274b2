"""The assertion of the integration guide's Example 2, made from a .p12 file without any code of our packages'."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["assertion"]


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def assertion(signer: Path, password: str, *, audience: str, subject: str) -> str:
    """Sign what the guide prints (3.1.2).

    Args:
        signer: The filer's certificate with its chain and key, a .p12 file.
        password: Its password.
        audience: The login host.
        subject: CVR number of the API user, whose certificate the call presents.
    """
    bundle = pkcs12.load_pkcs12(signer.read_bytes(), password.encode())
    assert bundle.cert is not None
    assert isinstance(bundle.key, rsa.RSAPrivateKey)
    chain = [bundle.cert, *bundle.additional_certs]
    x5c = [base64.b64encode(one.certificate.public_bytes(Encoding.DER)).decode() for one in chain]
    claims = {
        "iss": "https://test.local",
        "sub": subject,
        "aud": audience,
        "exp": 61697372400,
        "jti": "0b60c02a-46c3-4cc9-b0fc-dd87f81ff0b7",
    }
    parts = ({"x5c": x5c, "alg": "RS256"}, claims)
    signed = ".".join(_base64url(json.dumps(part).encode()) for part in parts)
    signature = bundle.key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_base64url(signature)}"
