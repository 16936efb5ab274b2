"""Python names: ASCII identifiers, no keywords, nothing twice."""

from __future__ import annotations

import keyword

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portalgen.names import (
    attribute_names,
    constant,
    enum_members,
    is_class_name,
    method_name,
    parameter_names,
    pascal,
    snake,
)

NAMES = st.lists(st.text(max_size=12), max_size=8)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("addBilagForKrav", "add_bilag_for_krav"),
        ("opgjortdato", "opgjortdato"),
        ("cprNummer", "cpr_nummer"),
        ("erNavnAdresseBeskyttet", "er_navn_adresse_beskyttet"),
        ("ændretSiden", "aendret_siden"),
        ("Ø-nr.", "oe_nr"),
    ],
)
def test_snake(name, expected):
    assert snake(name) == expected


def test_pascal_and_constants():
    assert pascal("tvangsoploesning-dirigent-kreditor") == "TvangsoploesningDirigentKreditor"
    assert constant("getAllKrav") == "GET_ALL_KRAV"


def test_methods():
    assert [method_name(one) for one in ("getKrav", "import", "2fa")] == [
        "get_krav",
        "import_",
        "op_2fa",
    ]


def test_attributes_keep_builtins_and_change_what_annotations_mean():
    assert attribute_names(
        ["type", "id", "class", "date", "additionalProperties", "2x", "_", "self"]
    ) == (
        "type",
        "id",
        "class_",
        "date_",
        "additional_properties_",
        "field_2x",
        "field",
        "self_",
    )


def test_names_that_fall_together_are_numbered_in_order():
    assert attribute_names(["a-b", "aB", "a_b", "class", "Class"]) == (
        "a_b",
        "a_b_2",
        "a_b_3",
        "class_",
        "class_2",
    )


def test_parameters_hide_no_builtin_and_no_other_parameter():
    names = parameter_names(["id", "options", "krav", "type", "self"], taken=["krav"])
    assert names == ("id_", "options_", "krav_2", "type_", "self_")


@given(NAMES)
def test_attributes_are_identifiers_and_differ(names):
    found = attribute_names(names)
    assert len(set(found)) == len(names)
    assert all(name.isidentifier() and name.isascii() and name[0].isalpha() for name in found)
    assert not any(keyword.iskeyword(name) for name in found)


@given(NAMES)
def test_enum_members_are_identifiers_and_differ(values):
    found = enum_members(values)
    assert len(set(found)) == len(values)
    assert all(name.isidentifier() and name.isupper() for name in found)


def test_class_names():
    assert is_class_name("Krav")
    assert not is_class_name("Ændring")
    assert not is_class_name("None")
