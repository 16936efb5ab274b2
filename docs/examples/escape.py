"""Show free text from the portal in a web page, safely."""

import html
import sys
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, Krav, KravInput


def row(krav: Krav) -> str:
    """Write a claim as a row of an HTML table. Whatever its filer wrote stays text."""
    return f"<tr><td>{html.escape(krav.titel or '')}</td><td>{krav.beloeb}</td></tr>"


def show(env_file: Path) -> None:
    """File a claim with a title that is no title, and print the estate's claims as rows."""
    credential = ClientSecretCredential.from_env_file(env_file)
    query = DoedsbojournalQuery(cpr_nummer=read_env_file(env_file)["EXAMPLE_CPR"])
    title = "<script>alert('Faktura')</script>"
    krav_input = KravInput(beloeb=Decimal("250.00"), endeligt=True, titel=title)
    with DoedsbojournalClient(credential.direct()) as portal:
        for bo in portal.search_bo(query):
            portal.add_krav(bo.id, krav_input)
            for krav in portal.get_all_krav(bo.id):
                print(row(krav))


if __name__ == "__main__":
    show(Path(sys.argv[1]))
