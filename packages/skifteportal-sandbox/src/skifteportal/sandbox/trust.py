"""Whom the portal trusts: the root that certificates must hang from, and the list of those that were revoked."""

from collections.abc import Sequence
from datetime import datetime

import attrs
from cryptography import x509
from cryptography.exceptions import InvalidSignature

__all__ = ["Trust", "Untrusted"]


class Untrusted(Exception):  # noqa: N818 - the portal's answer, never seen by a user
    """A certificate that the portal does not trust; the text says why and holds nothing of it."""


@attrs.define(kw_only=True, repr=False)
class Trust:
    """Judges chains as the TLS server judges those of the handshake.

    Attributes:
        root: The authority that every chain must end at.
        revoked: The issuing authority's list of revoked certificates; may be replaced by a newer one.
    """

    root: x509.Certificate
    revoked: x509.CertificateRevocationList

    @classmethod
    def from_pem(cls, *, root: bytes, revoked: bytes) -> "Trust":
        """Read root and list.

        Args:
            root: The root certificate, PEM.
            revoked: The list of revoked certificates, PEM.
        """
        return cls(
            root=x509.load_pem_x509_certificate(root), revoked=x509.load_pem_x509_crl(revoked)
        )

    def check(self, chain: Sequence[x509.Certificate], *, moment: datetime) -> None:
        """Judge a certificate with those above it.

        Args:
            chain: The certificate, then its issuer and so on; the root may be left out.
            moment: The time, aware.

        Raises:
            Untrusted: The chain does not hang together, does not end at the root, has run out, or was revoked.
        """
        above = [*chain[1:], self.root] if chain[-1] != self.root else chain[1:]
        for lower, upper in zip(chain, above, strict=False):
            _check_issuer(lower, upper)
        for certificate in chain:
            if moment < certificate.not_valid_before_utc:
                raise Untrusted("a certificate is not valid yet")
            if moment > certificate.not_valid_after_utc:
                raise Untrusted("a certificate has expired")
        leaf = chain[0]
        if leaf.issuer == self.revoked.issuer and (
            self.revoked.get_revoked_certificate_by_serial_number(leaf.serial_number) is not None
        ):
            raise Untrusted("the certificate was revoked")


def _check_issuer(lower: x509.Certificate, upper: x509.Certificate) -> None:
    try:
        lower.verify_directly_issued_by(upper)
        authority = upper.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        authority = False
    if not authority:
        raise Untrusted("the certificate does not come from an authority that the portal knows")
