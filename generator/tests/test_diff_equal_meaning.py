"""Ways of writing that mean the same are no change; cycles and sizes are no trouble."""

from __future__ import annotations

import itertools
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from diff_spec import BODY, GET, INPUT, KRAV, SCHEMAS, edited, report, spec
from hypothesis import given
from hypothesis import strategies as st

from portalgen.diff import Level, compare
from portalgen.diff.spec_view import UnreadableSpec
from portalgen.yaml_file import read_yaml

_SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*/[0-9]*.yaml"))


@pytest.mark.parametrize("path", _SPECS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_against_itself_says_nothing(path):
    assert compare(read_yaml(path), read_yaml(path)).changes == ()


def test_the_next_version_of_a_real_api_is_a_minor_one():
    folder = Path(__file__).parents[2] / "specs" / "doedsbojournal"
    old, new = (
        read_yaml(folder / f"{version}-reconstructed.yaml") for version in ("1.3.0", "1.4.0")
    )
    found = compare(old, new, api="doedsbojournal")
    assert (found.wire, found.client) == (Level.MINOR, Level.MINOR)
    assert (found.base_version, found.revision_version) == ("1.3.0", "1.4.0")
    added = {name.path for one in found.changes for name in one.python}
    assert "skifteportal.doedsbojournal.DoedsbojournalClient.add_aktiv" in added
    assert "skifteportal.doedsbojournal.models.AktivInput" in added
    back = compare(new, old)
    assert (back.wire, back.client) == (Level.MAJOR, Level.MAJOR)


def _reordered(value: Any, order: list[int]) -> Any:
    """Put the members of every object in another order."""
    if isinstance(value, list):
        return [_reordered(one, order) for one in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda key: (order[len(key) % len(order)], key))
    return {key: _reordered(value[key], order) for key in keys}


@given(st.permutations(range(5)))
def test_the_order_of_members_says_nothing(order):
    assert compare(spec(), _reordered(spec(), order)).changes == ()


def _inlined(name: str) -> dict[str, Any]:
    document = spec()
    schema = document["components"]["schemas"][name]

    def put(value: Any) -> Any:
        if isinstance(value, list):
            return [put(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value == {"$ref": f"#/components/schemas/{name}"}:
            return deepcopy(schema)
        return {key: put(one) for key, one in value.items()}

    document["paths"] = put(document["paths"])
    for key in ("krav", "kravInput"):
        if key != name:
            document["components"]["schemas"][key] = put(document["components"]["schemas"][key])
    return document


@pytest.mark.parametrize("name", ["krav", "kravInput", "status", "part", "fejl"])
def test_a_reference_written_out_is_no_break_of_the_wire(name):
    assert compare(spec(), _inlined(name)).wire is Level.NONE
    assert compare(_inlined(name), spec()).wire is Level.NONE


@given(st.sets(st.sampled_from(["titel", "beloeb", "antal", "note", "part", "tal"])))
def test_a_schema_split_with_all_of_is_the_same(names):
    whole = spec()["components"]["schemas"]["kravInput"]
    part: dict[str, Any] = {"type": "object", "properties": {}, "required": []}
    rest = deepcopy(whole)
    for name in names:
        part["properties"][name] = rest["properties"].pop(name)
    rest["required"], part["required"] = [], ["titel"]
    found = report({f"{SCHEMAS}/kravInput": {"allOf": [rest, part]}})
    assert (found.wire, found.client) == (Level.NONE, Level.NONE)


@pytest.mark.parametrize(
    "edits",
    [
        {BODY: {"allOf": [{"$ref": "#/components/schemas/kravInput"}]}},
        {BODY: {"oneOf": [{"$ref": "#/components/schemas/kravInput"}]}},
        {f"{INPUT}/nul": {"oneOf": [{"type": "string"}, {"type": "null"}]}},
        {f"{INPUT}/nul": {"type": ["string", "null"]}},
        {f"{GET}/parameters/0/style": "form"},
        {f"{GET}/parameters/0/explode": False},
        {f"{INPUT}/titel": {"allOf": [{"type": "string", "maxLength": 20}, {"maxLength": 30, "pattern": "^[A-Z]{2,}$"}]}},
        {f"{INPUT}/beloeb": {"allOf": [{"type": "number"}, {"minimum": 1}, {"minimum": 0}]}},
        {f"{INPUT}/titel/pattern": "^[A-Z]{2,}$"},
        # `nullable` adds to the type that stands beside it, and says nothing where none does (OpenAPI 3.0.3).
        {f"{INPUT}/part": {"allOf": [{"$ref": "#/components/schemas/part"}], "nullable": True}},
        {f"{INPUT}/part": {"oneOf": [{"$ref": "#/components/schemas/part"}], "nullable": True}},
        {f"{INPUT}/part": {"$ref": "#/components/schemas/part", "nullable": True}},
        {f"{SCHEMAS}/ejer/nullable": True},
    ],
)  # fmt: skip
def test_other_ways_of_writing_the_same_are_nothing(edits):
    found = report(edits)
    assert (found.wire, found.client) == (Level.NONE, Level.NONE), found.changes


def test_one_shared_schema_is_one_change_with_all_its_operations_and_both_directions():
    found = report({f"{SCHEMAS}/part/properties/ny": {"type": "string"}})
    (change,) = found.changes
    assert change.location == f"{SCHEMAS}/part/properties/ny"
    assert change.operations == ("getKrav", "updateKrav", "addKrav")
    assert set(change.directions) == {"request", "response"}
    assert [name.path for name in change.python] == ["skifteportal.krav.models.Part.ny"]


def test_a_fingerprint_stays_when_other_things_change():
    one = report({f"{KRAV}/ny": {"type": "string"}}).changes[0]
    both = report({f"{KRAV}/ny": {"type": "string"}, f"{GET}/summary": "Ny"}).changes
    assert one.fingerprint in {change.fingerprint for change in both}
    assert len(one.fingerprint) == 12


def test_a_cycle_through_every_kind_of_holder_ends():
    loop = {"$ref": "#/components/schemas/loop"}
    schema = {
        "type": "object",
        "required": ["selv"],
        "properties": {"selv": loop, "liste": {"type": "array", "items": loop}},
        "additionalProperties": loop,
        "allOf": [{"properties": {"a": loop}}],
        "anyOf": [loop, {"type": "string"}],
    }
    base = edited({f"{SCHEMAS}/loop": schema, f"{KRAV}/loop": loop, f"{INPUT}/loop": loop})
    revision = edited({f"{SCHEMAS}/loop/properties/a": {"type": "integer"}}, base)
    found = compare(base, revision)
    assert found.changes
    assert compare(base, base).changes == ()


def test_an_all_of_that_holds_itself_ends():
    base = edited({f"{SCHEMAS}/part/allOf": [{"$ref": "#/components/schemas/part"}]})
    assert compare(base, edited({f"{SCHEMAS}/part/properties/x": {}}, base)).wire is Level.MINOR


def test_work_grows_with_the_file_and_not_with_the_ways_through_it(monkeypatch):
    """Thirty schemas, each with two ways to the next: 2**30 ways, but thirty pairs."""
    chain = {
        f"s{n}": {
            "type": "object",
            "properties": {key: {"$ref": f"#/components/schemas/s{n + 1}"} for key in ("a", "b")},
        }
        for n in range(30)
    }
    chain["s30"] = {"type": "string"}
    base = edited({f"{SCHEMAS}/{name}": schema for name, schema in chain.items()})
    base = edited({f"{KRAV}/kaede": {"$ref": "#/components/schemas/s0"}}, base)
    counter = itertools.count()
    from portalgen.diff import schema_edits

    real = schema_edits.facet_edits
    monkeypatch.setattr(schema_edits, "facet_edits", lambda *both: (next(counter), real(*both))[1])
    (change,) = compare(base, edited({f"{SCHEMAS}/s30/maxLength": 3}, base)).changes
    assert change.operations == ("getKrav", "updateKrav", "addKrav")
    assert next(counter) < 40


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        ({"/openapi": "3.1.0"}, "no OpenAPI 3.0 document"),
        ({"/paths": []}, "no OpenAPI 3.0 document"),
        ({BODY: {"$ref": "#/components/schemas/findesIkke"}}, "leads nowhere"),
        ({BODY: {"$ref": "andet.yaml#/a"}}, "leads out of the document"),
        ({f"{SCHEMAS}/part": {"$ref": "#/components/schemas/part"}}, "in a circle"),
        ({BODY: {"$ref": "#/servers/7"}}, "leads nowhere"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_place(edits, says):
    with pytest.raises(UnreadableSpec, match=says):
        report(edits)


def test_a_reference_into_a_list_is_followed():
    into = {"$ref": "#/paths/~1krav~1{kravId}/get/parameters/1/schema"}
    base = edited({f"{INPUT}/x": into})
    found = compare(base, edited({f"{GET}/parameters/1/schema/maximum": 3}, base))
    assert found.wire is Level.MAJOR
