"""A built page leads to itself in the other language, says what it is, and can be used without a mouse."""

import re

import pytest
from built_site import GENERAL, write_page

from sitepages.finish import DESCRIPTION, finish, pages_of
from sitepages.heads import poor_heads


@pytest.fixture
def site(tmp_path):
    for address in (
        "",
        "guides/claims",
        "errors",
        "errors/f1",
        "reference/core",
        "da",
        "da/errors",
    ):
        write_page(tmp_path, address, text="<p> </p><p>Said <b>once</b>.</p><p>And more.</p>")
    write_page(tmp_path, "da/guides/claims", text='<p class="path">Up</p><p>Om "krav".</p>')
    return tmp_path


def switch(site, address):
    found = re.findall(r'<a href="([^"]*)" hreflang="(\w+)" lang="\2"', page(site, address))
    return {language: href for href, language in found}


def page(site, address):
    return (site / address / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("", {"en": "./", "da": "da/"}),
        ("guides/claims", {"en": "./", "da": "../../da/guides/claims/"}),
        ("da/guides/claims", {"en": "../../../guides/claims/", "da": "./"}),
        ("errors/f1", {"en": "./", "da": "../../da/errors/"}),
        ("reference/core", {"en": "./", "da": "../../da/"}),
    ],
)
def test_the_switch_leads_to_the_same_page_or_to_the_one_above_it(site, address, links):
    finish(site)
    assert switch(site, address) == links
    assert 'rel="alternate"' not in page(site, address)


def test_the_switch_leads_to_the_page_of_what_is_in_english_only_where_there_is_one(site):
    write_page(site, "da/reference")
    write_page(site, "versions/person")
    finish(site)
    assert switch(site, "versions/person")["da"] == "../../da/reference/"
    assert switch(site, "reference/core")["da"] == "../../da/reference/"
    assert switch(site, "")["da"] == "da/"
    assert switch(site, "da/reference")["en"] == "../../"


@pytest.mark.parametrize("there", [True, False])
def test_the_switch_of_a_codes_page_leads_to_the_list_of_codes_if_there_is_one(site, there):
    write_page(site, "errors/doedsbo.f1")
    write_page(site, "errors/exceptions")
    if there:
        write_page(site, "da/errors/codes")
    finish(site)
    above = "../../da/errors/"
    assert switch(site, "errors/doedsbo.f1")["da"] == (f"{above}codes/" if there else above)
    assert switch(site, "errors/exceptions")["da"] == above


def test_the_menu_and_the_search_of_a_phone_take_the_focus(site):
    finish(site)
    for address, name in (("", "Search"), ("da", "Søg")):
        assert page(site, address).count('tabindex="0" role="button" aria-label=') == 2
        assert f'for="__search" tabindex="0" role="button" aria-label="{name}"' in page(
            site, address
        )


def test_a_page_is_described_by_its_first_paragraph(site):
    long = write_page(site, "guides/long", text=f"<p>{'word ' * 100}</p>")
    own = write_page(site, "guides/own", description="Its own", text="<p>Other words.</p>")
    bare = write_page(site, "guides/bare")
    finish(site)
    described = DESCRIPTION.search
    assert described(page(site, "guides/claims"))[0] == "Said once."
    assert described(page(site, "da/guides/claims"))[0] == "Om &quot;krav&quot;."
    assert described(page(site, ""))[0] == GENERAL
    assert described(own.read_text("utf-8"))[0] == "Its own"
    assert described(bare.read_text("utf-8"))[0] == GENERAL
    text = described(long.read_text("utf-8"))[0]
    assert text.endswith("word…")
    assert len(text) <= 160


def test_a_site_can_be_finished_twice(site):
    finish(site)
    once = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    finish(site)
    assert {path: path.read_text("utf-8") for path in site.rglob("*.html")} == once


def test_a_builder_that_describes_nothing_is_put_up_with(site):
    for path in site.rglob("*.html"):
        path.write_text(re.sub("<meta .*", "", path.read_text("utf-8")), encoding="utf-8")
    finish(site)
    assert switch(site, "da")["en"] == "../"


def test_the_pages_of_a_language_are_those_below_its_first(site):
    assert set(pages_of(site, "da")) == {"", "errors", "guides/claims"}
    assert set(pages_of(site, "en")) == {
        "",
        "errors",
        "errors/f1",
        "guides/claims",
        "reference/core",
    }


def test_pages_say_what_they_are_each_for_itself(tmp_path):
    write_page(tmp_path, "", title="Home", description="About it all")
    write_page(tmp_path, "a", title="Home", description="About a")
    write_page(tmp_path, "b", title="B", description="About it all")
    write_page(tmp_path, "c", title="C", description="")
    write_page(tmp_path, "da", title="Home", description="About it all")
    assert set(poor_heads(tmp_path)) == {
        "index.html has the title of a/index.html: Home",
        "index.html has the description of b/index.html: About it all",
        "c/index.html has no description",
    }
