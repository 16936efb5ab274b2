"""Write to the probate court as a case's liquidator, and read what it answered before (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.henvendelse import AsyncHenvendelseClient
from skifteportal.henvendelse.models import HenvendelseInput, HenvendelseTraadInput


async def write_to_court(env_file: Path) -> None:
    """Open a thread on the example's case, then print every thread on it with its messages."""
    credential = ClientSecretCredential.from_env_file(env_file)
    settings = read_env_file(env_file)
    sag_id = settings["EXAMPLE_SAG"]
    async with AsyncHenvendelseClient(
        credential.for_profile(settings["EXAMPLE_PROFILE"])
    ) as portal:
        await portal.add_henvendelse_traad(
            HenvendelseTraadInput(
                sag_id=sag_id,
                emneord="Ring venligst",
                henvendelser=[HenvendelseInput(tekst="Jeg vil gerne kontaktes om denne sag.")],
            )
        )
        async for traad in portal.get_all_henvendelse_traad(sag_id=sag_id):
            print(traad.emneord, traad.status)
            for henvendelse in traad.henvendelser or []:
                print(f"  {henvendelse.tekst}")


if __name__ == "__main__":
    asyncio.run(write_to_court(Path(sys.argv[1])))
