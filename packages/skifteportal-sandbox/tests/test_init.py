import pytest

import skifteportal.sandbox as package


@pytest.mark.parametrize("name", package.__all__)
def test_every_public_name_is_there(name):
    assert getattr(package, name).__name__ == name or name == "Role"


def test_other_names_are_not():
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        package.Nothing  # noqa: B018


def test_what_is_public_has_a_home():
    assert set(package.__all__) == set(package._HOMES)
