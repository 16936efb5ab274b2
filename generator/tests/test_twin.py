"""The Python twin: griffe, and a program that uses everything, judged by mypy. Mypy takes seconds, so it runs seldom."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from importlib.machinery import ModuleSpec
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from generator_shop import Shop, answers, json_body, ref

from portalgen.diff import Level
from portalgen.problems import BrokenInput
from portalgen.twin import SpecVersion, TwinVerdict, compare_packages
from portalgen.twin import compare as module
from portalgen.twin.breaking import breaking_changes
from portalgen.twin.compare import type_errors
from portalgen.twin.consumer import write_consumer

if TYPE_CHECKING:
    from pathlib import Path

BASE: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Prøve", "version": "1.0.0"},
    "paths": {
        "/krav/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {"operationId": "getKrav", "responses": answers(ref("krav"))},
            "put": {
                "operationId": "putKrav",
                "parameters": [{"name": "kladde", "in": "query", "schema": {"type": "boolean"}}],
                "requestBody": {"required": True} | json_body(ref("krav")),
                "responses": {"204": {"description": "Gemt"}, "default": {"description": "Fejl"}},
            },
        },
    },
    "components": {
        "schemas": {
            "krav": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "dag": {"type": "string"},
                    "slags": ref("slags"),
                },
            },
            "slags": {"type": "string", "enum": ["A", "B"]},
        }
    },
}


def changed() -> dict[str, Any]:
    """A type that griffe doesn't see, a member that is gone, a name that changed."""
    document = json.loads(json.dumps(BASE))
    document["info"]["version"] = "2.0.0"
    schemas = document["components"]["schemas"]
    schemas["krav"]["properties"]["dag"]["format"] = "date"
    schemas["slags"]["enum"] = ["A"]
    document["paths"]["/krav/{id}"]["get"]["operationId"] = "hentKrav"
    return document


def two(shop: Shop, revision: dict[str, Any]) -> str:
    """Register the base; the revision stands beside it as the portal's own file."""
    api = shop.raw_spec(yaml.safe_dump(BASE, allow_unicode=True).encode())
    path = shop.root / f"specs/{api}/{revision['info']['version']}.yaml"
    path.write_text(yaml.safe_dump(revision, allow_unicode=True), "utf-8")
    return api


def test_what_breaks_in_names_and_in_types_is_found(shop):
    api = two(shop, changed())
    result = shop.run("twin", api, "1.0.0", "2.0.0")
    assert result.exit_code == 1, f"{result.output}{result.stderr}{result.exc_info}"
    first, *findings = result.stdout.splitlines()
    assert first == f"{api} 1.0.0 → 2.0.0: major"
    text = "\n".join(findings)
    assert 'has no attribute "get_krav"' in text
    assert '"type[Slags]" has no attribute "B"' in text
    assert '(expression has type "date | None", variable has type "str | None")' in text
    assert "put_krav" not in text


def test_a_text_breaks_nothing(shop):
    revision = json.loads(json.dumps(BASE))
    revision["info"] |= {"version": "1.0.1", "description": "Ny tekst."}
    api = two(shop, revision)
    result = shop.run("twin", api, "1.0.0", "1.0.1", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"level": "none", "findings": []})


def test_a_version_without_a_file_is_refused(shop):
    result = shop.run("twin", shop.spec(), "1.0.0", "9.0.0")
    assert result.exit_code == 2
    assert "9.0.0.yaml: can't be opened" in result.stderr


def _named(api: str, root: Path) -> list[str]:
    """Every way to name the base, then the revision."""
    revision = f"specs/{api}/2.0.0.yaml"
    return ["1.0.0", f"{api}@1.0.0", api, str(root / revision), "2.0.0", f"{api}@2.0.0"]


def test_versions_and_files_are_named_as_for_diff(shop, monkeypatch):
    """Which packages are compared, without comparing them."""
    api = two(shop, changed())
    other = shop.root / "elsewhere.yaml"
    other.write_bytes((shop.root / f"specs/{api}/2.0.0.yaml").read_bytes())
    seen: list[tuple[SpecVersion, SpecVersion]] = []

    def compared(*_: object, base: SpecVersion, revision: SpecVersion) -> TwinVerdict:
        seen.append((base, revision))
        return TwinVerdict(level=Level.NONE, findings=())

    monkeypatch.setattr("portalgen.twin.cli.compare_packages", compared)
    for named in (*_named(api, shop.root), str(other)):
        result = shop.run("twin", api, named, "2.0.0")
        assert result.exit_code == 0, f"{named}: {result.stderr}"
        assert result.stdout == f"{api} {named} → 2.0.0: none\n"
    bases = [(base.version, base.provenance) for base, _ in seen]
    assert bases == [("1.0.0", "reconstructed")] * 3 + [("2.0.0", "official")] * 4
    assert {revision.content for _, revision in seen} == {other.read_bytes()}


def test_another_apis_specification_is_refused(shop):
    api = shop.spec()
    other = shop.spec("andet")
    result = shop.run("twin", api, f"{other}@1.0.0", "1.0.0")
    assert result.exit_code == 2
    assert f"andet@1.0.0 is a specification of andet, not of {api}" in result.stderr


_UNION = {"oneOf": [ref("krav"), {"type": "object", "properties": {"a": {"type": "string"}}}]}
_NO_UNIONS_TYPE = {"krav": {"type": "object", "properties": {"x": _UNION}}}


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ({"components": {"schemas": _NO_UNIONS_TYPE}}, "a union of objects without"),
        ({"paths": {"/x": {"get": {"responses": answers()}}}}, "has no operationId"),
    ],
)
def test_a_specification_that_gives_no_package_is_refused(shop, part, says):
    revision = json.loads(json.dumps(BASE)) | {"info": {"version": "2.0.0", "title": "x"}} | part
    result = shop.run("twin", two(shop, revision), "1.0.0", "2.0.0")
    assert result.exit_code == 2, f"{result.output}{result.exc_info}"
    assert "of 2.0.0 can't be generated" in result.stderr
    assert says in result.stderr


def test_a_file_of_another_version_than_it_is_taken_for_is_refused(shop):
    api = shop.spec()
    entry = shop.workshop().registry.apis[api]
    content = (shop.root / entry.spec).read_bytes()
    base = SpecVersion(version="1.2.3", provenance="official", content=content)
    with pytest.raises(BrokenInput, match=r"of 1\.2\.3 can't be generated: .* not 1\.2\.3"):
        compare_packages(shop.workshop(), entry, base=base)


def test_a_program_with_errors_of_its_own_proves_nothing(shop, monkeypatch):
    api = shop.spec()
    entry = shop.workshop().registry.apis[api]
    monkeypatch.setattr(module, "type_errors", lambda *_: ("wrong",))
    with pytest.raises(BrokenInput, match="errors of its own, so it proves nothing: wrong"):
        compare_packages(
            shop.workshop(),
            entry,
            base=SpecVersion(
                version="1.0.0",
                provenance="reconstructed",
                content=(shop.root / entry.spec).read_bytes(),
            ),
        )


def test_a_release_is_never_below_the_twin(shop, monkeypatch):
    """mypy is not asked here: what griffe finds is enough."""
    monkeypatch.setattr(module, "type_errors", lambda *_: ())
    api = two(shop, changed())
    shop.generate()
    shop.fragment("new.feature", "New.")
    assert shop.run("release", api, "--no-twin").exit_code == 0
    registry = shop.root / "specs/portal.toml"
    old, new = (shop.root / f"specs/{api}/{name}.yaml" for name in ("1.0.0-reconstructed", "2.0.0"))
    text = registry.read_text("utf-8").replace('version = "1.0.0"', 'version = "2.0.0"', 1)
    for path, other in ((old, new),):
        digests = [hashlib.sha256(one.read_bytes()).hexdigest() for one in (path, other)]
        text = text.replace(*digests)
    registry.write_text(text.replace('"reconstructed"', '"official"'), "utf-8")
    result = shop.run("release", api, "--dry-run")
    assert result.exit_code == 0, f"{result.output}{result.stderr}{result.exc_info}"
    assert f"portalgen: comparing the Python packages of {api}" in result.stderr
    assert "major: twin: " in result.stdout


def test_griffe_sees_names_and_parameters_and_no_values(tmp_path):
    for side, text in (
        ("old", "V = 1\n_P = 1\ndef f(a: int) -> None: ...\n"),
        ("new", "V = 2\ndef f() -> None: ...\n"),
    ):
        folder = tmp_path / side / "skifteportal" / "x"
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text(text, "utf-8")
    found = breaking_changes(tmp_path / "old", tmp_path / "new", module="skifteportal.x")
    assert found == ("skifteportal.x.f: parameter was removed",)


def test_the_program_calls_every_method_and_reads_every_attribute(shop, tmp_path):
    api = two(shop, changed())
    shop.generate()
    target = tmp_path / "use"
    target.mkdir()
    write_consumer(shop.package() / "src/skifteportal" / api, target)
    names = {path.name for path in target.iterdir()}
    assert names == {
        *("use_client.py", "use_async_client.py"),
        *("use_model_krav.py", "use_model_slags.py"),
    }
    client = (target / "use_client.py").read_text("utf-8")
    assert "return client.get_krav(a_id_, options=a_options)" in client
    assert (
        "    client.put_krav(id_=a_id_, krav=a_krav, kladde=a_kladde" in client
        or "put_krav(" in client
    )
    assert "return await client.get_krav(" in (target / "use_async_client.py").read_text("utf-8")
    model = (target / "use_model_krav.py").read_text("utf-8")
    assert "v_dag: str | None = value.dag" in model
    assert "member_B: Slags = Slags.B" in (target / "use_model_slags.py").read_text("utf-8")
    for path in target.iterdir():
        compile(path.read_text("utf-8"), path.name, "exec")


def test_without_mypy_the_way_out_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(BrokenInput, match="--no-twin"):
        type_errors(tmp_path, tmp_path)


@pytest.mark.parametrize("code", [1, 2])
def test_a_mypy_that_cannot_look_is_no_success(monkeypatch, tmp_path, code):
    failed = subprocess.CompletedProcess([], code, "", "mypy: no such option")
    monkeypatch.setattr(module.subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(
        BrokenInput, match="mypy could not look at the program: mypy: no such option"
    ):
        type_errors(tmp_path, tmp_path)


@pytest.mark.parametrize("installed", [True, False])
def test_where_mypy_looks_by_itself_it_is_not_told_to(monkeypatch, tmp_path, installed):
    """Core from a wheel lies in site-packages, which mypy refuses on its path."""
    folder = tmp_path / "site-packages"
    places = [str(folder)] if installed else []
    monkeypatch.setattr(module.site, "getsitepackages", lambda: places)
    origin = folder / "skifteportal/core/__init__.py"
    monkeypatch.setattr(module, "find_spec", lambda _: ModuleSpec("x", None, origin=str(origin)))
    told: list[str] = []

    def run(*_: object, env: dict[str, str], **__: object) -> subprocess.CompletedProcess[str]:
        told.extend(env["MYPYPATH"].split(os.pathsep))
        return subprocess.CompletedProcess([], 0, "", "")

    monkeypatch.setattr(module.subprocess, "run", run)
    assert type_errors(tmp_path / "use", tmp_path / "old") == ()
    expected = [tmp_path / "use", tmp_path / "old", *([] if installed else [folder])]
    assert told == list(map(str, expected))
