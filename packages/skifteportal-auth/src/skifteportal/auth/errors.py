"""Every error of the login, and what each means.

CredentialError (skifteportal.core)
├─ CertificateError            found on this machine, before anything was sent
│  ├─ CertificateFileUnreadable  no such file, no permission, a folder
│  ├─ NotACertificateFile        PEM, base64, a web page, a damaged file …
│  ├─ WrongPassword
│  ├─ OldEncryption              RC2 or RC4, which this OpenSSL can't read
│  ├─ NoPrivateKey
│  ├─ NoCertificate
│  ├─ WrongKindOfCertificate     OCES2, an employee's, not OCES at all
│  ├─ CertificateExpired
│  ├─ CertificateNotYetValid
│  └─ WrongEnvironment           a test certificate in production, or the reverse
└─ TokenError                  the token endpoint was asked, or could not be
   ├─ SignerFailed               variant B: nobody signed the assertion
   ├─ WrongAssertion             variant B: the supplier's assertion would be refused
   ├─ ClientRefused              wrong client id or secret, or assertion
   ├─ ExchangeRefused            no token for the profile
   │  ├─ NotAParticipant           its owner must invite the certificate
   │  ├─ UnknownProfile            its id is wrong
   │  └─ ActorTokenRefused         the direct token is not taken there
   ├─ CertificateRefused         the TLS handshake was refused
   ├─ ServerNotTrusted           the server's own certificate did not hold
   ├─ AuthUnreachable            no connection, or no answer in time
   ├─ TooManyTokenRequests       429
   └─ UnexpectedTokenAnswer      not what a token endpoint answers

No text, attribute or cause of these holds a secret, a password, a token, or what the server wrote.
"""

# ruff: noqa: N818 - named for what happened, as in skifteportal.core

from datetime import datetime

from skifteportal.core.errors import CredentialError

__all__ = [
    "ActorTokenRefused",
    "AuthUnreachable",
    "CertificateError",
    "CertificateExpired",
    "CertificateExpiresSoon",
    "CertificateFileUnreadable",
    "CertificateNotYetValid",
    "CertificateRefused",
    "ClientRefused",
    "ExchangeRefused",
    "NoCertificate",
    "NoPrivateKey",
    "NotACertificateFile",
    "NotAParticipant",
    "OldEncryption",
    "ServerNotTrusted",
    "SignerFailed",
    "TokenError",
    "TooManyTokenRequests",
    "UnexpectedTokenAnswer",
    "UnknownProfile",
    "WrongAssertion",
    "WrongEnvironment",
    "WrongKindOfCertificate",
    "WrongPassword",
]


class CertificateExpiresSoon(UserWarning):
    """The certificate expires within 30 days. A new one is ordered in MitID Erhverv."""


class CertificateError(CredentialError):
    """The certificate can't be used. Nothing was sent.

    Attributes:
        source: Where the certificate came from: the path as it was given, or "the given bytes".
    """

    def __init__(self, message: str, *, source: str | None = None) -> None:
        super().__init__(message)
        self.source = source


class CertificateFileUnreadable(CertificateError):
    """The certificate's file is missing, is a folder, or may not be read."""


class NotACertificateFile(CertificateError):
    """The file is not what was to be opened, PKCS#12 (.p12, .pfx) or PEM, or it is damaged."""


class WrongPassword(CertificateError):
    """The password does not open the PKCS#12 file, or the key in PEM."""


class OldEncryption(CertificateError):
    """The file is encrypted in a way that this machine's OpenSSL does not read.

    Mostly RC2 or RC4, from old Windows and Java tools, where OpenSSL's legacy provider is absent.
    """


class NoPrivateKey(CertificateError):
    """There are certificates, but no private key."""


class NoCertificate(CertificateError):
    """There is no certificate that belongs to the private key, or that is clearly meant."""


class WrongKindOfCertificate(CertificateError):
    """The certificate is not an OCES3 organisation certificate (guide 2.5)."""


class CertificateExpired(CertificateError):
    """The certificate's time is over.

    Attributes:
        not_after: Its last moment, in UTC.
    """

    def __init__(
        self, message: str, *, source: str | None = None, not_after: datetime | None = None
    ) -> None:
        super().__init__(message, source=source)
        self.not_after = not_after


class CertificateNotYetValid(CertificateError):
    """The certificate's time has not come, or this machine's clock is slow.

    Attributes:
        not_before: Its first moment, in UTC.
    """

    def __init__(
        self, message: str, *, source: str | None = None, not_before: datetime | None = None
    ) -> None:
        super().__init__(message, source=source)
        self.not_before = not_before


class WrongEnvironment(CertificateError):
    """A test certificate was given for production, or a production certificate for test."""


class TokenError(CredentialError):
    """No token was got.

    Attributes:
        endpoint: The URL that was asked.
        retryable: Whether the same request may go well later.
        retry_after: Seconds for which nothing more is asked: callers in that time are given
            this same error at once, since the portal counts token requests too (guide 2.2).
    """

    def __init__(
        self,
        message: str,
        *,
        endpoint: str | None = None,
        retryable: bool = False,
        retry_after: float = 0.0,
    ) -> None:
        super().__init__(message)
        self.endpoint = endpoint
        self.retryable = retryable
        self.retry_after = retry_after


class SignerFailed(TokenError):
    """The signer of an ExternalSigner raised, or gave what is no signature of its certificate's.

    What it raised is the ``__cause__``.
    """


class WrongAssertion(TokenError):
    """The assertion from a supplier would be refused by the portal, so it was not sent."""


class _Refused(TokenError):
    """A token endpoint said no.

    Attributes:
        status: The HTTP status, mostly 401 or 400.
        code: The OAuth error code ("invalid_client", "unauthorized_client" …; RFC 6749 5.2), or
            None if the answer had none.
    """

    def __init__(
        self,
        message: str,
        *,
        endpoint: str | None = None,
        retry_after: float = 0.0,
        status: int | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message, endpoint=endpoint, retry_after=retry_after)
        self.status = status
        self.code = code


class ClientRefused(_Refused):
    """The login refused the client: its id, its secret, its assertion, or who shows the certificate."""


class ExchangeRefused(_Refused):
    """The exchange gave no token for the profile (guide 3.2)."""


class NotAParticipant(ExchangeRefused):
    """The certificate's company is not a participant of the profile.

    The profile's owner must invite it, by the certificate's subject SERIALNUMBER (guide 3.2.1).
    """


class UnknownProfile(ExchangeRefused):
    """The exchange does not know the profile."""


class ActorTokenRefused(ExchangeRefused):
    """The exchange does not take the direct token, not even a new one."""


class CertificateRefused(TokenError):
    """The server refused the TLS handshake, or broke it off right after the certificate.

    Attributes:
        alert: The TLS alert's name ("certificate_expired", "unknown_ca" …; RFC 8446 6.2), or None
            if the connection was closed without one.
    """

    def __init__(
        self,
        message: str,
        *,
        endpoint: str | None = None,
        retryable: bool = False,
        retry_after: float = 0.0,
        alert: str | None = None,
    ) -> None:
        super().__init__(message, endpoint=endpoint, retryable=retryable, retry_after=retry_after)
        self.alert = alert


class ServerNotTrusted(TokenError):
    """The server's own certificate is not one that this machine trusts for that host."""


class AuthUnreachable(TokenError):
    """The token endpoint could not be reached, or did not answer in time."""


class TooManyTokenRequests(TokenError):
    """The token endpoint answered 429: too many requests for this client id (guide 2.2)."""


class UnexpectedTokenAnswer(TokenError):
    """The answer is not what a token endpoint gives (guide 3.1.3).

    Attributes:
        status: The HTTP status.
    """

    def __init__(
        self,
        message: str,
        *,
        endpoint: str | None = None,
        retryable: bool = False,
        retry_after: float = 0.0,
        status: int | None = None,
    ) -> None:
        super().__init__(message, endpoint=endpoint, retryable=retryable, retry_after=retry_after)
        self.status = status
