"""An explorer of each specification, offline: Swagger UI, as the wheel of mkdocs-swagger-ui-tag brings it, and one page each."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.registry import ApiEntry

__all__ = ["pages"]

_LIBRARY = ("javascripts/swagger-ui-bundle.js", "stylesheets/swagger-ui.css", "LICENSE", "NOTICE")
_PROVENANCES = {
    "official": "The portal's own file",
    "reconstructed": "Reconstructed, not the portal's own file",
}


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages, and what they need beside them.

    Args:
        house: The data.
    """
    bundle = files("mkdocs_swagger_ui_tag") / "swagger-ui"
    for name in _LIBRARY:
        yield (
            f"en/explorer/swagger-ui/{name.rsplit('/', 1)[-1]}",
            (bundle / name).read_text("utf-8"),
        )
    # An index.md would be taken for the start of the menu's section.
    yield "en/explorer.md", _index(house)
    for entry in house.apis:
        yield f"en/explorer/{entry.api}.html", _page(house, entry)
        yield f"en/explorer/{entry.api}.yaml", entry.read_spec(house.checkout).decode("utf-8")


def _index(house: House) -> str:
    rows = [
        (
            f"[{escape(entry.title)}](explorer/{entry.api}.html)",
            f"[{entry.version}](explorer/{entry.api}.yaml) ({entry.provenance})",
            f"[{entry.package}](reference/clients/{entry.api}/index.md)",
        )
        for entry in house.apis
    ]
    return f"""# API explorer

Each OpenAPI file of the portal, to browse: operations, what they take, what they answer. It works without a network and
sends nothing anywhere. The texts in it are Danish, as the portal's are.

{table(("explorer", "OpenAPI file", "client"), rows)}
"""


def _page(house: House, entry: ApiEntry) -> str:
    document = json.dumps(house.documents[entry.api].data, ensure_ascii=False, default=str)
    # Inside a script element only `</` and `<!--` could end it.
    document = document.replace("<", "\\u003c")
    title = escape(entry.title)
    return f"""<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{title} {entry.version}: the OpenAPI file, to browse offline.">
<title>{title} {entry.version}: explorer - Skifteportal clients for Python</title>
<link rel="icon" href="../assets/icon.svg">
<link rel="stylesheet" href="swagger-ui/swagger-ui.css">
<link rel="stylesheet" href="../assets/explorer.css">
<script src="../assets/explorer.js"></script>
</head>
<body>
<a class="skip" href="#explorer" lang="en">Skip to the operations</a>
<header lang="en">
<a class="home" href="../"><img src="../assets/icon.svg" alt="" width="28" height="28"> Skifteportal clients for Python</a>
<nav>
<a href="./">All explorers</a>
<a href="../reference/clients/{entry.api}/">{escape(entry.package)}</a>
<a href="{entry.api}.yaml">OpenAPI file</a>
</nav>
<p>{_PROVENANCES[entry.provenance]}</p>
</header>
<main id="explorer" tabindex="-1"></main>
<script src="swagger-ui/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({{
  spec: {document},
  dom_id: "#explorer",
  deepLinking: false, // its links would stand inside of buttons
  docExpansion: "list",
  supportedSubmitMethods: [], // nothing is ever sent from this page
  syntaxHighlight: {{activated: false}}, // its colours are too faint
  validatorUrl: null,
}});
</script>
</body>
</html>
"""
