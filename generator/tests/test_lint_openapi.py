"""The document as OpenAPI."""

from tiny_spec import ADD, API, REMOVED, SCHEMAS, findings

from portalgen.lint import lint


def test_another_version_is_refused():
    found = findings({"/openapi": "3.1.0"})
    assert ("openapi-version-is-known", "/openapi") in {(f.rule, f.pointer) for f in found}
    assert "openapi-version-is-known" in {f.rule for f in findings({"/openapi": 3.0})}


def test_what_the_validator_finds_is_a_finding_at_its_place():
    found = findings({"/info/title": REMOVED, f"{ADD}/responses/201/description": 7})
    places = {f.pointer for f in found if f.rule == "openapi-is-valid"}
    assert places >= {"/info"}


def test_its_messages_are_short():
    found = findings({f"{SCHEMAS}/ting/type": ["x" * 5000]})
    assert all(len(f.message) <= 200 for f in found if f.rule == "openapi-is-valid")


def test_a_document_that_it_stumbles_over_is_refused():
    edits = {f"{ADD}/responses/201/content/application~1json/schema": {"$ref": "#/nej"}}
    found = [f for f in findings(edits) if f.rule == "openapi-is-valid"]
    assert [f.message for f in found] == ["openapi-spec-validator gave up: PointerToNowhere"]


def test_an_empty_document_is_refused():
    rules = {finding.rule for finding in lint({}, api=API, codes={})}
    assert {"openapi-version-is-known", "openapi-is-valid", "read-only-names-exist"} <= rules
