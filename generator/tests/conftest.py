"""The shop: a small checkout in a temporary folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from generator_shop import Shop, open_shop
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

settings.register_profile("untimed", deadline=None)  # no test depends on how busy the machine is
settings.load_profile("untimed")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with open_shop(tmp_path) as made:
        yield made
