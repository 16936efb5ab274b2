"""What a package says of notices."""

from datetime import date

import pytest
from generator_shop import answers, json_body, one_operation, ref

from portalgen.ahead import find_ahead, note_for
from portalgen.checkout import Checkout
from portalgen.notices import Notices, parse_notices
from portalgen.registry import Registry

NOTICE = """
[[notice]]
id = "{api}-{version}"
api = "{api}"
from = "{before}"
version = "{version}"
claimed = "minor"
announced = {announced}
{production}
source = "a mail of that day"
operations = {operations}
fields = {fields}
"""


def notice(api, version, **told):
    values = {
        "before": "0.9.0",
        "announced": "2026-11-02",
        "production": "production = 2026-12-01",
        "operations": [],
        "fields": [],
    } | told
    return NOTICE.format(api=api, version=version, **values)


@pytest.fixture
def entry(shop):
    shop.spec(version="1.2.0")
    return Registry.load(Checkout(shop.root)).apis[shop.api]


def found(entry, *notices):
    return find_ahead(entry, parse_notices("schema = 1\n" + "".join(notices)))


def test_without_notices_nothing_is_ahead(entry):
    assert find_ahead(entry, Notices()) == ()


def test_what_a_notice_lists_is_ahead_with_its_day(entry):
    (one,) = found(entry, notice(entry.api, "1.2.0", operations=["getIt"], fields=["ting.navn"]))
    assert (one.version, one.in_force) == ("1.2.0", date(2026, 12, 1))
    assert [name.raw for name in one.operations] == ["getIt"]
    assert [name.raw for name in one.fields] == ["ting.navn"]
    assert one.source.raw == "a mail of that day"


def test_a_made_up_notice_says_so(entry):
    made_up = notice(entry.api, "1.2.0", operations=["getIt"]) + "made_up = true\n"
    (one,) = found(entry, made_up)
    assert one.source.raw == "made up, to show what a notice does: a mail of that day"


def test_of_other_apis_and_of_versions_to_come_nothing_is_said(entry):
    assert found(entry, notice("other", "1.2.0", operations=["getIt"])) == ()
    assert found(entry, notice(entry.api, "1.10.0", operations=["getIt"])) == ()
    assert found(entry, notice(entry.api, "1.2.0")) == ()


def test_what_was_in_production_when_the_newest_version_was_announced_is_left_out(entry):
    old = notice(entry.api, "1.1.0", operations=["getOld"], production="production = 2026-11-02")
    open_ = notice(entry.api, "1.1.1", operations=["getSome"], production="")
    new = notice(entry.api, "1.2.0", operations=["getIt"])
    assert [one.version for one in found(entry, new, open_, old)] == ["1.1.1", "1.2.0"]


def test_notes_are_for_operations_and_for_fields_of_classes(entry):
    told = found(
        entry,
        notice(entry.api, "1.1.0", operations=["getSome"], production=""),
        notice(entry.api, "1.2.0", operations=["getIt"], fields=["tingInput.navn"]),
    )
    assert note_for(told, operation="getIt").raw == (
        "In production from 2026-12-01 (a mail of that day)."
    )
    assert note_for(told, field=("TingInput", "navn")).raw.startswith("In production from")
    assert note_for(told, operation="getSome").raw.startswith("The day it comes into production")
    for nothing in (note_for(told, operation="getAll"), note_for(told, field=("TingInput", "id"))):
        assert nothing.raw == ""


@pytest.mark.parametrize("production", ["production = 2026-12-01", ""])
def test_a_package_says_it_in_its_data_and_docstrings(shop, production):
    shop.spec(
        paths=one_operation(
            method="post",
            requestBody=json_body(ref("tingInput")),
            responses=answers(ref("tingInput")),
        ),
        schemas={"tingInput": {"type": "object", "properties": {"navn": {"type": "string"}}}},
    )
    text = notice(
        shop.api,
        "1.0.0",
        operations=["getIt"],
        fields=["tingInput.navn"],
        production=production,
    )
    (shop.root / "specs" / "notices.toml").write_text(f"schema = 1\n{text}", encoding="utf-8")
    (ahead,) = shop.load("_operations").API.ahead
    assert ahead.in_force == (date(2026, 12, 1) if production else None)
    assert (ahead.api, ahead.version) == (shop.api, "1.0.0")
    assert (ahead.operations, ahead.fields) == (("getIt",), ("tingInput.navn",))
    note = "In production from 2026-12-01" if production else "The day it comes into production"
    assert note in shop.source("_client.py")
    assert note in shop.source("models/ting_input.py")
