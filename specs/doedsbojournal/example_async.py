"""File a claim (krav) in an estate, attach its documentation, and keep the receipt (asynchronously)."""

import asyncio
import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput


async def file_claim(env_file: Path, pdf: Path) -> None:
    """File a claim of DKK 12,345.50 in every estate that the example's CPR number finds."""
    credential = ClientSecretCredential.from_env_file(env_file)
    cpr_nummer = read_env_file(env_file)["EXAMPLE_CPR"]
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        async for journal in portal.search_bo(DoedsbojournalQuery(cpr_nummer=cpr_nummer)):
            krav = await portal.add_krav(
                journal.id, KravInput(beloeb=Decimal("12345.50"), endeligt=False)
            )
            await portal.add_bilag_for_krav(journal.id, krav.id, pdf)
            if krav.kvittering:
                print(krav.kvittering.overskrift)


if __name__ == "__main__":
    asyncio.run(file_claim(Path(sys.argv[1]), Path(sys.argv[2])))
