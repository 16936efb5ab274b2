"""The house's rules that no linter knows: see docs and CONTRIBUTING for why each exists."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

HOUSE = Path(__file__).parents[1]
PACKAGES = HOUSE / "packages"
HAND_WRITTEN = ("core", "auth", "sandbox")
REGISTRY = tomllib.loads((HOUSE / "specs/portal.toml").read_text())
APIS = tuple(REGISTRY["apis"])
GENERATED = ("specs", *APIS)

# Who may import whom (design, rule 2): data flows one way.
MAY_IMPORT = {
    "core": set(),
    "auth": {"core"},
    "specs": set(),
    "sandbox": {"core", "specs"},
    **{api: {"core"} for api in APIS},
}


def module_of(package):
    return package.replace("-", "_")


def sources(package):
    return sorted((PACKAGES / f"skifteportal-{package}" / "src").rglob("*.py"))


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def tracked():
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        HOUSE / name for name in listing.stdout.split("\0") if name and (HOUSE / name).is_file()
    ]


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_imports_flow_one_way(package):
    allowed = {package} | MAY_IMPORT[package]
    for path in sources(package):
        for name in imports(path):
            if name.startswith("skifteportal."):
                assert name.split(".")[1] in {module_of(p) for p in allowed}, f"{path}: {name}"


def test_the_generator_imports_no_package_and_no_package_imports_the_generator():
    for path in (HOUSE / "generator/src").rglob("*.py"):
        assert not [name for name in imports(path) if name.startswith("skifteportal")], path
    for package in MAY_IMPORT:
        for path in sources(package):
            assert not [name for name in imports(path) if name.startswith("portalgen")], path


def test_the_http_library_is_imported_in_one_module():
    importing = {
        path.relative_to(HOUSE).as_posix()
        for package in MAY_IMPORT
        for path in sources(package)
        if any(name.split(".")[0] in {"httpx", "httpx2", "httpcore"} for name in imports(path))
    }
    assert importing == {"packages/skifteportal-core/src/skifteportal/core/_http.py"}


@pytest.mark.parametrize("package", ["core", "sandbox", *GENERATED])
def test_only_auth_and_the_sandbox_know_cryptography(package):
    metadata = tomllib.loads((PACKAGES / f"skifteportal-{package}/pyproject.toml").read_text())
    names = {Requirement(line).name for line in metadata["project"].get("dependencies", [])}
    assert ("cryptography" in names) == (package == "sandbox")


def test_tokens_are_opaque_to_auth_which_has_no_jose_library():
    """Nothing is verified, so algorithms can't be confused (CVE-2022-29217, CVE-2024-33663 and their like)."""
    imported = {name.split(".")[0] for path in sources("auth") for name in imports(path)}
    assert "cryptography" in imported
    assert not imported & {"jwt", "jose", "joserfc", "authlib", "jwcrypto"}


def test_skifteportal_is_a_namespace_package():
    assert not list(PACKAGES.glob("*/src/skifteportal/__init__.py"))


@pytest.mark.parametrize("package", GENERATED)
def test_every_generated_file_says_so_and_only_the_changelog_is_written_by_hand(package):
    folder = PACKAGES / f"skifteportal-{package}"
    for path in tracked():
        if folder not in path.parents:
            continue
        inside = path.relative_to(folder).as_posix()
        if inside == "CHANGELOG.md" or inside.startswith("changes/"):
            continue
        if path.suffix in {".json", ""} or path.name == "py.typed":  # no comments there
            continue
        assert "do not edit" in path.read_text()[:400].lower(), path


@pytest.mark.parametrize("package", HAND_WRITTEN)
def test_hand_written_files_stay_short(package):
    for path in sources(package):
        assert len(path.read_text().splitlines()) <= 400, path


def test_the_locks_cover_what_the_packages_ask_for():
    groups = tomllib.loads((HOUSE / "pyproject.toml").read_text())["dependency-groups"]

    def asked(*projects):
        found = set()
        for project in projects:
            metadata = tomllib.loads((project / "pyproject.toml").read_text())
            found |= set(metadata["project"].get("dependencies", []))
            for extra in metadata["project"].get("optional-dependencies", {}).values():
                found |= set(extra)
        return {line for line in found if not line.startswith("skifteportal-")}

    assert set(groups["packages"]) == asked(*PACKAGES.glob("skifteportal-*"))
    assert set(groups["generator"]) == asked(HOUSE / "generator")


def test_no_committed_file_names_a_machine_or_a_registry():
    forbidden = re.compile(
        rb"/home/[a-z]+/|/root/|/Users/|file:///|files\.pythonhosted\.org|registry\.npmjs\.org|repo1?\.maven"
    )
    for path in tracked():
        if path == Path(__file__):
            continue
        found = forbidden.search(path.read_bytes())
        assert not found, f"{path.relative_to(HOUSE)}: {found.group()!r}"


@pytest.mark.parametrize("api", APIS)
def test_importing_a_client_loads_no_model_and_no_cryptography(api):
    module = f"skifteportal.{module_of(api)}"
    script = (
        f"import sys, {module}\n"
        "print([n for n in sys.modules if '.models.' in n or n.split('.')[0] == 'cryptography'])"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
