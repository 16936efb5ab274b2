"""Login variant B: your certificate is shown to the login, and the filer's certificate signs."""

import sys
from pathlib import Path

from skifteportal.auth import SignedAssertionCredential
from skifteportal.sagslager import SagslagerClient


def show_cases(env_file: Path) -> None:
    """Log in with a signed assertion; print the cases of the company that signed."""
    credential = SignedAssertionCredential.from_env_file(env_file)
    with SagslagerClient(credential.direct()) as portal:
        print(portal.hent_sager().total(), "cases")


if __name__ == "__main__":
    show_cases(Path(sys.argv[1]))
