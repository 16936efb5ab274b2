"""The public face: what users import, and what the rest of the house may rely on."""

import ast
import runpy
import subprocess
import sys
import typing
from pathlib import Path

import pytest

import skifteportal.core
from skifteportal.core import _http, errors

PACKAGES = Path(__file__).parents[2]


def test_everything_promised_is_there():
    for name in skifteportal.core.__all__:
        assert getattr(skifteportal.core, name) is not None
    assert len(set(skifteportal.core.__all__)) == len(skifteportal.core.__all__)


def test_no_other_name_is_there():
    assert set(skifteportal.core.__all__) <= set(dir(skifteportal.core))
    assert set(skifteportal.core._LAZY) == set(skifteportal.core.__all__)
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        skifteportal.core.Nothing  # noqa: B018


def test_a_type_checker_sees_the_same_names(monkeypatch):
    promised = {name: getattr(skifteportal.core, name) for name in skifteportal.core.__all__}
    monkeypatch.setattr(typing, "TYPE_CHECKING", True)
    seen = runpy.run_path(skifteportal.core.__file__)
    assert all(seen[name] is thing for name, thing in promised.items())
    assert "__getattr__" not in seen  # with it, any name at all would pass


def test_a_name_is_imported_when_it_is_first_used():
    code = (
        "import sys, skifteportal.core as core; core.TEST;"
        "print([m for m in sys.modules if m.startswith(('skifteportal.core.', 'httpx', 'anyio'))])"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    assert "skifteportal.core.environments" in loaded.stdout
    assert "skifteportal.core.client" not in loaded.stdout
    assert "httpx" not in loaded.stdout


@pytest.mark.parametrize("name", ["Client", "AsyncClient"])
def test_what_only_a_call_needs_is_not_imported_with_a_client(name):
    code = f"import sys; from skifteportal.core import {name}; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()
    needed = {f"skifteportal.core.{module}" for module in ("call", "codec", "flow", "pages")}
    assert not {*needed, "anyio"} & set(loaded)


def test_every_error_is_public():
    assert set(errors.__all__) - {"error_class"} <= set(skifteportal.core.__all__)


def test_everything_public_is_documented():
    for name in skifteportal.core.__all__:
        thing = getattr(skifteportal.core, name)
        if isinstance(thing, type):
            assert thing.__doc__, name


def names_taken_from_http():
    for path in [*PACKAGES.rglob("*.py"), *(PACKAGES.parent / "benchmarks").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id == "_http":
                    yield node.attr
            elif isinstance(node, ast.ImportFrom) and node.module == "skifteportal.core._http":
                yield from (alias.name for alias in node.names)


def test_the_http_module_holds_what_is_used_and_no_more():
    assert set(names_taken_from_http()) - {"__all__"} == set(_http.__all__)
    assert all(hasattr(_http, name) for name in _http.__all__)
