"""The shop: a small checkout in a temporary folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from generator_shop import Shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    (tmp_path / "specs").mkdir()
    (tmp_path / "LICENSE").write_text("Fri afbenyttelse\n", encoding="utf-8")
    made = Shop(tmp_path)
    made.write_registry()
    before = list(sys.path)
    yield made
    sys.path[:] = before
