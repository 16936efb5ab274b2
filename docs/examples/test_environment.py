"""A credential for the portal's test environment."""

import os
from pathlib import Path

from skifteportal.auth import Certificate, ClientSecretCredential
from skifteportal.core import TEST


def test_environment(p12: Path) -> ClientSecretCredential:
    """Build the credential from a certificate file and two environment variables."""
    certificate = Certificate.from_p12(p12, password=lambda: os.environ["P12_PASSWORD"])
    return ClientSecretCredential(
        TEST,
        client_id="your-client-id",
        client_secret=os.environ["CLIENT_SECRET"],
        certificate=certificate,
    )
