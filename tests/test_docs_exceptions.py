"""Every error that a user can meet stands in the documentation, where the error itself says."""

import re
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path

import pytest
from markdown import Markdown

from portalgen.catalogue import Catalogue
from portalgen.checkout import Checkout
from portalgen.registry import Registry
from sitepages import exceptions
from sitepages.house import House
from skifteportal.core.documented import Documented

ROOT = Path(__file__).parents[1]
REGISTRY = Registry.load(Checkout(ROOT))
LISTED = [one for package in ("core", "auth", "sandbox") for one in exceptions.exceptions(package)]
RAISED = [one for one in LISTED if issubclass(one.cls, Documented)]
CATALOGUE = Catalogue.load(Checkout(ROOT))
CODES = {code.code.raw for name in CATALOGUE.files for code in CATALOGUE.file(name)}
CLIENTS = [entry.module for entry in REGISTRY.apis.values()]


def derived(cls):
    for one in cls.__subclasses__():
        yield one
        yield from derived(one)


class Anchors(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name == "id"]


@pytest.fixture(scope="module")
def page():
    return dict(exceptions.pages(House(Checkout(ROOT))))["en/errors/exceptions.md"]


@pytest.fixture(scope="module")
def anchors(page):
    html = Markdown(extensions=["attr_list", "tables", "toc"]).convert(page)
    reader = Anchors()
    reader.feed(html)
    return reader.found


@pytest.mark.parametrize("listed", RAISED, ids=lambda one: one.anchor)
def test_an_exception_leads_to_its_section(listed, anchors):
    assert listed.cls.doc_url == f"{REGISTRY.docs_url}errors/exceptions/#{listed.anchor}"
    assert anchors.count(listed.anchor) == 1


def test_no_exception_is_left_out():
    ours = {
        cls
        for cls in derived(Documented)
        if cls.__module__.startswith("skifteportal.") and not cls.__name__.startswith("_")
    }
    assert ours == {one.cls for one in RAISED}
    assert len(ours) > 60


@pytest.mark.parametrize("module", CLIENTS)
def test_a_clients_codes_lead_to_their_pages(module):
    codes = import_module(f"{module}._errors").CODES
    assert [code for code, info in codes.items() if info.doc_url != REGISTRY.error_url(code)] == []
    assert set(codes) <= CODES  # test_docs_pages looks at the pages themselves


@pytest.mark.parametrize("module", CLIENTS)
def test_a_client_has_no_exception_of_its_own(module):
    for name in ("", "._client", "._async_client", "._errors"):
        import_module(f"{module}{name}")
    assert [cls for cls in derived(BaseException) if cls.__module__.startswith(f"{module}.")] == []


@pytest.mark.parametrize("language", ["en", "da"])
def test_what_to_do_about_each_is_told_in_both_languages(language):
    text = (ROOT / "docs" / language / "errors/index.md").read_text("utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)} | set(
        re.findall(r"`(\w+Error)`", text)
    )
    bases = {"PortalError", "SandboxError"}  # named in the text by their modules
    assert {one.cls.__name__ for one in LISTED} - bases - told == set()


def test_an_attribute_stands_once_with_what_the_class_itself_says_of_it(page):
    for section in page.split("\n### ")[1:]:
        names = re.findall(r"^\| (`\w+`) \|", section, re.MULTILINE)
        assert len(set(names)) == len(names)
    section = page.split("{#core.PortalError}")[1].split("\n### ")[0]
    assert "with a business error code, that of the code's page" in section


def test_a_private_bases_attributes_stand_with_those_that_derive_from_it(page):
    section = page.split("{#core.OutcomeUnknown}")[1].split("\n### ")[0]
    assert "| `request_id` |" in section
    assert "| `answer` |" in section
    assert "| `documents` |" not in section  # PortalError's own
