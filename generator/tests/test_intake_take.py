"""What an intake does to a checkout: all of it, or nothing."""

from __future__ import annotations

import json
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from made_up_updates import edited, first, small_house, text

from portalgen import transaction
from portalgen.cli import main

APIS = ("person", "virksomhed")
NAME = "/components/schemas/person/properties/navn"
GET = "/paths/~1personer~1{personId}/get"
SEARCH = "/paths/~1virksomheder/post"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, bytes]:
    """A generated checkout, kept in memory: each test gets its own."""
    root = tmp_path_factory.mktemp("made")
    small_house(root, APIS)
    assert run(root, "generate").exit_code == 0
    return tree(root)


@pytest.fixture
def house(made, tmp_path) -> Path:
    for name, content in made.items():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "house"


def run(root: Path, *arguments: object):
    return CliRunner().invoke(main, ["--root", str(root), *map(str, arguments)])


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def update(house: Path, version: str, edits=None, *, api="person", name="") -> Path:
    """Write a file beside the checkout."""
    file = house.parent / (name or f"{api}-dist-oas-version-{version.replace('.', '')}.txt")
    file.write_bytes(text(edited(first(api), {**(edits or {}), "/info/version": version})))
    return file


def taken(house: Path, *arguments: object) -> dict:
    result = run(house, "intake", *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def refused(house: Path, *arguments: object, code: int = 1) -> str:
    before = tree(house)
    result = run(house, "intake", *arguments)
    assert result.exit_code == code, result.output
    assert tree(house) == before
    return result.stderr


def registry(house: Path, api: str = "person") -> dict:
    return tomllib.loads((house / "specs/portal.toml").read_text("utf-8"))["apis"][api]


def test_the_first_official_file_replaces_the_reconstruction_of_the_same_version(house):
    file = update(house, "1.0.0", {f"{NAME}/type": "integer", f"{GET}/operationId": "hentPerson",
                                   "/components/schemas/person/example": {"personId": "e37eef41-5493-4ccf-b16d-33f7a80a78e2"}})  # fmt: skip
    (found,) = taken(house, file)["taken"]
    assert (found["status"], found["before_provenance"]) == ("current", "reconstructed")
    assert found["retired"] == ["specs/person/1.0.0-reconstructed.yaml"]
    marks = {one["mark"] for one in found["wrong_guesses"]}
    assert marks == {"guide", "inferred"}
    assert not (house / "specs/person/1.0.0-reconstructed.yaml").exists()
    assert (house / "specs/person/1.0.0.yaml").read_bytes() == file.read_bytes()
    table = registry(house)
    assert (table["provenance"], table["version"], table["sha256"]) == (
        "official",
        "1.0.0",
        found["sha256"],
    )
    assert table["package_version"] == "0.1.0"
    readme = (house / "packages/skifteportal-person/README.md").read_text("utf-8")
    assert "reconstructed" not in readme.split("\n\n")[1]


def test_the_same_file_again_changes_nothing_and_says_so(house):
    file = update(house, "1.1.0")
    run(house, "intake", file)
    before = tree(house)
    result = run(house, "intake", file)
    assert result.exit_code == 0
    assert "is known: it is specs/person/1.1.0.yaml, byte for byte" in result.stdout
    assert result.stdout.endswith("Nothing was changed.\n")
    assert tree(house) == before


def test_a_known_version_with_another_content_is_refused(house):
    run(house, "intake", update(house, "1.1.0"))
    said = refused(house, update(house, "1.1.0", {f"{NAME}/description": "Andet."}))
    assert "specs/person/1.1.0.yaml is 1.1.0 already, with another content" in said


def test_json_is_kept_byte_for_byte_and_a_mark_at_the_beginning_too(house):
    document = edited(first("person"), {"/info/version": "1.1.0"})
    file = house.parent / "person.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(document).encode())
    assert taken(house, file)["written"] is True
    assert (house / "specs/person/1.1.0.yaml").read_bytes() == file.read_bytes()
    assert run(house, "generate").exit_code == 0


def test_dry_run_says_it_all_and_does_nothing(house):
    before = tree(house)
    result = run(house, "intake", update(house, "1.1.0"), "--dry-run")
    assert result.exit_code == 0
    assert "Nothing was changed (--dry-run); " in result.stdout
    assert tree(house) == before


def test_a_version_older_than_the_current_official_one_is_history(house):
    run(house, "intake", update(house, "2.0.0"))
    before = tree(house)
    found = taken(house, update(house, "1.9.0"))
    assert found["taken"][0]["status"] == "history"
    assert found["taken"][0]["verdict"] is None
    assert found["packages"] == []
    assert set(tree(house)) - set(before) == {"specs/person/1.9.0.yaml"}
    assert {name: content for name, content in tree(house).items() if name in before} == before
    result = run(house, "intake", update(house, "1.8.0"))
    assert "1.8.0 is older than 2.0.0, which stays the current version" in result.stdout
    assert run(house, "intake", update(house, "1.7.0"), "--as-current").exit_code == 0
    assert registry(house)["version"] == "2.0.0"


def test_an_official_file_older_than_our_reconstruction_is_history_unless_asked(house):
    ours = house / "specs/person/1.0.0-reconstructed.yaml"
    ours.with_name("0.9.0-reconstructed.yaml").write_bytes(
        text(edited(first("person"), {"/info/version": "0.9.0", f"{NAME}/type": "integer"}))
    )
    file = update(house, "0.9.0")
    (found,) = taken(house, file, "--dry-run")["taken"]
    assert found["status"] == "history"
    assert found["retired"] == ["specs/person/0.9.0-reconstructed.yaml"]
    assert [one["mark"] for one in found["wrong_guesses"]] == ["inferred"]
    (found,) = taken(house, file, "--as-current")["taken"]
    assert found["status"] == "current"
    assert not list(ours.parent.glob("*-reconstructed.yaml"))
    assert registry(house)["version"] == "0.9.0"


def test_several_files_at_once_and_what_else_came_in_the_archive(house):
    archive = house.parent / "fra-portalen.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.mkdir("oas")
        packed.writestr("oas/person-oas.yaml", update(house, "1.1.0").read_bytes())
        packed.writestr(
            "oas/virksomhed.json", update(house, "1.1.0", api="virksomhed").read_bytes()
        )
        packed.writestr("vejledning.pdf", b"%PDF")
    result = run(house, "intake", archive)
    assert result.exit_code == 0, result.output
    assert f"Left out, for it is no spec by its ending: {archive}!vejledning.pdf" in result.stdout
    assert {registry(house, api)["version"] for api in APIS} == {"1.1.0"}
    assert (
        "packages made anew: skifteportal-person, skifteportal-specs, skifteportal-virksomhed"
        in (result.stdout)
    )


def test_one_bad_file_of_several_refuses_them_all(house):
    bad = update(house, "x", api="virksomhed")
    assert "/info/version" in refused(house, update(house, "1.1.0"), bad)


def test_two_files_of_one_api_are_refused(house):
    said = refused(house, update(house, "1.1.0"), update(house, "1.2.0"))
    assert "is the second file of person: take one in after the other" in said


def test_what_breaks_more_than_wanted_is_refused(house):
    edits = {f"{GET}/operationId": "hentPerson"}
    said = refused(house, update(house, "1.1.0", edits), "--at-most", "minor")
    assert "breaks more than minor: on the wire none, in code major" in said
    assert taken(house, update(house, "1.1.0"), "--at-most", "patch")["written"] is True


def test_what_no_client_can_be_made_from_is_refused(house):
    clash = {
        "type": "object",
        "properties": {"a": {"oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}, {"type": "object"}]}},
    }  # fmt: skip
    said = refused(house, update(house, "1.1.0", {"/components/schemas/foo": clash, f"{NAME}": {"$ref": "#/components/schemas/foo"}}))  # fmt: skip
    assert "skifteportal-person: " in said


def test_a_registry_that_does_not_fit_its_files_is_said_before_anything(house):
    (house / "specs/virksomhed/1.0.0-reconstructed.yaml").write_bytes(b"x: 1")
    said = refused(house, update(house, "1.1.0"), code=2)
    assert "the checkout must be in order first: virksomhed: " in said
    assert "is not the file that was registered" in said


@pytest.mark.parametrize("step", ["write_bytes", "rename", "replace", "unlink"])
@pytest.mark.parametrize("number", [0, 3, 30])
def test_an_interruption_leaves_the_old_or_the_new_checkout(house, monkeypatch, step, number):
    file = update(house, "1.1.0", {f"{GET}/operationId": "hentPerson"})
    before = tree(house)
    real, calls = getattr(Path, step), iter(range(10_000))

    def failing(self, *arguments, **options):
        if house in self.parents and next(calls) == number:
            raise KeyboardInterrupt
        return real(self, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, step, failing)
        result = run(house, "intake", file)
    if result.exit_code == 0:
        assert run(house, "generate").stdout.count("unchanged") == 3
        assert registry(house)["version"] == "1.1.0"
    else:
        assert tree(house) == before
    assert transaction.recover(house) is False


def test_corrections_that_still_apply_are_kept_and_the_others_named_and_taken_out(house):
    overlay = house / "specs/person/overlay.yaml"
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: Rettelser, version: 1.0.0}\nactions:\n"
        "  # It is a name.\n"
        "  - target: $.components.schemas.person.properties.navn\n"
        "    update: {maxLength: 100}\n"
        "    x-reason: Longer names are refused.\n    x-remove-when: The file says so.\n"
        "  - target: $.info\n    update: {x-status: tidlig}\n"
        "    x-reason: Why not.\n    x-remove-when: Never.\n",
        encoding="utf-8",
    )
    assert run(house, "generate", "person").exit_code == 0
    file = update(house, "1.1.0", {f"{NAME}/maxLength": 100})
    result = run(house, "intake", file)
    assert result.exit_code == 0, result.output
    said = result.stdout
    assert "Still applies: $.info. Why not. It can go when: Never." in said
    assert (
        "taken out: $.components.schemas.person.properties.navn, for the file already says so"
        in said
    )
    left = yaml.safe_load(overlay.read_text("utf-8"))["actions"]
    assert [one["target"] for one in left] == ["$.info"]
    assert run(house, "generate").exit_code == 0
    (found,) = taken(house, update(house, "1.2.0", {"/info/x-status": "tidlig"}))["taken"]
    assert found["overlay_dropped"] == ["action 1 ($.info): the file already says so"]
    assert not overlay.exists()


def test_a_post_that_only_read_and_is_gone_leaves_the_registry(house):
    edits = {f"{SEARCH}/operationId": "findVirksomheder"}
    result = run(house, "intake", update(house, "1.1.0", edits, api="virksomhed"))
    assert result.exit_code == 0, result.output
    assert (
        "The registry called soegVirksomheder read-only; the file has no such POST" in result.stdout
    )
    assert "findVirksomheder is a new POST. If it only reads, add it to read_only" in result.stdout
    assert registry(house, "virksomhed")["read_only"] == []


NOTICE = """schema = 1
[[notice]]
id = "person-1.1.0"
api = "person"
from = "1.0.0"
version = "1.1.0"
claimed = "minor"
announced = 2026-10-01
{more}
source = "mail"
made_up = {made_up}
"""


@pytest.mark.parametrize("made_up", ["true", "false"])
def test_the_dates_of_a_notice_are_told(house, made_up):
    (house / "specs/notices.toml").write_text(
        NOTICE.format(more="test = 2026-10-08\nproduction = 2026-11-01", made_up=made_up), "utf-8"
    )
    said = run(house, "intake", update(house, "1.1.0")).stdout
    assert "announced on 1 October 2026, in the test environment from 8 October 2026, " in said
    assert "in production from 1 November 2026." in said
    assert ("This notice is made up" in said) is (made_up == "true")


def test_a_notice_without_dates_says_so(house):
    notice = NOTICE.format(more="", made_up="false").replace("announced = 2026-10-01\n", "")
    (house / "specs/notices.toml").write_text(notice, "utf-8")
    said = run(house, "intake", update(house, "1.1.0")).stdout
    assert "Dates of the portal's notice: none yet." in said


def test_what_the_linter_would_have_otherwise_is_counted(house):
    style = {"/components/schemas/Stor_Skrift": {"type": "object"}}
    said = run(house, "intake", update(house, "1.1.0", style), "--dry-run").stdout
    assert "Findings of the linter, all of them matters of style: 1 " in said


def test_a_report_can_be_mailed(house):
    run(house, "intake", update(house, "1.0.0"))
    file = update(house, "1.1.0", {f"{NAME}/type": "integer", "/components/schemas/person/example": {"personId": "e37eef41-5493-4ccf-b16d-33f7a80a78e2"}})  # fmt: skip
    text_ = run(house, "intake", file, "--dry-run").stdout
    assert text_.startswith("Personopslag 1.1.0\n==================\n\n")
    assert "The portal's file of version 1.1.0 takes the place of 1.0.0.\n" in text_
    assert "A program that is installed today stops working" in text_
    assert (
        "By its number this is a minor change. It is a major one: the number says too little."
        in text_
    )
    assert "What breaks\n-----------\n* person.navn: " in text_
    assert "skifteportal.person.models.Person.navn" in text_
    markdown = run(house, "intake", file, "--dry-run", "--format", "markdown").stdout
    assert markdown.startswith("# Personopslag 1.1.0\n")
    assert "\n## What breaks\n\n* person.navn: " in markdown
    honest = update(house, "2.0.0", {f"{GET}/operationId": "hentPerson"})
    assert "By its number" in run(house, "intake", honest, "--dry-run").stdout
    new = update(house, "1.1.0", {f"{GET}/deprecated": True})
    assert "By its number" not in run(house, "intake", new, "--dry-run").stdout
    same = run(house, "intake", update(house, "2.0.0"), "--dry-run").stdout
    assert "By its number this is a major change. On the wire it is none" in same


def test_a_file_that_changes_nothing_for_a_client_has_its_fragment_too(house):
    run(house, "intake", update(house, "1.0.0"))
    run(house, "intake", update(house, "1.0.1"))
    fragment = house / "packages/skifteportal-person/changes/api-1-0-1.internal.md"
    assert fragment.read_text("utf-8") == (
        "API changes, Personopslag 1.0.0 → 1.0.1: nothing that a client notices.\n"
    )


def test_a_package_that_never_was_is_made_whole(house):
    for path in sorted((house / "packages/skifteportal-person").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    assert taken(house, update(house, "1.1.0"))["written"] is True
    changelog = house / "packages/skifteportal-person/CHANGELOG.md"
    assert changelog.read_text("utf-8").startswith("# Changelog")
    assert run(house, "generate").stdout.count("unchanged") == 3


def test_a_refusal_as_json(house):
    result = run(house, "intake", update(house, "1"), "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert set(found) == {"refused", "reasons"}
    assert found["reasons"][0].startswith("/info/version: ")


def test_an_api_that_the_registry_has_not_is_wrong_usage(house):
    assert "no such API: konkurs" in refused(
        house, update(house, "1.1.0"), "--api", "konkurs", code=2
    )


def test_help_says_what_happens(house):
    result = run(house, "intake", "--help")
    for said in (
        "byte for byte",
        "Exit codes: 0",
        "refused",
        "at once",
        "overlay.yaml",
        "--dry-run",
    ):
        assert said in result.output


def test_without_a_file_it_is_wrong_usage(house):
    assert run(house, "intake").exit_code == 2
