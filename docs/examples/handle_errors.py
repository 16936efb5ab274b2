"""Tell apart what can go wrong when a claim is filed."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import ApiError, OutcomeUnknown, TransportError
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import Krav, KravInput


def file_or_explain(
    portal: DoedsbojournalClient, doedsbojournal_id: str, krav: KravInput
) -> Krav | None:
    """File a claim; print what to do if it can't be filed."""
    try:
        return portal.add_krav(doedsbojournal_id, krav)
    except OutcomeUnknown as error:
        print(f"It may have been filed: compare with get_all_krav first. {error}")
    except TransportError as error:
        print(f"Not filed; try again later. {error}")
    except ApiError as error:
        print(f"Refused with {error.code}: {error.explanation} {error.action} {error.doc_url}")
    return None


if __name__ == "__main__":
    credential = ClientSecretCredential.from_env_file(Path(sys.argv[1]))
    too_soon = KravInput(beloeb=Decimal("250.00"), endeligt=True, opgjortdato=date(2100, 1, 1))
    with DoedsbojournalClient(credential.direct()) as portal:
        file_or_explain(portal, "e25d84d3-7aec-4361-84da-93125cb83f08", too_soon)
