"""The pages of versions: what a new one breaks, by when, and for which package."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest
from made_up_updates import history as updates_of
from made_up_updates import small_house, text

from portalgen.checkout import Checkout
from portalgen.diff import Report
from sitepages import changelogs, versions
from sitepages.changes import changes_as_markdown
from sitepages.house import House

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[1]
TODAY = date(2027, 3, 1)
_CHANGELOG = "# Changelog\n\n<!-- towncrier release notes start -->\n"
_RELEASES = """
## 0.2.0 (2027-02-01)

Specification 1.0.0 (reconstructed) → 2.0.0 (official). The portal gave no notice of it.

## 0.1.1 (2027-01-15)

Mended.

## 0.1.0 (2027-01-01)

Specification 1.0.0 (reconstructed).
"""
_NOTICE = """
[[notice]]
id = "{api}-{version}"
api = "{api}"
from = "{before}"
version = "{version}"
claimed = "{claimed}"
{more}
source = "mail of 1 March 2027"
"""
_SOON = "announced = 2027-03-01\ntest = 2027-03-08\nproduction = 2027-04-01"


@attrs.define
class Portal:
    """A checkout of three APIs with all the updates that we made up, and what a test adds."""

    root: Path

    def announce(self, api: str, version: str, *, before: str, claimed: str, more: str) -> None:
        path = self.root / "specs/notices.toml"
        path.write_text(
            path.read_text("utf-8")
            + _NOTICE.format(api=api, version=version, before=before, claimed=claimed, more=more),
            "utf-8",
        )

    def pages(self) -> Mapping[str, str]:
        return dict(versions.pages(House(Checkout(self.root), today=TODAY)))

    def section(self, api: str, version: str) -> str:
        page = self.pages()[f"en/versions/{api}.md"]
        return page.split(f"\n## {version} ")[1].split("\n## ")[0]


@pytest.fixture
def portal(tmp_path):
    small_house(tmp_path)
    for api in ("virksomhed", "retskreds", "person"):
        for update, document in updates_of(api).items():
            (tmp_path / "specs" / api / f"{update.version}.yaml").write_bytes(text(document))
        package = tmp_path / f"packages/skifteportal-{api}"
        package.mkdir(parents=True)
        (package / "CHANGELOG.md").write_text(_CHANGELOG, "utf-8")
    (tmp_path / "specs/notices.toml").write_text("schema = 1\n", "utf-8")
    return Portal(tmp_path)


def test_what_breaks_is_told_with_the_day_the_names_and_how_to_find_the_lines(portal):
    portal.announce("person", "2.0.0", before="1.1.0", claimed="major", more=_SOON)
    section = portal.section("person", "2.0.0")
    assert "| a client that is installed | **stops working**, as listed" in section
    assert "| your code, after the update | **must be changed**, as listed below |" in section
    assert "| by when | **update before 2027-04-01**, the day of its release" in section
    assert "31 days, of at least 30. Source: mail of 1 March 2027 |" in section
    breaks = section.split("### What breaks\n")[1]
    assert (
        "| The property foedselsdato is foedselsdag now | `person.foedselsdato` | "
        "`models.Person.foedselsdato` renamed to `foedselsdag` | `hentPerson` |" in breaks
    )
    assert "* **property-renamed** `/components/schemas/person/properties/foedselsdato`" in breaks
    assert "models.Person.foedselsdato renamed to foedselsdag" in breaks
    assert "Witness: " in breaks
    assert "    portalgen impact person@1.1.0 person@2.0.0 --code my_program/" in breaks
    assert "### Breaks" not in section
    assert "## API changes" not in section


def test_what_is_due_leads_to_what_it_breaks(portal):
    portal.announce("person", "2.0.0", before="1.1.0", claimed="major", more=_SOON)
    portal.announce("retskreds", "1.1.0", before="1.0.0", claimed="minor", more=_SOON)
    overview = portal.pages()["en/versions/index.md"]
    due = overview.split("## What is due")[1].split("\n## ")[0]
    assert "As of 2027-03-01" in due
    assert (
        "| <time>2027-03-08</time> | Personopslag | [2.0.0](person.md#v2-0-0) | in test | **stop working** | **must be changed** |"
        in due
    )
    assert (
        "| <time>2027-04-01</time> | Retskredse og embeder | [1.1.0](retskreds.md#v1-1-0) | in production | go on working | runs unchanged |"
        in due
    )
    assert "(made up)" not in overview
    assert "## 2.0.0 { #v2-0-0 }" in portal.pages()["en/versions/person.md"]
    announced = overview.split("## All that was announced")[1]
    assert announced.index("Retskredse") < announced.index("Personopslag")  # the newest first


def test_a_notice_that_was_made_up_says_so_wherever_it_stands(portal):
    portal.announce(
        "person", "2.0.0", before="1.1.0", claimed="major", more=f"{_SOON}\nmade_up = true"
    )
    overview = portal.pages()["en/versions/index.md"]
    for said in ("| in test (made up) |", "| in production (made up) |", "| major (made up) |"):
        assert overview.count(said) == 1


def test_where_nothing_is_announced_nothing_is_due(portal):
    overview = portal.pages()["en/versions/index.md"]
    assert "Nothing is due." in overview
    assert "Nothing was announced." in overview


def test_what_only_adds_is_a_table_and_asks_for_nothing(portal):
    portal.announce("retskreds", "1.1.0", before="1.0.0", claimed="minor", more=_SOON)
    section = portal.section("retskreds", "1.1.0")
    assert "| a client that is installed | goes on working |" in section
    assert "| your code, after the update | runs unchanged |" in section
    assert (
        "| by when | nothing has to be done; what is new can be used in production from 2027-04-01 |"
        in section
    )
    assert "### What breaks\n\nNothing.\n" in section
    assert (
        "| operation-added | `GET /embeder/{embedeId}/aabningstid` | `RetskredsClient.get_aabningstid` added |"
        in section
    )
    assert "portalgen impact" not in section


def test_a_new_value_in_an_answer_stops_no_client_of_ours(portal):
    section = portal.section("virksomhed", "1.2.0")
    assert "| a client that is installed | goes on working |" in section
    assert "### What breaks\n\nNothing.\n" in section
    assert "| enum-value-added | `virksomhedStatus` | " in section
    assert "an unknown value stays a text" in section


def test_what_has_no_consequence_is_listed_apart(portal):
    section = portal.section("virksomhed", "1.0.1")
    assert "### Without consequence for code\n\n| kind | where |" in section
    assert "| text-changed | `virksomhed` |" in section
    assert "### What is new" not in section


def test_a_note_of_a_change_has_a_column_where_there_is_one(portal):
    section = portal.section("person", "3.1.0")
    assert "| kind | where | in Python |\n" in section
    portal.announce("person", "1.1.0", before="1.0.0", claimed="minor", more=_SOON)
    assert "* breach: " not in portal.section("person", "1.1.0")  # the wire is as it was


def test_a_notice_that_breaks_the_policy_says_so(portal):
    portal.announce(
        "person",
        "2.0.0",
        before="1.1.0",
        claimed="minor",
        more="announced = 2027-03-20\nproduction = 2027-04-01",
    )
    section = portal.section("person", "2.0.0")
    assert "* breach: it is called minor, and is major on the wire" in section
    assert "12 days, of at least 30" in section


@pytest.mark.parametrize(
    ("more", "when"),
    [
        ("", "no day of its release to production was announced"),
        ("announced = 2026-01-01\nproduction = 2027-03-01", "it is in production since 2027-03-01"),
    ],
)
def test_the_day_as_far_as_it_is_known(more, when, portal):
    portal.announce("person", "2.0.0", before="1.1.0", claimed="major", more=more)
    assert f"| by when | {when} |" in portal.section("person", "2.0.0")


def test_an_emergency_is_named(portal):
    portal.announce(
        "person", "2.0.0", before="1.1.0", claimed="major", more='emergency = "a hole <b>"'
    )
    assert "; an emergency: a hole &lt;b&gt;. Source" in portal.section("person", "2.0.0")


def test_what_is_only_announced_can_t_be_compared(portal):
    portal.announce("person", "9.0.0", before="3.1.0", claimed="major", more="made_up = true")
    section = portal.section("person", "9.0.0")
    assert "| what it breaks | not known: the file of 3.1.0 or 9.0.0 isn't here |" in section
    assert "| package | none yet is made from it |" in section
    assert "### What breaks" not in section
    assert "made up" in section.lower()
    page = portal.pages()["en/versions/person.md"]
    assert "| [**9.0.0**](#v9-0-0) (announced only) | not announced |" in page
    assert "| not known | not known |\n" in page


def test_what_a_notice_says_is_new_stands_there_until_its_file_comes(portal):
    more = 'operations = ["addX", "getX"]\nfields = ["krav.x"]'
    portal.announce("person", "9.0.0", before="3.1.0", claimed="major", more=more)
    section = portal.section("person", "9.0.0")
    assert "New operations, by the notice: `addX`, `getX`." in section
    assert "New fields, by the notice: `krav.x`." in section


def test_our_own_house_shows_the_step_from_1_3_0_to_1_4_0():
    house = House(Checkout.find(ROOT), today=date(2026, 11, 28))
    pages = dict(versions.pages(house))
    page = pages["en/versions/doedsbojournal.md"]
    assert (
        "| [**1.4.0**](#v1-4-0) (reconstructed) | <time>2026-11-16</time> | <time>2026-11-23</time> | <time>2027-01-04</time> | go on working | runs unchanged |"
        in page
    )
    assert (
        "| `POST /doedsbojournaler/{doedsbojournalId}/aktiver` | `DoedsbojournalClient.add_aktiv` added |"
        in page
    )
    assert "Made up" in page
    for entry in house.apis:
        assert (
            f"[{entry.package}]({entry.api}.md) | {entry.package_version} ("
            in pages["en/versions/index.md"]
        )


def test_which_package_goes_with_which_version(portal):
    changelog = portal.root / "packages/skifteportal-person/CHANGELOG.md"
    changelog.write_text(f"{_CHANGELOG}{_RELEASES}", "utf-8")
    portal.announce("person", "9.0.0", before="3.1.0", claimed="major", more="")
    table = portal.pages()["en/versions/person.md"].split(
        "## Which package goes with which version"
    )[1]
    head, _, newest, oldest = table.strip().splitlines()
    assert head == (
        "| package | made from | portal 9.0.0 | portal 3.1.0 | portal 3.0.0 | portal 2.0.0 | portal 1.1.0 | portal 1.0.0 |"
    )
    assert (
        newest
        == "| 0.2.0 (2027-02-01) | 2.0.0 | not known | **no** | **no** | yes | **no** | **no** |"
    )
    assert (
        oldest
        == "| 0.1.0 (2027-01-01) | 1.0.0 | not known | **no** | **no** | **no** | yes | yes |"
    )


def test_a_package_that_is_ahead_of_the_portal_says_what_is_missing(portal):
    changelog = portal.root / "packages/skifteportal-retskreds/CHANGELOG.md"
    section = "\n## 0.2.0 (2027-02-01)\n\nSpecification 1.1.0 (official).\n"
    changelog.write_text(f"{_CHANGELOG}{section}", "utf-8")
    table = portal.pages()["en/versions/retskreds.md"].split(
        "## Which package goes with which version"
    )[1]
    assert (
        "| 0.2.0 (2027-02-01) | 1.1.0 | **no** | **no** | yes | yes, without what came after 1.0.0 |"
        in table
    )


def test_changelogs_begin_with_what_is_not_released_yet(portal):
    package = portal.root / "packages/skifteportal-person"
    (package / "CHANGELOG.md").write_text(f"{_CHANGELOG}{_RELEASES}", "utf-8")
    (package / "changes").mkdir()
    (package / "changes/x.feature.md").write_text("A thing.\n", "utf-8")
    page = dict(changelogs.pages(House(Checkout(portal.root))))["en/changelogs.md"]
    person = page.split("## skifteportal-person\n")[1].split("\n## ")[0]
    assert person.startswith(
        "\n### Not released yet\n\n#### New\n\n- A thing.\n\n### 0.2.0 (2027-02-01)"
    )
    assert "towncrier" not in page
    assert "Not released yet" not in page.split("## skifteportal-retskreds\n")[1]


def test_two_files_that_say_the_same_break_nothing():
    assert changes_as_markdown(Report()) == "### What breaks\n\nNothing."


def test_the_changelog_that_a_package_links_to_is_there():
    pages = dict(changelogs.pages(House(Checkout(ROOT))))
    for path in ROOT.glob("packages/*/pyproject.toml"):
        link = tomllib.loads(path.read_text("utf-8"))["project"]["urls"]["Changelog"]
        page, anchor = link.split("/", 3)[3].split("/#")
        assert f"\n## {anchor}\n" in pages[f"en/{page}.md"]
