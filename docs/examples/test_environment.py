"""A credential for the portal's test environment; its secrets come from the process's environment."""

import os
from pathlib import Path

from skifteportal.auth import Certificate, ClientSecretCredential
from skifteportal.core import TEST


def test_environment(p12: Path) -> ClientSecretCredential:
    """Build the credential from a certificate's file. Nothing is sent before the first call."""
    return ClientSecretCredential(
        TEST,
        client_id=os.environ["CLIENT_ID"],
        client_secret=os.environ["CLIENT_SECRET"],
        certificate=Certificate.from_p12(p12, password=lambda: os.environ["P12_PASSWORD"]),
    )


if __name__ == "__main__":
    credential = test_environment(Path(os.environ["P12"]))
    print(credential.certificate.cvr, "logs in at", credential.environment.auth_url)
