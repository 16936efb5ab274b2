"""The program in the README of skifteportal-core."""

from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import ApiError, CallOptions, OutcomeUnknown, Timeouts
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import KravInput

ESTATE = "e25d84d3-7aec-4361-84da-93125cb83f08"  # one of the sandbox's
credential = ClientSecretCredential.from_env_file(".skifteportal-sandbox/.env")

with DoedsbojournalClient(credential.direct(), timeouts=Timeouts(read=60), deadline=120) as client:
    krav_input = KravInput(beloeb=Decimal("12345.50"), endeligt=False)
    try:
        krav = client.add_krav(ESTATE, krav_input, options=CallOptions(max_retries=0))
        bilag = client.add_bilag_for_krav(
            ESTATE, krav.id, Path(".skifteportal-sandbox/faktura.pdf")
        )
        print(client.download(bilag).save(Path()))  # a folder: the server's name, made safe
    except OutcomeUnknown:
        print("It may have been filed all the same: look before you file it again.")
    except ApiError as error:
        print(error.code, error.explanation, error.request_id, error.doc_url)
