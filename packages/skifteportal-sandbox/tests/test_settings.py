import attrs
import pytest

from skifteportal.sandbox import Settings


@pytest.mark.parametrize("name", [field.name for field in attrs.fields(Settings)])
def test_every_assumption_is_documented(name):
    assert f"        {name}: " in Settings.__doc__


def test_settings_stand_fast():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Settings().first_page = 1
