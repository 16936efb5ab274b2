import pytest

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.control.commands import COMMANDS
from skifteportal.sandbox.court import COURT
from skifteportal.sandbox.described import Described
from skifteportal.sandbox.wanted import wanted

SCHEMA = {
    "type": "object",
    "properties": {
        "day": {"type": "string", "format": "date"},
        "by": {
            "type": "object",
            "properties": {"who": {"type": "string"}},
            "required": ["who"],
            "additionalProperties": False,
        },
    },
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
        ({"day": "2026-13-01"}, "day", "x: day must be a date (2026-03-01)"),
        ({"day": "2026-01-01", "more": 1}, "more", "x: there is no such member; it takes day, by"),
        ({"day": "2026-01-01", "by": {}}, "by/who", "x: who is missing"),
        ({"day": "2026-01-01", "by": {"who": 1}}, "by/who", "x: by/who must be a text"),
        (
            {"day": "2026-01-01", "by": {"who": "a", "x": 1}},
            "by/x",
            "x: there is no such member; it takes who",
        ),
        ([], None, "x: the body must be an object"),
    ],
)
def test_another_is_refused_with_what_is_wanted_there(body, field, message):
    with pytest.raises(Fault) as caught:
        DESCRIBED.check(body, status=422)
    assert (caught.value.status, caught.value.field, caught.value.message) == (422, field, message)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"more": 1}, "x: there is no such member; it takes none"),
        ([], "x: the query must be an object"),
    ],
)
def test_where_nothing_is_wanted_anything_is_too_much(body, message):
    nothing = {"type": "object", "properties": {}, "additionalProperties": False}
    asked = Described(name="x", method="GET", path="/x", summary="X.", schema=nothing)
    with pytest.raises(Fault) as caught:
        asked.check(body, status=400)
    assert caught.value.message == message


def test_every_path_says_in_words_what_each_of_its_members_must_be():
    def said(schema):
        return [
            wanted(schema),
            *(one for each in schema.get("properties", {}).values() for one in said(each)),
        ]

    for one in (*COMMANDS, *COURT.values()):
        assert all(said(one.schema)), one.name
