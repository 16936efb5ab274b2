"""The documentation site, used in a real browser: Chromium, driven by Playwright, judged by axe.

A reader's way through the built site, with the mouse, with the keyboard, on a phone. Ends with 0 if all came as expected, with 1 if
not, and with 2 where this machine has no Chromium. Run it with ``nox -s browser -- site``; ``--pictures FOLDER`` writes screenshots
to look at.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from playwright.sync_api import expect

from served_site import served
from watched_page import DESKTOP, PHONE, Watched, chromium, go_through, verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Locator, ViewportSize

SITE: Final = Path(__file__).parents[1] / "site"
RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
COLOURS: Final = ("color-contrast",)
SCHEMES: Final[Mapping[Literal["light", "dark"], str]] = {"light": "default", "dark": "slate"}
# In the dark the colours are others, and nothing else: axe looks at the rest once for each width.
WAYS: Final[tuple[tuple[ViewportSize, Literal["light", "dark"], tuple[str, ...]], ...]] = (
    (DESKTOP, "light", RULES),
    (DESKTOP, "dark", COLOURS),
    (PHONE, "dark", COLOURS),
    (PHONE, "light", RULES),
)
LOOKED_AT: Final = (
    *("", "quickstart/", "guides/claims/", "guides/glossary/", "errors/", "errors/doedsbo.f1/"),
    *("reference/clients/doedsbojournal/", "reference/clients/doedsbojournal/krav/"),
    *("reference/clients/person/models/", "explorer/person.html", "versions/doedsbojournal/"),
    *("downloads/", "project/architecture/", "da/", "da/guides/liquidators/"),
)
GLOSSARY, CLAIMS, CLIENT = "guides/glossary/", "guides/claims/", "reference/clients/doedsbojournal/"
FIRST_HITS: Final = {
    "": {
        "dødsbo": (GLOSSARY, CLAIMS, CLIENT),
        "doedsbo": (GLOSSARY, CLAIMS, CLIENT),
        "tilgodehavender": (GLOSSARY, CLAIMS, f"{CLIENT}tilgodehavende/"),
        "estate": (GLOSSARY, CLAIMS),
        "doedsbo.f1": ("errors/doedsbo.f1/",),
        "add_krav": (f"{CLIENT}krav/",),
    },
    "da/": {
        "dødsbo": (f"da/{GLOSSARY}", f"da/{CLAIMS}"),
        "doedsbo": (f"da/{GLOSSARY}", f"da/{CLAIMS}", CLIENT),
        "tilgodehavender": (f"da/{GLOSSARY}", f"da/{CLAIMS}"),
        "estate": (f"da/{GLOSSARY}", f"da/{CLAIMS}"),
        "doedsbo.f1": ("errors/doedsbo.f1/",),
        "add_krav": (f"{CLIENT}krav/",),
    },
}
"""What a search must bring first, in each half of the site: a word, and the pages that answer it well."""
FOCUSED: Final = "document.activeElement.matches(':focus-visible') && document.activeElement.checkVisibility({visibilityProperty: true})"


class Site(Watched):
    """The site, watched."""

    def open(self, path: str) -> None:
        """Open a page, on a desktop."""
        self.page.set_viewport_size(DESKTOP)
        self.page.goto(f"{self.address}/{path}")
        expect(self.page.locator("html.js, #explorer .info").first).to_be_attached()

    def is_at(self, path: str) -> None:
        """Wait until a page is shown, whatever place of it."""
        self.page.wait_for_url(
            lambda url: url.split("?")[0].split("#")[0] == f"{self.address}/{path}"
        )

    def search(self, word: str) -> Locator:
        """Type a word into the search, by keyboard alone, and return the hits."""
        self.page.keyboard.press("/")
        field = self.page.locator("[data-md-component=search-query]")
        expect(field).to_be_focused()
        field.press_sequentially(word)
        hits = self.page.locator(".md-search-result__item > a")
        expect(hits.first).to_be_visible()
        return hits

    def tab_to(self, target: str, *, most: int) -> None:
        """Press Tab until an element has the focus; each on the way must be seen."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", target):
                break
        expect(self.page.locator(target).first).to_be_focused()
        if not self.page.evaluate(FOCUSED):
            self.found.append(f"{target} has the focus and is not seen to")


def home_leads_to_the_quick_start(site: Site) -> None:
    """The first page says what this is, its button leads on, and code can be copied."""
    page = site.page
    site.open("")
    expect(page.get_by_role("heading", level=1)).to_contain_text("File claims")
    expect(page.locator(".ways h2")).to_have_count(3)
    page.locator(".hero .md-button--primary").click()
    site.is_at("quickstart/")
    block = page.locator("div.highlight").first
    block.locator("button").first.click()
    expect(page.locator("[data-md-component=dialog]")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    if copied.strip() != block.locator("code").inner_text().strip():
        site.found.append(f"copied is {copied!r}")


def words_are_found(site: Site) -> None:
    """Words in all spellings bring a good first hit, in both halves of the site."""
    for start, words in FIRST_HITS.items():
        for word, good in words.items():
            site.open(start)
            found = site.search(word).evaluate_all("all => all.map(hit => hit.pathname.slice(1))")
            print(f"  {start or 'en/'} {word}: {', '.join(dict.fromkeys(found[:4]))}")
            if found[0] not in good:
                site.found.append(f"{start or 'en/'} {word}: the first hit is {found[0]}")


def keyboard_is_enough(site: Site) -> None:
    """The skip link, the way to the search, a hit opened by Enter, the search closed by Escape."""
    page = site.page
    site.open("quickstart/")
    site.tab_to(".md-skip", most=1)
    page.keyboard.press("Enter")
    site.is_at("quickstart/")
    if not page.url.endswith("#quick-start"):
        site.found.append(f"the skip link leads to {page.url}")
    site.open("quickstart/")
    site.tab_to("[data-md-component=search-query]", most=12)
    page.keyboard.type("proklamafrist")
    expect(page.locator(".md-search-result__item > a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-md-component=search-result]")).not_to_be_in_viewport()
    for start, word, end in (
        ("", "glossary", GLOSSARY),
        ("da/", "add_krav", f"{CLIENT}krav/"),  # in English only, and found in Danish as well
    ):
        site.open(start)
        site.search(word)
        page.keyboard.press("Enter")
        site.is_at(end)


def menu_opens_by_keyboard_on_a_phone(site: Site) -> None:
    """What the menu holds is out of the way until it is opened, by keyboard too."""
    page = site.page
    site.open("")
    page.set_viewport_size(PHONE)
    quick_start = page.locator(".md-nav--primary").get_by_role("link", name="Quick start")
    expect(quick_start).to_be_hidden()
    site.tab_to(".md-header__button[for=__drawer]", most=4)
    page.keyboard.press("Enter")
    expect(quick_start).to_be_in_viewport()
    site.judge("the open menu", RULES)
    site.tab_to('.md-nav--primary a[href="quickstart/"]', most=20)
    page.keyboard.press("Enter")
    site.is_at("quickstart/")
    site.tab_to(".md-header__button[for=__search]", most=12)
    page.keyboard.press("Enter")
    page.keyboard.type("estate")
    expect(page.locator(".md-search-result__item > a").first).to_be_visible()
    site.judge("the search on a phone", RULES)


def code_is_explained(site: Site) -> None:
    """The page of an error code leads to the method that meets it, and that to its types."""
    page = site.page
    site.open("errors/doedsbo.f1/")
    expect(page.get_by_role("heading", name="How to provoke it in the sandbox")).to_be_visible()
    expect(page.locator("article").get_by_text("What to do.")).to_be_visible()
    page.get_by_role("link", name="searchBo").click()
    site.is_at("reference/clients/doedsbojournal/doedsbojournal/")
    method = "[id='skifteportal.doedsbojournal._client.DoedsbojournalClient.search_bo']"
    expect(page.locator(method)).to_be_in_viewport()
    page.locator(".doc-signature").get_by_role("link", name="DoedsbojournalQuery").first.click()
    site.is_at("reference/clients/doedsbojournal/models/")
    name = "[id='skifteportal.doedsbojournal.models.doedsbojournal_query.DoedsbojournalQuery'], "
    name += "[id='skifteportal.doedsbojournal.models.DoedsbojournalQuery']"
    expect(page.locator(name).first).to_be_in_viewport()


def explorer_works_offline(site: Site) -> None:
    """An operation opens, and shows what it takes; nothing can be sent."""
    page = site.page
    site.open("reference/clients/doedsbojournal/")
    page.get_by_role("link", name="explorer", exact=True).click()
    site.is_at("explorer/doedsbojournal.html")
    operation = page.locator(".opblock", has_text="/doedsbojournaler/{doedsbojournalId}/krav").nth(
        1
    )
    operation.locator(".opblock-summary-control").click()
    expect(operation.locator(".opblock-body")).to_contain_text("doedsbojournalId")
    expect(page.get_by_role("button", name="Try it out")).to_have_count(0)
    site.judge("an open operation", RULES)
    page.emulate_media(color_scheme="dark")
    site.judge("an open operation in the dark", COLOURS)
    page.emulate_media(color_scheme="light")
    page.get_by_role("link", name="Skifteportal clients for Python").click()
    site.is_at("")


def languages_lead_to_each_other(site: Site) -> None:
    """The switch leads to the same page where there is one, and to the nearest where there is none."""
    page = site.page
    for start, switch, end in (
        ("quickstart/", "Dansk", "da/quickstart/"),
        ("da/guides/claims/", "English", "guides/claims/"),
        ("errors/doedsbo.f1/", "Dansk", "da/errors/codes/"),
        ("reference/core/", "Dansk", "da/reference/"),
        ("versions/", "Dansk", "da/reference/"),
    ):
        site.open(start)
        page.locator(".md-select button").focus()
        page.get_by_role("link", name=switch, exact=True).click()
        site.is_at(end)
        language = "da" if switch == "Dansk" else "en"
        expect(page.locator("html")).to_have_attribute("lang", language)
    page.goto(f"{site.address}/no/such/page/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("no such page")
    site.judge("the page of what is not there", RULES)
    page.locator("a.md-logo").first.click()
    site.is_at("")


def colours_stay_as_chosen(site: Site) -> None:
    """They are the system's; dark is chosen and stays on the next page, and the system's come back."""
    page = site.page
    body = page.locator("body")
    site.open("")
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        expect(body).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
    page.emulate_media(color_scheme="light")
    for choice, scheme in (("Light", "default"), ("Dark", "slate")):
        page.get_by_title(choice, exact=True).click()
        expect(body).to_have_attribute("data-md-color-scheme", scheme)
    site.open("explorer/person.html")
    expect(page.locator("html.dark-mode")).to_be_attached()
    site.open("quickstart/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("The system's colours").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")


def tabs_follow_each_other(site: Site) -> None:
    """Who reads asynchronous code once sees it everywhere."""
    page = site.page
    site.open("guides/claims/")
    tabs = page.locator(".tabbed-labels").get_by_text("Asynchronous", exact=True)
    tabs.first.click()
    code = page.locator(".tabbed-set").nth(1).locator("code:visible").first
    expect(code).to_contain_text("async def")
    site.open("guides/errors/")
    expect(page.locator(".tabbed-set code:visible").first).to_contain_text("async")


STEPS: Final = (
    home_leads_to_the_quick_start,
    words_are_found,
    keyboard_is_enough,
    menu_opens_by_keyboard_on_a_phone,
    code_is_explained,
    explorer_works_offline,
    languages_lead_to_each_other,
    colours_stay_as_chosen,
    tabs_follow_each_other,
)


def look_everywhere(site: Site, pictures: Path | None) -> None:
    """Both widths, both colours: axe finds nothing, and nothing is wider than the screen."""
    page = site.page
    for path in LOOKED_AT:
        site.open(path)
        for size, scheme, rules in WAYS:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            if path.startswith("explorer/"):
                expect(page.locator("html.dark-mode")).to_have_count(int(scheme == "dark"))
            else:
                expect(page.locator("body")).to_have_attribute(
                    "data-md-color-scheme", SCHEMES[scheme]
                )
            site.judge(f"/{path}, {scheme}, {size['width']} pixels", rules)
            if pictures is not None:
                name = path.strip("/").replace("/", "-") or "home"
                picture = pictures / f"{name}-{size['width']}-{scheme}.png"
                page.screenshot(path=picture, full_page=True)
    page.emulate_media(color_scheme="light")
    print(f"{len(LOOKED_AT)} pages looked at: {len(site.found)} found so far")


def main() -> int:
    """Go through the site and print what is not as expected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="write screenshots there")
    pictures: Path | None = parser.parse_args().pictures
    if not (SITE / "index.html").is_file():
        sys.exit("The site is not built: nox -s docs")
    with chromium() as browser, served(SITE) as address:
        site = Site(browser, address)
        go_through(site, STEPS, site)
        look_everywhere(site, pictures)
    return verdict(site, "site")


if __name__ == "__main__":
    sys.exit(main())
