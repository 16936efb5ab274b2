"""Login variant A: who one logs in as, and the cases that this company takes part in."""

import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.sagslager import SagslagerClient


def show_cases(env_file: Path) -> None:
    """Log in with client id, secret and certificate; print the company and its cases."""
    credential = ClientSecretCredential.from_env_file(env_file)
    print(credential.certificate.cvr, credential.certificate.days_left(), "days left")
    with SagslagerClient(credential.direct()) as portal:
        for sag in portal.hent_sager():
            print(sag.sagsnummer, *(sag.roller or []))


if __name__ == "__main__":
    show_cases(Path(sys.argv[1]))
