"""The reference of each client: an overview, one page for each tag of its specification, one for its models."""

from __future__ import annotations

from enum import Enum
from html import escape
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING

from portalgen.names import method_name
from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portalgen.document import RawOperation
    from portalgen.registry import ApiEntry

__all__ = ["method_link", "pages"]

_TOKENS = {
    "direct": "a direct token: `credential.direct()`",
    "delegated": "a token for a liquidator's profile: `credential.for_profile(…)`",
    "either": "a direct token or one for a liquidator's profile",
    "open": "none: the client takes the environment alone",
}
_FOREWORD = {
    "official": "The specification is the portal's own.",
    "reconstructed": "The specification is [reconstructed](../../../guides/assumptions.md), not the portal's own file.",
}


def pages(house: House) -> Iterator[tuple[str, str]]:
    """Write the pages.

    Args:
        house: The data.
    """
    yield "en/reference/clients/index.md", _clients_page(house)
    for entry in house.apis:
        operations = sorted(house.documents[entry.api].operations(), key=_tag)
        tags = {tag: tuple(group) for tag, group in groupby(operations, key=_tag)}
        folder = f"en/reference/clients/{entry.api}"
        yield f"{folder}/index.md", _overview(entry, tags)
        for tag, group in tags.items():
            yield f"{folder}/{tag}.md", _tag_page(entry, tag, group)
        yield f"{folder}/models.md", _models_page(entry)


def method_link(entry: ApiEntry, operation: RawOperation) -> str:
    """Return where the method of an operation is described, below `en/reference/clients/`.

    Args:
        entry: The API.
        operation: One of its operations.
    """
    path = f"{entry.module}._client.{entry.client}.{method_name(operation.id)}"
    return f"{entry.api}/{_tag(operation)}.md#{path}"


def _tag(operation: RawOperation) -> str:
    return str(operation.node.get("tags", ["operations"])[0])


def _clients_page(house: House) -> str:
    rows = [
        (
            f"[{entry.package}]({entry.api}/index.md)",
            escape(entry.title),
            entry.token,
            str(len(tuple(house.documents[entry.api].operations()))),
            f"[{entry.version}](../../explorer/{entry.api}.html)",
        )
        for entry in house.apis
    ]
    return f"""# The twelve clients

One package for each API of the portal. Install those that you use; each brings `skifteportal-core` along, and `skifteportal-auth`
logs in for all of them. A client takes the kind of [token](../../guides/login.md) that its API does, and a type checker says so.

{table(("package", "the portal's name", "token", "operations", "specification"), rows)}
"""


def _overview(entry: ApiEntry, tags: dict[str, tuple[RawOperation, ...]]) -> str:
    rows = [
        (
            f"[`{method_name(operation.id)}`]({method_link(entry, operation).partition('/')[2]})",
            f"`{operation.method} {operation.path}`",
            ("**Deprecated.** " if operation.node.get("deprecated") else "")
            + escape(str(operation.node.get("summary", ""))),
        )
        for group in tags.values()
        for operation in group
    ]
    about = [
        (
            "classes",
            f"`{entry.module}.{entry.client}` and `Async{entry.client}`, with the same methods",
        ),
        ("token", _TOKENS[entry.token]),
        (
            "specification",
            (
                f"version {entry.version} ({entry.provenance}): "
                f"[explorer](../../../explorer/{entry.api}.html), "
                f"[versions](../../../versions/{entry.api}.md)"
            ),
        ),
        ("models", f"[`{entry.module}.models`](models.md)"),
    ]
    return f"""---
title: {entry.package}
---

# {entry.package}

The client of the API *{escape(entry.title)}*. {_FOREWORD[entry.provenance]}

    pip install {entry.package} skifteportal-auth

{table(("", ""), about)}

=== "Synchronous"

    ```python title="example.py"
    --8<-- "specs/{entry.api}/example.py"
    ```

=== "Asynchronous"

    ```python title="example.py"
    --8<-- "specs/{entry.api}/example_async.py"
    ```

## Operations

{table(("method", "on the wire", "what it does (the specification's words)"), rows, stacked=True)}
"""


def _tag_page(entry: ApiEntry, tag: str, operations: Sequence[RawOperation]) -> str:
    count = "One operation" if len(operations) == 1 else f"{len(operations)} operations"
    methods = "\n\n".join(
        f"::: {entry.module}._client.{entry.client}.{method_name(operation.id)}\n"
        "    options:\n      heading_level: 2"
        for operation in operations
    )
    # The menu has the tag alone, so the page says its whole name itself.
    return f"""---
title: "{entry.client}: {tag}"
---

# {entry.client}: {tag}

{count} of *{escape(entry.title)}* under the tag `{tag}`. `Async{entry.client}` has the same: calls are awaited, pages
are iterated with `async for`. [All operations of the client](index.md), [its models](models.md).

{methods}
"""


def _models_page(entry: ApiEntry) -> str:
    module = import_module(f"{entry.module}.models")
    found: dict[str, type] = {name: getattr(module, name) for name in sorted(module.__all__)}
    lists = {name: one for name, one in found.items() if issubclass(one, Enum)}
    # A model's fields stand in the table of its docstring; only its methods have docstrings of their own.
    models = [
        f"::: {entry.module}.models.{name}\n    options: {{heading_level: 2}}"
        for name in found
        if name not in lists
    ]
    values = [_values(f"{entry.module}.models.{name}", one) for name, one in lists.items()]
    parts = [*models, *(["## Lists of values"] if values else []), *values]
    text = "\n\n".join(parts)
    return f"""---
title: "{entry.package}: models"
---

# {entry.package}: models

The types that the methods of [`{entry.client}`](index.md) take and return. What they have in common is in
[`Model`][skifteportal.core.Model].

{text}
"""


def _values(path: str, values: type[Enum]) -> str:
    listed = ", ".join(f"`{member.name}`" for member in values)
    return f"::: {path}\n    options: {{heading_level: 3, members: false}}\n\nValues: {listed}."
