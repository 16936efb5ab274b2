"""The organisation certificate: opened once, asked about, and shown to the login."""

import os
import ssl
from pathlib import Path
from typing import Never, Self, cast

import attrs
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from typing_extensions import override

from skifteportal.auth._bundle import Bundle, PrivateKey, chain_of
from skifteportal.auth._certificate_file import Source, read
from skifteportal.auth._key_loading import load_key
from skifteportal.auth._p12 import load
from skifteportal.auth._password import Password
from skifteportal.auth._pem import certificates
from skifteportal.auth._pem_key import load_key as load_pem_key
from skifteportal.auth._public_certificate import PublicCertificate
from skifteportal.auth._subject import read_subject
from skifteportal.core.errors import ConfigurationError
from skifteportal.core.tls import trusting

__all__ = ["Certificate"]

_Version = tuple[Path | None, int, int]


@attrs.frozen(eq=False, repr=False, kw_only=True)
class Certificate(PublicCertificate):
    """An OCES3 organisation certificate with its private key (guide 2.5).

    Make one with ``Certificate.from_p12`` or ``from_pem``, once per process: opening takes about 0.12 s. It may be
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
    def from_p12(
        cls, source: Source, *, password: Password, extra_chain: Source | None = None
    ) -> Self:
        """Open a PKCS#12 file (.p12, .pfx), as MitID Erhverv gives it.

        Args:
            source: The file's path, or its bytes.
            password: The file's password, or a function that returns it, called once and not kept.
            extra_chain: PEM with the certificates above it, if the file lacks them, or the one
                above it in DER (.cer): a path, or bytes. Their order doesn't matter, and others
                among them are passed over.

        Raises:
            CertificateFileUnreadable: No such file, or no permission.
            NotACertificateFile: It is something else: PEM, base64, a web page, damaged …
            WrongPassword: The password does not open it.
            OldEncryption: It is encrypted with RC2 or RC4, which this machine's OpenSSL lacks.
            NoPrivateKey: It holds certificates only.
            NoCertificate: It holds no certificate of its key.
            WrongKindOfCertificate: It is no OCES3 organisation certificate.
            ConfigurationError: The password is not text, or the file is given by neither path nor bytes.
        """
        data, name = read(source)
        bundle = load(data, password=password, source=name, extra=_certificates(extra_chain))
        return cls._made(bundle, name)

    @classmethod
    def from_pem(
        cls,
        source: Source,
        *,
        key: Source | None = None,
        password: Password | None = None,
        extra_chain: Source | None = None,
    ) -> Self:
        """Read PEM text: the certificate, those above it, and the key.

        Args:
            source: A path, or bytes. The order in it doesn't matter.
            key: Where the key is, if it is not there too: a path, or bytes.
            password: The key's password, or a function that returns it, called once and not kept;
                None for a key that is not encrypted.
            extra_chain: More with the certificates above it, as for ``from_p12``.

        Raises:
            CertificateFileUnreadable: No such file, or no permission.
            NotACertificateFile: It holds no PEM certificate, or something in it is damaged.
            WrongPassword: The key is encrypted, and the password does not open it or is missing.
            OldEncryption: It is encrypted with a cipher that this machine's OpenSSL lacks.
            NoPrivateKey: There is no key.
            NoCertificate: There is no certificate of that key.
            WrongKindOfCertificate: It is no OCES3 organisation certificate.
            ConfigurationError: The password is not text, or the file is given by neither path nor bytes.
        """
        data, name = read(source)
        found = [*certificates(data, source=name), *_certificates(extra_chain)]
        key_data, key_name = (data, name) if key is None else read(key)
        opened = load_pem_key(key_data, password=password, source=key_name)
        chain = chain_of(opened.public_key(), found, source=name)
        return cls._made(Bundle(opened, chain), name)

    @classmethod
    def _made(cls, bundle: Bundle, source: str) -> Self:
        subject = read_subject(bundle.chain[0], source=source)
        return cls(key=bundle.key, chain=bundle.chain, source=source, subject=subject)

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
            "A Certificate can't be pickled or copied: it holds the private key. Open its "
            "file in the process that uses it."
        )


def _certificates(extra_chain: Source | None) -> list[x509.Certificate]:
    if extra_chain is None:
        return []
    data, name = read(extra_chain)
    return certificates(data, source=name)


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
        return trusting(ca_file)
    except ssl.SSLError:
        problem = "holds no PEM certificate"
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
    raise ConfigurationError(f"The CA file {ca_file} {problem}.")
