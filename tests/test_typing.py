"""What the types promise, as both type checkers see it: mistakes are found, correct programs are not.

The programs stand in tests/typing. In refused.py each line that must be refused is marked so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent
PROGRAMS = {name: HERE / "typing" / f"{name}.py" for name in ("accepted", "refused")}


def mypy(_folder: Path) -> set[tuple[str, int]]:
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--output=json",
        *map(str, PROGRAMS.values()),
    ]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode in {0, 1}, run.stderr
    found = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return {(one["file"], one["line"]) for one in found if one["severity"] == "error"}


def pyright(folder: Path) -> set[tuple[str, int]]:
    for program in PROGRAMS.values():  # a project holds what lies in its own folder
        shutil.copy(program, folder)
    (folder / "pyrightconfig.json").write_text('{"typeCheckingMode": "strict"}', encoding="utf-8")
    command = ["-p", str(folder), "--pythonpath", sys.executable, "--outputjson"]
    run = subprocess.run(
        [sys.executable, "-m", "pyright", *command], check=False, capture_output=True, text=True
    )
    assert run.returncode in {0, 1}, run.stderr
    found = json.loads(run.stdout)["generalDiagnostics"]
    return {(one["file"], one["range"]["start"]["line"] + 1) for one in found}


@pytest.mark.parametrize("checker", [mypy, pyright], ids=lambda checker: checker.__name__)
def test_mistakes_are_found_and_nothing_else(checker, tmp_path):
    found = {(Path(file).stem, line) for file, line in checker(tmp_path)}
    lines = PROGRAMS["refused"].read_text(encoding="utf-8").splitlines()
    marked = {("refused", n) for n, line in enumerate(lines, 1) if line.endswith("# refused")}
    assert len(marked) > 20
    assert found == marked
