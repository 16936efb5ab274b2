"""File a provisional claim (krav) in a dissolution case, and make it final (asynchronously)."""

import asyncio
import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.tvangsoploesning_dirigent_kreditor import (
    AsyncTvangsoploesningDirigentKreditorClient,
)
from skifteportal.tvangsoploesning_dirigent_kreditor.models import KravInput


async def file_claim(env_file: Path) -> None:
    """File a claim of DKK 12,345.50, and correct it when the amount is certain."""
    credential = ClientSecretCredential.from_env_file(env_file)
    sag_id = read_env_file(env_file)["EXAMPLE_SAG"]
    async with AsyncTvangsoploesningDirigentKreditorClient(credential.direct()) as portal:
        krav = await portal.add_krav(
            sag_id,
            KravInput(beloeb=Decimal("12345.50"), endeligt=False, titel="Ubetalt faktura 129874"),
        )
        krav = await portal.update_krav(
            sag_id,
            krav.id,
            KravInput(beloeb=Decimal("11980.00"), endeligt=True, titel="Ubetalt faktura 129874"),
        )
        print(krav.id, krav.beloeb, krav.redigeringstidspunkt)


if __name__ == "__main__":
    asyncio.run(file_claim(Path(sys.argv[1])))
