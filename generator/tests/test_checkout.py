"""The checkout is found from any folder in it."""

from __future__ import annotations

import pytest

from portalgen.checkout import Checkout
from portalgen.problems import BrokenInput


def test_it_is_found_from_inside(shop, monkeypatch):
    inside = shop.root / "packages/x"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    found = Checkout.find()
    assert found.root == shop.root.resolve()
    assert found.licence.is_file()


def test_outside_it_says_what_to_do(tmp_path):
    with pytest.raises(BrokenInput, match="--root"):
        Checkout.find(tmp_path)
