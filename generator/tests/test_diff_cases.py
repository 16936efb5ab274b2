"""What each kind of change breaks: a table of single changes, each with both levels and its kind."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from diff_spec import BODY, GET, GONE, INPUT, KRAV, POST, PUT, SCHEMAS, edited, report, spec

from portalgen.diff import Level, compare
from portalgen.diff.effect import MIRRORED, Effect
from portalgen.diff.exceptions import WIRE_EXCEPTIONS
from portalgen.diff.kinds import KINDS
from portalgen.diff.law import LAW

_STRING: dict[str, Any] = {"type": "string"}
_SCHEME = "/components/securitySchemes"
_FLOWS = f"{_SCHEME}/oauth/flows"
_PERSON = {"$ref": "#/components/schemas/person"}
_EJER = f"{SCHEMAS}/ejer"
_MAPPING = f"{_EJER}/discriminator/mapping"
_ITEM: dict[str, Any] = spec()["paths"]["/krav/{kravId}"]


@attrs.frozen
class Case:
    kind: str
    edits: dict[str, Any]
    wire: str
    client: str
    base: dict[str, Any] = attrs.field(factory=dict)


CASES = [
    # Operations.
    Case("operation-removed", {GET: GONE}, "major", "major"),
    Case(
        "operation-added",
        {f"{PUT[:-3]}delete": {"operationId": "sletKrav", "responses": {}}},
        "minor",
        "minor",
    ),
    Case(
        "operation-moved",
        {"/paths/~1krav": GONE, "/paths/~1nye-krav": spec()["paths"]["/krav"]},
        "major",
        "minor",
    ),
    Case("operation-renamed", {f"{GET}/operationId": "hentKrav"}, "none", "major"),
    Case("operation-id-removed", {f"{GET}/operationId": GONE}, "none", "major"),
    Case("tags-changed", {f"{GET}/tags": ["andet"]}, "none", "none"),
    Case("stability-changed", {f"{GET}/x-stability-level": "beta"}, "none", "patch"),
    Case("deprecated", {f"{GET}/deprecated": True}, "minor", "minor"),
    Case("sunset-changed", {f"{GET}/x-sunset": "2027-01-01"}, "minor", "minor"),
    Case("text-changed", {f"{GET}/summary": "Hent"}, "none", "patch"),
    Case("text-changed", {"/info/title": "Nyt"}, "none", "patch"),
    Case("version-changed", {"/info/version": "1.0.1"}, "none", "patch"),
    # Parameters.
    Case("parameter-removed", {f"{GET}/parameters/0": GONE}, "major", "major"),
    Case(
        "parameter-added",
        {f"{GET}/parameters/-": {"name": "ny", "in": "query", "schema": _STRING}},
        "minor",
        "minor",
    ),
    Case(
        "required-parameter-added",
        {f"{GET}/parameters/-": {"name": "ny", "in": "query", "required": True, "schema": _STRING}},
        "major",
        "major",
    ),
    Case("parameter-required", {f"{GET}/parameters/0/required": True}, "major", "major"),
    Case(
        "path-parameter-renamed",
        {
            "/paths/~1krav~1{kravId}": GONE,
            "/paths/~1krav~1{id}": {
                **_ITEM,
                "parameters": [{**_ITEM["parameters"][0], "name": "id"}],
            },
        },
        "none",
        "major",
    ),
    Case("parameter-moved", {f"{GET}/parameters/0/in": "header"}, "major", "minor"),
    Case(
        "parameter-written-otherwise",
        {f"{GET}/parameters/2/style": "pipeDelimited"},
        "major",
        "minor",
    ),
    Case(
        "parameter-written-otherwise", {f"{GET}/parameters/0/allowReserved": True}, "major", "minor"
    ),
    Case("bound-tightened", {f"{GET}/parameters/1/schema/maximum": 5}, "major", "patch"),
    Case("type-widened", {f"{GET}/parameters/1/schema": _STRING}, "minor", "major"),
    Case("deprecated", {f"{GET}/parameters/0/deprecated": True}, "minor", "minor"),
    Case("sunset-changed", {f"{GET}/parameters/0/x-sunset": "2027-01-01"}, "minor", "minor"),
    Case("text-changed", {f"{GET}/parameters/0/description": "En dato"}, "none", "patch"),
    # Bodies and media types.
    Case("required-body-removed", {f"{POST}/requestBody": GONE}, "major", "major"),
    Case("body-removed", {f"{PUT}/requestBody": GONE}, "major", "major"),
    Case("body-required", {f"{PUT}/requestBody/required": True}, "major", "major"),
    Case("text-changed", {f"{PUT}/requestBody/description": "Kravet"}, "none", "patch"),
    Case("media-type-removed", {f"{POST}/requestBody/content/text~1csv": GONE}, "major", "major"),
    Case(
        "media-type-removed",
        {f"{GET}/responses/200/content/application~1xml": GONE},
        "major",
        "major",
    ),
    Case(
        "media-type-added",
        {f"{PUT}/requestBody/content/text~1csv": {"schema": _STRING}},
        "minor",
        "minor",
    ),
    Case(
        "media-schema-unstated",
        {f"{POST}/requestBody/content/text~1csv/schema": GONE},
        "minor",
        "patch",
    ),
    # Answers.
    Case(
        "success-status-removed",
        {f"{POST}/responses/201": GONE, f"{POST}/responses/202": {"description": "Modtaget"}},
        "major",
        "major",
    ),
    Case(
        "success-status-added",
        {f"{POST}/responses/202": {"description": "Modtaget"}},
        "minor",
        "minor",
    ),
    Case("error-status-removed", {f"{GET}/responses/404": GONE}, "minor", "minor"),
    Case("error-status-added", {f"{GET}/responses/409": {"description": "Nej"}}, "minor", "minor"),
    Case("text-changed", {f"{GET}/responses/404/description": "Nej"}, "none", "patch"),
    Case("header-removed", {f"{GET}/responses/200/headers/X-Total-Count": GONE}, "major", "minor"),
    Case(
        "header-added", {f"{GET}/responses/200/headers/X-Ny": {"schema": _STRING}}, "minor", "minor"
    ),
    Case(
        "header-optional",
        {f"{GET}/responses/200/headers/X-Total-Count/required": False},
        "major",
        "minor",
    ),
    Case(
        "type-changed",
        {f"{GET}/responses/200/headers/X-Total-Count/schema/type": "boolean"},
        "major",
        "patch",
    ),
    # Security and servers.
    Case(
        "credential-refused", {f"{POST}/security": [{"oauth": ["skriv", "alt"]}]}, "major", "minor"
    ),
    Case("credential-accepted", {f"{POST}/security/-": {"noegle": []}}, "minor", "minor"),
    Case("credential-refused", {f"{POST}/security": [{"oauth": ["skriv"]}]}, "major", "minor"),
    Case("credential-accepted", {"/security": []}, "minor", "minor"),
    Case("scheme-changed", {f"{_SCHEME}/bearer/scheme": "basic"}, "major", "minor"),
    Case(
        "token-url-changed",
        {f"{_FLOWS}/clientCredentials/tokenUrl": "https://ny.example.dk/token"},
        "major",
        "minor",
    ),
    Case(
        "authorization-url-changed",
        {f"{_FLOWS}/authorizationCode/authorizationUrl": "https://ny.example.dk/a"},
        "minor",
        "minor",
    ),
    Case("text-changed", {f"{_FLOWS}/clientCredentials/scopes/laes": "Laes"}, "none", "patch"),
    Case(
        "scheme-added",
        {f"{_SCHEME}/noegle": {"type": "apiKey", "in": "header", "name": "n"}},
        "none",
        "none",
    ),
    Case("server-removed", {"/servers/0/url": "https://ny.example.dk/krav"}, "major", "minor"),
    Case("server-added", {"/servers/-": {"url": "https://ny.example.dk/krav"}}, "minor", "minor"),
    # Properties.
    Case("property-removed", {f"{KRAV}/titel": GONE}, "major", "major"),
    Case("property-removed", {f"{INPUT}/antal": GONE}, "major", "major"),
    Case(
        "required-property-removed",
        {f"{KRAV}/id": GONE, f"{SCHEMAS}/krav/required": []},
        "major",
        "major",
    ),
    Case("property-added", {f"{KRAV}/ny": _STRING}, "minor", "minor"),
    Case("property-added", {f"{INPUT}/ny": _STRING}, "minor", "minor"),
    Case(
        "required-property-added",
        {f"{INPUT}/ny": _STRING, f"{SCHEMAS}/kravInput/required/-": "ny"},
        "major",
        "major",
    ),
    Case(
        "required-property-added",
        {f"{KRAV}/ny": _STRING, f"{SCHEMAS}/krav/required/-": "ny"},
        "minor",
        "minor",
    ),
    Case(
        "property-renamed",
        {
            f"{INPUT}/note": GONE,
            f"{INPUT}/bemaerkning": {"type": "string", "description": "En note"},
        },
        "major",
        "major",
    ),
    Case("property-required", {f"{SCHEMAS}/kravInput/required/-": "beloeb"}, "major", "major"),
    Case("property-required", {f"{SCHEMAS}/krav/required/-": "titel"}, "minor", "minor"),
    Case("property-required", {f"{SCHEMAS}/kravInput/required/-": "ukendt"}, "major", "major"),
    Case("property-optional", {f"{SCHEMAS}/krav/required": []}, "major", "major"),
    Case("property-optional", {f"{SCHEMAS}/kravInput/required": []}, "minor", "minor"),
    Case("read-only-on", {f"{INPUT}/beloeb/readOnly": True}, "minor", "major"),
    Case("read-only-off", {f"{INPUT}/skabt/readOnly": False}, "minor", "minor"),
    Case("read-only-on", {f"{SCHEMAS}/part/properties/navn/readOnly": True}, "major", "major"),
    Case("write-only-on", {f"{KRAV}/titel/writeOnly": True}, "major", "major"),
    Case("write-only-off", {f"{KRAV}/hemmelig/writeOnly": False}, "minor", "minor"),
    Case(
        "other-names-narrowed",
        {f"{SCHEMAS}/kravInput/additionalProperties": False},
        "major",
        "patch",
    ),
    Case("other-names-widened", {f"{INPUT}/lukket/additionalProperties": True}, "minor", "patch"),
    Case("type-changed", {f"{KRAV}/frit/additionalProperties/type": "boolean"}, "major", "major"),
    # Values.
    Case("type-widened", {f"{KRAV}/antal/type": "number"}, "major", "major"),
    Case("type-narrowed", {f"{KRAV}/beloeb/type": "integer"}, "minor", "major"),
    Case("type-widened", {f"{INPUT}/antal/type": "number"}, "minor", "major"),
    Case("type-narrowed", {f"{INPUT}/beloeb/type": "integer"}, "major", "major"),
    Case("type-changed", {f"{INPUT}/antal/type": "string"}, "major", "major"),
    Case("nullable-on", {f"{SCHEMAS}/krav/properties/id/nullable": True}, "major", "major"),
    Case("nullable-on", {f"{INPUT}/titel/nullable": True}, "minor", "minor"),
    Case("nullable-off", {f"{INPUT}/nul/nullable": False}, "major", "patch"),
    Case("enum-added", {f"{KRAV}/titel/enum": ["A", "B"]}, "minor", "minor"),
    Case("enum-added", {f"{INPUT}/note/enum": ["A", "B"]}, "major", "minor"),
    Case("enum-dropped", {f"{SCHEMAS}/status": _STRING}, "major", "major"),
    Case("enum-value-added", {f"{SCHEMAS}/status/enum/-": "NY"}, "major", "minor"),
    Case(
        "enum-value-added",
        {f"{SCHEMAS}/status/enum/-": "NY", f"{SCHEMAS}/status/x-extensible-enum": True},
        "minor",
        "minor",
    ),
    Case("enum-value-removed", {f"{SCHEMAS}/status/enum/1": GONE}, "major", "major"),
    Case("bound-tightened", {f"{INPUT}/titel/maxLength": 10}, "major", "patch"),
    Case("bound-tightened", {f"{KRAV}/titel/maxLength": 10}, "minor", "patch"),
    Case("bound-loosened", {f"{KRAV}/titel/maxLength": 30}, "major", "patch"),
    Case("bound-tightened", {f"{INPUT}/beloeb/minimum": 10}, "major", "patch"),
    Case(
        "bound-tightened",
        {f"{INPUT}/beloeb/exclusiveMinimum": True, f"{INPUT}/beloeb/minimum": 5},
        "major",
        "patch",
    ),
    Case("bound-loosened", {f"{KRAV}/beloeb/minimum": GONE}, "major", "patch"),
    Case("bound-loosened", {f"{KRAV}/parter/maxItems": 12}, "major", "patch"),
    Case("bound-tightened", {f"{SCHEMAS}/kravInput/minProperties": 3}, "major", "patch"),
    Case("pattern-added", {f"{INPUT}/note/pattern": "^[0-9]{4}$"}, "major", "patch"),
    Case("pattern-changed", {f"{INPUT}/titel/pattern": "^[a-z]+$"}, "major", "patch"),
    Case("pattern-added", {f"{KRAV}/titel/pattern": "^x$"}, "minor", "patch"),
    Case("pattern-removed", {f"{INPUT}/titel/pattern": ".*"}, "minor", "patch"),
    Case("format-added", {f"{KRAV}/titel/format": "date"}, "minor", "major"),
    Case("format-added", {f"{INPUT}/note/format": "date"}, "major", "major"),
    Case("format-added", {f"{INPUT}/note/format": "password"}, "none", "patch"),
    Case("format-changed", {f"{INPUT}/tal/items/format": "int32"}, "major", "patch"),
    Case("format-removed", {f"{INPUT}/tal/items/format": GONE}, "minor", "patch"),
    Case("multiple-changed", {f"{INPUT}/runde/multipleOf": 10}, "major", "patch"),
    Case("multiple-changed", {f"{INPUT}/runde/multipleOf": 2}, "major", "patch"),
    Case("unique-on", {f"{INPUT}/tal/uniqueItems": True}, "major", "patch"),
    Case("default-added", {f"{INPUT}/note/default": "x"}, "minor", "patch"),
    Case("default-changed", {f"{INPUT}/antal/default": 2}, "major", "patch"),
    Case("default-changed", {f"{KRAV}/antal/default": 2}, "none", "patch"),
    Case("default-removed", {f"{INPUT}/antal/default": GONE}, "minor", "patch"),
    Case("items-unstated", {f"{INPUT}/tal/items": GONE}, "minor", "minor"),
    Case("type-changed", {f"{INPUT}/tal/items/type": "string"}, "major", "major"),
    Case("deprecated", {f"{KRAV}/titel/deprecated": True}, "minor", "minor"),
    Case("sunset-changed", {f"{KRAV}/titel/x-sunset": "2027-01-01"}, "minor", "minor"),
    Case("text-changed", {f"{KRAV}/titel/description": "Ny tekst"}, "none", "patch"),
    Case("text-changed", {f"{SCHEMAS}/krav/title": "Krav"}, "none", "patch"),
    # Unions.
    Case(
        "alternatives-removed",
        {f"{_EJER}/oneOf/1": GONE, f"{_MAPPING}/FIRMA": GONE},
        "major",
        "major",
    ),
    Case(
        "union-member-added",
        {f"{_EJER}/oneOf/-": {"$ref": "#/components/schemas/part"}, f"{_MAPPING}/PART": "part"},
        "major",
        "minor",
    ),
    Case(
        "alternatives-added",
        {
            f"{KRAV}/parter/items": {
                "oneOf": [{"$ref": "#/components/schemas/part"}, {"type": "string"}]
            }
        },
        "major",
        "major",
    ),
    Case(
        "union-put-on",
        {
            f"{INPUT}/note": {
                "oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}]
            }
        },
        "major",
        "minor",
    ),
    Case(
        "not-changed",
        {f"{INPUT}/note/not": {"enum": ["b"]}},
        "major",
        "patch",
        base={f"{INPUT}/note/not": {"enum": ["a"]}},
    ),
    Case(
        "operation-id-added",
        {f"{GET}/operationId": "getKrav"},
        "none",
        "minor",
        base={f"{GET}/operationId": GONE},
    ),
    Case("discriminator-removed", {f"{_EJER}/discriminator": GONE}, "none", "major"),
    Case(
        "discriminator-changed", {f"{_EJER}/discriminator/propertyName": "slags"}, "major", "major"
    ),
    Case(
        "tag-removed",
        {f"{_MAPPING}/FIRMA": GONE, f"{_MAPPING}/VIRKSOMHED": "virksomhed"},
        "major",
        "major",
    ),
    Case("tag-added", {f"{_MAPPING}/VIRKSOMHED": "virksomhed"}, "major", "minor"),
    Case(
        "tag-retargeted",
        {f"{_MAPPING}/FIRMA": "person", f"{_MAPPING}/PERSON": "virksomhed"},
        "major",
        "major",
    ),
    Case("not-added", {f"{INPUT}/note/not": {"enum": ["a"]}}, "major", "patch"),
    # Component schemas.
    Case("schema-removed", {f"{SCHEMAS}/ubrugt": GONE}, "none", "major"),
    Case(
        "schema-added",
        {f"{SCHEMAS}/ny": {"type": "object", "properties": {"x": _STRING}}},
        "none",
        "minor",
    ),
    Case("schema-added", {f"{SCHEMAS}/ny": _STRING}, "none", "none"),
    Case(
        "schema-renamed",
        {
            f"{SCHEMAS}/ubrugt": GONE,
            f"{SCHEMAS}/brugt": {"type": "object", "properties": {"a": _STRING}},
        },
        "none",
        "major",
    ),
    Case(
        "annotation-changed",
        {f"{INPUT}/part": spec()["components"]["schemas"]["part"]},
        "none",
        "major",
    ),
    Case(
        "annotation-changed",
        {f"{KRAV}/status": spec()["components"]["schemas"]["status"]},
        "none",
        "minor",
    ),
]


def _both(case: Case) -> tuple[dict[str, Any], dict[str, Any]]:
    base = edited(case.base)
    return base, edited(case.edits, base)


def _levels(one: Any) -> tuple[str, str]:
    return one.wire.value, one.client.value


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.kind} {next(iter(case.edits), '')[-40:]}"
)
def test_each_change_has_its_kind_and_levels(case):
    base, revision = _both(case)
    found = [one for one in compare(base, revision, api="krav").changes if one.kind == case.kind]
    assert found, case.kind
    assert (case.wire, case.client) in [_levels(one) for one in found], found
    worst = max(found, key=lambda one: one.wire)
    assert worst.reason.endswith(".")
    assert worst.law
    assert worst.client_law


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.kind} {next(iter(case.edits), '')[-40:]}"
)
def test_every_break_of_the_wire_is_proven(case):
    one, other = _both(case)
    for base, revision in ((one, other), (other, one)):
        for one in compare(base, revision).changes:
            if one.wire is Level.MAJOR:
                assert one.witness is not None, (one.kind, one.location, one.unproven)
                assert one.witness.checked or one.witness.line


def _mirrored_kinds(found: Any) -> set[tuple[str, str]]:
    return {(KINDS[one.kind].mirror, MIRRORED[Effect(one.effect)].value) for one in found.changes}


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case.kind} {next(iter(case.edits), '')[-40:]}"
)
def test_swapping_base_and_revision_mirrors_every_change_by_the_law(case):
    base, revision = _both(case)
    there, back = compare(base, revision), compare(revision, base)
    assert _mirrored_kinds(there) == {(one.kind, one.effect) for one in back.changes}
    exceptions = {one.name for one in WIRE_EXCEPTIONS}
    for one in (*there.changes, *back.changes):
        cells = [LAW[Effect(one.effect), side][0] for side in one.directions or ("request",)]
        assert one.law in exceptions or one.wire is max(cells)


def test_every_kind_has_a_case_in_one_direction_or_the_other():
    seen = {case.kind for case in CASES}
    assert set(KINDS) == seen | {KINDS[kind].mirror for kind in seen}


def test_a_mirror_of_a_mirror_is_the_kind_itself():
    assert all(KINDS[KINDS[name].mirror].mirror == name for name in KINDS)
    assert all(MIRRORED[MIRRORED[effect]] is effect for effect in Effect)


def test_what_is_equal_has_no_changes():
    assert report({}).changes == ()
    assert compare(spec(), edited({BODY: {"$ref": "#/components/schemas/kravInput"}})).changes == ()
