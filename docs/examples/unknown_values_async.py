"""Meet a value that the package does not know yet (asynchronously): the type checker asks for the other case."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, SkifteformType


def describe(value: SkifteformType | str | None) -> str:
    """Say what kind of estate it is."""
    if value == SkifteformType.USKIFTET_BO:
        return "undivided"
    if isinstance(value, SkifteformType):
        return value.value
    return f"unknown to this version: {value}"


async def show(env_file: Path) -> None:
    """Print the kind of each estate that the example's CPR number finds."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        async for bo in portal.search_bo(query):
            print(describe(bo.skifteform.skifteform if bo.skifteform else None))


if __name__ == "__main__":
    asyncio.run(show(Path(sys.argv[1])))
