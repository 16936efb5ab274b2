"""The organisation certificate: opened once, asked about, and shown to the login."""

import os
import ssl
import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, Never, Self

import attrs
from cryptography import x509
from typing_extensions import override

from skifteportal.auth._key_loading import load_key
from skifteportal.auth._p12 import Password, PrivateKey, load, read
from skifteportal.auth._subject import Subject, issued_for, read_subject
from skifteportal.auth.errors import (
    CertificateExpired,
    CertificateExpiresSoon,
    CertificateNotYetValid,
    WrongEnvironment,
)
from skifteportal.core.environments import Environment
from skifteportal.core.errors import ConfigurationError

__all__ = ["Certificate"]

_SOON = timedelta(days=30)
_Version = tuple[Path | None, int, int]


@attrs.frozen(eq=False, repr=False, kw_only=True)
class Certificate:
    """An OCES3 organisation certificate with its private key (guide 2.5).

    Make one with ``Certificate.from_p12``, once per process: opening takes about 0.12 s. It may be
    shared between credentials and threads. It can't be pickled, since it holds the private key.
    An expired certificate can be opened and looked at; using it is what is refused.

    Attributes:
        chain: The certificate itself, then its issuers up to the root, as far as the file had
            them; without the key.
        source: The file's path as it was given, or "the given bytes".
    """

    _key: PrivateKey = attrs.field(alias="key")
    chain: tuple[x509.Certificate, ...]
    source: str
    _subject: Subject = attrs.field(alias="subject")
    _contexts: dict[_Version, ssl.SSLContext] = attrs.field(
        factory=dict[_Version, ssl.SSLContext], init=False
    )

    @classmethod
    def from_p12(cls, source: str | os.PathLike[str] | bytes, *, password: Password) -> Self:
        """Open a PKCS#12 file (.p12, .pfx), as MitID Erhverv gives it.

        Args:
            source: The file's path, or its bytes.
            password: The file's password, or a function that returns it, called once and not kept.

        Raises:
            CertificateFileUnreadable: No such file, or no permission.
            NotACertificateFile: It is something else: PEM, base64, a web page, damaged …
            WrongPassword: The password does not open it.
            OldEncryption: It is encrypted with RC2 or RC4, which this machine's OpenSSL lacks.
            NoPrivateKey: It holds certificates only.
            NoCertificate: It holds no certificate of its key.
            WrongKindOfCertificate: It is no OCES3 organisation certificate.
            ConfigurationError: The password is not text.
        """
        data, name = read(source)
        bundle = load(data, password=password, source=name)
        subject = read_subject(bundle.chain[0], source=name)
        return cls(key=bundle.key, chain=bundle.chain, source=name, subject=subject)

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

    def ssl_context(self, *, ca_file: str | os.PathLike[str] | None = None) -> ssl.SSLContext:
        """A context that shows this certificate: TLS 1.2 at least, the server always checked.

        The root stays out of what is sent. The context is kept and shared, so don't change it; a
        CA file that was replaced is read again. Use it for the login only: no other host has a
        reason to see the certificate.

        Args:
            ca_file: A PEM file with the root certificates to trust; None for the system's.

        Raises:
            ConfigurationError: The CA file can't be read, or holds no certificate.
        """
        path = None if ca_file is None else Path(ca_file)
        version = _version(path)
        if version not in self._contexts:
            context = _trusting(path)
            above = [issuer for issuer in self.chain[1:] if issuer.issuer != issuer.subject]
            load_key(context, key=self._key, chain=[self.chain[0], *above])
            # No lock, which a fork might leave held: two threads may make one each, and one stays.
            self._contexts.setdefault(version, context)
        return self._contexts[version]

    @override
    def __repr__(self) -> str:
        return (
            f"<Certificate cvr={self.cvr} {self.environment or 'unknown issuer'} "
            f"not_after={self.not_after:%Y-%m-%d}>"
        )

    @override
    def __reduce__(self) -> Never:
        raise TypeError(
            "A Certificate can't be pickled or copied: it holds the private key. Open the .p12 "
            "file in the process that uses it."
        )


def _version(ca_file: Path | None) -> _Version:
    try:
        state = ca_file.stat() if ca_file else None
    except OSError as error:
        problem = error.strerror
    else:
        return (ca_file, state.st_mtime_ns, state.st_size) if state else (None, 0, 0)
    raise ConfigurationError(f"The CA file {ca_file} can't be read: {problem}.")


def _trusting(ca_file: Path | None) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=ca_file)
    except ssl.SSLError:
        problem = "holds no PEM certificate"
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
    else:
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context
    raise ConfigurationError(f"The CA file {ca_file} {problem}.")
