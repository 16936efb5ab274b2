"""File a claim with documentation that was checked first, keep the receipt, and correct the claim (asynchronously)."""

import asyncio
import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import Receipt, read_env_file
from skifteportal.core.pdf import PdfRefused, checked_upload
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput


def keep(receipt: Receipt) -> None:
    """Keep a receipt; a program of your own writes it to its database."""
    print("receipt for", receipt.operation, receipt.entity_id, receipt.received)


async def file_claim(env_file: Path, pdf: Path) -> None:
    """File a provisional claim with its documentation, then make it final."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    async with AsyncDoedsbojournalClient(
        credential.direct(), check_upload=checked_upload, on_receipt=keep
    ) as portal:
        bo = await portal.search_bo(query).first()
        if bo is None:
            print("There is no estate.")
            return
        krav = await portal.add_krav(bo.id, KravInput(beloeb=Decimal("12345.50"), endeligt=False))
        try:
            await portal.add_bilag_for_krav(bo.id, krav.id, pdf)
        except PdfRefused as error:
            print("Nothing was sent.", *error.codes, *error.problems)
        final = krav.to_input(beloeb=Decimal("11980.00"), endeligt=True)
        krav = await portal.update_krav(bo.id, krav.id, final)
        print(krav.beloeb)


if __name__ == "__main__":
    asyncio.run(file_claim(Path(sys.argv[1]), Path(sys.argv[2])))
