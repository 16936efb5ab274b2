"""Asynchronous tests of what seldom happens: a lost answer, and an expired token."""

import subprocess
import sys
from decimal import Decimal

import pytest

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import OutcomeUnknown
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import KravInput
from skifteportal.sandbox import Sandbox

ESTATE = "e25d84d3-7aec-4361-84da-93125cb83f08"
KRAV = KravInput(beloeb=Decimal("12345.50"), endeligt=False)


@pytest.fixture
def credential(skifteportal_sandbox: Sandbox) -> ClientSecretCredential:
    """Log in as the example's company."""
    return ClientSecretCredential.from_env_file(skifteportal_sandbox.env_file)


@pytest.mark.anyio
async def test_a_lost_answer(
    skifteportal_sandbox: Sandbox, credential: ClientSecretCredential
) -> None:
    """The claim was filed, and the connection broke before the receipt came."""
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        skifteportal_sandbox.control.fail("addKrav", cut="after")
        before = await portal.get_all_krav(ESTATE).total() or 0
        with pytest.raises(OutcomeUnknown):
            await portal.add_krav(ESTATE, KRAV)
        assert await portal.get_all_krav(ESTATE).total() == before + 1


@pytest.mark.anyio
async def test_an_expired_token(
    skifteportal_sandbox: Sandbox, credential: ClientSecretCredential
) -> None:
    """The portal's clock moves on ten minutes: the old token is refused, and a new one is got."""
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        await portal.add_krav(ESTATE, KRAV)
        skifteportal_sandbox.control.advance("10min")
        await portal.add_krav(ESTATE, KRAV)


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    sys.exit(subprocess.call(command))
