"""The program in the README of the repository."""

from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput

env = Path(".skifteportal-sandbox/.env")  # written by the command `skifteportal-sandbox`
credential = ClientSecretCredential.from_env_file(env)
with DoedsbojournalClient(credential.direct()) as portal:
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env)["EXAMPLE_CPR"])
    for journal in portal.search_bo(query):
        krav = portal.add_krav(journal.id, KravInput(beloeb=Decimal("123.45"), endeligt=False))
        portal.add_bilag_for_krav(journal.id, krav.id, Path(".skifteportal-sandbox/faktura.pdf"))
        print(krav.kvittering.overskrift if krav.kvittering else "filed, without a receipt")
