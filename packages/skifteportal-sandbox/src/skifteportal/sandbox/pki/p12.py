"""Key, certificate and chain as one .p12 file, in the modern form that MitID Erhverv hands out."""

from collections.abc import Sequence
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12

__all__ = ["write_p12"]

_ROUNDS: Final = (
    2000  # as in the real files; the password is random, so more would only slow the start
)


def write_p12(
    name: str, key: rsa.RSAPrivateKey, chain: Sequence[x509.Certificate], *, password: str
) -> bytes:
    """Return the .p12 file: AES-256 with PBES2, localKeyId and friendlyName on the leaf.

    Args:
        name: The friendly name.
        key: The leaf's private key.
        chain: Leaf, issuing authority, root: in this order.
        password: What the file is encrypted with.
    """
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(_ROUNDS)
        .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
        .hmac_hash(hashes.SHA256())
        .build(password.encode())
    )
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, chain[0], chain[1:], encryption
    )
