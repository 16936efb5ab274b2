"""A certificate whose key is elsewhere, as in an HSM, and a function that signs with it."""

from collections.abc import Callable
from typing import Never, Self

import attrs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from typing_extensions import override

from skifteportal.auth._certificate_file import Source, read
from skifteportal.auth._pem import load_certificates
from skifteportal.auth._public_certificate import PublicCertificate
from skifteportal.auth._subject import read_subject
from skifteportal.auth.errors import SignerFailed

__all__ = ["ExternalSigner"]

_PAUSE = 5.0


@attrs.frozen(eq=False, repr=False, kw_only=True)
class ExternalSigner(PublicCertificate):
    """Signs assertions with a key that this process does not have: an HSM's, a service's.

    Make one with ``ExternalSigner.from_pem``. Each signature is checked against the certificate
    before it is used, so that a wrong key or a wrong algorithm shows at once.
    """

    _function: Callable[[bytes], bytes] = attrs.field(alias="function")

    @classmethod
    def from_pem(cls, source: Source, *, sign: Callable[[bytes], bytes]) -> Self:
        """Read the certificate; the function has its key.

        Args:
            source: A PEM file's path, or its bytes: the certificate, and those above it up to the
                root, in any order. They are sent along with each assertion.
            sign: Is given bytes (not their hash) and returns their RS256 signature
                (RSASSA-PKCS1-v1_5 with SHA-256). Called in a thread of its own, once for each
                token request.

        Raises:
            CertificateFileUnreadable: No such file, or no permission.
            NotACertificateFile: It holds no PEM certificate.
            NoCertificate: It holds several, and none that the others stand above.
            WrongKindOfCertificate: It is no OCES3 organisation certificate, or has no RSA key.
        """
        data, name = read(source)
        chain = load_certificates(data, source=name)
        subject = read_subject(chain[0], source=name)
        signer = cls(chain=chain, source=name, subject=subject, function=sign)
        signer.rsa_public_key()
        return signer

    def sign(self, data: bytes) -> bytes:
        """Have the function sign, and check what it gives.

        Args:
            data: The bytes to sign.

        Raises:
            SignerFailed: It raised, or gave no signature of this certificate's.
        """
        try:
            signature = self._function(data)
        except Exception as error:
            raise SignerFailed(
                f"The function that signs for the certificate in {self.source} raised "
                f"{type(error).__name__}.",
                retry_after=_PAUSE,
            ) from error
        try:
            self.rsa_public_key().verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        except (InvalidSignature, TypeError):
            problem = f"The function that signs for the certificate in {self.source} gave"
        else:
            return signature
        raise SignerFailed(
            f"{problem} what is no RS256 signature of that certificate's key: it must sign the "
            "bytes it is given (not their hash) by RSASSA-PKCS1-v1_5 with SHA-256, with the key "
            "that the certificate was issued for, and return the signature's bytes.",
            retry_after=_PAUSE,
        )

    @override
    def __repr__(self) -> str:
        return f"<ExternalSigner cvr={self.cvr} not_after={self.not_after:%Y-%m-%d}>"

    @override
    def __reduce__(self) -> Never:
        raise TypeError("An ExternalSigner can't be pickled or copied: make one in each process.")
