"""The programs in the README of skifteportal-auth, one after the other; nothing is sent."""

import os

from skifteportal.auth import Certificate, ClientSecretCredential
from skifteportal.core import TEST

credential = ClientSecretCredential(
    TEST,
    client_id=os.environ["CLIENT_ID"],  # from Domstolsstyrelsen, as is the secret
    client_secret=os.environ["CLIENT_SECRET"],
    certificate=Certificate.from_p12("anmelder.p12", password=lambda: os.environ["P12_PASSWORD"]),
)
credential.direct()  # what a client takes, as in DoedsbojournalClient(credential.direct())

certificate = Certificate.from_p12("anmelder.p12", password=lambda: os.environ["P12_PASSWORD"])
print(certificate.cvr)  # "30808460"
print(certificate.subject_serial_number)  # what the owner of an adgangsprofil registers
print(certificate.environment)  # "test" or "production", by its issuer; None if it is neither's
print(certificate.not_after, certificate.days_left())

credential.for_profile("5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f3001")  # what a liquidator's client takes
