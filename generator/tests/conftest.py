"""The shop: a small checkout in a temporary folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from generator_shop import Shop, open_shop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_shop(tmp_path) as made:
        yield made
