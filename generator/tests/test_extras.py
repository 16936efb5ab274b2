"""What clients offer beyond their operations, where the spec has what it takes."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from generator_shop import answers, json_body, one_operation, ref

TEXT = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}
IDS = {"type": "array", "items": TEXT}
PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}


def object_of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


REFERENCE = object_of(dokumentId=TEXT, filnavn=TEXT, navn=TEXT)
SCHEMAS = {
    "krav": object_of(id=TEXT, bilag=IDS) | {"required": ["id"]},
    "reference": REFERENCE,
    "henvendelse": object_of(dokumenter={"type": "array", "items": ref("reference")}),
    "traad": object_of(
        navn=TEXT, koder=IDS, henvendelser={"type": "array", "items": ref("henvendelse")}
    ),
    "andet": object_of(koder=IDS, krav=ref("krav")),
    "dybt": object_of(andre={"type": "array", "items": ref("andet")}),
    "aendringer": object_of(ider=IDS, siden=MOMENT),
    "mere": object_of(ider=IDS, siden=MOMENT, art=TEXT),
    "toTider": object_of(ider=IDS, siden=MOMENT, til=MOMENT),
    "bilagMetadata": object_of(id=TEXT, filnavn=TEXT, url=TEXT),
    "dokument": object_of(id=TEXT, navn=TEXT) | {"required": ["id"]},
}


def client(shop: Any, paths: dict[str, Any], prefix: str = "") -> Any:
    shop.spec(paths=paths, schemas=SCHEMAS)
    module = shop.load("_async_client" if prefix else "_client")
    return getattr(module, module.__all__[0])


def posting(schema: str, **more: Any) -> dict[str, Any]:
    return one_operation(
        method="post",
        operationId=more.pop("id", "addIt"),
        requestBody=json_body(ref(schema)),
        responses=answers(ref("krav")),
        **more,
    )


@pytest.mark.parametrize(
    ("schema", "place"),
    [
        ("krav", ("bilag",)),
        ("henvendelse", ("dokumenter",)),
        ("traad", ("henvendelser", "dokumenter")),
        ("andet", ()),
        ("dybt", ()),
    ],
)
@pytest.mark.parametrize("prefix", ["", "Async"])
def test_a_body_that_refers_to_documents_takes_them(shop, schema, place, prefix):
    method = client(shop, posting(schema), prefix).add_it
    operation = shop.load("_operations").ADD_IT
    assert operation.documents == place
    parameters = inspect.signature(method).parameters
    assert ("documents" in parameters) == ("store" in parameters) == bool(place)
    if place:
        assert parameters["store"].annotation == f"{prefix}DocumentStore | None"
        assert f"Added to `{'[0].'.join(place)}`" in " ".join(method.__doc__.split())


def test_only_a_call_takes_documents(shop):
    paged = {"parameters": [{"name": "page", "in": "query", "schema": {"type": "integer"}}]}
    paths = posting("krav", **paged)
    paths["/it"]["post"]["responses"] = answers({"type": "array", "items": ref("krav")})
    assert "documents" not in inspect.signature(client(shop, paths).add_it).parameters


def changes(shop: Any, schema: str, id_: str = "findChangedSince", *, paged: bool = True) -> Any:
    parameters = [{"name": "page", "in": "query", "schema": {"type": "integer"}}] if paged else []
    paths = posting(schema, id=id_, parameters=parameters)
    paths["/it"]["post"]["responses"] = answers({"type": "array", "items": ref("krav")})
    return client(shop, paths)


def test_what_changes_can_be_followed(shop):
    found = changes(shop, "aendringer")
    signature = inspect.signature(found.changes_since)
    assert signature.return_annotation == "Changes[Krav]"

    class Recorder(found):
        def __init__(self) -> None:
            pass

        def _changes(self, *positional: Any, **named: Any) -> Any:
            return positional, named

    positional, named = Recorder().changes_since(["a"], "now", portion=7)
    assert positional[0].id == "findChangedSince"
    assert positional[1:] == (("ider", "siden"), ["a"], "now")
    assert named == {"portion": 7, "overlap": None, "options": None}


@pytest.mark.parametrize(
    ("schema", "id_", "paged"),
    [
        ("mere", "findChangedSince", True),
        ("toTider", "findChangedSince", True),
        ("andet", "findChangedSince", True),
        ("aendringer", "findChanged", True),
        ("aendringer", "findChangedSince", False),
    ],
)
def test_what_looks_otherwise_cannot(shop, schema, id_, paged):
    assert not hasattr(changes(shop, schema, id_, paged=paged), "changes_since")


def upload(path: str = "/it", **more: Any) -> dict[str, Any]:
    return one_operation(
        path=path,
        method="post",
        operationId="addV2",
        requestBody={"content": PDF},
        responses=answers(ref("dokument")),
        **more,
    )


@pytest.mark.parametrize("prefix", ["", "Async"])
def test_a_client_that_takes_files_of_no_case_is_a_document_store(shop, prefix):
    found = client(shop, upload(), prefix)
    assert inspect.iscoroutinefunction(found.store) == bool(prefix)
    assert inspect.signature(found.store).return_annotation == "StoredDocument"


def test_a_client_that_takes_files_of_a_case_is_none(shop):
    parameters = [{"name": "id", "in": "path", "required": True, "schema": TEXT}]
    found = client(shop, upload("/sager/{id}/bilag", parameters=parameters))
    assert not hasattr(found, "store")


def test_a_client_whose_uploads_say_nothing_of_them_is_none(shop):
    paths = upload()
    paths["/it"]["post"]["responses"] = answers(ref("andet"))
    assert not hasattr(client(shop, paths), "store")
    paths["/it"]["post"]["responses"] = answers()
    shop.api = f"{shop.api}x"
    assert not hasattr(client(shop, paths), "store")


def fetching(answer: dict[str, Any]) -> dict[str, Any]:
    ok = {"description": "Filen", "content": PDF}
    return {
        "/fil": {"get": {"operationId": "getFil", "responses": {"200": ok}}},
        "/liste": {"get": {"operationId": "getListe", "responses": answers(answer)}},
    }


def test_files_that_come_with_an_address_can_be_fetched_by_it(shop):
    found = client(shop, fetching(ref("bilagMetadata")))
    assert inspect.signature(found.download).parameters["bilag"].annotation == "BilagMetadata"


def test_without_files_there_is_nothing_to_fetch(shop):
    found = client(shop, {"/liste": fetching(ref("bilagMetadata"))["/liste"]})
    assert not hasattr(found, "download")


@pytest.mark.parametrize("name", ["store", "download", "close", "auth"])
def test_an_operation_does_not_take_the_name_of_what_every_client_has(shop, name):
    found = client(shop, one_operation(operationId=name))
    assert inspect.signature(getattr(found, f"{name}_")).return_annotation == "None"
