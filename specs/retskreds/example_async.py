"""Print every court district with its offices and their e-mail addresses. No credential is needed (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.core import Environment
from skifteportal.retskreds import AsyncRetskredsClient


async def print_courts(env_file: Path) -> None:
    """Print the court districts and, for each, the offices that handle its cases."""
    async with AsyncRetskredsClient(Environment.from_env_file(env_file)) as portal:
        async for retskreds in portal.get_all_retskreds():
            print(retskreds.navn)
            if retskreds.id:
                async for embede in portal.get_all_embede_for_retskreds(retskreds.id):
                    print(f"  {embede.navn}: {embede.email or 'no e-mail address'}")


if __name__ == "__main__":
    asyncio.run(print_courts(Path(sys.argv[1])))
