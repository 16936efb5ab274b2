import pytest

from skifteportal.sandbox.errors import Refused
from skifteportal.sandbox.rate_limit import RateLimit


@pytest.mark.parametrize(
    ("text", "calls", "seconds"),
    [
        ("500/s", 500, 1),
        ("20/min", 20, 60),
        ("1000/h", 1000, 3600),
        ("3/2d", 3, 172_800),
        ("1 / 10 s", 1, 10),
    ],
)
def test_limits_are_read_and_written(text, calls, seconds):
    limit = RateLimit.read(text)
    assert limit == RateLimit(calls=calls, seconds=seconds)
    assert RateLimit.read(str(limit)) == limit


@pytest.mark.parametrize("text", ["", "0/s", "5/0s", "5", "5/week", "many/s"])
def test_other_limits_are_refused(text):
    with pytest.raises(Refused, match="limit: write a limit as 500/s"):
        RateLimit.read(text)
