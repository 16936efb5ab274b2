"""The law of changes, the calendar of notices, and what can be downloaded."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from portalgen.diff.law_page import law_as_markdown
from portalgen.notices.calendar import calendar
from portalgen.notices.notices_file import Notices
from sitepages.house import House, table
from sitepages.postman_login import ASSERTION

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pages"]

_ENVIRONMENTS = ("sandbox", "test", "production")
_CERTIFICATES = """[
  {
    "name": "sandbox",
    "matches": ["https://127.0.0.1:8743/*"],
    "pfx": { "src": ".skifteportal-sandbox/anmelder.p12" },
    "passphrase": "…"
  }
]"""


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages and files.

    Args:
        house: The data.
    """
    yield "en/reference/change-law.md", law_as_markdown()
    notices = Notices.load(house.checkout)
    yield "en/versions/notices.ics", calendar(notices.notices).decode("utf-8")
    yield "en/downloads/index.md", _downloads(house)


def _downloads(house: House) -> str:
    rows = [
        (
            escape(entry.title),
            f"[{entry.version}](../explorer/{entry.api}.yaml) ({entry.provenance})",
            f"[collection]({entry.api}.postman_collection.json)",
        )
        for entry in house.apis
    ]
    environments = ", ".join(f"[{name}]({name}.postman_environment.json)" for name in _ENVIRONMENTS)
    return f"""# Downloads

{table(("API", "OpenAPI file", "Postman"), rows)}

Postman environments: {environments}.

## In Postman

1. Import the environment and the collections. In the environment, fill in `client_secret`; for the sandbox it stands in
   `.skifteportal-sandbox/.env` (`AUTH_CLIENT_SECRET`), and everything else is there already.
2. In the settings, *Certificates*: for the host of `auth_url` (the sandbox's is `127.0.0.1:8743`) give the `.p12` file as PFX, with its password
   (`AUTH_CERT_PASSWORD`), and the sandbox's `ca.pem` as CA certificate. Postman keeps both on this machine.
3. In the settings, *Working directory*: the folder that your PDF files are in. The sandbox's own folder has a `faktura.pdf`, which the uploads name.
4. Send *Login*, *Token, variant A*: the token is kept for all other requests of the collection. For a liquidator's profile send the
   exchange afterwards.

For variant B make an assertion, put what is printed into the variable `client_assertion`, and send *Token, variant B* within a minute. For the
sandbox, beside its folder (the password that is asked for is `AUTH_SIGNER_PASSWORD`):

    {ASSERTION}

For the portal's own login leave `--audience` out and say `--environment`; `--subject` is the CVR number of the certificate in step 2.

Lists and creates keep the ids that the requests below them need, so a folder can be run from top to bottom. A document that a claim refers to
is uploaded with the collection of the document store first (`addV2`), with a token of the same holder.

## In a terminal

With [newman](https://www.npmjs.com/package/newman), and this file as `certificates.json`, its password filled in:

```json
{_CERTIFICATES}
```

the same runs without a window (here on the sandbox, beside its folder):

    newman run doedsbojournal.postman_collection.json -e sandbox.postman_environment.json --env-var client_secret=… \\
      --ssl-client-cert-list certificates.json --ssl-extra-ca-certs .skifteportal-sandbox/ca.pem \\
      --working-dir .skifteportal-sandbox --folder "Token, variant A (client secret)" --folder krav

CI does so with every request of every collection.

## Beside these

The dates of the portal's notices as a calendar: [notices.ics](../versions/notices.ics). The site's map in plain text for
language models: [llms.txt](../llms.txt), and all guides and READMEs in one file: [llms-full.txt](../llms-full.txt).
"""
