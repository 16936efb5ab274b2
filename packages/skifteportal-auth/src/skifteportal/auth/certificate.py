"""The organisation certificate: opened once, asked about, and shown to the login."""

import os
import ssl
from pathlib import Path
from typing import Never, Self, cast

import attrs
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from typing_extensions import override

from skifteportal.auth._bundle import PrivateKey
from skifteportal.auth._certificate_file import read
from skifteportal.auth._key_loading import load_key
from skifteportal.auth._p12 import load
from skifteportal.auth._password import Password
from skifteportal.auth._public_certificate import PublicCertificate
from skifteportal.auth._subject import read_subject
from skifteportal.core.errors import ConfigurationError

__all__ = ["Certificate"]

_Version = tuple[Path | None, int, int]


@attrs.frozen(eq=False, repr=False, kw_only=True)
class Certificate(PublicCertificate):
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

    def sign(self, data: bytes) -> bytes:
        """Sign with RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 3.3).

        Args:
            data: The bytes themselves, not their hash.

        Raises:
            WrongKindOfCertificate: Its key is not RSA.
        """
        self.rsa_public_key()
        key = cast("rsa.RSAPrivateKey", self._key)
        return key.sign(data, padding.PKCS1v15(), hashes.SHA256())

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
