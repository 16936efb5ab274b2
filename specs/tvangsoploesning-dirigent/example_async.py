"""Read a dissolution case: where it stands, which deadlines run, and what the court has decided (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.tvangsoploesning_dirigent import AsyncTvangsoploesningDirigentClient


async def read_case(env_file: Path) -> None:
    """Print the case's status, its deadlines and its decisions, as far as the court shares them."""
    credential = ClientSecretCredential.from_env_file(env_file)
    sag_id = read_env_file(env_file)["EXAMPLE_SAG"]
    async with AsyncTvangsoploesningDirigentClient(credential.direct()) as portal:
        sag = await portal.get_sag(sag_id)
        print(sag.sagsnummer, sag.status)
        # Without a relation to the case both lists are empty.
        async for frist in portal.get_all_frist(sag_id):
            print(frist.fristdato, frist.type, frist.status)
        async for afgoerelse in portal.get_all_afgoerelse(sag_id):
            print(afgoerelse.afsagt, afgoerelse.overskrift)


if __name__ == "__main__":
    asyncio.run(read_case(Path(sys.argv[1])))
