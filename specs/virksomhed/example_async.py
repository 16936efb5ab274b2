"""Look a company up in the business register (CVR), and search by its name (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.virksomhed import AsyncVirksomhedClient
from skifteportal.virksomhed.models import VirksomhedQuery


async def look_up(env_file: Path) -> None:
    """Print the example's company, then every company of that name."""
    credential = ClientSecretCredential.from_env_file(env_file)
    cvr_nummer = read_env_file(env_file)["EXAMPLE_CVR"]
    async with AsyncVirksomhedClient(credential.direct()) as portal:
        virksomhed = await portal.get_virksomhed(cvr_nummer)
        print(virksomhed.navn, virksomhed.status)
        async for found in portal.soeg_virksomheder(VirksomhedQuery(navn=virksomhed.navn)):
            print(found.cvr_nummer, found.navn)


if __name__ == "__main__":
    asyncio.run(look_up(Path(sys.argv[1])))
