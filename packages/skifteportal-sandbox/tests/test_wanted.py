import pytest

from skifteportal.sandbox.wanted import perhaps, wanted


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (
            {"description": "a CVR number, eight digits", "pattern": "x"},
            "a CVR number, eight digits",
        ),
        ({"enum": ["A", 1]}, "one of A, 1"),
        ({"type": "string"}, "a text"),
        ({"type": "string", "minLength": 1}, "a text that is not empty"),
        ({"type": "string", "format": "uuid"}, "an id (UUID)"),
        ({"type": ["string", "null"]}, "a text or null"),
        ({"type": "integer", "minimum": 0, "maximum": 5}, "a whole number from 0 to 5"),
        ({"type": "array", "minItems": 1}, "a list with something in it"),
        ({"anyOf": [{"type": "string"}, {"type": "number"}]}, "a text or a number"),
        ({"type": "boolean"}, "true or false"),
    ],
)
def test_a_schema_is_said_in_words(schema, words):
    assert wanted(schema) == words


def test_a_name_that_is_near_is_suggested():
    names = {"addKrav", "getKrav"}
    assert (perhaps("adKrav", names), perhaps("x", names)) == (" (perhaps addKrav?)", "")
