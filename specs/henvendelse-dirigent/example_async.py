"""Read the threads on a case, with the court's documents, and answer in those it has written in (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.henvendelse_dirigent import AsyncHenvendelseDirigentClient
from skifteportal.henvendelse_dirigent.models import HenvendelseInput, HenvendelseTraadStatus


async def answer_court(env_file: Path) -> None:
    """Print the threads on the example's case and thank for each answer."""
    credential = ClientSecretCredential.from_env_file(env_file)
    settings = read_env_file(env_file)
    sag_id = settings["EXAMPLE_SAG"]
    auth = credential.for_profile(settings["EXAMPLE_PROFILE"])
    async with AsyncHenvendelseDirigentClient(auth) as portal:
        async for traad in portal.get_all_henvendelse_traad_for_sag(sag_id):
            print(traad.emneord, traad.status)
            for henvendelse in traad.henvendelser or []:
                for dokument in henvendelse.dokumenter or []:
                    if dokument.dokument_id:
                        fil = portal.get_henvendelse_dokument_fil(
                            sag_id, traad.id, dokument.dokument_id
                        )
                        print(f"  {dokument.filnavn}: {len(await fil.read())} bytes")
            if traad.status == HenvendelseTraadStatus.BESVARET:
                await portal.add_henvendelse_for_sag(
                    sag_id, traad.id, HenvendelseInput(tekst="Tak for svaret.")
                )


if __name__ == "__main__":
    asyncio.run(answer_court(Path(sys.argv[1])))
