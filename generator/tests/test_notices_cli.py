"""The command `portalgen notice`, over a small checkout."""

from __future__ import annotations

import json

import icalendar
import yaml
from generator_shop import Shop, answers, one_operation

DAYS = ("--announced", "2026-03-01", "--test", "2026-03-05", "--production", "2026-03-15")


def two_versions(shop: Shop) -> str:
    """A registered 1.0.0, and a 1.1.0 beside it with an operation and a field more."""
    schema = {"type": "object", "properties": {"id": {"type": "string"}}}
    api = shop.spec(schemas={"krav": schema})
    path = shop.root / "specs" / api / "1.0.0-reconstructed.yaml"
    document = yaml.safe_load(path.read_text("utf-8"))
    document["info"]["version"] = "1.1.0"
    document["paths"] |= one_operation(path="/more", operationId="getMore", responses=answers())
    document["components"]["schemas"]["krav"]["properties"]["note"] = {"type": "string"}
    path.with_name("1.1.0.yaml").write_text(yaml.safe_dump(document, sort_keys=False), "utf-8")
    return api


def add(shop: Shop, api: str, *more: str):
    given = ("--api", api, "--version", "1.1.0", "--claimed", "minor", "--source", "a mail")
    return shop.run("notice", "add", *given, *more)


def test_added_notices_know_what_is_new_and_are_judged_at_once(shop):
    api = two_versions(shop)
    result = add(shop, api, *DAYS)
    assert result.exit_code == 0, result.output
    assert f"{api}-1.1.0: entered in specs/notices.toml" in result.stdout
    assert "called minor, observed minor; 14 of 14 days; not before 2026-03-15" in result.stdout
    assert "overdue: overdue: in production since 2026-03-15" in result.stdout
    listed = json.loads(shop.run("notice", "list", "--format", "json").stdout)
    assert listed["notices"][0]["operations"] == ["getMore"]
    assert listed["notices"][0]["fields"] == ["krav.note"]
    assert listed["notices"][0]["production"] == "2026-03-15"


def test_a_second_notice_keeps_the_comments_of_the_file(shop):
    api = two_versions(shop)
    path = shop.root / "specs/notices.toml"
    path.write_text("# by hand\nschema = 1\n", "utf-8")
    assert add(shop, api).exit_code == 0
    again = add(shop, api)
    assert again.exit_code == 2
    assert "another notice has this id" in again.stderr
    text = path.read_text("utf-8")
    assert text.startswith("# by hand\nschema = 1\n\n[[notice]]\n")
    assert text.count("[[notice]]") == 1


def test_days_out_of_order_are_refused_and_nothing_is_written(shop):
    api = two_versions(shop)
    days = ("--announced", "2026-12-01", "--test", "2026-12-05", "--production", "2026-11-30")
    for more in ((), ("--dry-run",)):
        result = add(shop, api, *days, *more)
        assert result.exit_code == 2
        assert "production is 2026-11-30, which is before announced, 2026-12-01" in result.stderr
        assert result.stdout == ""
    assert not (shop.root / "specs/notices.toml").exists()


def test_what_must_be_given_is_asked_for_and_a_dry_run_writes_nothing(shop):
    from click.testing import CliRunner

    from portalgen.cli import main

    api = shop.spec()
    root = ("--root", str(shop.root))
    result = CliRunner().invoke(
        main, [*root, "notice", "add", "--dry-run"], input=f"{api}\n9.0.0\nmajor\na mail\n"
    )
    assert result.exit_code == 0, result.output
    assert f'id = "{api}-9.0.0"' in result.stdout
    assert 'from = "1.0.0"' in result.stdout
    assert not (shop.root / "specs/notices.toml").exists()


def test_a_day_that_is_none_is_wrong_usage(shop):
    result = add(shop, two_versions(shop), "--announced", "1/3-2026")
    assert result.exit_code == 2
    assert "Invalid isoformat string" in result.stderr


def test_check_fails_on_a_breach_only(shop):
    api = two_versions(shop)
    add(shop, api, *DAYS)
    early = shop.run("notice", "check", "--today", "2026-03-10")
    assert early.exit_code == 0, early.output
    late = shop.run("notice", "check", "--today", "2026-03-15", "--format", "json")
    assert late.exit_code == 1
    assert json.loads(late.stdout)[0]["findings"][0]["rule"] == "overdue"
    named = shop.run("notice", "check", "other", "--today", "2026-03-10")
    assert (named.exit_code, named.stderr) == (2, "portalgen: no such notice: other\n")


def test_check_names_an_unknown_api_and_what_is_not_known(shop):
    api = shop.spec()
    add(shop, api)
    result = shop.run("notice", "check", f"{api}-1.1.0")
    assert "observed nothing; ? of 14 days; not before ?" in result.stdout
    path = shop.root / "specs/notices.toml"
    path.write_text(path.read_text("utf-8").replace(f'api = "{api}"', 'api = "gone"'), "utf-8")
    result = shop.run("notice", "check")
    assert result.exit_code == 2
    assert "no such API: gone" in result.stderr


def test_list_for_people_says_what_is_next(shop):
    api = two_versions(shop)
    add(shop, api, *DAYS, "--made-up")
    result = shop.run("notice", "list", "--today", "2026-03-05")
    assert result.stdout.splitlines() == [
        f"{api}-1.1.0: 1.0.0 → 1.1.0, minor (made up)",
        "    announced 2026-03-01, test 2026-03-05, production 2026-03-15",
        "next:",
        f"    2026-03-05 {api}-1.1.0 in test: try the new client against it",
        f"    2026-03-15 {api}-1.1.0 in production: users must have it",
    ]
    assert "nothing is due" in shop.run("notice", "list", "--today", "2026-03-16").stdout
    assert shop.run("notice", "list").exit_code == 0


def test_fields_of_parts_count_and_all_of_a_new_schema_is_new(shop):
    api = two_versions(shop)
    path = shop.root / "specs" / api / "1.1.0.yaml"
    document = yaml.safe_load(path.read_text("utf-8"))
    document["components"]["schemas"]["ny"] = {"allOf": [{"properties": {"a": {}}}]}
    document["paths"]["/it"]["head"] = {"responses": answers()}
    path.write_text(yaml.safe_dump(document), "utf-8")
    add(shop, api)
    listed = json.loads(shop.run("notice", "list", "--format", "json").stdout)
    assert listed["notices"][0]["fields"] == ["krav.note", "ny.a"]


def test_the_same_file_twice_differs_in_nothing(shop):
    api = shop.spec()
    result = add(shop, api, "--from", "1.0.0", "--version", "1.0.0")
    assert "observed none" in result.stdout


def test_the_calendar_on_stdout_and_in_a_file(shop, tmp_path):
    add(shop, two_versions(shop), *DAYS)
    result = shop.run("notice", "calendar")
    assert len(icalendar.Calendar.from_ical(result.stdout_bytes).walk("VEVENT")) == 2
    path = tmp_path / "portal.ics"
    written = shop.run("notice", "calendar", "--output", str(path))
    assert path.read_bytes() == result.stdout_bytes
    assert "portal.ics written" in written.stderr
