"""Fragments and sections of changelogs; towncrier judges the form."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from portalgen.diff import Report, compare
from portalgen.notices import Notice
from portalgen.problems import BrokenInput
from portalgen.release.changelog import (
    SpecState,
    api_changes,
    is_released,
    last_spec,
    last_version,
    releases,
    spec_line,
    with_section,
)
from portalgen.release.fragments import read_fragments, section

DAY = date(2026, 11, 23)
HEAD = "# Changelog\n\nAbout.\n\n<!-- towncrier release notes start -->\n"
OLD, NEW = SpecState("1.3.0", "reconstructed"), SpecState("1.4.0", "official")


def write(folder: Path, **texts: str) -> Path:
    (folder / "changes").mkdir(exist_ok=True)
    for name, text in texts.items():
        slug, kind = name.rsplit("_", 1)
        path = folder / "changes" / f"{slug.replace('_', '-')}.{kind}.md"
        path.write_text(text, "utf-8")
    return folder


def test_the_section_is_what_towncrier_writes(tmp_path):
    write(
        tmp_path,
        b_feature="Second.\n",
        a_feature="First, with `code`.\n",
        z_breaking="Broke.\nTwo lines.\n",
        x_internal="Nothing.\n",
        hole_security="A hole.\n",
    )
    (tmp_path / "CHANGELOG.md").write_text(HEAD, "utf-8")
    root = Path(__file__).parents[2]
    options = ["--config", str(root / "pyproject.toml"), "--dir", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", *options, "--draft", "--version", "1.0.0"],
        check=True,
        capture_output=True,
        text=True,
    )
    _, _, theirs = done.stdout.partition("\n\n")
    assert section(read_fragments(tmp_path)) == theirs.strip()


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("x.odd.md", "text", "is no fragment: <slug>.<kind>.md"),
        ("x.fix.md", " \n", "is empty: say what"),
    ],
)
def test_bad_fragments_are_refused(tmp_path, name: str, text: str, problem: str):
    write(tmp_path)
    (tmp_path / "changes" / name).write_text(text, "utf-8")
    with pytest.raises(BrokenInput) as caught:
        read_fragments(tmp_path)
    assert f"packages/{tmp_path.name}/changes/{name} {problem}" in str(caught.value)


def test_no_fragments_no_section(tmp_path):
    assert section(read_fragments(tmp_path)) == ""


def test_a_first_release_takes_what_stood_under_unreleased():
    text = f"{HEAD}\n## 0.1.0 (unreleased)\n\nThe first.\n"
    made = with_section(text, version="0.1.0", day=DAY, parts=("Line.", "", "- New."), place="x")
    assert made == f"{HEAD}\n## 0.1.0 (2026-11-23)\n\nLine.\n\nThe first.\n\n- New.\n"
    older = with_section(
        f"{text}\n## 0.0.1 (2026-01-01)\n", version="0.1.0", day=DAY, parts=("Line.",), place="x"
    )
    assert older.endswith("The first.\n\n## 0.0.1 (2026-01-01)\n")
    assert is_released(made, "0.1.0")
    assert not is_released(text, "0.1.0")


def test_a_later_section_stands_on_top():
    made = with_section(HEAD, version="0.1.0", day=DAY, parts=("One.",), place="x")
    made = with_section(made, version="0.2.0", day=DAY, parts=("Two.",), place="x")
    assert made.index("## 0.2.0") < made.index("## 0.1.0")
    assert last_version(made) == "0.2.0"
    with pytest.raises(BrokenInput, match=r"x has a section for 0\.2\.0 already"):
        with_section(made, version="0.2.0", day=DAY, parts=(), place="x")


def test_a_changelog_without_a_mark_is_refused():
    with pytest.raises(BrokenInput, match="has no line"):
        with_section("# Changelog\n", version="0.1.0", day=DAY, parts=(), place="x")


def test_the_line_of_specifications_is_read_again():
    notice = Notice(
        id="a-1.4.0",
        api="a",
        before="1.3.0",
        version="1.4.0",
        claimed="minor",
        production=date(2026, 12, 1),
        source="a mail",
    )
    line = spec_line(OLD, NEW, notice)
    assert line == (
        "Specification 1.3.0 (reconstructed) → 1.4.0 (official). "
        "Notice a-1.4.0 (minor): in force from 2026-12-01."
    )
    made = with_section(HEAD, version="0.2.0", day=DAY, parts=(line,), place="x")
    assert last_spec(made) == NEW
    assert NEW.file("a") == "specs/a/1.4.0.yaml"
    assert OLD.file("a") == "specs/a/1.3.0-reconstructed.yaml"


def test_other_lines_of_specifications():
    assert spec_line(None, NEW, None) == "Specification 1.4.0 (official)."
    assert spec_line(NEW, NEW, None) == "Specification 1.4.0 (official)."
    assert spec_line(OLD, NEW, None).endswith("The portal gave no notice of it.")
    soon = Notice(id="a", api="a", before="1", version="2", claimed="minor", source="x")
    assert spec_line(NEW, NEW, soon).endswith("Notice a (minor): not yet in force.")


def test_what_the_last_release_does_not_say_is_not_taken_from_an_older_one():
    made = with_section(
        HEAD, version="0.1.0", day=DAY, parts=(spec_line(None, OLD, None),), place="x"
    )
    assert last_spec(made) == OLD
    made = with_section(made, version="0.1.1", day=DAY, parts=("Mended.",), place="x")
    assert last_spec(made) is None
    assert last_spec(HEAD) is None
    assert last_version(HEAD) is None


def test_the_differs_part_has_headings_below_the_sections():
    path = {"/a": {"get": {"operationId": "getA", "responses": {}}}}
    old = {"openapi": "3.0.3", "info": {"version": "1"}, "paths": {}}
    text = api_changes(compare(old, old | {"paths": path}))
    assert text.startswith("### API changes\n")
    assert "\n#### " in text
    assert "getA" in text
    assert api_changes(None) == api_changes(Report()) == ""


def test_all_releases_are_read_with_what_they_were_made_from():
    made = HEAD
    for version, state in (("0.1.0", OLD), ("0.1.1", None), ("0.2.0", NEW)):
        line = spec_line(None, state, None) if state else "Mended."
        made = with_section(made, version=version, day=DAY, parts=(line,), place="x")
    assert [(one.version, one.day, one.spec) for one in releases(made)] == [
        ("0.2.0", "2026-11-23", NEW),
        ("0.1.1", "2026-11-23", None),
        ("0.1.0", "2026-11-23", OLD),
    ]
