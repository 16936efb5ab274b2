"""Which corrections stay when a new file comes, and what becomes of their file."""

import yaml

from portalgen.intake.overlays import correct

HEAD = "# Vore rettelser.\noverlay: 1.0.0\ninfo: {title: t, version: '1'}\n"
GONE = "  - target: $.gone\n    remove: true\n    x-reason: r1\n    x-remove-when: w\n"
KEPT = "  # Bliver.\n  - target: $.info\n    update:\n      a: 1\n    x-reason: r2\n    x-remove-when: w\n"
FLOW = "actions: [{target: $.gone, remove: true, x-reason: r1, x-remove-when: w}, {target: $.info, update: {a: 1}, x-reason: r2, x-remove-when: w}]\n"
DOCUMENT = {"info": {"title": "t"}}


def corrected(text: str):
    return correct(DOCUMENT, text.encode(), file="overlay.yaml")


def test_without_corrections_a_document_stays_as_it_is():
    found = correct(DOCUMENT, None, file="overlay.yaml")
    assert (found.document, found.overlay, found.kept, found.dropped) == (DOCUMENT, None, (), ())


def test_if_all_apply_the_file_stays_as_it_is():
    found = corrected(f"{HEAD}actions:\n{KEPT}")
    assert found.overlay == f"{HEAD}actions:\n{KEPT}".encode()
    assert found.document == {"info": {"title": "t", "a": 1}}


def test_lines_of_what_went_are_gone_and_comments_stay():
    found = corrected(f"{HEAD}actions:\n{KEPT}{GONE}")
    assert found.overlay == f"{HEAD}actions:\n{KEPT}".encode()
    assert [one.reason for one in found.kept] == ["r2"]
    assert [one.action.reason for one in found.dropped] == ["r1"]
    first = corrected(f"{HEAD}actions:\n{GONE}{KEPT}")
    assert yaml.safe_load(first.overlay) == yaml.safe_load(found.overlay)


def test_in_one_line_they_are_written_anew():
    found = corrected(HEAD + FLOW)
    assert [one["x-reason"] for one in yaml.safe_load(found.overlay)["actions"]] == ["r2"]


def test_lines_that_two_share_are_written_anew():
    found = corrected(
        HEAD
        + FLOW.replace("[{target: $.gone, ", "[{target: $.gone,\n  ").replace("}, {", "},\n  {")
    )
    assert yaml.safe_load(found.overlay)["actions"][0]["x-reason"] == "r2"
    assert len(yaml.safe_load(found.overlay)["actions"]) == 1


def test_if_none_applies_there_is_no_file():
    assert corrected(f"{HEAD}actions:\n{GONE}").overlay is None
