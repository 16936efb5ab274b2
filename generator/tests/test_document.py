"""Documents: references, schemas wherever they stand, operations."""

from __future__ import annotations

import pytest

from portalgen.document import Document, ref_name


def test_references_are_followed_and_unescaped():
    document = Document({"a": {"b/c": {"$ref": "#/d"}}, "d": {"x": 1}})
    assert document.resolve({"$ref": "#/a/b~1c"}) == {"x": 1}
    assert document.resolve({"x": 2}) == {"x": 2}


@pytest.mark.parametrize("ref", ["#/missing", "#/loop", "other.yaml#/a", "#/text", "#/text/deeper"])
def test_references_that_lead_nowhere(ref):
    document = Document({"loop": {"$ref": "#/loop"}, "text": "x"})
    with pytest.raises(LookupError, match=ref.split("#")[0] or "#"):
        document.resolve({"$ref": ref})


def test_ref_names():
    assert ref_name({"$ref": "#/components/schemas/krav"}) == "krav"
    assert ref_name({}) is None


def test_schemas_are_found_wherever_they_stand_and_examples_are_none():
    named = {"a": {"items": {"n": 1}}, "b": {"allOf": [{"n": 2}], "properties": {"x": {"n": 3}}}}
    document = Document(
        {
            "components": {"schemas": named},
            "paths": {
                "/": {
                    "get": {"parameters": [{"schema": {"n": 4}, "example": {"schema": {"n": 9}}}]}
                }
            },
            "x-more": {"schema": {"n": 9}},
        }
    )
    assert sorted(one["n"] for one in document.schemas() if "n" in one) == [1, 2, 3, 4]


def test_operations_have_their_paths_parameters():
    own, shared = {"name": "a", "in": "query"}, {"name": "b", "in": "query"}
    document = Document(
        {
            "paths": {
                "/x": {
                    "parameters": [{"$ref": "#/components/parameters/b"}],
                    "get": {"parameters": [own]},
                    "summary": "ingen",
                }
            },
            "components": {"parameters": {"b": shared}},
        }
    )
    (operation,) = document.operations()
    assert (operation.id, operation.method) == ("GET /x", "GET")
    assert operation.parameters == (own, shared)
