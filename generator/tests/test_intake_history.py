"""Made-up updates of our own specs, one after the other: taken in, compared, generated, written down."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_up_updates import APIS, UPDATES, first, history, small_house, text

from portalgen.cli import main

HOUSE = Path(__file__).parents[2]
DOCUMENTS = {update.name: found for api in APIS for update, found in history(api).items()}


def run(root: Path, *arguments: str):
    return CliRunner().invoke(main, ["--root", str(root), *arguments])


def packages(root: Path) -> dict[str, dict[str, bytes]]:
    return {
        folder.name: {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (root / "packages").iterdir()
    }


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A checkout whose files are official, and are those that the updates begin with."""
    root = tmp_path_factory.mktemp("house")
    small_house(root)
    assert run(root, "generate").exit_code == 0
    files = []
    for api in APIS:
        files.append(root / f"{api}-oas.yaml")
        files[-1].write_bytes(text(first(api)))
    result = run(root, "intake", *map(str, files))
    assert result.exit_code == 0, result.output
    shutil.rmtree(root / "packages" / "skifteportal-specs" / "changes")
    return root


@pytest.mark.parametrize("update", UPDATES, ids=lambda one: one.name)
def test_each_update_in_its_turn(house, update):
    file = house / f"{update.api}-dist-oas-version-{update.version.replace('.', '')}.txt"
    file.write_bytes(text(DOCUMENTS[update.name]))
    before = packages(house)
    result = run(house, "intake", str(file), "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    (taken,) = found["taken"]
    assert (taken["api"], taken["version"], taken["status"]) == (
        update.api,
        update.version,
        "current",
    )
    verdict = taken["verdict"]
    assert (verdict["wire"], verdict["client"]) == (update.wire, update.client), verdict["changes"]
    assert update.says in json.dumps(verdict["changes"], ensure_ascii=False)
    # Only its package and the data package, which holds every spec, became others.
    after = packages(house)
    own = f"skifteportal-{update.api}"
    assert {name for name in after if after[name] != before[name]} == {own, "skifteportal-specs"}
    assert set(found["packages"]) == {own, "skifteportal-specs"}
    fragment = f"changes/api-{update.version.replace('.', '-')}.{update.fragment}.md"
    said = after[own][fragment].decode()
    assert said.startswith("API changes, ")
    assert update.version in said
    assert (
        f"changes/{update.api}-{update.version.replace('.', '-')}.feature.md"
        in after["skifteportal-specs"]
    )
    # Everything is as `generate` would have made it.
    check = run(house, "generate")
    assert check.exit_code == 0
    assert "written" not in check.stdout
    assert (
        house / "specs" / update.api / f"{update.version}.yaml"
    ).read_bytes() == file.read_bytes()


def test_a_changed_doedsbojournal_in_a_full_checkout_is_told_and_registered_as_official(tmp_path):
    shutil.copytree(HOUSE / "specs", tmp_path / "specs")
    shutil.copy2(HOUSE / "LICENSE", tmp_path)
    for name in ("doedsbojournal", "specs"):
        source = HOUSE / f"packages/skifteportal-{name}"
        shutil.copytree(source, tmp_path / f"packages/skifteportal-{name}")
    content = (HOUSE / "specs/doedsbojournal/1.4.0-reconstructed.yaml").read_text("utf-8")
    content = content.replace("version: 1.4.0", "version: 1.5.0")
    content = content.replace("operationId: getKrav\n", "operationId: hentKrav\n")
    file = tmp_path / "doedsbojournal-dist-oas-version-150.txt"
    file.write_text(content, encoding="utf-8")
    result = run(tmp_path, "intake", str(file))
    assert result.exit_code == 0, result.output
    for said in ("Dødsbojournal 1.5.0\n===", "hent_krav", "What we had read in the guide".lower()):
        assert said in result.stdout
    registry = (tmp_path / "specs/portal.toml").read_text("utf-8")
    assert 'provenance = "official"\n# Of the file\'s bytes' in registry
