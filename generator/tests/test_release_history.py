"""Real histories: dødsbojournal from 1.3.0 to 1.4.0, and the made-up updates, each taken in and released."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
import tomlkit
from click.testing import CliRunner
from made_up_updates import APIS, UPDATES, first, history, small_house, text
from release_tag import not_ready

from portalgen.cli import main
from portalgen.diff import Level
from portalgen.release.versions import next_version

HOUSE = Path(__file__).parents[2]
DOCUMENTS = {update.name: found for api in APIS for update, found in history(api).items()}


def run(root: Path, *arguments: str):
    result = CliRunner().invoke(main, ["--root", str(root), *arguments])
    assert result.exit_code == 0, f"{result.output}{result.stderr}{result.exc_info}"
    return result


def release(root: Path, api: str, day: str) -> dict:
    """Release an API's package; what was planned."""
    found = json.loads(
        run(root, "release", "--no-twin", "--date", day, "--format", "json", api).stdout
    )
    return {one["package"]: one for one in found}[f"skifteportal-{api}"]


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Path:
    """A checkout whose files are official, and whose packages have had their first release."""
    root = tmp_path_factory.mktemp("released")
    small_house(root)
    run(root, "generate")
    files = [root / f"{api}-oas.yaml" for api in APIS]
    for api, file in zip(APIS, files, strict=True):
        file.write_bytes(text(first(api)))
    run(root, "intake", *map(str, files))
    run(root, "release", "--no-twin", "--date", "2026-01-01")
    return root


@pytest.mark.parametrize("update", UPDATES, ids=lambda one: one.name)
def test_each_update_is_released_as_what_it_is(house, update):
    file = house / f"{update.api}-{update.version}.yaml"
    file.write_bytes(text(DOCUMENTS[update.name]))
    run(house, "intake", str(file))
    plan = release(house, update.api, "2026-01-02")
    assert plan["level"] == update.client
    assert plan["version"] == next_version(plan["from"], Level(update.client))
    assert not_ready(house, plan["tag"]) == []
    section = plan["changelog"].partition("\n## ")[2].partition("\n## ")[0]
    assert f"→ {update.version} (official)." in section
    assert section.count("### API changes") == 1
    assert update.says in section.replace("\\", "")


def test_after_all_releases_the_tree_is_what_the_generator_writes(house):
    run(house, "check")


def test_doedsbojournal_from_1_3_0_to_1_4_0(tmp_path):
    small_house(tmp_path, ("doedsbojournal",))
    (tmp_path / "specs/notices.toml").write_bytes((HOUSE / "specs/notices.toml").read_bytes())
    register(tmp_path, "1.3.0")
    run(tmp_path, "generate")
    assert release(tmp_path, "doedsbojournal", "2026-10-01")["version"] == "0.1.0"
    register(tmp_path, "1.4.0")
    plan = release(tmp_path, "doedsbojournal", "2026-11-23")
    assert (plan["version"], plan["level"]) == ("0.2.0", "minor")
    assert plan["tag"] == "skifteportal-doedsbojournal-v0.2.0"
    assert {one["source"] for one in plan["reasons"]} == {"specification", "notice"}
    changelog = (tmp_path / "packages/skifteportal-doedsbojournal/CHANGELOG.md").read_text("utf-8")
    assert changelog == plan["changelog"]
    assert (
        "## 0.2.0 (2026-11-23)\n\nSpecification 1.3.0 (reconstructed) → 1.4.0 (reconstructed). "
        "Notice doedsbojournal-1.4.0 (minor): in force from 2027-01-04.\n\n### API changes\n"
    ) in changelog
    assert "addProformaopgoerelse" in changelog
    run(tmp_path, "check")
    assert not_ready(tmp_path, plan["tag"]) == []


def register(root: Path, version: str) -> None:
    path = root / "specs/portal.toml"
    document = tomlkit.parse(path.read_text("utf-8"))
    content = (root / f"specs/doedsbojournal/{version}-reconstructed.yaml").read_bytes()
    table = document["apis"]["doedsbojournal"]
    table["version"], table["sha256"] = version, hashlib.sha256(content).hexdigest()
    path.write_text(tomlkit.dumps(document), "utf-8")
