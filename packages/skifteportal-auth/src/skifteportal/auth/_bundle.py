"""A private key, its certificate, and the certificates above it in their right order."""

from collections.abc import Sequence

import attrs
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from skifteportal.auth.errors import NoCertificate, WrongKindOfCertificate

__all__ = ["Bundle", "PrivateKey", "above", "chain_of", "issued", "usable_key"]

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@attrs.frozen(repr=False, eq=False)
class Bundle:
    """What was in the file.

    Attributes:
        key: The private key.
        chain: The certificate of that key first, then each one's issuer, as far as they are there.
    """

    key: PrivateKey
    chain: tuple[x509.Certificate, ...]


def usable_key(key: object, *, source: str) -> PrivateKey:
    """Return the key if it is of a kind that a certificate for the portal may have.

    Raises:
        WrongKindOfCertificate: It is not.
    """
    if isinstance(key, PrivateKey):
        return key
    raise WrongKindOfCertificate(
        f"The key in {source} is neither RSA nor EC ({type(key).__name__}): an OCES3 "
        "certificate has an RSA key.",
        source=source,
    )


def chain_of(
    key: CertificatePublicKeyTypes, certificates: Sequence[x509.Certificate], *, source: str
) -> tuple[x509.Certificate, ...]:
    """Leaf, issuing, root. The order in the file is not to be relied on.

    Args:
        key: The leaf's public key.
        certificates: In any order, and others among them.
        source: What to call the file in errors.

    Raises:
        NoCertificate: None of them belongs to the key.
    """
    public = _public_bytes(key)
    leaf = next((c for c in certificates if _public_bytes(c.public_key()) == public), None)
    if leaf is None:
        raise NoCertificate(
            f"There is a private key in {source}, but no certificate that belongs to it "
            f"({len(certificates)} others). Export it again with its certificate chain.",
            source=source,
        )
    return above(leaf, certificates)


def above(
    leaf: x509.Certificate, certificates: Sequence[x509.Certificate]
) -> tuple[x509.Certificate, ...]:
    """The certificate, and those of the others that stand above it, in order."""
    chain = [leaf]
    while chain[-1].issuer != chain[-1].subject:
        issuer = next((c for c in certificates if issued(c, chain[-1])), None)
        if issuer is None or issuer in chain:
            break
        chain.append(issuer)
    return tuple(chain)


def _public_bytes(key: CertificatePublicKeyTypes) -> bytes:
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Whether a certificate was issued by another: by its name and its signature."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
