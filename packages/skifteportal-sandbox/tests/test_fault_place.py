import pytest

from skifteportal.sandbox.fault_place import place_of


def fail():
    raise ValueError("hidden")


def test_the_place_is_the_innermost_function_and_line():
    with pytest.raises(ValueError, match="hidden") as caught:
        fail()
    line = fail.__code__.co_firstlineno + 1
    assert place_of(caught.value) == f"in fail, line {line}"


def test_an_exception_that_was_never_raised_has_none():
    assert place_of(ValueError()) == ""
