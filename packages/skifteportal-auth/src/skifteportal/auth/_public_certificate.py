"""What everybody may see of a certificate: whom it is for, and when it is good."""

import warnings
from datetime import UTC, datetime, timedelta
from typing import Literal

import attrs
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from skifteportal.auth._subject import Subject, issued_for
from skifteportal.auth.errors import (
    CertificateExpired,
    CertificateExpiresSoon,
    CertificateNotYetValid,
    WrongEnvironment,
    WrongKindOfCertificate,
)
from skifteportal.core.environments import Environment

__all__ = ["PublicCertificate"]

_SOON = timedelta(days=30)


@attrs.frozen(eq=False, repr=False, kw_only=True)
class PublicCertificate:
    """An OCES3 organisation certificate without its key (guide 2.5).

    Attributes:
        chain: The certificate itself, then its issuers up to the root, as far as they are known.
        source: The file's path as it was given, or "the given bytes".
    """

    chain: tuple[x509.Certificate, ...]
    source: str
    _subject: Subject = attrs.field(alias="subject")

    @property
    def cvr(self) -> str:
        """The company's CVR number, 8 digits."""
        return self._subject.cvr

    @property
    def subject_serial_number(self) -> str:
        """The subject's SERIALNUMBER, ``UI:DK-O:G:<uuid>``.

        It is what the owner of an adgangsprofil registers (guide 3.2.1); not the X.509 serial.
        """
        return self._subject.serial_number

    @property
    def subject_name(self) -> str:
        """The certificate's own name (CN), chosen when it was ordered."""
        return self._subject.name

    @property
    def organization(self) -> str:
        """The company's name (O)."""
        return self._subject.organization

    @property
    def not_before(self) -> datetime:
        """The first moment at which it is valid, in UTC."""
        return self.chain[0].not_valid_before_utc

    @property
    def not_after(self) -> datetime:
        """The last moment at which it is valid, in UTC."""
        return self.chain[0].not_valid_after_utc

    @property
    def environment(self) -> Literal["test", "production"] | None:
        """What it was issued for, told by its issuer; None for an issuer that is not known."""
        return issued_for(self.chain[0])

    def check(self, environment: Environment | None = None, *, now: datetime | None = None) -> None:
        """Refuse the certificate if the portal would; a credential does so before each request.

        Args:
            environment: Where it is to be used; None to look at the dates only.
            now: The time to judge by, with a time zone; by default the present.

        Raises:
            CertificateExpired: Its time is over.
            CertificateNotYetValid: Its time has not come.
            WrongEnvironment: It is a test certificate and this is production, or the reverse.
        """
        now = now or datetime.now(UTC)
        if now > self.not_after:
            raise CertificateExpired(
                f"The certificate in {self.source} expired on {self.not_after:%Y-%m-%d %H:%M} UTC. "
                "Order a new one in MitID Erhverv and give its .p12 file.",
                source=self.source,
                not_after=self.not_after,
            )
        if now < self.not_before:
            raise CertificateNotYetValid(
                f"The certificate in {self.source} is valid from {self.not_before:%Y-%m-%d %H:%M} "
                f"UTC, and this machine's clock says {now:%Y-%m-%d %H:%M} UTC. Check the clock.",
                source=self.source,
                not_before=self.not_before,
            )
        wanted = environment.certificates if environment else None
        if environment and wanted and self.environment not in {None, wanted}:
            raise WrongEnvironment(
                f"The certificate in {self.source} is a {self.environment} certificate, and "
                f"{environment.name} ({environment.auth_url}) takes {wanted} certificates only. "
                "Give that environment's certificate, or choose the other environment.",
                source=self.source,
            )

    def days_left(self, *, now: datetime | None = None) -> int:
        """Whole days until it expires; negative if it has.

        Args:
            now: The time to count from, with a time zone; by default the present.
        """
        return (self.not_after - (now or datetime.now(UTC))) // timedelta(days=1)

    def warn_if_expiring(self, *, now: datetime | None = None, stacklevel: int = 2) -> None:
        """Warn with CertificateExpiresSoon from 30 days before the certificate expires.

        Args:
            now: The time to judge by, with a time zone; by default the present.
            stacklevel: As in ``warnings.warn``: 2 for the caller.
        """
        now = now or datetime.now(UTC)
        if self.not_after - now <= _SOON:
            warnings.warn(
                f"The certificate in {self.source} expires on {self.not_after:%Y-%m-%d}, in "
                f"{self.days_left(now=now)} days. Order a new one in MitID Erhverv.",
                CertificateExpiresSoon,
                stacklevel=stacklevel,
            )

    def rsa_public_key(self) -> rsa.RSAPublicKey:
        """The public key that an RS256 signature is checked with.

        Raises:
            WrongKindOfCertificate: Its key is not RSA.
        """
        key = self.chain[0].public_key()
        if isinstance(key, rsa.RSAPublicKey):
            return key
        raise WrongKindOfCertificate(
            f"The certificate in {self.source} has no RSA key, and assertions are signed with RS256 "
            "(guide 3.1.2). An OCES3 organisation certificate has one.",
            source=self.source,
        )
