"""What is written otherwise and means the same may have another type in Python: the differ says so, as the twin does."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import yaml
from diff_spec import BODY, INPUT, KRAV, edited, report, spec
from generator_shop import Shop, answers, json_body, ref

from portalgen.diff import Level, Report, compare

_PART: dict[str, Any] = spec()["components"]["schemas"]["part"]
_PERSON = {
    "type": "object",
    "required": ["art"],
    "properties": {"art": {"type": "string"}, "navn": {"type": "string"}},
}
_PLAIN = {"type": "object", "properties": {"x": {"type": "string"}}}


def _document(version: str, properties: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    return {
        "openapi": "3.0.3",
        "info": {"title": "Prøve", "version": version},
        "paths": {
            "/krav": {
                "get": {"operationId": "getKrav", "responses": answers(ref("krav"))},
                "put": {
                    "operationId": "putKrav",
                    "requestBody": {"required": True} | json_body(ref("kravInput")),
                    "responses": {"204": {"description": "Gemt"}},
                },
            }
        },
        "components": {
            "schemas": {
                "krav": {"type": "object", "required": ["altid", "tom"], "properties": properties},
                "kravInput": {"type": "object", "properties": {"x": {"type": "string"}}},
                "person": _PERSON,
                "bo": _PERSON,
                "plain": _PLAIN,
                "tilsvarende": _PLAIN,
                "kanMangle": _PLAIN | {"nullable": True},
                "status": {"type": "string", "enum": ["A", "B"]},
                "dag": {"type": "string"},
                **schemas,
            }
        },
    }


def _wrapped(name: str, **beside: Any) -> dict[str, Any]:
    return {"allOf": [ref(name)], **beside}


# Each attribute: how it is written before and after, and whether the code of a user breaks.
ATTRIBUTES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "skrevet": (ref("plain"), _PLAIN, True),
    "flere": (
        ref("person"),
        {"oneOf": [ref("person"), ref("bo")], "discriminator": {"propertyName": "art"}},
        True,
    ),
    "pakket": (ref("plain"), _wrapped("plain", nullable=True), False),
    "altid": (ref("plain"), _wrapped("plain", nullable=True), True),
    "tom": (ref("kanMangle"), _wrapped("kanMangle"), False),
    "status": (ref("status"), {"type": "string", "enum": ["A", "B"]}, False),
    "liste": (
        {"type": "array", "items": ref("plain")},
        {"type": "array", "items": _PLAIN},
        True,
    ),
    "kort": (
        {"type": "object", "additionalProperties": ref("plain")},
        {"type": "object", "additionalProperties": _PLAIN},
        True,
    ),
    "andet": (ref("plain"), ref("tilsvarende"), True),
    "tredje": (ref("plain"), ref("tilsvarende"), True),
    "dag": (ref("dag"), ref("dag"), True),
    "forfald": (ref("dag"), ref("dag"), True),
}


def _broken(found: Report) -> set[str]:
    return {
        name.member
        for change in found.changes
        if change.client is Level.MAJOR
        for name in change.python
    }


def test_the_differ_and_the_twin_name_the_same_attributes(shop: Shop):
    base = _document("1.0.0", {name: old for name, (old, _, _) in ATTRIBUTES.items()})
    revision = _document(
        "2.0.0",
        {name: new for name, (_, new, _) in ATTRIBUTES.items()},
        dag={"type": "string", "format": "date"},
    )
    body = revision["paths"]["/krav"]["put"]["requestBody"]
    body |= json_body(_wrapped("kravInput"))
    api = shop.raw_spec(yaml.safe_dump(base, allow_unicode=True).encode())
    path = shop.root / f"specs/{api}/2.0.0.yaml"
    path.write_text(yaml.safe_dump(revision, allow_unicode=True), "utf-8")
    result = shop.run("twin", api, "1.0.0", "2.0.0")
    assert result.exit_code == 1, f"{result.output}{result.stderr}{result.exc_info}"
    expected = {name for name, (_, _, breaks) in ATTRIBUTES.items() if breaks}
    assert set(re.findall(r"\(v_(\w+): ", result.stdout)) == expected
    # The body is given by the same name, however the reference to its schema is written.
    assert "put_krav" not in result.stdout
    assert _broken(compare(base, revision, api=api)) == expected


def test_a_reference_written_out_is_no_break_of_the_wire_and_names_the_class_in_place():
    (change,) = report({f"{INPUT}/part": _PART}).changes
    assert (change.kind, change.wire, change.client) == (
        "annotation-changed",
        Level.NONE,
        Level.MAJOR,
    )
    assert change.location == f"{INPUT}/part"
    assert (change.base, change.revision) == ("Part | None", "KravInputPart | None")
    assert change.operations == ("updateKrav", "addKrav")
    (name,) = change.python
    assert (name.path, name.fate) == ("skifteportal.krav.models.KravInput.part", "retyped")


def test_a_body_written_out_retypes_the_methods_that_take_it():
    (change,) = report({BODY: spec()["components"]["schemas"]["kravInput"]}).changes
    assert (change.kind, change.base, change.revision) == (
        "annotation-changed",
        "KravInput",
        "AddKravBody",
    )
    assert change.operations == ("addKrav",)
    assert {name.path for name in change.python} == {
        "skifteportal.krav.KravClient.add_krav",
        "skifteportal.krav.AsyncKravClient.add_krav",
    }


def test_an_errors_schema_is_no_type_of_a_method():
    at = "/paths/~1krav~1{kravId}/get/responses/default/content/application~1json/schema"
    assert report({at: spec()["components"]["schemas"]["fejl"]}).changes == ()


def test_a_schema_that_is_only_renamed_is_one_change():
    base = edited({f"{KRAV}/part": {"$ref": "#/components/schemas/ubrugt"}})
    revision = deepcopy(base)
    schemas = revision["components"]["schemas"]
    schemas["brugt"] = schemas.pop("ubrugt")
    schemas["krav"]["properties"]["part"] = {"$ref": "#/components/schemas/brugt"}
    assert [one.kind for one in compare(base, revision, api="krav").changes] == ["schema-renamed"]


def test_a_union_of_objects_that_nothing_tells_apart_has_no_type():
    union = {"oneOf": [{"$ref": "#/components/schemas/part"}, {"type": "string"}]}
    (change,) = report({f"{INPUT}/part": union}).changes
    assert (change.kind, change.wire, change.client) == (
        "alternatives-added",
        Level.MINOR,
        Level.MAJOR,
    )
    assert "the generator has no type for it" in change.reason
    scalars = {"oneOf": [{"type": "string"}, {"type": "integer", "maximum": 3}]}
    assert report({f"{INPUT}/note": scalars}).client is Level.MINOR
    # Sent, it takes what it took before: a call that is written for the one schema still fits.
    tagged = {
        "oneOf": [{"$ref": "#/components/schemas/person"}, {"$ref": "#/components/schemas/part"}],
        "discriminator": {"propertyName": "art"},
    }
    base = edited({f"{INPUT}/person": {"$ref": "#/components/schemas/person"}})
    assert (
        compare(base, edited({f"{INPUT}/person": tagged}, base), api="krav").client is Level.MINOR
    )
