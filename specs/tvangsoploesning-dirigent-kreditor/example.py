"""File a provisional claim (krav) in a dissolution case, and make it final."""

import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.tvangsoploesning_dirigent_kreditor import TvangsoploesningDirigentKreditorClient
from skifteportal.tvangsoploesning_dirigent_kreditor.models import KravInput


def file_claim(env_file: Path) -> None:
    """File a claim of DKK 12,345.50, and correct it when the amount is certain."""
    credential = ClientSecretCredential.from_env_file(env_file)
    sag_id = read_env_file(env_file)["EXAMPLE_SAG"]
    with TvangsoploesningDirigentKreditorClient(credential.direct()) as portal:
        krav = portal.add_krav(
            sag_id,
            KravInput(beloeb=Decimal("12345.50"), endeligt=False, titel="Ubetalt faktura 129874"),
        )
        krav = portal.update_krav(
            sag_id,
            krav.id,
            KravInput(beloeb=Decimal("11980.00"), endeligt=True, titel="Ubetalt faktura 129874"),
        )
        print(krav.id, krav.beloeb, krav.redigeringstidspunkt)


if __name__ == "__main__":
    file_claim(Path(sys.argv[1]))
