"""One run of the environment's ruff over everything that was rendered."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ruff import find_ruff_bin  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LINE_LENGTH", "format_python"]

LINE_LENGTH = 100


def format_python(files: Mapping[str, str]) -> dict[str, str]:
    """Format Python sources as the repository's configuration would.

    Args:
        files: Sources by relative path, with `/`.

    Returns:
        The formatted sources by the same paths.

    Raises:
        RuntimeError: A source does not parse: a template is wrong.
    """
    if not files:
        return {}
    with tempfile.TemporaryDirectory(prefix="portalgen-") as folder:
        root = Path(folder)
        for name, source in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(source, encoding="utf-8", newline="\n")
        result = subprocess.run(  # noqa: S603 - the environment's own ruff, on files of ours
            [
                find_ruff_bin(),
                "format",
                "--isolated",
                "--no-cache",
                f"--line-length={LINE_LENGTH}",
                "--target-version=py311",
                ".",
            ],
            cwd=root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"ruff could not format what was rendered:\n{result.stderr}")
        return {name: (root / name).read_text(encoding="utf-8") for name in files}
