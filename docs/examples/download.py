"""Attach a document to a claim, and fetch all documents of the claim."""

import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput


def fetch(env_file: Path, pdf: Path, folder: Path) -> None:
    """Save the documents of a new claim in a folder, under the names that the portal gives."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    with DoedsbojournalClient(credential.direct()) as portal:
        for bo in portal.search_bo(query):
            krav = portal.add_krav(bo.id, KravInput(beloeb=Decimal("250.00"), endeligt=True))
            portal.add_bilag_for_krav(bo.id, krav.id, pdf)
            for bilag in portal.get_all_bilag_for_krav(bo.id, krav.id):
                print(portal.download(bilag).save(folder).name)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        fetch(Path(sys.argv[1]), Path(sys.argv[2]), Path(folder))
