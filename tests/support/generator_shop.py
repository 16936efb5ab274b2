"""A small checkout to generate from, and what was generated from it, imported."""

from __future__ import annotations

import hashlib
import importlib
import itertools
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import attrs
import yaml
from click.testing import CliRunner, Result

from portalgen.build import Workshop
from portalgen.checkout import Checkout
from portalgen.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import ModuleType

_numbers = itertools.count(1)

CODES = {
    "tiny.f1": {
        "text": "Beløbet må ikke være tomt",
        "explanation": "The amount is missing.",
        "action": "Send beloeb.",
        "apis": ["API"],
        "side": "api",
        "operations": ["addKrav"],
    },
    "tiny.f2": {
        "text": "Kun skifteretten",
        "explanation": "Only the court.",
        "action": "Nothing.",
        "apis": ["API"],
        "side": "court",
        "operations": ["addKrav"],
        "pdf_rules": ["too_large", "password"],
    },
    "other.f1": {
        "text": "En anden api",
        "explanation": "Another API's.",
        "action": "Nothing.",
        "apis": ["other"],
        "side": "api",
        "operations": ["addKrav"],
    },
}


def json_body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


def answers(schema: dict[str, Any] | None = None) -> dict[str, Any]:
    ok = {"description": "Svaret"} | ({} if schema is None else json_body(schema))
    return {"200": ok, "default": {"description": "Fejl"}}


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


@contextmanager
def open_shop(root: Path) -> Iterator[Shop]:
    """A shop in an empty folder; what it puts on the path of modules is gone afterwards."""
    (root / "specs").mkdir()
    (root / "LICENSE").write_text("Fri afbenyttelse\n", encoding="utf-8")
    made = Shop(root)
    made.write_registry()
    before = list(sys.path)
    yield made
    sys.path[:] = before


def one_operation(**operation: Any) -> dict[str, Any]:
    """A path with one operation, `getIt`, unless told otherwise."""
    node = {"operationId": "getIt", "responses": answers()} | operation
    method = node.pop("method", "get")
    return {node.pop("path", "/it"): {method: node}}


@attrs.define
class Shop:
    """A checkout in a temporary folder.

    Its API has a name of its own in every test, for core keeps a compiled reader for each class.
    """

    root: Path
    api: str = attrs.field(factory=lambda: f"tiny{next(_numbers)}")
    tables: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    top: dict[str, Any] = attrs.field(
        factory=lambda: {"schema": 1, "docs_url": "https://docs.example"}
    )

    @property
    def module(self) -> str:
        return f"skifteportal.{self.api}"

    def spec(
        self,
        api: str | None = None,
        *,
        paths: dict[str, Any] | None = None,
        schemas: dict[str, Any] | None = None,
        components: dict[str, Any] | None = None,
        info: dict[str, Any] | None = None,
        **table: Any,
    ) -> str:
        """Write a spec and register it."""
        document = {
            "openapi": "3.0.3",
            "info": {"title": "Prøve", "version": "1.0.0"} | (info or {}),
            "paths": one_operation() if paths is None else paths,
            "components": {"schemas": schemas or {}} | (components or {}),
        }
        text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
        return self.raw_spec(text.encode(), api, **table)

    def raw_spec(self, content: bytes, api: str | None = None, **table: Any) -> str:
        api = api or self.api
        path = self.root / "specs" / api / "1.0.0-reconstructed.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.tables[api] = {
            "title": "Prøve",
            "version": "1.0.0",
            "provenance": "reconstructed",
            "sha256": hashlib.sha256(content).hexdigest(),
            "package_version": "0.1.0",
            "token": "direct",
        } | table
        self.write_registry()
        return api

    def write_registry(self) -> None:
        # JSON values are TOML values too, tables apart.
        lines = [f"{key} = {json.dumps(value)}" for key, value in self.top.items()]
        for api, table in self.tables.items():
            lines.append(f"[apis.{api}]")
            lines += [f"{key} = {json.dumps(value)}" for key, value in table.items()]
        (self.root / "specs/portal.toml").write_text("\n".join(lines), encoding="utf-8")

    def codes(self, codes: dict[str, Any] = CODES, name: str = "tiny") -> None:
        """Write error codes; the API `API` is the shop's."""
        folder = self.root / "specs/errors"
        folder.mkdir(exist_ok=True)
        codes = json.loads(json.dumps(codes).replace('"API"', json.dumps(self.api)))
        text = yaml.safe_dump(codes, allow_unicode=True, sort_keys=False)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    def fragment(self, name: str, text: str, *, package: str | None = None) -> None:
        """Write a changelog fragment: `new.feature`."""
        folder = self.package(package) / "changes"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.md").write_text(f"{text}\n", encoding="utf-8")

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["--root", str(self.root), *arguments])

    def generate(self) -> None:
        result = self.run("generate")
        assert result.exit_code == 0, f"{result.stderr}\n{result.exc_info}"

    def problems(self) -> str:
        """Generate, expect it to fail, and give what it says."""
        result = self.run("generate")
        assert result.exit_code == 1, result.output
        return result.stderr

    def workshop(self) -> Workshop:
        return Workshop.open(Checkout(self.root))

    def package(self, api: str | None = None) -> Path:
        return self.root / "packages" / f"skifteportal-{api or self.api}"

    def source(self, name: str, api: str | None = None) -> str:
        module = (api or self.api).replace("-", "_")
        path = self.package(api) / "src/skifteportal" / module / name
        return path.read_text(encoding="utf-8")

    def load(self, name: str = "", api: str | None = None) -> ModuleType:
        """Generate, and import a module of the package (`models.krav`)."""
        self.generate()
        sys.path.insert(0, str(self.package(api) / "src"))
        importlib.invalidate_caches()
        module = f"skifteportal.{(api or self.api).replace('-', '_')}"
        return importlib.import_module(f"{module}.{name}" if name else module)
