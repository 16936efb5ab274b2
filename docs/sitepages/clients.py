"""The reference of each client: an overview, one page for each tag of its specification, one for its models."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from portalgen.names import method_name
from sitepages.house import House, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from portalgen.document import RawOperation
    from portalgen.registry import ApiEntry

__all__ = ["pages"]

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
    for entry in house.apis:
        operations = sorted(house.documents[entry.api].operations(), key=_tag)
        tags = {tag: tuple(group) for tag, group in groupby(operations, key=_tag)}
        folder = f"en/reference/clients/{entry.api}"
        yield f"{folder}/index.md", _overview(entry, tags)
        for tag, group in tags.items():
            yield f"{folder}/{tag}.md", _tag_page(entry, tag, group)
        yield f"{folder}/models.md", _models_page(entry)


def _tag(operation: RawOperation) -> str:
    return str(operation.node.get("tags", ["operations"])[0])


def _overview(entry: ApiEntry, tags: dict[str, tuple[RawOperation, ...]]) -> str:
    rows = [
        (
            f"[`{method_name(operation.id)}`]({tag}.md#{_anchor(entry, operation)})",
            f"`{operation.method} {operation.path}`",
            escape(str(operation.node.get("summary", ""))),
        )
        for tag, group in tags.items()
        for operation in group
    ]
    return f"""# {entry.package}

The client of the API *{escape(entry.title)}*. {_FOREWORD[entry.provenance]}

    pip install {entry.package} skifteportal-auth

{
        table(
            ("", ""),
            [
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
            ],
        )
    }

=== "Synchronous"

    ```python title="example.py"
    --8<-- "specs/{entry.api}/example.py"
    ```

=== "Asynchronous"

    ```python title="example.py"
    --8<-- "specs/{entry.api}/example_async.py"
    ```

## Operations

{table(("method", "on the wire", "what it does (the specification's words)"), rows)}
"""


def _anchor(entry: ApiEntry, operation: RawOperation) -> str:
    return f"{entry.module}._client.{entry.client}.{method_name(operation.id)}"


def _tag_page(entry: ApiEntry, tag: str, operations: Sequence[RawOperation]) -> str:
    members = ", ".join(method_name(operation.id) for operation in operations)
    return f"""# {entry.client}: {tag}

The operations of *{escape(entry.title)}* under the tag `{tag}`. `Async{entry.client}` has the same: calls are awaited, pages
are iterated with `async for`. [All operations of the client](index.md), [its models](models.md).

::: {entry.module}._client.{entry.client}
    options:
      show_root_heading: false
      show_root_toc_entry: false
      show_docstring_description: false
      show_docstring_attributes: false
      merge_init_into_class: false
      show_bases: false
      heading_level: 1
      members: [{members}]
"""


def _models_page(entry: ApiEntry) -> str:
    return f"""# {entry.package}: models

The types that the methods of [`{entry.client}`](index.md) take and return.

::: {entry.module}.models
    options:
      show_root_heading: false
      show_root_toc_entry: false
      show_submodules: false
      show_if_no_docstring: true
      members_order: alphabetical
"""
