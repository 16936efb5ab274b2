"""The data package `skifteportal-specs`: every spec, the registry and the error codes as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from portalgen.registry import KEYWORDS
from portalgen.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.catalogue import Catalogue
    from portalgen.document import Document
    from portalgen.registry import Registry

__all__ = ["SPECS_PACKAGE", "render_specs"]

SPECS_PACKAGE = "skifteportal-specs"
_SOURCE = "src/skifteportal/specs"


def render_specs(
    registry: Registry, catalogue: Catalogue, documents: Mapping[str, Document], *, licence: str
) -> dict[str, str]:
    """Render the package, not yet formatted.

    Args:
        registry: The registry.
        catalogue: All error codes.
        documents: The document of every API of the registry.
        licence: The licence's text.

    Returns:
        The files' contents by relative path.
    """
    versions = {name: registry.apis[name].version for name in documents}
    codes = {code: entry for file in catalogue.files.values() for code, entry in file.items()}
    files = {
        f"{_SOURCE}/data/{name}/{versions[name]}.json": _json(document.data)
        for name, document in documents.items()
    }
    context = {
        "package": SPECS_PACKAGE,
        "version": registry.specs_package_version,
        "registry": registry,
        "keywords": (*KEYWORDS, "openapi"),
        "versions": versions,
    }
    return files | {
        f"{_SOURCE}/data/registry.json": _json(registry.document),
        f"{_SOURCE}/data/error_codes.json": _json(codes),
        f"{_SOURCE}/__init__.py": render("specs/init.py", **context),
        f"{_SOURCE}/py.typed": "",
        "pyproject.toml": render("specs/pyproject.toml", **context),
        "README.md": render("specs/README.md", **context),
        "LICENSE": licence,
    }


def _json(data: Any) -> str:
    """Write data compactly, in its own order."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"
