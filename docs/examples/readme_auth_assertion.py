"""The program about signed assertions in the README of skifteportal-auth; nothing is sent."""

import os

from skifteportal.auth import Certificate, SignedAssertionCredential
from skifteportal.core import TEST


def password() -> str:
    """Return the certificates' password; yours comes from a vault."""
    return os.environ["P12_PASSWORD"]


company = Certificate.from_p12("anmelder.p12", password=password)
filer = Certificate.from_p12("anden_anmelder.p12", password=password)
credential = SignedAssertionCredential(
    TEST,
    certificate=company,  # shown to the login
    signer=filer,  # signs: the token is its company's
)
print(credential.direct())
