"""File a claim in an estate, with its documentation."""

import asyncio
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import (
    DoedsbojournalQuery,
    KravInput,
)

folder = Path(".skifteportal-sandbox")
pdf = folder / "faktura.pdf"
credential = ClientSecretCredential.from_env_file(folder / ".env")
estate = DoedsbojournalQuery(cpr_nummer="4634875520")
claim = KravInput(beloeb=Decimal("123.45"), endeligt=False)


async def main() -> None:
    """File it."""
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        async for bo in portal.search_bo(estate):
            krav = await portal.add_krav(bo.id, claim)
            await portal.add_bilag_for_krav(bo.id, krav.id, pdf)
            if krav.kvittering:
                print(krav.kvittering.overskrift)


asyncio.run(main())
