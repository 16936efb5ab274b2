"""An explorer of each specification, offline: Swagger UI, as the wheel of mkdocs-swagger-ui-tag brings it, and one page each."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.registry import ApiEntry
    from sitepages.house import House

__all__ = ["pages"]

_LIBRARY = ("javascripts/swagger-ui-bundle.js", "stylesheets/swagger-ui.css", "LICENSE", "NOTICE")


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
    for entry in house.apis:
        yield f"en/explorer/{entry.api}.html", _page(house, entry)
        yield f"en/explorer/{entry.api}.yaml", entry.read_spec(house.checkout).decode("utf-8")


def _page(house: House, entry: ApiEntry) -> str:
    document = json.dumps(house.documents[entry.api].data, ensure_ascii=False, default=str)
    # Inside a script element only `</` and `<!--` could end it.
    document = document.replace("<", "\\u003c")
    title = escape(f"{entry.title} {entry.version}")
    return f"""<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: explorer</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="swagger-ui/swagger-ui.css">
<style>
body {{ margin: 0; background: #fff; }}
header {{ font: 1rem sans-serif; padding: .8rem 1.2rem; background: #3949ab; color: #fff; }}
header a {{ color: #fff; margin-right: 1.2rem; }}
</style>
</head>
<body>
<header lang="en">
<a href="../">Skifteportal clients for Python</a>
<a href="../reference/clients/{entry.api}/">{escape(entry.package)}</a>
<a href="{entry.api}.yaml">the file</a>
<span>{escape(entry.provenance)}</span>
</header>
<main id="explorer"></main>
<script src="swagger-ui/swagger-ui-bundle.js"></script>
<script>
SwaggerUIBundle({{
  spec: {document},
  dom_id: "#explorer",
  deepLinking: true,
  docExpansion: "list",
  supportedSubmitMethods: [], // nothing is ever sent from this page
  validatorUrl: null,
}});
</script>
</body>
</html>
"""
