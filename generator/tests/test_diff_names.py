"""The names and types that the differ speaks of are those that the generator makes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from diff_spec import GET, GONE, INPUT, KRAV, SCHEMAS, edited, the_change
from generator_shop import json_body, one_operation

from portalgen.build import Workshop
from portalgen.checkout import Checkout
from portalgen.diff import compare
from portalgen.diff.python_names import Package, assignable
from portalgen.diff.schema import Site
from portalgen.diff.spec_view import SpecView
from portalgen.models import EnumView
from portalgen.package import build_api

_WORKSHOP = Workshop.open(Checkout.find(Path(__file__).parent))


@pytest.mark.parametrize("entry", _WORKSHOP.registry.apis.values(), ids=lambda entry: entry.api)
def test_classes_attributes_and_annotations_are_the_generators(entry):
    document = _WORKSHOP.document(entry)
    api = build_api(entry, document, ())
    view, package = SpecView(document.data, "base"), Package(entry.api)
    made = {one.class_name: one for one in api.models}
    assert (package.module, package.client) == (entry.module, entry.client)
    for name in document.component_schemas:
        site = Site(f"/components/schemas/{name}", document.component_schemas[name])
        node = view.node(site)
        model = made.get(package.class_name(name))
        if isinstance(model, EnumView):
            found = package.members(model.class_name, node.enum, node.enum, fate="removed")
            assert [one.member for one in found] == [member for member, _ in model.members]
        elif model is not None:
            for field in model.fields:
                json_name = field.json_name.raw
                named = package.attribute(model.class_name, node, json_name, fate="removed")
                assert named.member == field.name
                member = node.members[json_name]
                stem = model.class_name + json_name
                assert package.annotation(view, member, stem) == str(field.type.annotation)
    methods = {package.methods(one.id.raw, fate="removed")[0].member for one in api.operations}
    assert methods == {one.method_name for one in api.operations}


@pytest.mark.parametrize(
    ("value", "target", "fits"),
    [
        ("str", "str", True),
        ("Status | str", "str", True),
        ("str", "Status | str", True),
        ("str", "str | None", True),
        ("str | None", "str", False),
        ("int", "Decimal", False),
        ("Any", "int", True),
        ("list[int]", "list[Any]", True),
        ("list[Any]", "list[int]", True),
        ("list[int]", "list[str]", False),
        ("Person | dict[str, Any]", "Person | Firma | dict[str, Any]", True),
    ],
)
def test_what_fits_where(value, target, fits):
    assert assignable(value, target) is fits


def _paths(edits, kind):
    return [(one.path, one.fate, one.replacement) for one in the_change(edits, kind).python]


def test_a_renamed_property_operation_parameter_and_schema_have_their_replacement():
    renamed = {f"{INPUT}/note": GONE, f"{INPUT}/bemaerkTekst": {"type": "string", "description": "En note"}}  # fmt: skip
    assert _paths(renamed, "property-renamed") == [
        ("skifteportal.krav.models.KravInput.note", "renamed", "bemaerk_tekst")
    ]
    assert _paths({f"{GET}/operationId": "hentKrav"}, "operation-renamed") == [
        ("skifteportal.krav.KravClient.get_krav", "renamed", "hent_krav"),
        ("skifteportal.krav.AsyncKravClient.get_krav", "renamed", "hent_krav"),
    ]
    used = {f"{SCHEMAS}/ubrugt": GONE, f"{SCHEMAS}/brugtTing": {"type": "object", "properties": {"a": {"type": "string"}}}}  # fmt: skip
    assert _paths(used, "schema-renamed") == [
        ("skifteportal.krav.models.Ubrugt", "renamed", "BrugtTing")
    ]


def test_a_retyped_attribute_says_both_types():
    (name,) = the_change({f"{KRAV}/titel/format": "date"}, "format-added").python
    assert (name.path, name.fate) == ("skifteportal.krav.models.Krav.titel", "retyped")
    assert (name.before, name.after) == ("str | None", "date | None")
    (name,) = the_change({f"{SCHEMAS}/krav/required": []}, "property-optional").python
    assert (name.fate, name.before, name.after) == ("optional", "str", "str | None")


def test_a_retyped_argument_names_the_method_and_the_argument():
    names = the_change({f"{GET}/parameters/1/schema/type": "string"}, "type-widened").python
    assert names[0].path == "skifteportal.krav.KravClient.get_krav(antal)"
    assert (names[0].before, names[0].after) == ("int", "str")


def test_two_members_that_look_alike_are_no_rename():
    bare = {f"{KRAV}/a": {"type": "string"}, f"{KRAV}/b": {"type": "string"}}
    base = edited(bare)
    kinds = [
        one.kind
        for one in compare(base, edited({f"{KRAV}/a": GONE, f"{KRAV}/c": {"type": "string"}}, base)).changes
    ]  # fmt: skip
    assert "property-renamed" not in kinds
    assert {"property-removed", "property-added"} <= set(kinds)


def test_a_schema_of_a_reserved_name_gets_another_class():
    assert Package("krav").class_name("Model") == "ModelSchema"
    assert Package("krav").class_name("kravClient") == "KravClientSchema"
    assert Package("").module == ""
    assert Package("").models == "models"


def test_what_is_written_in_place_is_named_after_where_it_stands(shop):
    def document(*, named: bool) -> dict[str, Any]:
        def put(name: str, schema: dict[str, Any]) -> dict[str, Any]:
            return {"$ref": f"#/components/schemas/{name}"} if named else schema

        thing = {"type": "object", "properties": {"a": {"type": "string"}}}
        values = {"type": "string", "enum": ["A"]}
        parameters = [
            {"name": "slags-af", "in": "query", "schema": put("slags", values)},
            {"$ref": "#/components/parameters/delt"},
        ]
        operation = one_operation(
            method="post",
            operationId="addKrav",
            parameters=parameters,
            requestBody={"required": True} | json_body(put("ting", thing)),
            responses={"201": {"description": "x"} | json_body(put("ting", thing))},
        )
        shared = {"name": "f", "in": "query", "schema": put("slags", values)}
        return {
            "openapi": "3.0.3",
            "info": {"title": "Prøve", "version": "1.0.0"},
            "paths": operation,
            "components": {
                "parameters": {"delt": shared},
                "schemas": {"ting": thing, "slags": values},
            },
        }

    base, revision = document(named=True), document(named=False)
    api = shop.raw_spec(json.dumps(revision).encode())
    made = {view.class_name for view in build_api(*_entry(shop, api), ()).models}
    found = compare(base, revision, api=api).changes
    told = {one.revision for one in found if one.kind == "annotation-changed"}
    assert told == {"AddKravBody", "AddKravResponse201", "AddKravSlagsAf | str", "Delt | str"}
    assert {name.removesuffix(" | str") for name in told} == made - {"Ting", "Slags"}


def _entry(shop, api):
    workshop = shop.workshop()
    entry = workshop.registry.apis[api]
    return entry, workshop.document(entry)
