"""Call for many companies from one process, at the portal's pace (asynchronously)."""

import asyncio
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from skifteportal.auth import ClientSecretCredential, Keyring
from skifteportal.auth.rate_limit import PortalRateLimiter
from skifteportal.sagslager import AsyncSagslagerClient


async def count_cases(env_files: Mapping[str, Path]) -> None:
    """Print how many cases each customer takes part in; a certificate is opened when it is needed."""
    keyring = Keyring(max_idle=50)
    for name, path in env_files.items():
        keyring.add(name, partial(ClientSecretCredential.from_env_file, path))
    limiter = PortalRateLimiter(
        "20/second; 5000/hour"
    )  # figures of your own: the portal's are not public
    for name in keyring:
        async with AsyncSagslagerClient(keyring.direct(name), limiter=limiter) as portal:
            print(name, await portal.hent_sager().total())


if __name__ == "__main__":
    asyncio.run(count_cases({"30808460": Path(sys.argv[1])}))
