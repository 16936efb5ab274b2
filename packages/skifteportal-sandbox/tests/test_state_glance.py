from decimal import Decimal

import pytest

from skifteportal.sandbox.state import glance

ROW = b'{"id":"7","created":12,"data":{"beloeb":1.10,"titel":null,"deep":{"x":1}},"derived":{"titel":"T"},"other":[1]}'


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["id"], "7"),
        (["created"], 12),
        (["other"], [1]),
        (["data.titel"], None),
        (["data.none"], None),
        (["none.beloeb"], None),
        (["data.titel", "derived.titel"], "T"),
        (["derived.titel", "data.beloeb"], "T"),
        (["derived.beloeb", "data.beloeb"], Decimal("1.10")),
        (["data.deep.x"], 1),
    ],
)
def test_the_first_of_the_members_that_is_there_is_read(paths, expected):
    assert glance(*paths)(ROW) == expected


def test_amounts_are_read_digit_for_digit():
    exact = Decimal("12345678901234567.89")
    assert glance("data.beloeb")(b'{"data":{"beloeb":%s}}' % str(exact).encode()) == exact
