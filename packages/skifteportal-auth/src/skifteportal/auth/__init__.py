"""Login to the Danish courts' Skifteportal: OCES3 certificates, mutual TLS, tokens.

A credential is made once, and gives each client what it logs in with:

    credential = ClientSecretCredential(
        TEST,
        client_id=os.environ["CLIENT_ID"],  # from Domstolsstyrelsen, as is the secret
        client_secret=os.environ["CLIENT_SECRET"],
        certificate=Certificate.from_p12("anmelder.p12", password=lambda: os.environ["P12_PASSWORD"]),
    )
    credential.direct()  # what a client takes, as in DoedsbojournalClient(credential.direct())
"""

from skifteportal.auth.certificate import Certificate
from skifteportal.auth.client_secret import ClientSecretCredential
from skifteportal.auth.credential import Credential
from skifteportal.auth.errors import (
    ActorTokenRefused,
    AuthUnreachable,
    CertificateError,
    CertificateExpired,
    CertificateExpiresSoon,
    CertificateFileUnreadable,
    CertificateNotYetValid,
    CertificateRefused,
    ClientRefused,
    ExchangeRefused,
    NoCertificate,
    NoPrivateKey,
    NotACertificateFile,
    NotAParticipant,
    OldEncryption,
    ServerNotTrusted,
    SignerFailed,
    TokenError,
    TooManyTokenRequests,
    UnexpectedTokenAnswer,
    UnknownProfile,
    WrongAssertion,
    WrongEnvironment,
    WrongKindOfCertificate,
    WrongPassword,
)
from skifteportal.auth.external_signer import ExternalSigner
from skifteportal.auth.keyring import Keyring
from skifteportal.auth.ready_assertions import ReadyAssertions
from skifteportal.auth.signed_assertion import SignedAssertionCredential

__all__ = [
    "ActorTokenRefused",
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
    "Credential",
    "ExchangeRefused",
    "ExternalSigner",
    "Keyring",
    "NoCertificate",
    "NoPrivateKey",
    "NotACertificateFile",
    "NotAParticipant",
    "OldEncryption",
    "ReadyAssertions",
    "ServerNotTrusted",
    "SignedAssertionCredential",
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
