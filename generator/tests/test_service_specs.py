"""The reconstructed specs of the common services, and dødsbojournal's minor update, hold what they must.

The lists of operations are in operation_lists: one that is lost, moved or renamed shows.
"""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate
from operation_lists import ADDED_IN_1_4, OPERATIONS

from portalgen.document import Document
from portalgen.lint import lint
from portalgen.yaml_file import read_yaml

SPECS = Path(__file__).parents[2] / "specs"
SERVICES = (
    "henvendelse",
    "henvendelse-dirigent",
    "sagslager",
    "dokument-lager-ekstern",
    "person",
    "virksomhed",
    "adresse",
    "retskreds",
)
READ_ONLY = {"soegSager", "soegVirksomheder", "soegAdresser", "searchBo", "findChangedSince"}

# What a call must send, and the little that an answer is sure to hold.
REQUIRED = {
    ("henvendelse", "henvendelseTraadInput"): {"sagId", "emneord", "henvendelser"},
    ("henvendelse", "henvendelseInput"): {"tekst"},
    ("henvendelse", "dokumentReferenceInput"): {"dokumentId", "filnavn", "navn"},
    ("henvendelse", "henvendelseTraad"): {"id"},
    ("henvendelse-dirigent", "henvendelseInput"): {"tekst"},
    ("henvendelse-dirigent", "dokumentReferenceInput"): {"dokumentId", "filnavn", "navn"},
    ("henvendelse-dirigent", "henvendelseTraad"): {"id"},
    ("dokument-lager-ekstern", "dokument"): {"id"},
    ("person", "person"): {"personId"},
    ("virksomhed", "virksomhed"): {"cvrNummer"},
    ("adresse", "adresse"): {"darId"},
}

FILES = [*((api, "1.0.0") for api in SERVICES), ("doedsbojournal", "1.4.0")]


@cache
def spec(api: str, version: str = "1.0.0") -> Document:
    return Document(read_yaml(SPECS / api / f"{version}-reconstructed.yaml"))


def signatures(document: Document) -> set[tuple[str, str, str]]:
    return {(one.id, one.method, one.path) for one in document.operations()}


def paging(parameters: tuple[dict[str, Any], ...]) -> tuple[str, ...]:
    names = ("page", "size", "sort", "direction")
    return tuple(one["name"] for one in parameters if one["name"] in names)


def wordless(node: Any) -> Any:
    """Give a part of a document without its descriptions."""
    if isinstance(node, dict):
        return {
            key: wordless(value)
            for key, value in node.items()
            if not (key == "description" and isinstance(value, str))
        }
    return [wordless(item) for item in node] if isinstance(node, list) else node


@pytest.mark.parametrize("api", SERVICES)
def test_a_service_has_its_operations_and_no_others(api):
    found = [
        (one.id, one.method, one.path, paging(one.parameters)) for one in spec(api).operations()
    ]
    assert sorted(found) == sorted(OPERATIONS[api])


@pytest.mark.parametrize(("api", "version"), FILES)
def test_a_file_is_valid_and_in_the_house_style(api, version):
    document = spec(api, version)
    validate(document.data)
    codes = {
        code: entry
        for path in sorted((SPECS / "errors").glob("*.yaml"))
        for code, entry in read_yaml(path).items()
        if api in entry["apis"]
    }
    posts = {one.id for one in document.operations() if one.method == "POST"}
    entry = {"provenance": "reconstructed", "read_only": sorted(READ_ONLY & posts)}
    assert lint(document.data, api=entry, codes=codes) == []


@pytest.mark.parametrize(("api", "version"), FILES)
def test_a_file_names_its_version_and_the_portals_servers(api, version):
    document = spec(api, version).data
    assert document["info"]["version"] == version
    assert [server["url"] for server in document["servers"]] == [
        "https://api.domstol.dk",
        "https://api.test-minskiftesag.net",
    ]


@pytest.mark.parametrize("api", SERVICES)
def test_only_what_must_be_is_required(api):
    found = {
        (api, name): set(schema["required"])
        for name, schema in spec(api).component_schemas.items()
        if "required" in schema
    }
    assert found == {key: names for key, names in REQUIRED.items() if key[0] == api}


@pytest.mark.parametrize("api", SERVICES)
def test_all_but_retskreds_ask_for_a_token(api):
    document = spec(api).data
    expected: list[Any] = [] if api == "retskreds" else [{"bearerAuth": []}]
    assert document["security"] == expected
    assert ("securitySchemes" in document["components"]) == bool(expected)


def test_a_document_is_uploaded_as_plain_bytes_with_its_name():
    document = spec("dokument-lager-ekstern")
    upload = next(one for one in document.operations() if one.id == "addV2")
    assert set(document.resolve(upload.node["requestBody"])["content"]) == {
        "application/octet-stream"
    }
    [header] = [one for one in upload.parameters if one["in"] == "header"]
    assert (header["name"], header["required"]) == ("Content-Disposition", True)


def test_a_documents_metadata_keep_the_names_that_the_guide_prints():
    schemas = spec("dokument-lager-ekstern").component_schemas
    assert list(schemas["dokumentMetadata"]["properties"]) == [
        "oprettet_af_part_type",
        "oprettet_af_part_id",
    ]
    assert schemas["dokument"]["properties"]["type"]["type"] == "string"


def test_what_the_two_henvendelse_apis_share_is_the_same():
    one, other = (
        spec(api).component_schemas | {"genericErrorResponse": {}}
        for api in ("henvendelse", "henvendelse-dirigent")
    )
    assert {name: one[name] for name in other} == other


def test_1_4_adds_aktiver_and_proformaopgoerelser_and_nothing_else():
    old, new = spec("doedsbojournal", "1.3.0"), spec("doedsbojournal", "1.4.0")
    assert signatures(new) - signatures(old) == {one.signature for one in ADDED_IN_1_4}
    assert set(new.component_schemas) - set(old.component_schemas) == {
        "aktiv",
        "aktivInput",
        "proformaopgoerelse",
        "proformaopgoerelseInput",
    }


def test_1_4_leaves_everything_of_1_3_as_it_is():
    old, new = (wordless(spec("doedsbojournal", version).data) for version in ("1.3.0", "1.4.0"))
    for path, item in old["paths"].items():
        assert new["paths"][path] == item
    for kind, members in old["components"].items():
        for name, member in members.items():
            assert new["components"][kind][name] == member
    assert [tag for tag in new["tags"] if tag in old["tags"]] == old["tags"]
    rest = {"info", "paths", "components", "tags"}
    assert {key: new[key] for key in new.keys() - rest} == {
        key: old[key] for key in old.keys() - rest
    }


def test_every_kind_of_registration_has_a_receipt_and_attachments():
    document = spec("doedsbojournal", "1.4.0")
    ids = {one.id for one in document.operations()}
    kinds = {name.removesuffix("Input") for name in document.component_schemas if "Input" in name}
    kinds -= {"part", "person"}
    assert len(kinds) == 6
    for kind in kinds:
        assert "kvittering" in document.component_schemas[kind]["properties"]
        assert f"addBilagFor{kind[0].upper()}{kind[1:]}" in ids
