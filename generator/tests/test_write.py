"""A package is replaced whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from portalgen.manifest import read_package
from portalgen.write import differences, write_package

FILES = {"README.md": b"ny", "src/a/b.py": b"x = 1\n"}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_new_package_gets_a_changelog(tmp_path):
    write_package(tmp_path / "packages/p", FILES)
    written = tree(tmp_path / "packages/p")
    assert written.pop("CHANGELOG.md").endswith(b"\n<!-- towncrier release notes start -->\n")
    assert written == FILES
    assert [path.name for path in (tmp_path / "packages").iterdir()] == ["p"]


def test_what_people_wrote_is_kept_and_the_rest_replaced(tmp_path):
    folder = tmp_path / "p"
    write_package(folder, FILES)
    (folder / "CHANGELOG.md").write_text("skrevet", encoding="utf-8")
    (folder / "changes").mkdir()
    (folder / "changes/1.added.md").write_text("nyt", encoding="utf-8")
    (folder / "src/old.py").write_text("", encoding="utf-8")
    write_package(folder, {"README.md": b"nyere"})
    assert tree(folder) == {
        "README.md": b"nyere",
        "CHANGELOG.md": b"skrevet",
        "changes/1.added.md": b"nyt",
    }
    assert list(differences(folder, {"README.md": b"nyere"})) == []


@pytest.mark.parametrize("when", ["writing", "replacing"])
@pytest.mark.parametrize("before", [{"README.md": b"gammel"}, None], ids=["old", "none"])
def test_an_interruption_leaves_the_old_package(tmp_path, monkeypatch, when, before):
    folder = tmp_path / "p"
    if before:
        write_package(folder, before)
    real = Path.rename

    def interrupted(self: Path, *arguments: object) -> Path:
        if when == "writing" or self.name == "new":
            raise KeyboardInterrupt
        return real(self, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes" if when == "writing" else "rename", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_package(folder, FILES)
    assert read_package(folder) == (before or {})
    assert [path.name for path in tmp_path.iterdir()] == (["p"] if before else [])
