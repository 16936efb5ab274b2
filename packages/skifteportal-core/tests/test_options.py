import math

import pytest

from skifteportal.core import CallOptions, File, InvalidArgument, Timeouts


def test_the_timeouts_are_explicit():
    assert Timeouts() == Timeouts(connect=5, read=30, write=30, upload=120, pool=5)


@pytest.mark.parametrize("name", ["connect", "read", "write", "upload", "pool"])
@pytest.mark.parametrize("seconds", [0, -1, math.inf, math.nan, "5", None, True])
def test_seconds_are_more_than_none(name, seconds):
    with pytest.raises(InvalidArgument, match=f"{name} must be a number of seconds") as caught:
        Timeouts(**{name: seconds})
    assert caught.value.argument == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("deadline", 0),
        ("max_retries", -1),
        ("max_retries", 1.5),
        ("max_retries", True),
        ("timeouts", 5),
    ],
)
def test_options_that_make_no_sense_are_refused(name, value):
    with pytest.raises(InvalidArgument, match=f"{name} must be") as caught:
        CallOptions(**{name: value})
    assert caught.value.argument == name


def test_all_options_may_be_left_out():
    options = CallOptions()
    assert options.deadline is options.max_retries is options.timeouts is None


def test_headers_are_not_shown():
    assert "secret-7" not in repr(CallOptions(headers={"X-Key": "secret-7"}))


@pytest.mark.parametrize("method", ["_call", "_upload"])
@pytest.mark.parametrize("wrong", [{"deadline": 1}, 5, ""])
def test_options_are_call_options(world, portal, make_operation, method, wrong):
    arguments = () if method == "_call" else ((), File.from_bytes(b"x", name="x.pdf"))
    operation = make_operation("POST", upload="application/pdf")
    with pytest.raises(InvalidArgument) as caught:
        world.do(method, operation, *arguments, options=wrong)
    assert caught.value.argument == "options"
    assert portal.requests == []
