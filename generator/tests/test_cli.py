"""The command: what it prints, and its exit codes."""

from __future__ import annotations

import json
import runpy

import pytest
from click.testing import CliRunner
from generator_shop import one_operation

from portalgen.cli import main


def test_help_says_what_to_do_and_every_exit_code():
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for word in ("list", "generate", "check", "lint", "Exit codes: 0", "SHA-256"):
        assert word in result.output


def test_list_as_json(shop):
    shop.spec("tiny", token="either")
    result = shop.run("list", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == [
        {
            "api": "tiny",
            "version": "1.0.0",
            "spec": "specs/tiny/1.0.0-reconstructed.yaml",
            "package": "skifteportal-tiny",
            "module": "skifteportal.tiny",
            "client": "TinyClient",
            "token": "either",
            "provenance": "reconstructed",
            "operations": ["getIt"],
            "problems": [],
        }
    ]


def test_list_for_people_names_what_cannot_be_read(shop):
    shop.spec("good")
    shop.spec("bad", sha256="0" * 64)
    result = shop.run("list")
    assert result.exit_code == 1
    assert "good 1.0.0 (reconstructed, 1 operations)" in result.stdout
    assert "bad 1.0.0 (reconstructed, ? operations)" in result.stdout
    assert "bad: specs/bad/1.0.0-reconstructed.yaml is not the file" in result.stderr


def test_generate_then_nothing_then_check(shop):
    shop.spec("tiny")
    first, second = shop.run("generate"), shop.run("generate", "tiny")
    assert "skifteportal-tiny: written, " in first.stdout
    assert "making skifteportal-tiny" in first.stderr
    assert "skifteportal-tiny: unchanged, " in second.stdout
    assert "making" not in second.stderr
    check = shop.run("check")
    assert check.exit_code == 0
    assert "skifteportal-tiny: same" in check.stdout


def test_generate_as_json(shop):
    shop.spec("tiny")
    found = json.loads(shop.run("generate", "--format", "json").stdout)
    assert [(one["package"], one["status"]) for one in found] == [
        ("skifteportal-specs", "written"),
        ("skifteportal-tiny", "written"),
    ]


def test_check_names_changed_missing_and_stray_files(shop):
    shop.spec("tiny")
    shop.generate()
    package = shop.package("tiny")
    (package / "README.md").write_text("min egen", encoding="utf-8")
    (package / "LICENSE").unlink()
    (package / "src/extra.py").write_text("", encoding="utf-8")
    (package / "CHANGELOG.md").write_text("# Changelog\n\nmin egen\n", encoding="utf-8")
    result = shop.run("check", "--format", "json")
    assert result.exit_code == 1
    (found,) = (one for one in json.loads(result.stdout) if one["package"] == "skifteportal-tiny")
    assert found["status"] == "different"
    assert {one["path"]: one["kind"] for one in found["differences"]} == {
        "LICENSE": "missing",
        "README.md": "changed",
        "src/extra.py": "stray",
    }
    assert "changed: README.md" in shop.run("check").stdout
    # What was edited is not current, whatever the manifest says.
    assert "skifteportal-tiny: written" in shop.run("generate").stdout
    assert shop.run("check").exit_code == 0
    assert "min egen" in (package / "CHANGELOG.md").read_text(encoding="utf-8")


def test_check_looks_at_bytes_although_the_manifest_agrees(shop):
    shop.spec("tiny")
    shop.generate()
    manifest = shop.package("tiny") / "generated.json"
    manifest.write_text(manifest.read_text("utf-8") + "\n", encoding="utf-8", newline="\n")
    assert "changed: generated.json" in shop.run("check").stdout


def test_a_package_of_no_api_is_stray(shop):
    shop.spec("tiny")
    shop.spec("gone")
    shop.generate()
    del shop.tables["gone"]
    shop.write_registry()
    result = shop.run("check")
    assert result.exit_code == 1
    assert "skifteportal-gone: different\n    stray: ." in result.stdout


def test_a_broken_api_is_named_and_the_others_are_built(shop):
    shop.spec("good")
    shop.raw_spec(b"openapi: [", "broken")
    shop.spec("missing")
    (shop.root / "specs/missing/1.0.0-reconstructed.yaml").unlink()
    body = {"content": {"text/xml": {"schema": {"type": "string"}}}}
    shop.spec("xml", paths=one_operation(method="post", operationId="addXml", requestBody=body))
    result = shop.run("generate")
    assert result.exit_code == 1
    assert "skifteportal-good: written" in result.stdout
    for name in ("broken", "missing", "xml"):
        assert f"skifteportal-{name}: failed" in result.stdout
        assert not shop.package(name).exists()
    assert "skifteportal-xml: addXml:" in result.stderr
    assert "skifteportal-broken: specs/broken/1.0.0-reconstructed.yaml" in result.stderr
    # The data package holds every spec, so it can't be made without one; it says for whose sake.
    assert "skifteportal-specs: broken:" in result.stderr
    check = shop.run("check")
    assert check.exit_code == 1
    assert "skifteportal-missing: failed" in check.stdout
    assert "skifteportal-xml: failed" in check.stdout


def test_a_spec_that_is_no_openapi_is_named(shop):
    shop.raw_spec(b"openapi: 3.0.3\npaths: [1]\n", "tiny")
    assert "is no OpenAPI document" in shop.problems()


def test_a_spec_of_another_version_is_named(shop):
    shop.spec(info={"version": "1.1.0"})
    assert "says that it is version 1.1.0, not 1.0.0" in shop.problems()


def test_lint(shop):
    shop.spec("tiny")
    result = shop.run("lint", "tiny", "--format", "json")
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)
    assert found["api"] == "tiny"
    assert set(found["findings"][0]) == {"rule", "pointer", "message", "level"}
    assert "tiny: " in shop.run("lint").stdout


def test_lint_of_what_cannot_be_read(shop):
    shop.spec("tiny", sha256="0" * 64)
    result = shop.run("lint")
    assert result.exit_code == 1
    assert "is not the file that was registered" in result.stderr


def test_warnings_do_not_fail_an_official_file(shop):
    shop.codes()
    shop.spec(
        "tiny",
        paths=one_operation(),
        errors=["tiny"],
        provenance="official",
    )
    reconstructed = shop.root / "specs/tiny/1.0.0-reconstructed.yaml"
    reconstructed.rename(shop.root / "specs/tiny/1.0.0.yaml")
    result = shop.run("lint", "--format", "json")
    (found,) = json.loads(result.stdout)
    assert {one["level"] for one in found["findings"]} <= {"warning", "error"}
    failed = any(one["level"] == "error" for one in found["findings"])
    assert result.exit_code == int(failed)


@pytest.mark.parametrize("command", ["generate", "lint"])
def test_an_unknown_api_is_wrong_usage(shop, command):
    result = shop.run(command, "nope")
    assert result.exit_code == 2
    assert "no such API: nope" in result.stderr


def test_a_broken_registry_is_broken_input(shop):
    (shop.root / "specs/portal.toml").write_text("schema = 7", encoding="utf-8")
    for command in ("list", "generate", "check", "lint"):
        result = shop.run(command)
        assert result.exit_code == 2
        assert "portal.toml has schema 7" in result.stderr


def test_a_checkout_without_a_licence_is_broken_input(shop):
    shop.spec()
    (shop.root / "LICENSE").unlink()
    result = shop.run("generate")
    assert result.exit_code == 2
    assert "the licence can't be read" in result.stderr


def test_it_runs_as_a_module(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["portalgen", "--version"])
    with pytest.raises(SystemExit) as caught:
        runpy.run_module("portalgen", run_name="__main__")
    assert caught.value.code == 0
    assert "portalgen, version" in capsys.readouterr().out


def test_an_unknown_option_is_wrong_usage(shop):
    assert shop.run("list", "--format", "xml").exit_code == 2
