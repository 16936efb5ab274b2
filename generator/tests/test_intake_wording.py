"""Changes in sentences and in changelog fragments."""

import pytest

from portalgen.diff import Change, Level, PythonName, Report
from portalgen.intake.fragments import fragments
from portalgen.intake.wording import place, sentence
from portalgen.intake.wrong_guesses import wrong_guesses


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("", "the file"),
        ("/info/title", "info title"),
        ("/components/schemas/krav/properties/beloeb/items", "krav.beloeb"),
        ("/components/parameters/page/schema/minimum", "parameter page schema"),
        ("/paths/~1krav~1{id}/get/responses/200", "GET /krav/{id} responses"),
        ("/paths/~1krav", "paths /krav"),
    ],
)
def test_places_for_readers(pointer, words):
    assert place(pointer) == words


def change(location="/paths/~1a/get", wire=Level.MAJOR, client=Level.MAJOR, **more):
    return Change(
        kind="k", location=location, wire=wire, client=client, reason="Den\ner væk.", **more
    )


def test_a_sentence_says_it_all():
    names = (
        PythonName(module="m", owner="C", member="a", fate="renamed", replacement="b"),
        PythonName(module="m", member="D", fate="removed"),
    )
    said = sentence(change(note="Pas på", operations=tuple("abcdefg"), python=names))
    assert said == (
        "GET /a: Den er væk. Pas på. Concerns a, b, c, d, e and 2 more. "
        "In Python: m.C.a renamed to b, m.D removed."
    )


def made(*changes, first_official=False):
    return {
        path: content.decode()
        for path, content in fragments(
            "person", title="Person", version="2.0.0", before="1.0.0",
            report=Report(changes=changes), first_official=first_official,
        ).items()
    }  # fmt: skip


OWN = "packages/skifteportal-person/changes/api-2-0-0"


def test_each_level_has_its_fragment_and_the_data_package_one():
    levels = {
        "breaking": Level.MAJOR,
        "feature": Level.MINOR,
        "fix": Level.PATCH,
        "internal": Level.NONE,
    }
    found = made(*(change(wire=Level.NONE, client=level) for level in levels.values()))
    assert set(found) == {f"{OWN}.{kind}.md" for kind in levels} | {
        "packages/skifteportal-specs/changes/person-2-0-0.feature.md"
    }
    assert found[f"{OWN}.breaking.md"] == (
        "API changes, Person 1.0.0 → 2.0.0. These break what was:\n\n* GET /a: Den er væk.\n"
    )


def test_what_breaks_only_on_the_wire_says_when_to_upgrade():
    found = made(change(client=Level.NONE))
    assert "upgrade before it is in production" in found[f"{OWN}.fix.md"]


def test_a_long_list_is_cut_and_an_official_file_named():
    found = made(*(change() for _ in range(45)), first_official=True)
    said = found[f"{OWN}.breaking.md"]
    assert said.count("\n* ") == 41
    assert "… and 5 more" in said
    assert "own file instead of our reconstruction of 1.0.0" in said


def test_how_sure_we_had_been_is_what_the_nearest_mark_says():
    document = {
        "paths": {"/a": {"get": {"x-provenance": "guide", "parameters": [{"name": "p"}]}}},
        "info": {},
        "components": {"schemas": {"k": {"x-provenance": "inferred", "properties": {"id": {"x-provenance": "official"}}}}},
    }  # fmt: skip
    places = [
        "/components/schemas/k/type",
        "/components/schemas/k",
        "/paths/~1a/get/parameters/0",
        "/paths/~1a/get/parameters/7",
        "/components/schemas/k/properties/id",
        "/info",
    ]
    found = wrong_guesses(document, Report(changes=tuple(change(one) for one in places)))
    assert [(one.mark, one.change.location) for one in found] == [
        ("official", places[4]),
        ("guide", places[2]),
        ("inferred", places[1]),
        ("not in ours", places[0]),
        ("not in ours", places[3]),
        ("not in ours", places[5]),
    ]
