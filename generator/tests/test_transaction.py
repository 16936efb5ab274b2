"""Several files change together, or not at all: whatever step is interrupted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portalgen import transaction
from portalgen.transaction import recover, write_all

OLD = {"a/one.txt": b"1", "a/two.txt": b"2", "b/deep/three.txt": b"3"}
CHANGES = {"a/one.txt": b"new", "a/two.txt": None, "b/deep/three.txt": None, "c/d/four.txt": b"4"}
NEW = {"a/one.txt": b"new", "c/d/four.txt": b"4"}


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture
def old(tmp_path):
    for name, content in OLD.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def test_all_files_change_and_nothing_is_left_over(old):
    write_all(old, CHANGES)
    assert tree(old) == NEW
    assert sorted(path.name for path in old.iterdir()) == ["a", "c"]
    assert recover(old) is False


def test_what_is_not_there_may_be_removed(tmp_path):
    write_all(tmp_path, {"x/y.txt": None})
    assert tree(tmp_path) == {}


STEPS = {
    "mkdtemp": (transaction.tempfile, "mkdtemp"),
    "copy2": (shutil, "copy2"),
    "write_bytes": (Path, "write_bytes"),
    "write_text": (Path, "write_text"),
    "rename": (Path, "rename"),
    "replace": (Path, "replace"),
    "unlink": (Path, "unlink"),
    "mkdir": (Path, "mkdir"),
}


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_each_step_may_fail_and_the_old_or_the_new_state_is_whole(
    old, monkeypatch, step, number, error
):
    holder, name = STEPS[step]
    real = getattr(holder, name)
    calls = iter(range(100))

    def failing(*arguments, **options):
        if next(calls) == number:
            raise error
        return real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(holder, name, failing)
        try:
            write_all(old, CHANGES)
        except error:
            expected = OLD
        else:
            expected = NEW
    assert tree(old) == expected
    assert recover(old) is False


KILLED = """
import os, sys
from pathlib import Path
from portalgen.transaction import write_all
step, number = sys.argv[1], int(sys.argv[2])
real, calls = getattr(Path, step), iter(range(100))
def dying(*arguments, **options):
    if next(calls) == number:
        os._exit(9)
    return real(*arguments, **options)
setattr(Path, step, dying)
write_all(Path(sys.argv[3]), {"a/one.txt": b"new", "a/two.txt": None, "c/d/four.txt": b"4"})
"""


@pytest.mark.parametrize(("step", "number"), [("rename", 0), ("rename", 1), ("replace", 1)])
def test_a_killed_process_leaves_what_the_next_one_undoes(old, step, number):
    command = [sys.executable, "-c", KILLED, step, str(number), str(old)]
    assert subprocess.run(command, check=False, env=os.environ).returncode == 9
    assert recover(old) is ((step, number) != ("rename", 0))
    assert tree(old) == OLD
    assert not list(old.glob(".portalgen-*"))


def test_a_recovery_that_is_interrupted_begins_again(old, monkeypatch):
    real = Path.replace

    def failing(self, target):
        if self.name == "copy" or Path(target).name == "four.txt":
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        with pytest.raises(KeyboardInterrupt):
            write_all(old, CHANGES)
    assert tree(old) != OLD
    assert recover(old) is True
    assert tree(old) == OLD
