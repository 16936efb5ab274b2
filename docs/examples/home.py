"""File a claim in an estate, with its documentation."""

from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import (
    DoedsbojournalQuery,
    KravInput,
)

folder = Path(".skifteportal-sandbox")
pdf = folder / "faktura.pdf"
credential = ClientSecretCredential.from_env_file(folder / ".env")
estate = DoedsbojournalQuery(cpr_nummer="4634875520")
claim = KravInput(beloeb=Decimal("123.45"), endeligt=False)

with DoedsbojournalClient(credential.direct()) as portal:
    for bo in portal.search_bo(estate):
        krav = portal.add_krav(bo.id, claim)
        portal.add_bilag_for_krav(bo.id, krav.id, pdf)
        if krav.kvittering:
            print(krav.kvittering.overskrift)
