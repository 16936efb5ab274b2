"""The registry: what is derived, and what is said of what is wrong in it."""

from __future__ import annotations

import pytest

from portalgen.checkout import Checkout
from portalgen.problems import ApiProblem, BrokenInput
from portalgen.registry import Registry


def load(shop) -> Registry:
    return Registry.load(Checkout(shop.root))


def test_names_are_derived(shop):
    shop.spec("tvangsoploesning-dirigent-kreditor", errors=["tiny"], read_only=["soeg"])
    entry = load(shop).apis["tvangsoploesning-dirigent-kreditor"]
    assert entry.spec == "specs/tvangsoploesning-dirigent-kreditor/1.0.0-reconstructed.yaml"
    assert entry.package == "skifteportal-tvangsoploesning-dirigent-kreditor"
    assert entry.module == "skifteportal.tvangsoploesning_dirigent_kreditor"
    assert entry.client == "TvangsoploesningDirigentKreditorClient"
    assert (entry.errors, entry.read_only) == (("tiny",), ("soeg",))


def test_an_official_spec_has_a_plain_file_name(shop):
    shop.spec("tiny", provenance="official")
    assert load(shop).apis["tiny"].spec == "specs/tiny/1.0.0.yaml"


def test_defaults(shop):
    registry = load(shop)
    assert registry.first_page == 0
    assert registry.docs_url == "https://docs.example/"
    assert registry.error_url("doedsbo.f1") == "https://docs.example/errors/doedsbo.f1/"


def test_a_package_links_to_the_sources_once_they_are_published(shop):
    shop.spec("tiny")
    links = {
        "Documentation": "https://docs.example/",
        "Changelog": "https://docs.example/changelogs/#skifteportal-tiny",
    }
    assert load(shop).project_urls("skifteportal-tiny") == links
    shop.top["repository"] = "https://code.example/a/b/"
    shop.spec("tiny")
    assert load(shop).project_urls("skifteportal-tiny") == links | {
        "Source": "https://code.example/a/b/tree/main/packages/skifteportal-tiny",
        "Issues": "https://code.example/a/b/issues",
    }


def test_a_package_is_found_by_the_words_of_its_name(shop):
    shop.spec("bo-courts")
    keywords = load(shop).apis["bo-courts"].keywords
    assert keywords == ("skifteportal", "domstol", "courts", "denmark", "bo")


def test_the_spec_is_read_if_it_is_the_registered_one(shop):
    shop.spec("tiny")
    entry = load(shop).apis["tiny"]
    assert entry.read_spec(Checkout(shop.root)).startswith(b"openapi:")


def test_a_changed_spec_is_refused_with_both_hashes(shop):
    shop.spec("tiny", sha256="0" * 64)
    entry = load(shop).apis["tiny"]
    with pytest.raises(ApiProblem, match="is not the file that was registered") as caught:
        entry.read_spec(Checkout(shop.root))
    assert "0" * 64 in str(caught.value)


def test_a_missing_spec_is_named(shop):
    shop.spec("tiny")
    entry = load(shop).apis["tiny"]
    (shop.root / entry.spec).unlink()
    with pytest.raises(ApiProblem, match=r"1\.0\.0-reconstructed\.yaml can't be read"):
        entry.read_spec(Checkout(shop.root))


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ({"title": 7}, "title must be a string, not 7"),
        ({"version": "ny"}, "version is 'ny', which is no version"),
        ({"provenance": "guessed"}, "it must be one of official, reconstructed"),
        ({"sha256": "ABC"}, "which is no SHA-256"),
        ({"token": "none"}, "it must be one of direct, delegated, either, open"),
        ({"read_only": "soeg"}, "read_only must be a list"),
        ({"errors": [1]}, "errors must hold strings only"),
        ({"title": True}, "title must be a string, not True"),
    ],
)
def test_a_wrong_value_is_named(shop, table, problem):
    shop.spec("tiny", **table)
    with pytest.raises(BrokenInput, match=r"\[apis\.tiny\]") as caught:
        load(shop)
    assert problem in str(caught.value)


def test_a_missing_key_is_named(shop):
    shop.spec("tiny")
    del shop.tables["tiny"]["token"]
    shop.write_registry()
    with pytest.raises(BrokenInput, match="token is missing"):
        load(shop)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("schema = 2", "has schema 2; this portalgen reads schema 1"),
        ("schema = ", "can't be read"),
        ("schema = 1", "docs_url is missing"),
        ('schema = 1\ndocs_url = "x"\n[apis]\nTiny = 1', "can't be an API's folder"),
        ('schema = 1\ndocs_url = "x"\n[apis]\ntiny = 1', "tiny must be a table, not 1"),
    ],
)
def test_a_broken_registry(shop, text, problem):
    (shop.root / "specs/portal.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BrokenInput) as caught:
        load(shop)
    assert problem in str(caught.value)


def test_select(shop):
    shop.spec("a")
    shop.spec("b")
    registry = load(shop)
    assert [one.api for one in registry.select(())] == ["a", "b"]
    assert [one.api for one in registry.select(("b",))] == ["b"]
    with pytest.raises(BrokenInput, match="no such API: c; the registry has a, b"):
        registry.select(("c",))
