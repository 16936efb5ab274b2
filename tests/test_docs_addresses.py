"""Every address of the site that stands anywhere (metadata, errors, READMEs, llms.txt) leads to a page and its anchor."""

import re

import pytest
from shown_programs import HOUSE, hand_written

from portalgen.checkout import Checkout
from portalgen.registry import Registry
from sitepages import language_models, write_pages
from sitepages.anchors import anchor
from sitepages.house import House
from skifteportal.core.documented import Documented

SITE = Registry.load(Checkout(HOUSE)).docs_url
ADDRESS = re.compile(re.escape(SITE) + r"[\w/.#-]*[\w/]")
FILES = ("packages/*/pyproject.toml", "packages/*/README.md", "packages/*/src/**/*.py", "*.md")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    write_pages(Checkout(HOUSE), folder)
    written = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.*")}
    by_hand = {path.relative_to(HOUSE / "docs").as_posix(): path for path in hand_written("docs")}
    return written | by_hand


def problem(address, pages):
    path, _, wanted = address.removeprefix(SITE).partition("#")
    inside = path if path.startswith("da/") else f"en/{path}"
    names = (inside.rstrip("/"), f"{inside.rstrip('/')}.md", f"{inside.rstrip('/')}/index.md")
    page = next((pages[name] for name in names if name in pages), None)
    if page is None:
        return "leads nowhere"
    if not wanted:
        return ""
    text = page.read_text("utf-8")
    headings = re.findall(r"^#+ (.*?)(?: \{#([\w.]+)\})?$", text, re.MULTILINE)
    anchors = {given or anchor(title, "-") for title, given in headings}
    return "" if wanted in anchors else "names an anchor that is not there"


def wrong(addresses, pages):
    return [f"{one} {problem(one, pages)}" for one in sorted(addresses) if problem(one, pages)]


def test_every_address_in_packages_and_pages_leads_somewhere(pages):
    files = [path for pattern in FILES for path in HOUSE.glob(pattern)]
    found = {one for path in files for one in ADDRESS.findall(path.read_text("utf-8"))}
    assert wrong(found, pages) == []
    assert len(found) > 100  # 98 codes, a changelog for each package


def test_every_address_that_language_models_get_leads_somewhere(pages):
    texts = dict(language_models.pages(House(Checkout(HOUSE))))
    found = set(ADDRESS.findall(texts["en/llms.txt"]))
    assert wrong(found, pages) == []
    assert len(found) > 130


def test_every_errors_address_leads_to_its_section(pages):
    def derived(cls):
        for one in cls.__subclasses__():
            yield one
            yield from derived(one)

    ours = {
        cls.doc_url for cls in derived(Documented) if cls.__module__.startswith("skifteportal.")
    }
    assert wrong(ours, pages) == []


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("guides/acess/", "leads nowhere"),
        ("errors/exceptions/#core.NotThere", "names an anchor that is not there"),
        ("changelogs/#skifteportal-none", "names an anchor that is not there"),
        ("guides/access/#lost-or-leaked", ""),
        ("da/errors/", ""),
        ("llms-full.txt", ""),
    ],
)
def test_an_address_that_leads_nowhere_is_found(path, found, pages):
    assert problem(SITE + path, pages) == found


def test_the_whole_is_one_text_without_includes():
    whole = dict(language_models.pages(House(Checkout(HOUSE))))["en/llms-full.txt"]
    assert "--8<--" not in whole
    assert "<!-- Generated" not in whole
    assert "# Quick start\n" in whole
    assert "# Glossary\n" in whole
    assert "    async with AsyncDoedsbojournalClient(" in whole
    assert "hide: [" not in whole
    assert "<div" not in whole
    assert whole.count("\n---\n") == 16 + 15
