"""The pages that the site's build writes: every address that an exception carries leads to one."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from portalgen.catalogue import Catalogue
from portalgen.checkout import Checkout
from portalgen.names import method_name
from portalgen.registry import Registry
from sitepages import clients, exceptions, explorer, write_pages
from sitepages.house import House, table
from sitepages.links import broken_links

ROOT = Path(__file__).parents[1]
CHECKOUT = Checkout(ROOT)
CATALOGUE = Catalogue.load(CHECKOUT)
CODES = [code for name in CATALOGUE.files for code in CATALOGUE.file(name)]
REGISTRY = Registry.load(CHECKOUT)


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    for old in ("en/errors/old.code.md", "en/reference/clients/old/index.md"):
        path = folder / old
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("what is no more")
    (folder / "en/errors/index.md").write_text("by hand")
    count = write_pages(CHECKOUT, folder)
    assert count == sum(path.is_file() for path in folder.rglob("*")) - 1
    return folder


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code.raw)
def test_the_address_of_a_code_leads_to_its_page(code, docs):
    address = REGISTRY.error_url(code.code.raw).removeprefix(REGISTRY.docs_url)
    page = (docs / "en" / f"{address.rstrip('/')}.md").read_text()
    assert page.startswith(f"# {code.code.raw}\n")
    assert code.action.raw.split(".")[0].split("'")[0] in page
    assert f"`{code.operations[0]}`" in page


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code.raw)
def test_the_page_of_a_code_shows_how_the_sandbox_was_made_to_answer_with_it(code, docs):
    page = (docs / "en/errors" / f"{code.code.raw}.md").read_text()
    shown = page.split("## How to provoke it in the sandbox\n")[1]
    assert re.search(
        rf'HTTP 4\d\d\n({{\n(.+\n)+?  "fejlkode": "|# ){re.escape(code.code.raw)}"?,?\n', shown
    )
    roles = set(re.findall(r"^# as: (\w+)$", shown, re.MULTILINE))
    told = shown.split("Who calls: ")[1].split("\n")[0]
    assert set(re.findall(r"`(\w+)` is ", told)) == roles
    planned = re.findall(r"`skifteportal-sandbox fail (\w+) --code (.+?)`", shown)
    assert len(planned) == (code.side == "api")
    assert [
        one for one in planned if one[0] not in code.operations or one[1] != code.code.raw
    ] == []


def test_pages_of_what_is_no_more_go_and_those_by_hand_stay(docs):
    assert not (docs / "en/errors/old.code.md").exists()
    assert not (docs / "en/reference/clients/old").exists()
    assert (docs / "en/errors/index.md").read_text() == "by hand"


def test_free_text_cannot_become_html(docs):
    assert not [page for page in docs.rglob("*.md") if "<script" in page.read_text()]


def test_every_operation_of_a_client_is_on_the_page_of_its_tag(docs):
    house = House(CHECKOUT)
    for entry in house.apis:
        folder = docs / "en/reference/clients" / entry.api
        overview = (folder / "index.md").read_text()
        for operation in house.documents[entry.api].operations():
            path = f"{entry.module}._client.{entry.client}.{method_name(operation.id)}"
            page = folder / f"{operation.node['tags'][0]}.md"
            assert f"::: {path}\n" in page.read_text()
            assert f"({page.name}#{path})" in overview


def test_every_model_of_a_client_is_on_its_page_and_lists_with_their_values(docs):
    for entry in REGISTRY.apis.values():
        models = import_module(f"{entry.module}.models")
        page = (docs / "en/reference/clients" / entry.api / "models.md").read_text()
        shown = re.findall(rf"^::: {entry.module}\.models\.(\w+)$", page, re.MULTILINE)
        assert sorted(shown) == sorted(models.__all__)
    page = (docs / "en/reference/clients/doedsbojournal/models.md").read_text()
    assert "Values: `PERSON`, `VIRKSOMHED`, `ANDEN`, `UDENLANDSK_PERSON`." in page


def test_an_operation_that_goes_away_says_so_in_the_overview(monkeypatch):
    house = House(CHECKOUT)
    next(house.documents["person"].operations()).node["deprecated"] = True
    pages = dict(clients.pages(house))
    assert pages["en/reference/clients/person/index.md"].count("| **Deprecated.** ") == 1
    assert "Deprecated" not in pages["en/reference/clients/adresse/index.md"]


def test_the_menu_has_each_page_of_the_reference_and_of_the_versions(docs):
    menu = (ROOT / "mkdocs.yml").read_text("utf-8")
    written = [
        page
        for folder in ("reference", "versions")
        for page in (docs / "en" / folder).rglob("*.md")
    ]
    for page in (*written, docs / "en/explorer.md"):
        assert f"{page.relative_to(docs / 'en').as_posix()}\n" in menu


@pytest.mark.parametrize(
    ("page", "modules"),
    [
        ("core", ("core", "core.pdf", "core.otel")),
        ("auth", ("auth", "auth.token_store", "auth.rate_limit")),
        ("sandbox", ("sandbox",)),
    ],
)
def test_all_that_a_package_offers_is_in_the_reference_or_an_exception(page, modules):
    text = (ROOT / "docs/en/reference" / f"{page}.md").read_text("utf-8")
    shown = set(re.findall(r"^::: (\S+)$", text, re.MULTILINE))
    names = {
        f"skifteportal.{module}.{name}": getattr(import_module(f"skifteportal.{module}"), name)
        for module in modules
        for name in import_module(f"skifteportal.{module}").__all__
    }
    listed = {f"{one.home}.{one.cls.__name__}" for one in exceptions.exceptions(page)}
    assert set(names) - listed <= shown
    assert shown <= set(names) | {f"skifteportal.{module}" for module in modules}


def test_each_command_line_has_a_page_with_the_help_of_each_of_its_commands(docs):
    folder = docs / "en/reference/commands"
    assert (
        "## `skifteportal cert show`\n\n```text\nUsage: skifteportal cert show "
        in (folder / "skifteportal.md").read_text()
    )
    assert (
        "## `skifteportal-sandbox clock advance`\n"
        in (folder / "skifteportal-sandbox.md").read_text()
    )
    assert "## `portalgen lint`\n" in (folder / "portalgen.md").read_text()
    for page in folder.glob("*.md"):  # what click takes for a mark is one character
        assert "\\b" not in page.read_text()


def test_the_glossary_has_three_spellings_of_a_word(docs):
    for language in ("en", "da"):
        page = (docs / language / "guides/glossary.md").read_text()
        assert "| **dødsbo**<br>`doedsbo` | " in page


def test_the_glossary_is_in_the_order_of_its_language(docs):
    english, danish = (
        (docs / language / "guides/glossary.md").read_text() for language in ("en", "da")
    )
    assert english.index("**ændring**") < english.index("**afdøde**")
    assert danish.index("**afdøde**") < danish.index("**virksomhed**") < danish.index("**ændring**")
    assert "(også: profil-id, likvidatorens id, " in danish
    assert "(also: profil-id, likvidatorens id, " in english


def test_an_explorer_holds_its_file_and_cannot_be_left_by_a_text_in_it(docs):
    for entry in REGISTRY.apis.values():
        page = (docs / "en/explorer" / f"{entry.api}.html").read_text()
        assert page.count("</script>") == 3
        assert f'"version": "{entry.version}"' in page
    assert (docs / "en/explorer/swagger-ui/LICENSE").read_text().count("Apache License")


def test_an_explorer_writes_no_markup_of_a_file(monkeypatch):
    house = House(CHECKOUT)
    entry = house.apis[0]
    house.documents[entry.api].data["info"]["title"] = "</script><script>alert(1)"
    pages = dict(explorer.pages(house))
    assert "</script><script>alert" not in pages[f"en/explorer/{entry.api}.html"]


def test_a_table_keeps_a_bar_in_its_cell():
    assert table(("a",), [("x|y",)]).endswith("| x\\|y |")


def test_a_table_that_a_phone_stacks_is_a_table_inside():
    rows = (("a", "b"), [("1", "2")])
    assert (
        table(*rows, stacked=True) == f'<div class="stacked" markdown>\n\n{table(*rows)}\n\n</div>'
    )


def test_links_are_checked_with_their_anchors_and_hosts(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/index.html").write_text('<p id="there">')
    (tmp_path / "index.html").write_text(
        '<a href="sub/#there">1</a><a href="sub/#not">2</a><a href="/gone/">3</a><a href="https://a.test/">4</a>'
        '<script src="https://cdn.test/x.js"></script><link rel="canonical" href="https://a.test/">'
        '<a href="#__top">5</a><img src="sub"><a name="here">'
    )
    assert list(broken_links(tmp_path)) == [
        "index.html loads https://cdn.test/x.js",
        "index.html: sub/#not names an anchor that is not there",
        "index.html: /gone/ leads nowhere",
    ]
