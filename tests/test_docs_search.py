"""The search's index is tuned after the build: what helps comes first, and Danes find what is in English only."""

import json

from built_site import write_index, write_page

from sitepages.search import tune_search


def entries(path):
    return {one["location"]: one for one in json.loads(path.read_text("utf-8"))["docs"]}


def tuned(site):
    for address in ("", "guides/claims", "errors/doedsbo.f1", "da", "da/guides/claims"):
        write_page(site, address)
    english = write_index(
        site,
        "",
        "",
        "guides/claims/#in-an-estate",
        "errors/doedsbo.f1/",
        "errors/doedsbo.f1/#how",
        "errors/doedsbo.f17/",
        "reference/clients/person/",
        "reference/clients/person/#operations",
        "reference/clients/person/person/",
        "reference/clients/person/models/",
        "versions/person/",
    )
    danish = write_index(site, "da", "", "guides/claims/")
    tune_search(site)
    return english, danish


def test_a_guide_comes_before_a_list_and_a_short_code_before_the_longer_ones(tmp_path):
    found = {place: one["boost"] for place, one in entries(tuned(tmp_path)[0]).items()}
    assert found["guides/claims/#in-an-estate"] > found["reference/clients/person/"]
    assert found["reference/clients/person/"] == found["reference/clients/person/#operations"]
    assert found["reference/clients/person/"] > found["reference/clients/person/person/"]
    assert found["reference/clients/person/person/"] > found["reference/clients/person/models/"]
    assert (
        found["errors/doedsbo.f1/"]
        == found["errors/doedsbo.f1/#how"]
        > found["errors/doedsbo.f17/"]
    )
    assert found["versions/person/"] == min(found.values())
    assert not found[""] - 1


def test_the_danish_search_finds_the_english_reference_after_its_own_pages(tmp_path):
    english, danish = map(entries, tuned(tmp_path))
    shared = {place for place in danish if place.startswith("../")}
    assert shared == {
        f"../{place}"
        for place in english
        if place.startswith(("errors/", "reference/", "versions/")) and "models" not in place
    }
    for place in shared:
        assert danish[place]["boost"] < english[place.removeprefix("../")]["boost"]
    assert danish["guides/claims/"]["boost"] == 3


def test_an_index_can_be_tuned_twice(tmp_path):
    once = [path.read_text("utf-8") for path in tuned(tmp_path)]
    tune_search(tmp_path)
    assert [path.read_text("utf-8") for path in tmp_path.rglob("search_index.json")] in (
        once,
        once[::-1],
    )


def test_a_site_without_an_index_stays_as_it_is(tmp_path):
    write_page(tmp_path, "")
    english = write_index(tmp_path, "", "guides/claims/")
    before = english.read_text("utf-8")
    tune_search(tmp_path)
    assert english.read_text("utf-8") == before
