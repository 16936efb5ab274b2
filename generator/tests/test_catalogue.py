"""The error codes: whose they are, and what is wrong in a file."""

from __future__ import annotations

import pytest
from generator_shop import CODES

from portalgen.catalogue import Catalogue
from portalgen.checkout import Checkout
from portalgen.problems import BrokenInput


def load(shop) -> Catalogue:
    return Catalogue.load(Checkout(shop.root))


def test_an_api_gets_the_codes_that_name_it(shop):
    shop.codes()
    found = load(shop).for_api(shop.api, ("tiny",))
    assert [one.code.raw for one in found] == ["tiny.f1", "tiny.f2"]
    assert found[0].operations == ("addKrav",)


def test_no_files_are_no_codes(shop):
    assert load(shop).for_api(shop.api, ()) == ()


def test_a_file_that_is_named_must_be_there(shop):
    shop.spec(errors=["tiny"])
    result = shop.run("generate")
    assert result.exit_code == 2
    assert "specs/errors/tiny.yaml is named in portal.toml but missing" in result.stderr


@pytest.mark.parametrize("entry", [{}, "x", {**CODES["tiny.f1"], "apis": 7}])
def test_a_code_that_lacks_something_is_named(shop, entry):
    shop.codes({"tiny.f9": entry})
    with pytest.raises(BrokenInput, match=r"specs/errors/tiny\.yaml, tiny\.f9"):
        load(shop)
