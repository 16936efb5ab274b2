"""Login variant B, asynchronously: your certificate is shown to the login, and the filer's signs."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import SignedAssertionCredential
from skifteportal.sagslager import AsyncSagslagerClient


async def show_cases(env_file: Path) -> None:
    """Log in with a signed assertion; print the cases of the company that signed."""
    credential = SignedAssertionCredential.from_env_file(env_file)
    async with AsyncSagslagerClient(credential.direct()) as portal:
        print(await portal.hent_sager().total(), "cases")


if __name__ == "__main__":
    asyncio.run(show_cases(Path(sys.argv[1])))
