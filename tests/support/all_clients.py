"""The twelve clients as they stand in the tree: spec, module and classes of each."""

from __future__ import annotations

import importlib
import json
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs
from click.testing import CliRunner
from fixed_tokens import DELEGATED, DIRECT

from portalgen.cli import main
from portalgen.document import Document
from portalgen.names import method_name
from skifteportal import specs
from skifteportal.core import TEST

if TYPE_CHECKING:
    from types import ModuleType

    from portalgen.document import RawOperation
    from skifteportal.core import _http

__all__ = ["CLIENTS", "ClientOfAnApi"]

_TARGETS = {"direct": DIRECT, "either": DIRECT, "delegated": DELEGATED, "open": TEST}


@attrs.define(kw_only=True, slots=False)
class ClientOfAnApi:
    """One API, as `portalgen list` tells of it.

    Attributes:
        api: Its name.
        module: The package's import name.
        client: The name of the synchronous class.
        token: The kind of token it takes.
        operations: Its operationIds.
    """

    api: str
    module: str
    client: str
    token: str
    operations: list[str]

    @cached_property
    def document(self) -> Document:
        return Document(specs.spec(self.api))

    @cached_property
    def raw(self) -> list[RawOperation]:
        return list(self.document.operations())

    @cached_property
    def models(self) -> ModuleType:
        return importlib.import_module(f"{self.module}.models")

    def class_(self, prefix: str = "") -> type[Any]:
        found: type[Any] = getattr(importlib.import_module(self.module), f"{prefix}{self.client}")
        return found

    def connect(self, transport: _http.MockTransport, *, prefix: str = "") -> Any:
        """A client, with a credential of the right kind, that calls no network."""
        return self.class_(prefix)(_TARGETS[self.token], transport=transport, max_retries=0)

    def operation(self, raw: RawOperation) -> Any:
        """The operation as core sees it."""
        module = importlib.import_module(f"{self.module}._operations")
        return getattr(module, method_name(raw.id).upper())


def _listed() -> list[dict[str, Any]]:
    result = CliRunner().invoke(main, ["list", "--format", "json"])
    assert result.exit_code == 0, result.output
    listed: list[dict[str, Any]] = json.loads(result.stdout)
    return listed


CLIENTS = {
    one["api"]: ClientOfAnApi(
        **{field.name: one[field.name] for field in attrs.fields(ClientOfAnApi)}
    )
    for one in _listed()
}
