"""`portalgen release` over a small checkout: from a first release through a changed specification."""

from __future__ import annotations

import hashlib
import json
import subprocess
from datetime import date
from typing import TYPE_CHECKING

import pytest
import yaml
from generator_shop import Shop, answers, json_body, one_operation, ref
from release_tag import not_ready

from portalgen import transaction
from portalgen.checkout import Checkout
from portalgen.release.git import folder_at
from portalgen.release.plan import plan_release
from portalgen.release.stage import carry_out

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 23)
KRAV = {"type": "object", "properties": {"id": {"type": "string"}}}


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=t", "-c", "user.email=t@example.invalid")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


def commit(root: Path, *, first: bool = False) -> None:
    if first:
        git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "x")


def tag(shop: Shop, *names: str):
    """Let portalgen make tags; git must know who it is."""
    config = shop.root / ".git/config"
    config.write_text(config.read_text() + "[user]\nname=t\nemail=t@example.invalid\n")
    return shop.run("release", "--tag", *names)


def first_release(shop: Shop, **table) -> str:
    api = shop.spec(
        paths=one_operation(responses=answers(ref("krav"))), schemas={"krav": KRAV}, **table
    )
    shop.generate()
    shop.fragment("new.feature", "A client.")
    done = shop.run("release", "--no-twin", "--date", str(DAY), api, "specs")
    assert done.exit_code == 0, f"{done.output}{done.stderr}{done.exc_info}"
    return api


def next_spec(shop: Shop, api: str, version: str = "1.1.0", **schemas) -> None:
    """Register another version, with other fields in `krav`."""
    path = shop.root / "specs" / api / "1.0.0-reconstructed.yaml"
    document = yaml.safe_load(path.read_text("utf-8"))
    document["info"]["version"] = version
    document["components"]["schemas"] |= schemas
    content = yaml.safe_dump(document, sort_keys=False).encode()
    path.with_name(f"{version}-reconstructed.yaml").write_bytes(content)
    registry = shop.root / "specs/portal.toml"
    text = registry.read_text("utf-8")
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    text = text.replace(old, hashlib.sha256(content).hexdigest())
    registry.write_text(text.replace('version = "1.0.0"', f'version = "{version}"', 1), "utf-8")


def plans(shop: Shop, *names: str):
    return {one.package.short: one for one in plan_release(shop.workshop(), names)}


def tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def core(shop: Shop, *, bound: str = "~=0.1.0") -> None:
    """Hand-written packages: a core, and a login that needs it."""
    for name, needs in (("core", ""), ("auth", f'"skifteportal-core[pdf]{bound}", # ours\n')):
        folder = shop.root / f"packages/skifteportal-{name}"
        folder.mkdir(parents=True)
        (folder / "pyproject.toml").write_text(
            f'[project]\nname = "skifteportal-{name}"\nversion = "0.1.0" # by release\ndependencies = [\n{needs}]\n',
            "utf-8",
        )
        head = "# Changelog\n\n<!-- towncrier release notes start -->\n"
        (folder / "CHANGELOG.md").write_text(f"{head}\n## 0.1.0 (2026-01-01)\n\nFirst.\n", "utf-8")


def test_a_first_release_keeps_its_version_and_is_ready_for_its_tag(shop):
    api = first_release(shop)
    changelog = (shop.package() / "CHANGELOG.md").read_text("utf-8")
    assert (
        "## 0.1.0 (2026-11-23)\n\nSpecification 1.0.0 (reconstructed).\n\n### New\n\n- A client."
        in changelog
    )
    assert not list((shop.package() / "changes").glob("*"))
    assert not_ready(shop.root, f"skifteportal-{api}-v0.1.0") == []
    assert shop.run("check").exit_code == 0
    assert "nothing to release" in shop.run("release", "--no-twin").stdout


def test_a_field_more_is_a_minor_release_with_the_differs_part(shop):
    api = first_release(shop)
    more = KRAV | {"properties": KRAV["properties"] | {"note": {"type": "string"}}}
    next_spec(shop, api, krav=more)
    notice = ("--api", api, "--from", "1.0.0", "--version", "1.1.0", "--claimed", "minor")
    shop.run("notice", "add", *notice, "--production", "2026-12-01", "--source", "a mail")
    done = shop.run("release", "--no-twin", "--date", "2026-11-24")
    assert done.exit_code == 0, f"{done.output}{done.stderr}"
    assert f"skifteportal-{api} 0.1.0 → 0.2.0 (minor)" in done.stdout
    assert f"        skifteportal-{api}-v0.2.0" in done.stdout
    assert "skifteportal-specs 0.1.0 → 0.2.0 (minor)" in done.stdout
    changelog = (shop.package() / "CHANGELOG.md").read_text("utf-8")
    assert (
        "## 0.2.0 (2026-11-24)\n\nSpecification 1.0.0 (reconstructed) → 1.1.0 (reconstructed). "
        f"Notice {api}-1.1.0 (minor): in force from 2026-12-01.\n\n### API changes\n" in changelog
    )
    assert "## 0.1.0 (2026-11-23)" in changelog
    assert '__version__ = "0.2.0"' in shop.source("__init__.py")
    assert shop.run("check").exit_code == 0
    for name in (api, "specs"):
        assert not_ready(shop.root, f"skifteportal-{name}-v0.2.0") == []


def test_the_portals_notice_is_the_least_and_what_breaks_is_major(shop):
    api = first_release(shop, package_version="1.0.0")
    more = KRAV | {"properties": KRAV["properties"] | {"note": {"type": "string"}}}
    next_spec(shop, api, version="2.0.0", krav=more)
    shop.run(
        *("notice", "add", "--api", api, "--from", "1.0.0", "--version", "2.0.0"),
        *("--claimed", "major", "--source", "a mail"),
    )
    plan = plans(shop, api)[api]
    assert plan.version == "2.0.0"
    assert {one.source: str(one.level) for one in plan.reasons} == {
        "specification": "minor",
        "notice": "major",
    }
    shop.fragment("gone.breaking", "Gone.")
    shop.fragment("mended.fix", "Mended.")
    reasons = {one.source: one for one in plans(shop, api)[api].reasons}
    assert str(reasons["fragments"].level) == "major"
    assert reasons["fragments"].text == "changes/gone.breaking.md"


def test_what_intake_wrote_of_a_file_gives_way_to_the_differs_part(shop):
    api = first_release(shop)
    next_spec(shop, api, krav={"type": "object", "properties": {}})
    shop.fragment("api-1-1-0.breaking", "Of intake.")
    shop.fragment("other.feature", "By hand.")
    plan = plans(shop, api)[api]
    changelog = plan.changelog(DAY)
    assert "Of intake." not in changelog
    assert "By hand." in changelog
    assert [one.name for one in plan.fragments] == ["api-1-1-0.breaking.md", "other.feature.md"]


def test_a_version_set_higher_by_hand_stays(shop):
    api = first_release(shop)
    registry = shop.root / "specs/portal.toml"
    text = registry.read_text("utf-8")
    registry.write_text(
        text.replace('package_version = "0.1.0"', 'package_version = "1.0.0"'), "utf-8"
    )
    shop.fragment("mended.fix", "Mended.")
    assert plans(shop, api)[api].version == "1.0.0"


def test_a_new_core_takes_along_what_its_bound_shuts_out(shop):
    api = first_release(shop)
    core(shop)
    shop.fragment("new.feature", "New.", package="core")
    found = plans(shop, "core")
    assert {name: one.version for name, one in found.items()} == {
        api: "0.1.1",
        "auth": "0.1.1",
        "core": "0.2.0",
    }
    done = shop.run("release", "--no-twin", "--date", "2026-11-24", "core")
    assert done.exit_code == 0, f"{done.output}{done.stderr}"
    assert "then needs skifteportal-core~=0.2.0" in done.stdout
    auth = (shop.root / "packages/skifteportal-auth/pyproject.toml").read_text("utf-8")
    assert '"skifteportal-core[pdf]~=0.2.0", # ours' in auth
    assert 'version = "0.1.1" # by release' in auth
    assert 'dependencies = ["skifteportal-core~=0.2.0"]' in (
        shop.package() / "pyproject.toml"
    ).read_text("utf-8")
    assert "### Needs\n\n- Needs `skifteportal-core~=0.2.0`." in (
        shop.package() / "CHANGELOG.md"
    ).read_text("utf-8")


def test_a_core_that_is_mended_leaves_the_others_alone(shop):
    first_release(shop)
    core(shop)
    shop.fragment("mended.fix", "Mended.", package="core")
    assert {name: one.version for name, one in plans(shop, "core").items()} == {"core": "0.1.1"}
    done = shop.run("release", "--no-twin", "skifteportal-core")
    assert done.exit_code == 0, f"{done.output}{done.stderr}"


@pytest.mark.parametrize("name", ["core", "odd"])
def test_unknown_and_idle_packages_are_refused(shop, name: str):
    first_release(shop)
    core(shop)
    result = shop.run("release", "--no-twin", name)
    assert result.exit_code == 2
    assert ("nothing to release of" if name == "core" else "no such package:") in result.stderr


def test_a_dry_run_writes_nothing_and_gives_json(shop):
    api = first_release(shop)
    shop.fragment("mended.fix", "Mended.")
    before = tree(shop.root)
    result = shop.run("release", "--dry-run", "--no-twin", "--format", "json")
    (plan,) = json.loads(result.stdout)
    assert (plan["package"], plan["version"]) == (f"skifteportal-{api}", "0.1.1")
    assert (plan["tag"], plan["fragments"]) == (f"skifteportal-{api}-v0.1.1", ["mended.fix.md"])
    assert plan["reasons"][0] == {
        "source": "fragments",
        "level": "patch",
        "text": "changes/mended.fix.md",
    }
    assert "### Mended" in plan["changelog"]
    assert "--dry-run" in shop.run("release", "--dry-run", "--no-twin").stdout
    assert tree(shop.root) == before


def test_stopped_at_any_step_nothing_is_left_half_done(shop, monkeypatch):
    api = first_release(shop)
    more = KRAV | {"properties": KRAV["properties"] | {"note": {"type": "string"}}}
    next_spec(shop, api, krav=more)
    shop.fragment("new.feature", "New.")
    before = tree(shop.root)
    chosen = plan_release(shop.workshop(), ())
    written: dict[str, bytes | None] = {}
    with monkeypatch.context() as patch:
        patch.setattr(
            "portalgen.release.stage.write_all", lambda _, changes: written.update(changes)
        )
        carry_out(Checkout(shop.root), chosen, DAY, progress=lambda _: None)
    assert tree(shop.root) == before
    put = transaction._put
    for stop in range(len(written)):
        left = iter(range(stop))

        def stopping(*arguments, left=left):
            if next(left, None) is None:
                raise KeyboardInterrupt
            put(*arguments)

        monkeypatch.setattr(transaction, "_put", stopping)
        with pytest.raises(KeyboardInterrupt):
            transaction.write_all(shop.root, written)
        monkeypatch.setattr(transaction, "_put", put)
        shop.workshop()  # what was interrupted is undone by the next command
        assert tree(shop.root) == before, stop
    transaction.write_all(shop.root, written)
    assert "## 0.2.0" in (shop.package() / "CHANGELOG.md").read_text("utf-8")
    assert shop.run("check").exit_code == 0


def test_a_package_that_cannot_be_generated_stops_the_release(shop):
    api = first_release(shop)
    next_spec(shop, api, krav={"type": "object", "properties": {"x": {"type": "odd"}}})
    shop.fragment("new.feature", "New.")
    before = tree(shop.root)
    result = shop.run("release", "--no-twin", "--date", str(DAY))
    assert result.exit_code == 2, result.output
    assert "nothing was released" in result.stderr
    assert tree(shop.root) == before


def test_tags_are_made_of_what_is_committed_only(shop):
    api = first_release(shop)
    commit(shop.root, first=True)
    (shop.package() / "README.md").write_text("changed", "utf-8")
    refused = tag(shop, api)
    assert refused.exit_code == 2
    assert f"commit the release first: packages/skifteportal-{api}/README.md" in refused.stderr
    git(shop.root, "checkout", "-q", ".")
    made = shop.run("release", "--tag", "--format", "json")
    assert json.loads(made.stdout) == [
        "skifteportal-specs-v0.1.0",
        f"skifteportal-{api}-v0.1.0",
    ]
    assert "nothing to tag" in shop.run("release", "--tag").stdout


def test_tags_as_text_and_those_that_git_refuses(shop):
    api = first_release(shop)
    none = shop.run("release", "--tag")
    assert "is not under git" in none.stderr
    commit(shop.root, first=True)
    (shop.root / ".git/refs/tags" / f"skifteportal-{api}-v0.1.0").mkdir()
    (shop.root / ".git/refs/tags" / f"skifteportal-{api}-v0.1.0" / "x").write_text("0" * 40)
    refused = tag(shop, api)
    assert "git refused to make the tag" in refused.stderr
    assert tag(shop, "specs").stdout == "skifteportal-specs-v0.1.0\n"


def test_without_git_there_are_no_tags(shop, monkeypatch):
    api = first_release(shop)
    monkeypatch.setenv("PATH", "")
    shop.fragment("mended.fix", "Mended.")
    assert plans(shop, api)[api].version == "0.1.1"


def test_a_file_changed_in_place_is_compared_with_that_at_the_tag(shop):
    api = first_release(shop)
    commit(shop.root, first=True)
    tag(shop)
    path = shop.root / "specs" / api / "1.0.0-reconstructed.yaml"
    document = yaml.safe_load(path.read_text("utf-8"))
    document["components"]["schemas"]["krav"]["properties"]["note"] = {"type": "string"}
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_text(yaml.safe_dump(document), "utf-8")
    registry = shop.root / "specs/portal.toml"
    new = hashlib.sha256(path.read_bytes()).hexdigest()
    registry.write_text(registry.read_text("utf-8").replace(old, new), "utf-8")
    plan = plans(shop, api)[api]
    assert plan.version == "0.2.0"
    assert "1.0.0 (reconstructed) → 1.0.0 (reconstructed)" in plan.reasons[0].text


def test_a_base_that_is_nowhere_stops_the_release(shop):
    api = first_release(shop)
    next_spec(shop, api)
    (shop.root / "specs" / api / "1.0.0-reconstructed.yaml").unlink()
    result = shop.run("release", "--no-twin", api)
    assert result.exit_code == 2
    assert "neither there nor at the tag" in result.stderr


def test_the_surface_at_the_tag_is_asked(shop):
    first_release(shop)
    core(shop)
    source = shop.root / "packages/skifteportal-core/src/skifteportal/core/__init__.py"
    source.parent.mkdir(parents=True)
    source.write_text("def f(a: int) -> None: ...\n", "utf-8")
    surface = shop.root / "surfaces/skifteportal-core.txt"
    surface.parent.mkdir()
    surface.write_text("f(a)\n", "utf-8")
    commit(shop.root, first=True)
    assert tag(shop, "core").stdout == "skifteportal-core-v0.1.0\n"
    shop.fragment("mended.fix", "Mended.", package="core")
    assert plans(shop, "core")["core"].version == "0.1.1"
    surface.write_text("f(a)\ng()\n", "utf-8")
    source.write_text("def f(a: int) -> None: ...\ndef g() -> None: ...\n", "utf-8")
    plan = plans(shop, "core")["core"]
    assert (plan.version, plan.reasons[-1].source) == ("0.2.0", "surface")
    surface.write_text("g()\n", "utf-8")
    source.write_text("def g() -> None: ...\n", "utf-8")
    plan = plans(shop, "core")["core"]
    assert str(plan.level) == "major"
    assert plan.reasons[-1].text == "skifteportal.core.f: public object was removed"


def test_metadata_that_cannot_be_read_is_named(shop):
    first_release(shop)
    core(shop)
    (shop.root / "packages/skifteportal-core/pyproject.toml").write_text("[project]", "utf-8")
    result = shop.run("release", "--no-twin")
    assert "packages/skifteportal-core/pyproject.toml can't be read" in result.stderr


def test_a_folder_that_no_tag_has_is_not_there(tmp_path):
    assert not folder_at(tmp_path, "x-v1.0.0", "packages", tmp_path)


def test_an_upload_is_no_model(shop):
    """A client whose bodies are plain is released as any other."""
    api = shop.spec(paths=one_operation(method="post", requestBody=json_body({"type": "string"})))
    shop.generate()
    assert plans(shop, api)[api].reasons[0].source == "first"
