"""Both type checkers, strict, each in one run: where they find errors."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["mypy", "pyright"]

ROOT = Path(__file__).parents[2]


def mypy(*arguments: str, path: Path | None = None) -> dict[tuple[str, int], str]:
    """Let mypy look at files, or at a package in `path` (`-p skifteportal.x`).

    Returns:
        From file and line to what is wrong there.
    """
    environment = os.environ | ({} if path is None else {"MYPYPATH": str(path)})
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--output=json", *arguments],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode in {0, 1}, run.stderr
    found = [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]
    return {(one["file"], one["line"]): one["message"] for one in found}


def pyright(folder: Path, *, extra_paths: Iterable[str] = ()) -> dict[tuple[str, int], str]:
    """Let pyright look at every program of a folder, which gets pyright's configuration.

    Returns:
        From file and line to what is wrong there.
    """
    config = {"typeCheckingMode": "strict", "extraPaths": list(extra_paths)}
    (folder / "pyrightconfig.json").write_text(json.dumps(config), encoding="utf-8")
    command = ["-p", str(folder), "--pythonpath", sys.executable, "--outputjson"]
    run = subprocess.run(
        [sys.executable, "-m", "pyright", *command], check=False, capture_output=True, text=True
    )
    assert run.returncode in {0, 1}, run.stderr
    found = json.loads(run.stdout)
    assert found["summary"]["filesAnalyzed"] > 0
    return {
        (one["file"], one["range"]["start"]["line"] + 1): one["message"]
        for one in found["generalDiagnostics"]
    }
