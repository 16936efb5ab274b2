"""Find a company's dissolution case, and list the cases that one takes part in (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.sagslager import AsyncSagslagerClient
from skifteportal.sagslager.models import SagQuery


async def find_cases(env_file: Path) -> None:
    """Print the cases of the example's company, then the caller's own with its roles in each."""
    credential = ClientSecretCredential.from_env_file(env_file)
    cvr_nummer = read_env_file(env_file)["EXAMPLE_CVR"]
    async with AsyncSagslagerClient(credential.direct()) as portal:
        async for sag in portal.soeg_sager(SagQuery(cvr_nummer=cvr_nummer)):
            # The id is what the calls about the case take.
            print(sag.sagsnummer, sag.sag_id)
        async for sag in portal.hent_sager():
            print(sag.sagsnummer, *(sag.roller or []))


if __name__ == "__main__":
    asyncio.run(find_cases(Path(sys.argv[1])))
