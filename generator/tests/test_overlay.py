"""Our corrections to an official file: what they do, when they do nothing, and what is no overlay."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
import yaml

from portalgen.overlay import Overlay
from portalgen.problems import BrokenInput

DOCUMENT = {"info": {"title": "Prøve", "n": 1}, "tags": [{"name": "a"}, {"name": "b"}], "x": 1}
WHY = {"x-reason": "The portal says otherwise.", "x-remove-when": "1.5.0 says so."}


def overlay(*actions, **top):
    data = {"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": list(actions)}
    return Overlay.parse(json.dumps(data | top).encode(), file="overlay.yaml")


def action(target, **what):
    return {"target": target, **WHY, **what}


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (action("$.info", update={"title": "Ny"}), {"info": {"title": "Ny", "n": 1}}),
        (action("$.info", update={"n": True}), {"info": {"title": "Prøve", "n": True}}),
        (action("$", update={"info": {"more": {"a": 1}}}), {"info": DOCUMENT["info"] | {"more": {"a": 1}}}),
        (action("$.tags", update=[{"name": "c"}, {"name": "a"}]), {"tags": [*DOCUMENT["tags"], {"name": "c"}]}),
        (action("$.tags[*]", update={"k": 1}), {"tags": [{"name": "a", "k": 1}, {"name": "b", "k": 1}]}),
        (action("$", update={"x": [1]}), {"x": [1]}),
        (action("$.tags[*]", remove=True), {"tags": []}),
        (action("$.tags[?@.name=='a']", remove=True, description="d"), {"tags": [{"name": "b"}]}),
    ],
)  # fmt: skip
def test_an_action_corrects_a_copy(what, expected):
    before = deepcopy(DOCUMENT)
    corrected, idle = overlay(what).apply(DOCUMENT)
    assert (corrected, idle) == (DOCUMENT | expected, ())
    assert before == DOCUMENT


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        (action("$.gone", remove=True), "its target is not in the file"),
        (action("$.info", update={"title": "Prøve"}), "the file already says so"),
        (action("$.tags", update=[{"name": "b"}]), "the file already says so"),
        (action("$.tags", update={"name": "b"}), "neither a mapping nor a list of its update's kind"),
        (action("$.x", update={"name": "b"}), "neither a mapping nor a list"),
    ],
)  # fmt: skip
def test_an_action_that_does_nothing_is_named(what, problem):
    corrected, (idle,) = overlay(what).apply(DOCUMENT)
    assert corrected == DOCUMENT
    assert idle.action.reason == "The portal says otherwise."
    assert idle.action.remove_when == "1.5.0 says so."
    assert str(idle).startswith(f"action 1 ({what['target']}): ")
    assert problem in str(idle)


@pytest.mark.parametrize(
    ("actions", "top", "problem"),
    [
        ([], {}, "actions must be a list of at least one"),
        ([], {"actions": {}}, "actions must be a list"),
        ([1], {}, "action 1 must be a mapping"),
        ([action("$.a", remove=True)], {"overlay": "1.1.0"}, "overlay must be '1.0.0'"),
        ([action("$.a", remove=True)], {"extends": "x"}, "extends is nothing that an overlay has"),
        ([action("$.a", remove=True, copy="$.b")], {}, "action 1 has copy"),
        ([{"target": "$.a", "remove": True}], {}, "action 1 has no x-reason"),
        ([action("$.a", remove=True) | {"x-remove-when": " "}], {}, "has no x-remove-when"),
        ([action("$.a")], {}, "must have either update, or remove: true"),
        ([action("$.a", remove=True, update={})], {}, "must have either"),
        ([action("$.a", remove=False)], {}, "must have either"),
        ([action("$.a", update="text")], {}, "update must be a mapping"),
        ([action("a.b", remove=True)], {}, "action 1: the target 'a.b' can't be read"),
        ([action("$", remove=True)], {}, "action 1 would remove the whole document"),
    ],
)
def test_what_is_no_overlay(actions, top, problem):
    with pytest.raises(BrokenInput, match=r"overlay\.yaml") as caught:
        overlay(*actions, **top)
    assert problem in str(caught.value)


def write_overlay(shop, *actions):
    data = {"overlay": "1.0.0", "info": {"title": "t", "version": "1"}, "actions": list(actions)}
    path = shop.root / "specs" / shop.api / "overlay.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")


RENAME = action("$.paths['/it'].get", update={"operationId": "hentDen"})


def test_clients_and_sandbox_get_the_corrected_file_and_the_manifests_say_so(shop):
    shop.spec()
    shop.generate()
    manifests = {
        name: (shop.root / f"packages/skifteportal-{name}/generated.json").read_bytes()
        for name in (shop.api, "specs")
    }
    write_overlay(shop, RENAME)
    shop.generate()
    assert "def hent_den" in shop.source("_client.py")
    data = shop.source(f"data/{shop.api}/1.0.0.json", api="specs")
    assert json.loads(data)["paths"]["/it"]["get"]["operationId"] == "hentDen"
    for name, key in ((shop.api, "overlay"), ("specs", "overlays")):
        path = shop.root / f"packages/skifteportal-{name}/generated.json"
        before, after = (
            json.loads(manifests[name])["inputs"],
            json.loads(path.read_bytes())["inputs"],
        )
        assert {one for one in before if before[one] != after[one]} == {key}


def test_an_action_that_does_nothing_fails_generation_and_lint_by_name(shop):
    shop.spec()
    write_overlay(shop, RENAME, action("$.paths['/gone']", remove=True))
    assert f"specs/{shop.api}/overlay.yaml, action 2 ($.paths['/gone'])" in shop.problems()
    result = shop.run("lint")
    assert result.exit_code == 1
    assert "its target is not in the file" in result.stderr


def test_an_overlay_that_cannot_be_read_is_named(shop):
    shop.spec()
    (shop.root / "specs" / shop.api / "overlay.yaml").mkdir()
    assert "overlay.yaml can't be read" in shop.problems()
