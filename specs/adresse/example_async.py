"""Look an address up by its darId, and search for it as it is written on a letter (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.adresse import AsyncAdresseClient
from skifteportal.adresse.models import AdresseQuery
from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file


async def look_up(env_file: Path) -> None:
    """Print the example's address, then what a search for its text finds."""
    credential = ClientSecretCredential.from_env_file(env_file)
    dar_id = read_env_file(env_file)["EXAMPLE_DAR"]
    async with AsyncAdresseClient(credential.direct()) as portal:
        adresse = await portal.get_adresse(dar_id)
        print(adresse.adressebetegnelse)
        async for found in portal.soeg_adresser(AdresseQuery(tekst=adresse.adressebetegnelse)):
            print(found.dar_id, found.adressebetegnelse)


if __name__ == "__main__":
    asyncio.run(look_up(Path(sys.argv[1])))
