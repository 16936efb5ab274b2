"""Tell apart what can go wrong when a claim is filed, asynchronously."""

import asyncio
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import ApiError, OutcomeUnknown, TransportError
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import Krav, KravInput


async def file_or_explain(
    portal: AsyncDoedsbojournalClient, doedsbojournal_id: str, krav: KravInput
) -> Krav | None:
    """File a claim; print what to do if it can't be filed."""
    try:
        return await portal.add_krav(doedsbojournal_id, krav)
    except OutcomeUnknown as error:
        print(f"It may have been filed: compare with get_all_krav first. {error}")
    except TransportError as error:
        print(f"Not filed; try again later. {error}")
    except ApiError as error:
        print(f"Refused with {error.code}: {error.explanation} {error.action} {error.doc_url}")
    return None


async def main(env_file: Path) -> None:
    """File a claim with a date in the future, which the portal refuses."""
    credential = ClientSecretCredential.from_env_file(env_file)
    too_soon = KravInput(beloeb=Decimal("250.00"), endeligt=True, opgjortdato=date(2100, 1, 1))
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        await file_or_explain(portal, "e25d84d3-7aec-4361-84da-93125cb83f08", too_soon)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
