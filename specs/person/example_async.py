"""Look a person up by the id that a case names. CPR numbers are never used here (asynchronously)."""

import asyncio
import sys
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.person import AsyncPersonClient


async def look_up(env_file: Path) -> None:
    """Print what the caller may know of the example's person."""
    credential = ClientSecretCredential.from_env_file(env_file)
    person_id = read_env_file(env_file)["EXAMPLE_PERSON"]
    async with AsyncPersonClient(credential.direct()) as portal:
        person = await portal.get_person(person_id)
        # How much is answered depends on the caller's relation to the person.
        print(person.navn or "The name is not for this caller.")
        if person.adresse:
            print(person.adresse.adresselinje, person.adresse.postnummer, person.adresse.by)
        if person.er_navn_adresse_beskyttet:
            print("Name and address are protected: show them to nobody who need not know.")


if __name__ == "__main__":
    asyncio.run(look_up(Path(sys.argv[1])))
