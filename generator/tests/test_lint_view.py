"""A document as a linter sees it."""

import pytest
from tiny_spec import API, good

from portalgen.lint.view import Place, Spec


def spec(document):
    return Spec(document=document, api=API, codes={})


def test_a_place_knows_its_pointer_and_its_name():
    place = Place("", {"paths": {"/a~b": {"get": [1, 2]}}})["paths"]["/a~b"]
    assert place.pointer == "/paths/~1a~0b"
    assert place.name == "/a~b"
    assert [(item.pointer, item.value) for item in place["get"].items()] == [
        ("/paths/~1a~0b/get/0", 1),
        ("/paths/~1a~0b/get/1", 2),
    ]


@pytest.mark.parametrize("value", [None, 1, "text", ["list"], True])
def test_where_a_mapping_should_be_there_is_nothing(value):
    place = Place("", value)
    assert place["a"]["b"].value is None
    assert place["a"]["b"].pointer == "/a/b"
    assert place.mapping == {}
    assert list(place.members()) == []
    assert place.ref is None
    assert not place.has("a")


@pytest.mark.parametrize("value", [None, 1, "text", {"a": 1}])
def test_where_a_list_should_be_there_is_nothing(value):
    assert list(Place("", value).items()) == []
    assert Place("", value).texts == []


def test_the_texts_of_a_list_leave_out_the_rest():
    assert Place("", ["a", 1, None, "b"]).texts == ["a", "b"]


def test_what_examples_and_extensions_hold_is_not_below():
    document = {
        "a": {"example": {"no": 1}, "x-own": {"no": 1}, "enum": [{"no": 1}], "yes": [{"yes": 1}]},
        "x-own": 1,
    }
    assert [place.pointer for place in Place("", document).below()] == [
        "",
        "/a",
        "/a/yes",
        "/a/yes/0",
        "/a/yes/0/yes",
    ]


def test_references_are_followed_to_the_end():
    document = {"a": {"$ref": "#/b"}, "b": {"$ref": "#/c~1d"}, "c/d": {"type": "string"}}
    found = spec(document).resolve(Place("/x", {"$ref": "#/a"}))
    assert (found.pointer, found.value) == ("/c~1d", {"type": "string"})


@pytest.mark.parametrize("ref", ["#/none", "#/ring", "other.yaml#/a", "#"])
def test_a_reference_to_nowhere_gives_nothing_at_its_place(ref):
    document = {"ring": {"$ref": "#/ring"}}
    assert spec(document).resolve(Place("/x", {"$ref": ref})).value is None


def test_operations_know_their_paths_parameters():
    put = next(o for o in spec(good()).operations if o.id == "updateTing")
    assert (put.path, put.method) == ("/ting/{tingId}", "put")
    assert [parameter.ref for parameter in put.parameters] == ["#/components/parameters/tingId"]
    assert [response.name for response in put.successes] == ["200"]


def test_schemas_are_found_wherever_they_are_written():
    pointers = {schema.pointer for schema in spec(good()).schemas}
    assert {
        "/components/schemas/kat/allOf/1/properties/liv",
        "/components/schemas/tingInput/properties/dele/items",
        "/components/parameters/page/schema",
        "/components/headers/totalCount/schema",
        "/paths/~1ting~1soegning/post/requestBody/content/application~1json/schema/properties/navn",
    } <= pointers


def test_a_group_is_a_schema_and_all_it_is_made_of():
    found = spec(good())
    kat = found.components["schemas"]["kat"]
    assert {place.pointer for place in found.group(kat)} == {
        "/components/schemas/kat",
        "/components/schemas/kat/allOf/1",
        "/components/schemas/hund",
    }


def test_a_group_in_a_circle_ends():
    document = {"components": {"schemas": {"a": {"allOf": [{"$ref": "#/components/schemas/a"}]}}}}
    found = spec(document)
    assert len(found.group(found.components["schemas"]["a"])) == 1
