import inspect

import attrs
import pytest

from skifteportal.sandbox import Settings


@pytest.mark.parametrize("name", [field.name for field in attrs.fields(Settings)])
def test_every_assumption_is_documented(name):
    assert f"\n    {name}: " in inspect.getdoc(Settings)


def test_a_limit_that_is_none_is_refused_by_name():
    assert Settings(rate_limit="5/s").rate_limit == "5/s"
    with pytest.raises(ValueError, match="rate_limit: write a limit as 500/s"):
        Settings(rate_limit="many")


def test_settings_stand_fast():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Settings().first_page = 1
