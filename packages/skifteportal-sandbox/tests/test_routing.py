import pytest

from skifteportal.sandbox.answers import Fault
from skifteportal.sandbox.routing import Router, operations

DOCUMENT = {
    "components": {
        "parameters": {"id": {"name": "id", "in": "path", "schema": {"type": "string"}}}
    },
    "paths": {
        "/things/{id}": {
            "parameters": [
                {"$ref": "#/components/parameters/id"},
                {"name": "page", "in": "query", "schema": {}},
            ],
            "get": {
                "operationId": "getThing",
                "parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}],
            },
            "delete": {"operationId": "deleteThing"},
        },
        "/things/changes": {"post": {"operationId": "changes"}},
        "/things": {"post": {"operationId": "search"}},
    },
}


@pytest.fixture
def router():
    return Router(operations("things", DOCUMENT))


def test_shared_parameters_are_an_operations_own_unless_it_has_one_of_that_name():
    found = {operation.id: operation for operation in operations("things", DOCUMENT)}
    assert [parameter["name"] for parameter in found["getThing"].parameters] == ["id", "page"]
    assert found["getThing"].parameters[1]["schema"] == {"type": "integer"}
    assert (found["changes"].method, found["changes"].api) == ("POST", "things")


@pytest.mark.parametrize(
    ("method", "path", "operation", "values"),
    [
        ("POST", "/things", "search", {}),
        ("POST", "/things/changes", "changes", {}),
        ("GET", "/things/1", "getThing", {"id": "1"}),
        ("GET", "/things/a%2Fb%C3%A6", "getThing", {"id": "a/bæ"}),
        ("DELETE", "/things/..", "deleteThing", {"id": ".."}),
    ],
)
def test_an_operation_is_found(router, method, path, operation, values):
    found, sent = router.find(method, path)
    assert (found.id, sent) == (operation, values)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/other",
        "/things/",
        "/things/1/2",
        "//things",
        "/things/%FF",
        "*",
        "https://x/things",
    ],
)
def test_an_unknown_path_is_not_found(router, path):
    with pytest.raises(Fault) as caught:
        router.find("GET", path)
    assert caught.value.status == 404


def test_a_method_that_a_path_does_not_take_is_told_what_it_takes(router):
    with pytest.raises(Fault) as caught:
        router.find("PUT", "/things/1")
    assert caught.value.status == 405
    assert caught.value.headers == (("Allow", "DELETE, GET"),)
    with pytest.raises(Fault) as caught:
        router.find("GET", "/things/changes")
    assert caught.value.headers == (("Allow", "POST"),)
