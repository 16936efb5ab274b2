"""Nothing is published under a tag that the tree does not agree with."""

from __future__ import annotations

import pytest
import release_tag
from release_tag import main, not_ready


@pytest.fixture
def package(tmp_path, monkeypatch):
    monkeypatch.setattr(release_tag, "HOUSE", tmp_path)
    folder = tmp_path / "packages/skifteportal-person"
    (folder / "changes").mkdir(parents=True)
    (folder / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n', "utf-8")
    (folder / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.0 (2027-01-02)\n", "utf-8")
    return folder


def test_what_agrees_is_released(package, capsys):
    assert main("skifteportal-person-v1.2.0") == 0
    assert capsys.readouterr().out == "skifteportal_person-1.2.0\n"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("v1.2.0", "v1.2.0 is no release"),
        ("skifteportal-person-v1.2", "is no release"),
        ("skifteportal-person-v1.2.0; rm -r /", "is no release"),
        ("skifteportal-nobody-v1.2.0", "no package skifteportal-nobody"),
        ("skifteportal-person-v1.3.0", "has version 1.2.0, the tag says 1.3.0"),
    ],
)
def test_another_tag_is_refused(package, capsys, tag, said):
    assert main(tag) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert not told.out


def test_a_changelog_that_is_not_finished_is_refused(package, tmp_path):
    (package / "CHANGELOG.md").write_text("# Changelog\n\n## 1.2.0 (unreleased)\n", "utf-8")
    (package / "changes/more.fix.md").write_text("More.", "utf-8")
    assert not_ready(tmp_path, "skifteportal-person-v1.2.0") == [
        "CHANGELOG.md of skifteportal-person has no section `## 1.2.0 (<date>)`",
        "CHANGELOG.md of skifteportal-person still says (unreleased)",
        "skifteportal-person has fragments that are in no section: more.fix.md",
    ]
