"""What a support form needs of a call that went wrong: nothing personal, nothing secret (asynchronously)."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import ApiError
from skifteportal.doedsbojournal import AsyncDoedsbojournalClient


async def look_up(env_file: Path, doedsbojournal_id: str) -> None:
    """Read an estate; if that is refused, print what may be sent to the portal's support."""
    credential = ClientSecretCredential.from_env_file(env_file)
    async with AsyncDoedsbojournalClient(credential.direct()) as portal:
        try:
            bo = await portal.get_bo(doedsbojournal_id)
            print(bo.id)
        except ApiError as error:
            moment = datetime.now(UTC).isoformat(timespec="seconds")
            print(moment, credential.environment.name, "doedsbojournal")
            print(error)  # operation, path template, status, code and request id


if __name__ == "__main__":
    asyncio.run(look_up(Path(sys.argv[1]), "00000000-0000-0000-0000-000000000000"))
