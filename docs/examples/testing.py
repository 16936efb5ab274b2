"""Tests of an integration with pytest; the fixtures come with skifteportal-sandbox."""

import subprocess
import sys
from decimal import Decimal

import pytest

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import ApiError
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.sandbox import InProcessPortal, Sandbox

ERLINDA_HILLS = DoedsbojournalQuery(cpr_nummer="4634875520")


def test_a_claim_gets_a_receipt(skifteportal_portal: InProcessPortal) -> None:
    """In this process: no sockets, no login, the same rules."""
    auth, transport = skifteportal_portal.direct(), skifteportal_portal.transport
    with DoedsbojournalClient(auth, transport=transport) as portal:
        (bo,) = portal.search_bo(ERLINDA_HILLS)
        krav = portal.add_krav(bo.id, KravInput(beloeb=Decimal("12345.50"), endeligt=False))
    assert krav.kvittering is not None
    assert "anmeldt" in (krav.kvittering.overskrift or "")


def test_a_refusal_has_its_code(skifteportal_portal: InProcessPortal) -> None:
    """The portal here refuses as the guide says."""
    auth, transport = skifteportal_portal.direct(), skifteportal_portal.transport
    with DoedsbojournalClient(auth, transport=transport) as portal:
        both = DoedsbojournalQuery(cpr_nummer="4634875520", navn="Erlinda Hills")
        with pytest.raises(ApiError) as refused:
            portal.search_bo(both).first()
    assert refused.value.code == "doedsbo.f1"


def test_the_login_works_over_tls(skifteportal_sandbox: Sandbox) -> None:
    """Over real sockets and real TLS, with certificates."""
    credential = ClientSecretCredential.from_env_file(skifteportal_sandbox.env_file)
    with DoedsbojournalClient(credential.direct()) as portal:
        assert portal.search_bo(ERLINDA_HILLS).total() == 1


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    sys.exit(subprocess.call(command))
