"""Act for a liquidator: exchange the token for the profile's, and read the claims of its cases (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential, NotAParticipant
from skifteportal.core import read_env_file
from skifteportal.sagslager import AsyncSagslagerClient
from skifteportal.tvangsoploesning_dirigent_likvidator import (
    AsyncTvangsoploesningDirigentLikvidatorClient,
)


async def show_claims(env_file: Path) -> None:
    """Print the claims in every case in which the profile's owner is the liquidator."""
    credential = ClientSecretCredential.from_env_file(env_file)
    print("The owner of the profile invites", credential.certificate.subject_serial_number)
    profile = credential.for_profile(read_env_file(env_file)["EXAMPLE_PROFILE"])
    async with (
        AsyncSagslagerClient(profile) as cases,
        AsyncTvangsoploesningDirigentLikvidatorClient(profile) as portal,
    ):
        try:
            mine = [sag async for sag in cases.hent_sager() if "LIKVIDATOR" in (sag.roller or [])]
        except NotAParticipant as error:
            print(f"Not invited yet. {error}")
            return
        for sag in mine:
            async for krav in portal.get_all_krav(str(sag.sag_id)):
                print(sag.sagsnummer, krav.titel, krav.beloeb)


if __name__ == "__main__":
    asyncio.run(show_claims(Path(sys.argv[1])))
