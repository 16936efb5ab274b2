"""The gate for changelog fragments: what it lets through, what it refuses, and that it never skips silently."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from fragments import HOUSE, KINDS, TOWNCRIER, add, bad_fragments, check, main

if TYPE_CHECKING:
    from pathlib import Path

MODULE = "packages/skifteportal-core/src/skifteportal/core/flow.py"
FRAGMENT = "packages/skifteportal-core/changes/retry.fix.md"


class Checkout:
    """A repository whose HEAD is on a branch of its own, with one package."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(**{MODULE: "old", FRAGMENT: "Told before.", "README.md": "x"})
        self.git("switch", "--quiet", "--create", "work")

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.test", "-c", "gc.auto=0"]
        subprocess.run(["git", *identity, *arguments], cwd=self.root, check=True)

    def write(self, **files: str | None) -> None:
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8")

    def commit(self, **files: str | None) -> None:
        self.write(**files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_a_changed_package_needs_a_fragment(checkout, capsys):
    checkout.commit(**{MODULE: "new", "packages/skifteportal-core/README.md": "new"})
    assert check(checkout.root, None, committed=False) == 1
    said = capsys.readouterr().out
    assert "skifteportal-core changed (README.md and 1 more) without a fragment" in said
    assert "breaking" in said


@pytest.mark.parametrize("text", ["Told better.", "Told before."], ids=["changed", "another"])
def test_a_fragment_is_enough(checkout, text):
    another = "packages/skifteportal-core/changes/more.feature.md"
    checkout.commit(**{MODULE: "new", FRAGMENT: text, another: "More."})
    assert check(checkout.root, None, committed=True) == 0


def test_a_fragment_of_another_package_is_not(checkout):
    checkout.commit(**{MODULE: "new", "packages/skifteportal-auth/changes/x.fix.md": "Another."})
    assert check(checkout.root, None, committed=False) == 1


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "packages/skifteportal-core/tests/test_flow.py",
        "packages/skifteportal-core/CHANGELOG.md",
        "packages/skifteportal-core/generated.json",
        "packages/README.md",
    ],
)
def test_what_reaches_no_user_needs_none(checkout, path):
    checkout.commit(**{path: "new"})
    assert check(checkout.root, None, committed=False) == 0


def test_a_release_takes_the_fragments_away(checkout):
    changelog = "packages/skifteportal-core/CHANGELOG.md"
    checkout.commit(**{MODULE: "0.2.0", changelog: "## 0.2.0", FRAGMENT: None})
    assert check(checkout.root, None, committed=False) == 0


def test_a_fragment_that_is_only_taken_away_is_none(checkout):
    checkout.commit(**{MODULE: "new", FRAGMENT: None})
    assert check(checkout.root, None, committed=False) == 1


def test_what_is_not_committed_counts_unless_told_otherwise(checkout, capsys):
    checkout.write(**{"packages/skifteportal-new/src/new.py": "untracked"})
    assert check(checkout.root, None, committed=False) == 1
    assert check(checkout.root, None, committed=True) == 0
    assert "nothing changed since" in capsys.readouterr().out


def test_a_fresh_clone_has_nothing_to_compare_and_says_so(checkout, capsys):
    checkout.git("switch", "--quiet", "main")
    assert check(checkout.root, None, committed=False) == 0
    assert "nothing changed since" in capsys.readouterr().out


def test_without_git_that_is_said(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert check(tmp_path, None, committed=False) == 0
    monkeypatch.setenv("PATH", "")
    assert check(tmp_path, None, committed=False) == 0
    assert capsys.readouterr().out.count("nothing to compare with") == 2


def test_the_base_is_as_asked(checkout, capsys):
    checkout.commit(**{MODULE: "new", FRAGMENT: "Told."})
    checkout.commit(**{MODULE: "newer"})
    assert check(checkout.root, "main", committed=False) == 0
    assert check(checkout.root, "HEAD~1", committed=False) == 1
    assert check(checkout.root, "no-such", committed=False) == 2
    assert "no common ancestor of no-such" in capsys.readouterr().out


def test_the_published_main_branch_wins(checkout):
    checkout.commit(**{MODULE: "new"})
    checkout.git("branch", "--force", "main", "HEAD")
    assert check(checkout.root, None, committed=False) == 0
    checkout.git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    assert check(checkout.root, None, committed=False) == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("retry.bug.md", "Text.", "is no fragment"),
        ("retry.md", "Text.", "is no fragment"),
        ("Two Words.fix.md", "Text.", "is no fragment"),
        ("retry.fix.md", " \n", "is empty"),
    ],
)
def test_a_fragment_that_towncrier_would_lose_is_refused(checkout, name, text, said, capsys):
    checkout.write(**{f"packages/skifteportal-core/changes/{name}": text})
    assert check(checkout.root, None, committed=False) == 1
    assert said in capsys.readouterr().out


def test_a_fragment_is_written_for_every_package_that_is_named(checkout):
    checkout.commit(**{MODULE: "new", "packages/skifteportal-auth/README.md": "new"})
    assert check(checkout.root, None, committed=False) == 1
    assert add(checkout.root, "feature", "wings", "Clients can fly.", "skifteportal-*") == 0
    assert check(checkout.root, None, committed=False) == 0
    told = checkout.root / "packages/skifteportal-auth/changes/wings.feature.md"
    assert told.read_text("utf-8") == "Clients can fly.\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("bug", "wings", "Text.", "skifteportal-core"),
        ("fix", "two words", "Text.", "skifteportal-core"),
        ("fix", "wings", " ", "skifteportal-core"),
        ("fix", "wings", "Text.", "skifteportal-nobody"),
        ("fix", "wings", "Text."),
    ],
)
def test_no_fragment_is_written_that_would_be_lost(checkout, arguments, capsys):
    assert add(checkout.root, *arguments) == 2
    assert "nox -s fragment" in capsys.readouterr().out
    checkout.git("diff", "--exit-code")


def test_the_command(capsys):
    assert main(["add", "fix"]) == 2
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "--base" in capsys.readouterr().out
    assert main(["--base", "no-such-revision"]) == 2


def test_this_house_s_fragments_and_changelogs_can_be_put_together():
    assert not list(bad_fragments(HOUSE))
    for changelog in HOUSE.glob("packages/*/CHANGELOG.md"):
        assert changelog.read_text("utf-8").count(TOWNCRIER["start_string"]) == 1, changelog
    assert {"breaking", "feature", "fix", "security"} <= set(KINDS)


def test_a_section_of_the_changelog_is_made_of_them(checkout):
    package = checkout.root / "packages/skifteportal-core"
    changelog = (HOUSE / "packages/skifteportal-core/CHANGELOG.md").read_text("utf-8")
    checkout.write(**{"packages/skifteportal-core/changes/wings.breaking.md": "Wings are needed."})
    checkout.write(**{"packages/skifteportal-core/CHANGELOG.md": changelog})
    subprocess.run(
        [
            *(sys.executable, "-m", "towncrier", "build", "--yes", "--version", "9.0.0"),
            *("--config", HOUSE / "pyproject.toml", "--dir", package, "--date", "2026-12-01"),
        ],
        cwd=checkout.root,
        check=True,
        capture_output=True,
    )
    section = (
        "## 9.0.0 (2026-12-01)\n\n### Breaking changes\n\n- Wings are needed.\n\n"
        "### Mended\n\n- Told before.\n\n"
    )
    head, rest = changelog.split(TOWNCRIER["start_string"])
    made = (package / "CHANGELOG.md").read_text("utf-8")
    assert (
        made.replace("\n\n\n", "\n\n")
        == f"{head}{TOWNCRIER['start_string']}\n{section}{rest.lstrip()}"
    )
    assert not list((package / "changes").glob("*"))
