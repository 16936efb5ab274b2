"""What the README prints is true: its code runs as printed, its table names every package."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[1]
README = (HOUSE / "README.md").read_text("utf-8")


def test_the_code_runs_as_printed(sandbox, tmp_path):
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / ".skifteportal-sandbox").symlink_to(sandbox.env_file.parent)
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.stderr == ""
    assert run.stdout == "Dit krav er nu anmeldt \n"


def test_every_package_is_in_the_table_and_nothing_else():
    registry = tomllib.loads((HOUSE / "specs/portal.toml").read_text("utf-8"))
    by_hand = {"skifteportal-auth", "skifteportal-core", "skifteportal-sandbox"}
    generated = {f"skifteportal-{api}" for api in (*registry["apis"], "specs")}
    rows = set(re.findall(r"^\| \[`([a-z-]+)`\]\(packages/\1\)", README, re.MULTILINE))
    assert rows == by_hand | generated
