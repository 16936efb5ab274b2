"""An asynchronous test with pytest and anyio, which is installed with the clients."""

import subprocess
import sys
from decimal import Decimal

import pytest

from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.sandbox import InProcessPortal


@pytest.mark.anyio
async def test_a_claim_gets_a_receipt(skifteportal_portal: InProcessPortal) -> None:
    """In this process, in an event loop; anyio's plugin runs it."""
    auth, transport = skifteportal_portal.direct(), skifteportal_portal.transport
    async with AsyncDoedsbojournalClient(auth, transport=transport) as portal:
        async for bo in portal.search_bo(DoedsbojournalQuery(cpr_nummer="4634875520")):
            krav = await portal.add_krav(
                bo.id, KravInput(beloeb=Decimal("12345.50"), endeligt=False)
            )
            assert krav.kvittering is not None
            assert "anmeldt" in (krav.kvittering.overskrift or "")


if __name__ == "__main__":
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]
    sys.exit(subprocess.call(command))
