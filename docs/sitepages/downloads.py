"""The law of changes, the calendar of notices, what can be downloaded, and the site in plain text for language models."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from portalgen.diff.law_page import law_as_markdown
from portalgen.notices.calendar import calendar
from portalgen.notices.notices_file import Notices
from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["pages"]

_ENVIRONMENTS = ("sandbox", "test", "production")


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages and files.

    Args:
        house: The data.
    """
    yield "en/reference/change-law.md", law_as_markdown()
    notices = Notices.load(house.checkout)
    yield "en/versions/notices.ics", calendar(notices.notices).decode("utf-8")
    yield "en/downloads/index.md", _downloads(house)
    yield "en/llms.txt", _for_language_models(house)


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

Import a collection and an environment, fill in `client_id` and `client_secret` (for the sandbox they stand in
`.skifteportal-sandbox/.env`), name the certificate in Postman's settings, and send *Login*, *Token, variant A*: the token is
kept for all other requests. For a signed assertion (variant B) make one with `skifteportal assertion`, and for a liquidator's
profile send the exchange after it.

With [newman](https://www.npmjs.com/package/newman) the same runs in a terminal:

    newman run doedsbojournal.postman_collection.json -e sandbox.postman_environment.json \\
      --env-var client_id=… --env-var client_secret=… --ssl-extra-ca-certs ca.pem \\
      --ssl-client-cert anmelder.pem --ssl-client-key anmelder.key --folder Login

The dates of the portal's notices as a calendar: [notices.ics](../versions/notices.ics). The site's map in plain text for
language models: [llms.txt](../llms.txt).
"""


def _for_language_models(house: House) -> str:
    site = house.registry.docs_url
    clients = "\n".join(
        f"- [{entry.package}]({site}reference/clients/{entry.api}/): {entry.title}, {entry.token} token"
        for entry in house.apis
    )
    codes = "\n".join(
        f"- [{code.code.raw}]({site}errors/{code.code.raw}/): {code.explanation.raw}"
        for name in house.catalogue.files
        for code in house.catalogue.file(name)
    )
    return f"""# Skifteportal clients for Python

> Typed clients, sync and async, for the HTTP APIs of the Danish courts' Skifteportal (probate estates, compulsory dissolutions):
> one package for each API, on a shared login (OCES3 certificates over mutual TLS, token exchange) and a local sandbox.

## Start

- [Quick start]({site}quickstart/)
- [Errors]({site}errors/)
- [Login]({site}reference/auth/)
- [Core]({site}reference/core/)
- [Sandbox]({site}reference/sandbox/)
- [Versions]({site}versions/)

## Clients

{clients}

## Error codes

{codes}
"""
