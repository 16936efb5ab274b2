"""The packages in the tree: generated from the specs in the tree, every operation with a method."""

from __future__ import annotations

import importlib
import inspect
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

from portalgen.build import Workshop, make
from portalgen.checkout import Checkout
from portalgen.names import method_name
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
