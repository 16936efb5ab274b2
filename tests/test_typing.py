"""What the types promise, as both type checkers see it: mistakes are found, correct programs are not.

The programs stand in tests/typing. In refused.py each line that must be refused is marked so.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from type_checkers import mypy, pyright

PROGRAMS = Path(__file__).parent / "typing"
NAMES = ("accepted.py", "refused.py")


def marked() -> set[tuple[str, int]]:
    lines = (PROGRAMS / "refused.py").read_text(encoding="utf-8").splitlines()
    found = {("refused.py", n) for n, line in enumerate(lines, 1) if line.endswith("# refused")}
    assert len(found) > 20
    return found


def test_mypy_finds_the_mistakes_and_nothing_else():
    found = mypy(*(str(PROGRAMS / name) for name in NAMES))
    assert {(Path(file).name, line) for file, line in found} == marked()


def test_pyright_finds_the_mistakes_and_nothing_else(tmp_path):
    for name in NAMES:  # a project is a folder
        shutil.copy(PROGRAMS / name, tmp_path)
    found = pyright(tmp_path)
    assert {(Path(file).name, line) for file, line in found} == marked()
