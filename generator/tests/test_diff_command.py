"""`portalgen diff`: where files come from, and what is printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from diff_spec import GET, GONE, INPUT, KRAV, SCHEMAS, edited, report, spec, the_change

from portalgen.cli import main
from portalgen.diff import Level, PythonName, Report, Witness, compare
from portalgen.diff.kinds import KINDS
from portalgen.diff.render import as_markdown, as_text

_ROOT = Path(__file__).parents[2]


def _run(*arguments: str):
    return CliRunner().invoke(main, ["--root", str(_ROOT), "diff", *arguments])


@pytest.fixture
def files(tmp_path):
    (tmp_path / "a.yaml").write_text(yaml.safe_dump(spec()))
    (tmp_path / "b.json").write_text(json.dumps(edited({f"{KRAV}/titel": GONE, GET: GONE})))
    return str(tmp_path / "a.yaml"), str(tmp_path / "b.json")


def test_json_has_both_levels_on_top_and_all_of_each_change(files):
    result = _run(*files, "--format", "json", "--api", "krav")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["wire"], found["client"]) == ("major", "major")
    change = next(one for one in found["changes"] if one["kind"] == "property-removed")
    assert change["location"] == f"{KRAV}/titel"
    assert set(change["operations"]) == {"updateKrav", "addKrav"}
    assert change["python"][0]["path"] == "skifteportal.krav.models.Krav.titel"
    assert change["python"][0]["fate"] == "removed"
    assert change["witness"]["valid"] == "base"
    assert change["witness"]["checked"] is True
    assert "titel" in change["witness"]["value"]


def test_text_and_markdown_say_the_same_to_people(files):
    text, markdown = (_run(*files, "--format", form).stdout for form in ("text", "markdown"))
    for said in ("property-removed", "operation-removed", "GET /krav/{kravId}", "Operations:"):
        assert said in text
    assert "## API changes" in markdown
    assert "### Breaks" in markdown
    assert "**property-removed** `/components/schemas/krav/properties/titel`" in markdown


def test_versions_of_the_registry_are_named(files):
    assert "wire minor, client minor" in _run("doedsbojournal@1.3.0", "doedsbojournal").stdout
    assert _run("person@1.0.0", "person").stdout == "The two files say the same.\n"
    path = _ROOT / "specs" / "person" / "1.0.0-reconstructed.yaml"
    assert "skifteportal.person" in _run(str(path), files[0]).stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("ingen/fil.yaml", "person"), "no such file"),
        (("ingenting@1.0.0", "person"), "no such API: ingenting"),
        (("person@9.9.9", "person"), "9.9.9.yaml: can't be opened"),
        ((), "Name the two files"),
        (("person",), "Name the two files"),
    ],
)
def test_what_cannot_be_compared_is_exit_code_2(arguments, says):
    result = _run(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr


def test_the_law_is_a_page_with_every_kind():
    markdown = _run("--law").stdout
    data = json.loads(_run("--law", "--format", "json").stdout)
    assert all(f"| {kind} |" in markdown for kind in KINDS)
    assert {one["kind"] for one in data["kinds"]} == set(KINDS)
    assert all(one["reason"] for one in data["wire_exceptions"] + data["client_exceptions"])
    assert "{base}" not in markdown


def test_pairs_are_judged_and_those_that_differ_listed_with_their_law(tmp_path):
    (tmp_path / "specs").mkdir()
    for name, document in (("a", spec()), ("b", edited({GET: GONE, "/info/title": "Andet"}))):
        (tmp_path / "specs" / f"{name}.json").write_text(json.dumps(document))
    heads = "base\trevision\tverdict_a\tverdict_b\tagree_on_breaking\tchecks"
    rows = ["a\tb\tbreaking\tmajor\tyes\tx", "b\ta\tinfo\tmajor\tyes\tx", "a\ta\tinfo\tmajor\tno\t"]
    (tmp_path / "pairs.tsv").write_text("\n".join([heads, *rows]))
    lines = _run("--pairs", str(tmp_path / "pairs.tsv")).stdout.splitlines()
    assert lines[1] == "b a info/major minor operation-added: widen x request"
    assert lines[2] == "a a info/major none equal: both say the same"
    assert lines[-1] == (
        "1 of 2 agreed pairs judged alike (50.0 %); 2 others listed, 0 unexplained"
    )
    for content in (b"base\n", b"\xff"):
        (tmp_path / "pairs.tsv").write_bytes(content)
        assert _run("--pairs", str(tmp_path / "pairs.tsv")).exit_code == 2


def test_nothing_changed_is_said_in_one_line():
    assert as_text(Report()) == "The two files say the same.\n"
    assert "The two files say the same." in as_markdown(Report())


def test_words_of_a_spec_are_no_markdown_and_long_lists_are_counted():
    base = edited({f"{KRAV}/tit`le*": {"type": "string"}})
    found = compare(base, spec())
    assert "`/components/schemas/krav/properties/tit'le*`" in as_markdown(found)
    assert "tit\\`le\\*" in as_markdown(found)
    many = {f"/paths/~1p{n}/get": {"responses": {"200": {"$ref": "#/components/responses/r"}}} for n in range(12)}  # fmt: skip
    base = edited({**many, "/components/responses/r": {"description": "x" * 10}})
    text = as_text(compare(base, edited({"/components/responses/r/description": "y"}, base)))
    assert "and 4 more" in text
    long = "x" * 400
    assert "not in the revision, declared names only)" in as_text(report({f"{INPUT}/antal": GONE}))
    witness = as_text(report({f"{KRAV}/titel/maxLength": 900}))
    assert "…" in witness
    assert long not in witness


def test_a_growing_list_in_answers_comes_with_a_note():
    found = the_change({f"{SCHEMAS}/status/enum/-": "NY"}, "enum-value-added")
    assert "must handle one more" in found.note
    assert f"Note: {found.note}" in as_text(Report(changes=(found,)))
    assert [name.path for name in found.python] == ["skifteportal.krav.models.Status.NY"]


def test_an_unproven_break_is_marked():
    found = the_change({f"{INPUT}/antal/maxLength": 3}, "bound-tightened")
    assert found.witness is None
    assert "tells the two apart" in found.unproven
    assert "Unproven: " in as_text(Report(changes=(found,)))


def test_levels_have_an_order_and_names_a_path():
    assert Level.NONE < Level.PATCH < Level.MINOR < Level.MAJOR
    assert Level.highest([]) is Level.NONE
    assert str(Level.highest([Level.PATCH, Level.MINOR])) == "minor"
    name = PythonName(module="m", owner="C", member="f", parameter="p", fate="removed")
    assert name.path == "m.C.f(p)"
    assert Witness(direction="request", line="GET /").as_json()["checked"] is False
