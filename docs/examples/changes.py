"""Follow estates: read what has changed since a moment, each once."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery


def follow(env_file: Path) -> None:
    """Print the estates that have changed in ten years, and the claims in them."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    with DoedsbojournalClient(credential.direct()) as portal:
        ids = [bo.id for bo in portal.search_bo(query)]
        changes = portal.changes_since(ids, datetime.now(UTC) - timedelta(days=3650))
        for bo in changes:
            print(bo.id, bo.redigeringstidspunkt)
            for krav in portal.get_all_krav(bo.id):
                print(krav.id, krav.beloeb)
        print("next time from", changes.next_moment)  # keep it, beside what you have read


if __name__ == "__main__":
    follow(Path(sys.argv[1]))
