"""The document as OpenAPI: its version, and what openapi-spec-validator says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openapi_spec_validator import OpenAPIV30SpecValidator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portalgen.lint.finding import Problem
    from portalgen.lint.view import Spec

__all__ = ["RULES"]

_SHORT = 200


def openapi_version_is_known(spec: Spec) -> Iterator[Problem]:
    """The document is OpenAPI 3.0: 3.1 has other schemas, and the portal does not use it."""
    version = spec.root["openapi"].value
    if not (isinstance(version, str) and version.startswith("3.0.")):
        yield spec.root["openapi"], f"{version!r} is not supported: only OpenAPI 3.0 is"


def openapi_is_valid(spec: Spec) -> Iterator[Problem]:
    """openapi-spec-validator finds nothing."""
    try:
        for error in OpenAPIV30SpecValidator(dict(spec.document)).iter_errors():
            place = spec.root
            for step in error.absolute_path:
                place = place[str(step)]
            # The library's messages hold the whole value: the beginning says enough.
            yield place, error.message[:_SHORT]
    except Exception as error:  # noqa: BLE001 - it stumbles in many ways over what is no OpenAPI
        yield spec.root, f"openapi-spec-validator gave up: {type(error).__name__}"


RULES = (openapi_version_is_known, openapi_is_valid)
