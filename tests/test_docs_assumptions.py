"""The page of assumptions: every operation with its mark, every setting with its value, its source and what it decides."""

import re
import tomllib
from pathlib import Path

import attrs
import pytest

from portalgen.checkout import Checkout
from sitepages import assumptions
from sitepages.house import House
from skifteportal.sandbox.settings import Settings

ROOT = Path(__file__).parents[1]
HOUSE = House(Checkout(ROOT))
PAGES = dict(assumptions.pages(HOUSE))
LANGUAGES = ("en", "da")


def section(language, number):
    return PAGES[f"{language}/guides/assumptions.md"].split("\n## ")[number]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_marks_of_each_api_are_counted(language):
    lines = section(language, 1).splitlines()
    for entry in HOUSE.apis:
        row = next(line for line in lines if line.startswith(f"| {entry.title} |"))
        operations, schemas = (
            sum(map(int, re.findall(r"\d+", cell))) for cell in row.strip("| ").split(" | ")[2:]
        )
        document = HOUSE.documents[entry.api]
        assert (operations, schemas) == (
            len(list(document.operations())),
            len(document.component_schemas),
        )
    assert any(
        line.startswith("| Dødsbojournal | 1.4.0, reconstructed | 2 official, ") for line in lines
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_operation_stands_under_its_mark_once(language):
    parts = dict(
        re.findall(r"^\*\*(.+)\*\*\n\n((?:\* .+\n?)+)", section(language, 2), re.MULTILINE)
    )
    for entry in HOUSE.apis:
        operations = [one.id for one in HOUSE.documents[entry.api].operations()]
        assert sorted(re.findall(r"`(\w+)`", parts[entry.title])) == sorted(operations)
    assert parts["Dødsbojournal"].startswith(
        "* official: `searchBo`, `findChangedSince`\n* guide: "
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_has_its_value_and_what_it_decides(language):
    lines = section(language, 4).splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    assert [row[0].strip("`") for row in rows] == [one.name for one in attrs.fields(Settings)]
    assert [row[1] for row in rows] == [f"`{one.default!r}`" for one in attrs.fields(Settings)]
    assert [row for row in rows if not re.match(r"[A-ZÆØÅ].*\.$", row[3])] == []


def test_a_setting_says_where_it_is_spoken_of():
    text = section("en", 4)
    assert "| `max_attachments` | `20` | guide 4.3.4 | " in text
    assert "| `deadline_weeks` | `8` | the law | " in text
    assert "| `created_status` | `201` | nowhere | " in text
    assert "| `key_areas` | `('doedsbo', 'tvangsoploesning')` | guide 1 | " in text
    assert "| `max_attachments` | `20` | vejledningen 4.3.4 | " in section("da", 4)


def test_danish_has_each_setting_and_no_other():
    danish = tomllib.loads((ROOT / "docs/sitepages/settings_da.toml").read_text("utf-8"))
    assert list(danish) == [one.name for one in attrs.fields(Settings)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_groups_of_settings_begin_where_they_should(language):
    headings = re.findall(r"^### .+\n\n.+\n.+\n\| `(\w+)`", section(language, 4), re.MULTILINE)
    assert headings == list(assumptions._GROUPS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_clients_assume_is_explained(language):
    assert "| `first_page` | `0` | " in section(language, 3)
