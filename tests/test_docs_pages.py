"""The pages that the site's build writes: every address that an exception carries leads to one."""

import runpy
from pathlib import Path

import pytest

from portalgen.catalogue import Catalogue
from portalgen.checkout import Checkout
from portalgen.registry import Registry

HOUSE = Path(__file__).parents[1]
CHECKOUT = Checkout(HOUSE)
CATALOGUE = Catalogue.load(CHECKOUT)
CODES = [code for name in CATALOGUE.files for code in CATALOGUE.file(name)]


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    (folder / "errors").mkdir()
    (folder / "errors" / "old.code.md").write_text("a code that is no more")
    write_pages = runpy.run_path(str(HOUSE / "docs/write_pages.py"))["write_pages"]
    assert write_pages(CHECKOUT, folder) == 98 + 12 + 2
    return folder


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code.raw)
def test_the_address_of_a_code_leads_to_its_page(code, docs):
    registry = Registry.load(CHECKOUT)
    address = registry.error_url(code.code.raw).removeprefix(registry.docs_url)
    page = (docs / f"{address.rstrip('/')}.md").read_text()
    assert page.startswith(f"# {code.code.raw}\n")
    assert code.action.raw.split(".")[0].split("'")[0] in page
    assert f"`{code.operations[0]}`" in page


def test_pages_of_codes_that_are_no_more_go(docs):
    assert not (docs / "errors" / "old.code.md").exists()


def test_free_text_cannot_become_html(docs):
    assert not [page for page in docs.rglob("*.md") if "<script" in page.read_text()]


def test_every_client_has_a_page_that_names_its_class(docs):
    for entry in Registry.load(CHECKOUT).apis.values():
        page = (docs / "reference/clients" / f"{entry.api}.md").read_text()
        assert f"::: {entry.module}._client.{entry.client}\n" in page
