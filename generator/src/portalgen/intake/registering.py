"""Writes into the registry, `specs/portal.toml`, what was taken in: its comments and its order stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import attrs
import tomlkit

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Registration", "registered"]


@attrs.frozen(kw_only=True)
class Registration:
    """An official file that becomes an API's current one.

    Attributes:
        api: The API's table in the registry.
        version: The file's version.
        sha256: Its hash.
        read_only: operationIds of POSTs that only read, as far as the file still has them.
    """

    api: str
    version: str
    sha256: str
    read_only: tuple[str, ...]


def registered(registry: str, registrations: Iterable[Registration]) -> str:
    """Give the registry's text with files registered.

    Args:
        registry: The text of `specs/portal.toml`.
        registrations: The files.
    """
    document = tomlkit.parse(registry)
    for one in registrations:
        table = cast("dict[str, Any]", cast("dict[str, Any]", document["apis"])[one.api])
        table["version"] = one.version
        table["provenance"] = "official"
        table["sha256"] = one.sha256
        if tuple(table.get("read_only", ())) != one.read_only:
            table["read_only"] = list(one.read_only)
    return tomlkit.dumps(document)
