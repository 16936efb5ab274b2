"""Packages are made before anything is changed, and what can't be made is refused."""

import pytest
from made_up_updates import small_house

from portalgen.checkout import Checkout
from portalgen.intake import Refused
from portalgen.intake.staging import render
from portalgen.problems import BrokenInput

SPEC = "specs/person/1.0.0-reconstructed.yaml"


@pytest.fixture
def checkout(tmp_path):
    small_house(tmp_path, ("person",))
    return Checkout(tmp_path)


def test_what_changes_is_given_by_its_path_and_nothing_is_written(checkout):
    found = render(checkout, {"packages/x": b"", "specs/README.md": b"ny"}, apis=("person",))
    assert set(found) == {"skifteportal-person", "skifteportal-specs"}
    assert all(path.startswith("packages/") for files in found.values() for path in files)
    assert not checkout.packages.exists()


@pytest.mark.parametrize("content", [b"x: 1", None])
def test_a_file_that_is_not_the_registered_one_is_refused(checkout, content):
    with pytest.raises(Refused, match="person: specs/person"):
        render(checkout, {SPEC: content}, apis=("person",))


def test_without_a_licence_nothing_is_made(checkout):
    checkout.licence.unlink()
    with pytest.raises(BrokenInput, match="the licence can't be read"):
        render(checkout, {}, apis=("person",))
