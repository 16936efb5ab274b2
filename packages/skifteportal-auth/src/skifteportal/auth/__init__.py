"""Login to the Danish courts' Skifteportal: OCES3 certificates, mutual TLS, tokens.

from skifteportal.auth import Certificate, ClientSecretCredential
from skifteportal.core import TEST

credential = ClientSecretCredential(
    TEST, client_id="…", client_secret="…",
    certificate=Certificate.from_p12("anmelder.p12", password="…"),
)
credential.direct()  # what a client takes
"""

from skifteportal.auth.certificate import Certificate
from skifteportal.auth.client_secret import ClientSecretCredential
from skifteportal.auth.errors import (
    AuthUnreachable,
    CertificateError,
    CertificateExpired,
    CertificateExpiresSoon,
    CertificateFileUnreadable,
    CertificateNotYetValid,
    CertificateRefused,
    ClientRefused,
    NoCertificate,
    NoPrivateKey,
    NotACertificateFile,
    OldEncryption,
    ServerNotTrusted,
    TokenError,
    TooManyTokenRequests,
    UnexpectedTokenAnswer,
    WrongEnvironment,
    WrongKindOfCertificate,
    WrongPassword,
)

__all__ = [
    "AuthUnreachable",
    "Certificate",
    "CertificateError",
    "CertificateExpired",
    "CertificateExpiresSoon",
    "CertificateFileUnreadable",
    "CertificateNotYetValid",
    "CertificateRefused",
    "ClientRefused",
    "ClientSecretCredential",
    "NoCertificate",
    "NoPrivateKey",
    "NotACertificateFile",
    "OldEncryption",
    "ServerNotTrusted",
    "TokenError",
    "TooManyTokenRequests",
    "UnexpectedTokenAnswer",
    "WrongEnvironment",
    "WrongKindOfCertificate",
    "WrongPassword",
]
