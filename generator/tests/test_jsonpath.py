"""Targets of corrections: what they lead to, and what can't be read."""

import pytest

from portalgen.jsonpath import JsonPath
from portalgen.problems import BrokenInput

DOCUMENT = {
    "paths": {
        "/krav/{id}": {
            "get": {"parameters": [{"name": "page"}, {"name": "size", "in": "query"}, "page"]},
            "it's": {"name": "page"},
        }
    },
    "søg": 1,
}
KRAV = "$.paths['/krav/{id}']"


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("$", [None]),
        ("$.paths", ["paths"]),
        ("$.søg", ["søg"]),
        ("$.søg.name", []),
        ("$.missing.deeper", []),
        (f"{KRAV}.get.parameters[1].name", ["name"]),
        (f"{KRAV}.get.parameters[9]", []),
        (f"{KRAV}.get.parameters.name", []),
        (f'{KRAV}["get"].parameters[ * ]', [0, 1, 2]),
        (f"{KRAV}.*", ["get", "it's"]),
        (f"{KRAV}[0]", []),
        (f"{KRAV}['it\\'s']", ["it's"]),
        (f"{KRAV}.get.parameters[?@.name == 'page']", [0]),
        (f'{KRAV}.get.parameters[?(@.name=="size")].in', ["in"]),
        (f"{KRAV}[?@.name=='page']", ["it's"]),
    ],
)
def test_a_path_leads_to(path, keys):
    assert [found.key for found in JsonPath.read(path).find(DOCUMENT)] == keys


def test_what_it_leads_to_can_be_changed_in_its_holder():
    (found,) = JsonPath.read("$.paths.*.get.parameters[2]").find(DOCUMENT)
    assert (found.holder[found.key], found.value) == ("page", "page")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "paths",
        "$paths",
        "$..name",
        "$.a[",
        "$.a['b]",
        "$[-1]",
        "$[?@.a > 1]",
        "$[?(1)]",
        "$.1a",
    ],
)
def test_anything_else_is_refused(path):
    with pytest.raises(BrokenInput, match="can't be read from character"):
        JsonPath.read(path)
