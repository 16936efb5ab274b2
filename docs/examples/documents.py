"""File a claim in a dissolution case, with its documentation from the document store."""

import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.dokument_lager_ekstern import DokumentLagerEksternClient
from skifteportal.tvangsoploesning_dirigent_kreditor import TvangsoploesningDirigentKreditorClient
from skifteportal.tvangsoploesning_dirigent_kreditor.models import KravInput


def file_claim(env_file: Path, pdf: Path) -> None:
    """Upload the document and file the claim that refers to it, in one call."""
    auth = ClientSecretCredential.from_env_file(env_file).direct()
    sag_id = read_env_file(env_file)["EXAMPLE_SAG"]
    with (
        DokumentLagerEksternClient(auth) as store,  # the same auth: a document has an owner
        TvangsoploesningDirigentKreditorClient(auth) as portal,
    ):
        krav = portal.add_krav(
            sag_id,
            KravInput(beloeb=Decimal("12345.50"), endeligt=True, titel="Ubetalt faktura 129874"),
            documents=[pdf],
            store=store,
        )
        print(krav.id, krav.beloeb)


if __name__ == "__main__":
    file_claim(Path(sys.argv[1]), Path(sys.argv[2]))
