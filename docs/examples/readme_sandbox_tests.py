"""The tests in the README of skifteportal-sandbox."""

import subprocess
import sys

from skifteportal.auth import ClientSecretCredential
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery
from skifteportal.sandbox import InProcessPortal, Sandbox

ERLINDA_HILLS = DoedsbojournalQuery(cpr_nummer="4634875520")


def test_over_tls(skifteportal_sandbox: Sandbox) -> None:
    """With login, certificates and sockets, as in production."""
    credential = ClientSecretCredential.from_env_file(skifteportal_sandbox.env_file)
    with DoedsbojournalClient(credential.direct()) as portal:
        assert portal.search_bo(ERLINDA_HILLS).first()


def test_in_this_process(skifteportal_portal: InProcessPortal) -> None:
    """With the same application and rules, without login and sockets."""
    auth, transport = skifteportal_portal.direct(), skifteportal_portal.transport
    with DoedsbojournalClient(auth, transport=transport) as portal:
        assert portal.search_bo(ERLINDA_HILLS).first()


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    sys.exit(subprocess.call(command))
