"""Danish readers get what English ones get: the same pages, and on each the same structure, code, tables, pictures and links."""

from __future__ import annotations

import posixpath
import re
import shutil
from pathlib import Path

import pytest
import yaml

from portalgen.checkout import Checkout
from sitepages import write_pages

ROOT = Path(__file__).parents[1]
# By decision in English only: reference, what maintainers read, and what is written from the portal's data for everybody.
ENGLISH_ONLY = re.compile(
    r"reference/|versions/|project/|downloads/|explorer|changelogs|llms|errors/exceptions|errors/\w+\.[\w.]+\.md"
)
# The way from the Danish half to those.
DANISH_ONLY = {"reference.md"}
_FENCE = re.compile(r"^ *```.*?^ *```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(?<!!)\[(?:[^\]\[]|\[[^\]]*\])*\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)|<img alt=\"([^\"]*)\" src=\"([^\"]+)\">")


def listed(language):
    return sorted(
        path.relative_to(ROOT / "docs" / language).as_posix()
        for path in (ROOT / "docs" / language).rglob("*.md")
    )


PAGES = sorted(
    {page for page in listed("en") if not ENGLISH_ONLY.match(page)}
    | {f"guides/{name}.md" for name in ("assumptions", "doctor", "glossary")}
    | {"errors/codes.md"}
)


@pytest.fixture(scope="module")
def docs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    for language in ("en", "da"):
        for page in listed(language):
            target = folder / language / page
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "docs" / language / page, target)
    write_pages(Checkout(ROOT), folder)
    return folder


@pytest.fixture(params=PAGES)
def both(request, docs):
    """Give a page in both languages: its path, and its text without code."""
    texts = [(docs / language / request.param).read_text("utf-8") for language in ("en", "da")]
    return request.param, *texts


def prose(text):
    return _FENCE.sub("", text)


def headings(text):
    return [len(one[1]) for one in re.finditer(r"^(#+) ", prose(text), re.MULTILINE)]


def code(text):
    """Tell the code of a page: what it includes, and how many blocks and tabs there are."""
    return {
        "included": re.findall(r'--8<-- "([^"]+)"', text),
        "blocks": len(_FENCE.findall(text)),
        "tabs": len(re.findall(r"^ *=== ", text, re.MULTILINE)),
        "commands": re.findall(
            r"^ {4,}(?:python3?|skifteportal|portalgen)\S* \S+", prose(text), re.MULTILINE
        ),
    }


def tables(text):
    """Give rows and columns of each table."""
    found = re.findall(r"(?:^ *\|.*\|$\n?)+", prose(text), re.MULTILINE)
    return [
        (len(lines), lines[0].replace("\\|", "").count("|"))
        for lines in (table.strip().splitlines() for table in found)
    ]


def lists(text):
    return {
        "items": len(re.findall(r"^ *(?:[*-]|\d+\.) ", prose(text), re.MULTILINE)),
        "notes": re.findall(r"^ *!!! (\w+)", text, re.MULTILINE),
    }


def pictures(text):
    return [posixpath.basename(one[2] or one[4]) for one in _PICTURE.finditer(text)]


def targets(page, language, text):
    """Give the pages that a page links to, as addresses on the English half."""
    address = posixpath.join(language, page.removesuffix(".md").removesuffix("index"))
    found = []
    for link in _LINK.findall(prose(text)) + re.findall(r'<a href="([^"]+)"', text):
        if link.startswith(("http", "mailto")):
            found.append(link)
            continue
        path = link.split("#")[0]
        # A link out of the Danish half is an address already; all others go from file to file.
        start = (
            address
            if language == "da" and not path.endswith(".md")
            else posixpath.dirname(f"{language}/{page}")
        )
        joined = (
            posixpath.normpath(posixpath.join(start, path)).removesuffix(".md") if path else address
        )
        joined = re.sub(r"^(en|da)(/|$)", "", joined)
        found.append(re.sub(r"(^|/)index$", "", joined).rstrip("/"))
    return sorted(found)


def test_both_languages_have_the_same_pages(docs):
    danish = {path.relative_to(docs / "da").as_posix() for path in (docs / "da").rglob("*.md")}
    assert danish == {*PAGES, *DANISH_ONLY}


def test_the_danish_half_leads_to_every_client_command_and_page_of_the_project(docs):
    text = (docs / "da/reference.md").read_text("utf-8")
    led_to = set(targets("reference.md", "da", text))
    english = {
        re.sub(r"/index$", "", path.relative_to(docs / "en").with_suffix("").as_posix())
        for path in (docs / "en").rglob("*.md")
    }
    single = re.compile(
        r"project/|versions$|changelogs|downloads|explorer$|reference/(?!clients/[\w-]+/)"
    )
    wanted = {page for page in english if single.match(page)}
    assert len(wanted) > 20
    assert wanted - led_to == set()
    assert "engelsk" in text


def test_the_headings_are_of_the_same_levels(both):
    _, english, danish = both
    assert headings(danish) == headings(english)


def test_the_code_is_the_same(both):
    _, english, danish = both
    assert code(danish) == code(english)


def test_the_tables_have_the_same_rows_and_columns(both):
    _, english, danish = both
    assert tables(danish) == tables(english)


def test_the_lists_and_notes_are_the_same(both):
    _, english, danish = both
    assert lists(danish) == lists(english)


def test_the_pictures_are_the_same_and_have_a_text(both):
    _, english, danish = both
    assert pictures(danish) == pictures(english)
    for text in (english, danish):
        assert all(one[1] or one[3] for one in _PICTURE.finditer(text))


def test_the_links_lead_to_the_same_pages(both):
    page, english, danish = both
    assert targets(page, "da", danish) == targets(page, "en", english)


def test_a_danish_page_that_leads_to_english_ones_says_so(both):
    page, _, danish = both
    out = [one for one in targets(page, "da", danish) if ENGLISH_ONLY.match(f"{one}/")]
    assert not out or "engelsk" in danish


def test_the_menus_have_the_same_guides_in_the_same_order():
    menus = []
    for name in ("mkdocs.yml", "mkdocs.da.yml"):
        nav = re.search(r"^nav:\n(?: .*\n)+", (ROOT / name).read_text("utf-8"), re.MULTILINE)[0]
        menus.append([*leaves(yaml.safe_load(nav)["nav"])])
    both = [page for page in menus[1] if page not in DANISH_ONLY]
    assert [page for page in menus[0] if page in both] == both
    assert sorted(menus[1]) == sorted({*PAGES, *DANISH_ONLY})


def leaves(nav):
    for one in nav:
        if isinstance(one, str):
            yield one
        else:
            for value in one.values():
                yield from [value] if isinstance(value, str) else leaves(value)
