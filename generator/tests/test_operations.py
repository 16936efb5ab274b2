"""Operations: what becomes a parameter, and what fails by name."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from generator_shop import answers, json_body, one_operation, ref

TEXT = {"type": "string"}
KRAV = {"krav": {"type": "object", "properties": {"a": TEXT}}}
PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}


def parameter(name: str, place: str = "query", **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": TEXT} | more


@pytest.mark.parametrize(
    ("operation", "problem"),
    [
        (
            {"requestBody": {"content": {"multipart/form-data": {"schema": {"type": "object"}}}}},
            "a request body of multipart/form-data is not supported",
        ),
        (
            {"requestBody": {"content": {"text/xml": {"schema": TEXT}}}},
            "Unsupported content type text/xml",
        ),
        (
            {"requestBody": {"content": PDF | {"application/json": {"schema": TEXT}}}},
            "bodies of several content types",
        ),
        (
            {
                "requestBody": {"content": PDF},
                "responses": {"200": {"description": "x", "content": PDF}},
            },
            "sends a body and answers with a file",
        ),
        (
            {"responses": {"200": {"description": "x", "content": {"text/csv": {"schema": TEXT}}}}},
            "an answer of text/csv is not supported",
        ),
        (
            {"responses": {"200": {"description": "x", "content": {"image/x": {"schema": TEXT}}}}},
            "Unsupported content_type image/x",
        ),
        ({"responses": {"default": {"description": "x"}}}, "no successful (2xx) answer"),
        (
            {"responses": answers(TEXT) | {"201": {"description": "x"}}},
            "its successful (2xx) answers differ",
        ),
        (
            {"parameters": [parameter("Accept-Language", "header")]},
            "the header parameter Accept-Language is not supported",
        ),
        (
            {"parameters": [parameter("spor", "cookie")]},
            "the cookie parameter spor is not supported",
        ),
        ({"parameters": [parameter("kravId", "path", required=True)]}, "path"),
        ({"parameters": [{"$ref": "#/components/parameters/nothing"}]}, "nothing"),
    ],
)
def test_what_cannot_be_generated_fails_by_name(shop, operation, problem):
    shop.spec(paths=one_operation(method="post", operationId="addIt", **operation), schemas=KRAV)
    said = shop.problems()
    assert problem in said
    assert "addIt" in said or "no OpenAPI document" in said
    assert not shop.package().exists()


def test_an_operation_without_an_id_fails_by_path(shop):
    paths = one_operation()
    del paths["/it"]["get"]["operationId"]
    shop.spec(paths=paths)
    assert "GET /it: has no operationId" in shop.problems()


def test_two_operations_with_one_method_name_fail(shop):
    shop.spec(paths=one_operation() | one_operation(operationId="get_it", path="/x"))
    assert "get_it: its method get_it() is already getIt's" in shop.problems()


def test_an_operation_that_the_parser_forgets_fails(shop, monkeypatch):
    monkeypatch.setattr("portalgen.join.endpoints", lambda parsed: [])
    shop.spec()
    assert "getIt: the parser left it out" in shop.problems()


def test_read_only_must_name_an_operation(shop):
    shop.spec(read_only=["soeg"])
    assert "portal.toml names soeg as read_only" in shop.problems()


def signature(shop, name: str, *, asynchronous: bool = False) -> inspect.Signature:
    module = shop.load("_async_client" if asynchronous else "_client")
    prefix = "Async" if asynchronous else ""
    client = getattr(module, f"{prefix}{shop.api.capitalize()}Client")
    return inspect.signature(getattr(client, name))


def test_path_body_and_file_come_first_and_the_rest_is_by_keyword(shop):
    shop.spec(
        paths={
            "/krav/{kravId}": {
                "parameters": [parameter("kravId", "path", required=True)],
                "put": {
                    "operationId": "updateKrav",
                    "parameters": [parameter("sort"), parameter("art", required=True)],
                    "requestBody": {"required": True} | json_body(ref("krav")),
                    "responses": answers(ref("krav")),
                },
                "post": {
                    "operationId": "addBilag",
                    "parameters": [parameter("Content-Disposition", "header", required=True)],
                    "requestBody": {"content": PDF},
                    "responses": answers(),
                },
            }
        },
        schemas=KRAV,
    )
    update = signature(shop, "update_krav")
    assert str(update) == (
        "(self, krav_id: 'Identifier', krav: 'Krav', *, art: 'str', sort: 'str | None' = None, "
        "options: 'CallOptions | None' = None) -> 'Krav'"
    )
    add = signature(shop, "add_bilag")
    assert str(add) == (
        "(self, krav_id: 'Identifier', file: 'FileInput', *, options: 'CallOptions | None' = None)"
        " -> 'None'"
    )


@pytest.mark.parametrize(
    ("schema", "name", "annotation"),
    [
        (ref("kravInput"), "krav", "KravInput"),
        (ref("soegQuery"), "query", "SoegQuery"),
        ({"type": "array", "items": TEXT}, "body", "list[str]"),
        # However a lone reference is written: another way of writing breaks nobody's code.
        ({"allOf": [ref("kravInput")]}, "krav", "KravInput"),
        (
            {"type": "object", "properties": {"a": {"type": "string"}}},
            "body",
            "AddItBody",
        ),
    ],
)
def test_a_body_is_named_after_its_schema(shop, schema, name, annotation):
    shop.spec(
        paths=one_operation(method="post", operationId="addIt", requestBody=json_body(schema)),
        schemas={"kravInput": KRAV["krav"], "soegQuery": KRAV["krav"]},
    )
    (found,) = (one for one in signature(shop, "add_it").parameters.values() if one.name == name)
    assert found.annotation == annotation


def test_an_enum_of_a_shared_parameter_is_one_open_class(shop):
    shared = {
        "direction": {
            "name": "direction",
            "in": "query",
            "schema": {"type": "string", "enum": ["ASC", "DESC"]},
        }
    }
    use = {"parameters": [{"$ref": "#/components/parameters/direction"}]}
    shop.spec(
        paths=one_operation(**use) | one_operation(operationId="getOther", path="/other", **use),
        components={"parameters": shared},
    )
    found = signature(shop, "get_other").parameters["direction"]
    assert found.annotation == "Direction | str | None"
    assert shop.load("models").__all__ == ["Direction"]


def test_async_methods_are_coroutines_but_pages_and_downloads_are_not(shop):
    download = {"200": {"description": "x", "content": PDF}}
    shop.spec(
        paths=one_operation() | one_operation(operationId="hent", path="/x", responses=download)
    )
    module = shop.load("_async_client")
    client = getattr(module, f"Async{shop.api.capitalize()}Client")
    assert inspect.iscoroutinefunction(client.get_it)
    assert not inspect.iscoroutinefunction(client.hent)


def test_the_docstring_says_what_the_spec_and_the_catalogue_say(shop):
    shop.codes()
    shop.spec(
        paths=one_operation(
            method="post",
            operationId="addKrav",
            summary="anmeld et krav",
            description="Første afsnit\nover to linjer.\n\n- punkt et\n- punkt to",
            requestBody={"description": "Kravet."} | json_body(ref("krav")),
            responses=answers(ref("krav")),
            **{"x-provenance": "inferred"},
        ),
        schemas=KRAV,
        errors=["tiny"],
    )
    module = shop.load("_client")
    text = inspect.getdoc(getattr(module, f"{shop.api.capitalize()}Client").add_krav)
    assert text is not None
    assert text.startswith(
        "Anmeld et krav.\n\nFørste afsnit over to linjer.\n\n- punkt et\n- punkt"
    )
    assert "`POST /it`" in text
    assert "Provenance: inferred" in text
    assert "krav (Krav): Kravet." in text
    assert "OutcomeUnknown:" in text
    assert "tiny.f1 (Beløbet må ikke være tomt)" in text
    assert "tiny.f2" not in text
    codes = shop.load("_errors").CODES
    assert list(codes) == ["tiny.f1", "tiny.f2"]
    assert codes["tiny.f1"].pdf_rules == ()
    assert codes["tiny.f2"].pdf_rules == ("too_large", "password")
    assert codes["tiny.f1"].doc_url == "https://docs.example/errors/tiny.f1/"


def test_an_open_api_has_an_open_client_and_asks_for_no_token(shop):
    shop.spec(token="open")
    shop.generate()
    source = shop.source("_client.py")
    assert "(OpenClient):" in source
    assert "Auth" not in source
    assert "CredentialError" not in source
    assert "(AsyncOpenClient):" in shop.source("_async_client.py")


@pytest.mark.parametrize(
    ("token", "credential"),
    [("direct", "DirectAuth"), ("delegated", "DelegatedAuth"), ("either", "PortalAuth")],
)
def test_the_token_kind_is_in_the_type(shop, token, credential):
    shop.spec(token=token)
    shop.generate()
    assert f"Client(Client[{credential}]):" in shop.source("_client.py")


def test_the_first_page_comes_from_the_registry(shop):
    shop.top["assumptions"] = {}
    page = {"name": "page", "in": "query", "schema": {"type": "integer"}}
    shop.spec(
        paths=one_operation(parameters=[page], responses=answers({"type": "array", "items": TEXT}))
    )
    registry = shop.root / "specs/portal.toml"
    text = registry.read_text("utf-8").replace("assumptions = {}", "assumptions.first_page = 1")
    registry.write_text(text, encoding="utf-8")
    assert shop.load("_operations").GET_IT.first_page == 1
