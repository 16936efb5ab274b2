"""Attach a document to a claim, and fetch all documents of the claim, asynchronously."""

import asyncio
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput


async def fetch(env_file: Path, pdf: Path, folder: Path) -> None:
    """Save the documents of a new claim in a folder, under the names that the portal gives."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        async for bo in portal.search_bo(query):
            krav = await portal.add_krav(bo.id, KravInput(beloeb=Decimal("250.00"), endeligt=True))
            await portal.add_bilag_for_krav(bo.id, krav.id, pdf)
            for bilag in await portal.get_all_bilag_for_krav(bo.id, krav.id):
                print((await portal.download(bilag).save(folder)).name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(fetch(Path(sys.argv[1]), Path(sys.argv[2]), Path(folder)))
