"""Login variant A, asynchronously: who one logs in as, and the cases that this company takes part in."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.sagslager import AsyncSagslagerClient


async def show_cases(env_file: Path) -> None:
    """Log in with client id, secret and certificate; print the company and its cases."""
    credential = ClientSecretCredential.from_env_file(env_file)
    print(credential.certificate.cvr, credential.certificate.days_left(), "days left")
    async with AsyncSagslagerClient(credential.direct()) as portal:
        async for sag in portal.hent_sager():
            print(sag.sagsnummer, *(sag.roller or []))


if __name__ == "__main__":
    asyncio.run(show_cases(Path(sys.argv[1])))
