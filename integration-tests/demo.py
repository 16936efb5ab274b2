"""The product in one run: a portal of your own, a login, a claim with an attachment, a receipt.

Run it with ``nox -s demo``. Everything happens on this machine; nothing is left behind.
"""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import File, read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.sandbox import Sandbox

AMOUNT = Decimal("12345.50")


def main() -> None:
    """Tell and do each step of filing a claim."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        say("Starting a portal on this machine: login with mutual TLS, token exchange, API ...")
        with Sandbox.start(folder=folder / "portal") as sandbox:
            say(f"  It listens on {sandbox.environment.api_url}.")
            file_claim(sandbox.env_file, folder)
            say("Stopping the portal.")
    say("Done. Nothing of it is left on this machine.")


def file_claim(env_file: Path, folder: Path) -> None:
    """File a claim in the example's estate and read it back."""
    settings = read_env_file(env_file)
    credential = ClientSecretCredential.from_env_file(env_file)
    say(
        f"Logging in as {credential.certificate.organization} (CVR {credential.certificate.cvr}) with its certificate ..."
    )
    with DoedsbojournalClient(credential.direct()) as portal:
        cpr_nummer = settings["EXAMPLE_CPR"]
        say(f"Searching the estate of the person with CPR number {cpr_nummer[:6]}-XXXX ...")
        journal = next(iter(portal.search_bo(DoedsbojournalQuery(cpr_nummer=cpr_nummer))))
        navn = journal.afdoede.navn if journal.afdoede else "an unnamed person"
        say(f"  Found the estate of {navn}.")

        say(f"Filing a preliminary claim (krav) of DKK {AMOUNT:,} ...")
        krav = portal.add_krav(journal.id, KravInput(beloeb=AMOUNT, endeligt=False))
        if krav.kvittering and krav.kvittering.overskrift and krav.kvittering.indhold:
            say(f"Receipt: {krav.kvittering.overskrift.strip()}")
            for line in krav.kvittering.indhold.splitlines():
                say(f"  | {line}")

        pdf = (env_file.parent / "faktura.pdf").read_bytes()
        say(f"Uploading its documentation, a PDF of {len(pdf):,} bytes ...")
        bilag = portal.add_bilag_for_krav(
            journal.id,
            krav.id,
            File.from_bytes(pdf, name="Faktura 4711, varmeforbrug på Ærø.pdf"),
        )

        say("Reading the claim and the PDF back ...")
        again = portal.get_krav(journal.id, krav.id)
        say(
            f"  The portal has a claim of DKK {again.beloeb:,}, with attachments: {again.har_bilag}."
        )
        saved = portal.get_bilag_for_krav(journal.id, krav.id, bilag.id).save(folder)
        same = "the same bytes" if saved.read_bytes() == pdf else "DIFFERENT BYTES"
        say(f"  The PDF came back as {saved.name!r}: {same}.")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
