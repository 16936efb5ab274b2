"""Act as a case's liquidator: read the claims, and report to the court (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.tvangsoploesning_dirigent_likvidator import (
    AsyncTvangsoploesningDirigentLikvidatorClient,
)
from skifteportal.tvangsoploesning_dirigent_likvidator.models import (
    OpgaveStatus,
    OpgaveType,
    RedegoerelseInput,
)


async def report(env_file: Path) -> None:
    """Print the claims of the case, and send a report (redegørelse) for the task that asks for it."""
    env = read_env_file(env_file)
    credential = ClientSecretCredential.from_env_file(env_file)
    sag_id = env["EXAMPLE_SAG"]
    profile = credential.for_profile(env["EXAMPLE_PROFILE"])
    async with AsyncTvangsoploesningDirigentLikvidatorClient(profile) as portal:
        async for krav in portal.get_all_krav(sag_id):
            print(krav.titel, krav.beloeb)
        redegoerelse = RedegoerelseInput(opsummering="Selskabet har ingen aktiver.")
        async for opgave in portal.get_all_opgave(sag_id):
            if (opgave.type, opgave.status) == (OpgaveType.REDEGOERELSE, OpgaveStatus.AKTIV):
                redegoerelse.opgave_id = opgave.id
        print((await portal.add_redegoerelse(sag_id, redegoerelse)).status)


if __name__ == "__main__":
    asyncio.run(report(Path(sys.argv[1])))
