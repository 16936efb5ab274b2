"""Sets of names among the rows: in the order given, written as lists, read back as they were."""

import pytest

from skifteportal.sandbox.state.several import Several, read_several, write_several


def test_what_is_written_is_read_back():
    names = Several(["b", "a"])
    assert read_several(Several, write_several(names)) == names
    assert len(names) == 2


def test_nothing_else_is_written():
    with pytest.raises(NotImplementedError, match="complex"):
        write_several(1j)


@pytest.mark.parametrize("value", ["a", [1], None])
def test_nothing_but_texts_is_read(value):
    with pytest.raises(ValueError, match="names are texts"):
        read_several(Several, value)
