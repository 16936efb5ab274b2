"""Show free text from the portal in a web page, safely (asynchronously)."""

import asyncio
import html
import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, Krav, KravInput


def row(krav: Krav) -> str:
    """Write a claim as a row of an HTML table. Whatever its filer wrote stays text."""
    return f"<tr><td>{html.escape(krav.titel or '')}</td><td>{krav.beloeb}</td></tr>"


async def show(env_file: Path) -> None:
    """File a claim with a title that is no title, and print the estate's claims as rows."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    title = "<script>alert('Faktura')</script>"
    krav_input = KravInput(beloeb=Decimal("250.00"), endeligt=True, titel=title)
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        async for bo in portal.search_bo(query):
            await portal.add_krav(bo.id, krav_input)
            async for krav in portal.get_all_krav(bo.id):
                print(row(krav))


if __name__ == "__main__":
    asyncio.run(show(Path(sys.argv[1])))
