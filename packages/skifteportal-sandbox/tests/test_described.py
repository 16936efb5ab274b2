import pytest

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.described import Described

SCHEMA = {
    "type": "object",
    "properties": {"day": {"type": "string", "format": "date"}},
    "required": ["day"],
    "additionalProperties": False,
}
DESCRIBED = Described(name="x", method="POST", path="/x", summary="X.", schema=SCHEMA)


def test_a_good_body_is_taken():
    DESCRIBED.check({"day": "2026-01-01"}, status=400)


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({}, "day", "x: day is missing"),
        ({"day": "2026-13-01"}, "day", "x: the body breaks properties/day/format"),
        ({"day": "2026-01-01", "more": 1}, None, "x: the body breaks additionalProperties"),
        ([], None, "x: the body breaks type"),
    ],
)
def test_another_is_refused_by_place_and_rule(body, field, message):
    with pytest.raises(Fault) as caught:
        DESCRIBED.check(body, status=422)
    assert (caught.value.status, caught.value.field, caught.value.message) == (422, field, message)
