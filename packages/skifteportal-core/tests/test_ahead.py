"""What is ahead of production, as it is told."""

from datetime import date

import pytest

from skifteportal.core import Ahead, ConfigurationError


def ahead(**told):
    return Ahead(api="doedsbojournal", version="1.4.0", in_force=date(2027, 1, 4), **told)


def test_lists_of_names_are_kept_as_they_are_and_equal_by_them():
    told = ahead(operations=["addAktiv"], fields=["kravInput.titel"])
    assert told == ahead(operations=("addAktiv",), fields=("kravInput.titel",))
    assert hash(told) == hash(ahead(operations=["addAktiv"], fields=["kravInput.titel"]))


def test_a_name_alone_is_a_list_of_one():
    assert ahead(operations="addAktiv").operations == ("addAktiv",)


@pytest.mark.parametrize("name", ["titel", "kravInput.", ".titel"])
def test_a_field_has_a_schema(name):
    with pytest.raises(ConfigurationError, match=f"named 'schema.field', not '{name}'"):
        ahead(fields=[name])
