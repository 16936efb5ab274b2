"""File a claim once, whatever happens to the answer: look before you file it again (asynchronously)."""

import asyncio
import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import ApiError, CallOptions, OutcomeUnknown, TransportError, read_env_file
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient, ErrorCode
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, Krav, KravInput


async def file_once(portal: AsyncDoedsbojournalClient, bo_id: str, krav: KravInput) -> Krav | None:
    """File a claim whose title is a reference of your own, such as an invoice number."""
    try:
        return await portal.add_krav(bo_id, krav, options=CallOptions(deadline=60))
    except OutcomeUnknown:
        async for filed in portal.get_all_krav(bo_id):
            if (filed.titel, filed.beloeb) == (krav.titel, krav.beloeb):
                return filed  # it had arrived
        print("It is not in the list: file it again.")
    except TransportError:
        print("Nothing was filed: try again later.")
    except ApiError as error:
        if error.code == ErrorCode.DOEDSBO_F17:
            print("The date of the claim lies in the future.")
        print(error.explanation, error.action, error.doc_url, error.request_id)
    return None


async def main(env_file: Path) -> None:
    """File a claim in the example's estate."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        async for bo in portal.search_bo(query):
            krav = KravInput(beloeb=Decimal("12345.50"), endeligt=False, titel="Faktura 129874")
            print(await file_once(portal, bo.id, krav))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
