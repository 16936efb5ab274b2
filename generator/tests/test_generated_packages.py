"""The packages in the tree: generated from the specs in the tree, every operation with a method."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from portalgen.build import Workshop, make
from portalgen.checkout import Checkout
from portalgen.join import path_parameters as holes
from portalgen.names import method_name, snake
from portalgen.write import differences

if TYPE_CHECKING:
    from portalgen.registry import ApiEntry

WORKSHOP = Workshop.open(Checkout.find(Path(__file__).parent))
ENTRIES = list(WORKSHOP.registry.apis.values())


def test_the_tree_is_what_would_be_generated():
    plans = [WORKSHOP.plan_specs(), *map(WORKSHOP.plan_api, ENTRIES)]
    for result in make(plans):
        assert not result.problems
        assert list(differences(WORKSHOP.folder(result.package), result.files)) == []


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.api)
@pytest.mark.parametrize("prefix", ["", "Async"], ids=["sync", "async"])
def test_every_operation_has_a_method_with_documented_parameters(entry: ApiEntry, prefix: str):
    client = getattr(importlib.import_module(entry.module), f"{prefix}{entry.client}")
    for operation in WORKSHOP.document(entry).operations():
        method = getattr(client, method_name(operation.id))
        text = inspect.getdoc(method) or ""
        assert f"`{operation.method} {operation.path}`" in text
        for parameter in inspect.signature(method).parameters:
            assert parameter == "self" or f"\n    {parameter} (" in text


class Recorder:
    """Stands in for core's ways of making a call."""

    def __init__(self, *, asynchronous: bool) -> None:
        self.asynchronous = asynchronous
        self.call: tuple[str, Any, tuple[str, ...], dict[str, Any]] | None = None

    def way(self, kind: str) -> Any:
        def record(_self: Any, operation: Any, path: Any = (), *file: Any, **named: Any) -> Any:
            self.call = (kind, operation, path, named | ({"file": file[0]} if file else {}))
            return self

        async def record_async(*positional: Any, **named: Any) -> Any:
            return record(*positional, **named)

        awaited = self.asynchronous and kind in {"_call", "_call_with_documents", "_upload"}
        return record_async if awaited else record


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.api)
@pytest.mark.parametrize("prefix", ["", "Async"], ids=["sync", "async"])
def test_every_method_makes_the_call_that_the_spec_describes(
    entry: ApiEntry, prefix: str, monkeypatch: pytest.MonkeyPatch
):
    client = getattr(importlib.import_module(entry.module), f"{prefix}{entry.client}")
    recorder = Recorder(asynchronous=bool(prefix))
    for kind in ("_call", "_call_with_documents", "_pages", "_upload", "_download"):
        monkeypatch.setattr(client, kind, recorder.way(kind))
    for operation in WORKSHOP.document(entry).operations():
        method = getattr(client, method_name(operation.id))
        given = {name: f"<{name}>" for name in inspect.signature(method).parameters}
        del given["self"]
        result = method(object.__new__(client), **given)
        if inspect.iscoroutine(result):
            with pytest.raises(StopIteration):
                result.send(None)
        assert recorder.call
        kind, data, path, named = recorder.call
        assert (data.id, data.method, data.path) == (operation.id, operation.method, operation.path)
        assert [value[1:-1] for value in path] == [snake(name) for name in holes(operation.path)]
        assert named.pop("options") == "<options>"
        assert (kind == "_call_with_documents") == bool(data.documents)
        if data.documents:
            assert (named.pop("documents"), named.pop("store")) == ("<documents>", "<store>")
        query = [one["name"] for one in operation.parameters if one["in"] == "query"]
        sent = named.pop("query", {})
        assert sorted(sent) == sorted(query)
        assert len(set(sent.values())) == len(query)
        assert (kind == "_pages") == ("page" in query)
        assert (kind == "_upload") == (data.upload is not None) == ("file" in named)
        assert ("body" in named) == (data.body is not None)
        assert ("requestBody" in operation.node) == bool(named)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.api)
def test_every_model_and_enum_can_be_imported(entry: ApiEntry):
    models = importlib.import_module(f"{entry.module}.models")
    for name in models.__all__:
        found = getattr(models, name)
        fields = getattr(found, "__fields__", ())
        names = [one.name for one in attrs.fields(found)] if fields else []
        assert [one.name for one in fields] == names[len(names) - len(fields) :]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.api)
def test_importing_a_package_loads_neither_models_nor_cryptography(entry: ApiEntry):
    code = (
        f"import sys, {entry.module}; "
        f"print([m for m in sys.modules if m.startswith(('{entry.module}.', 'cryptography'))])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.api)
def test_importing_a_client_loads_no_model_and_no_error_codes(entry: ApiEntry):
    code = (
        f"import sys; from {entry.module} import {entry.client}; print([m for m in sys.modules if "
        f"m.startswith(('{entry.module}.models', '{entry.module}._errors', 'cryptography'))])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.api)
def test_each_code_of_an_api_is_a_documented_constant(entry: ApiEntry):
    package = importlib.import_module(entry.module)
    codes = importlib.import_module(f"{package.__name__}._errors").CODES
    assert ("ErrorCode" in package.__all__) == bool(codes)
    if codes:
        assert [str(code) for code in package.ErrorCode] == list(codes)
        source = Path(package.__file__).with_name("error_codes.py").read_text("utf-8")
        assert source.count('"""') == 2 * (len(codes) + 2)
