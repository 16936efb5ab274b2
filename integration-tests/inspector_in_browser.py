"""The sandbox's inspector, used in a real browser: Chromium, driven by Playwright, judged by axe.

A user's way through the page: a claim with hostile texts is filed by a client and arrives by itself, a refusal is
looked up, the controls and the court are used. Ends with 0 if all came as expected, with 1 if not, and with 2 where
this machine has no Chromium. Run it with ``nox -s browser``; ``-- --pictures FOLDER`` writes the documentation's pictures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import contextmanager
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PIL import Image
from playwright.sync_api import Page, expect

from skifteportal.auth import ClientSecretCredential
from skifteportal.core import BadRequest, CallOptions, ServerError, read_env_file
from skifteportal.doedsbojournal import DoedsbojournalClient
from skifteportal.doedsbojournal.models import DoedsbojournalQuery, KravInput
from skifteportal.sandbox import Sandbox
from watched_page import DESKTOP, PHONE, SCHEMES, Watched, chromium, go_through, verdict

if TYPE_CHECKING:
    from collections.abc import Generator

HOSTILE: Final = (
    '<img src="x" onerror="document.title=1"><script>document.title=2</script>',
    "</pre><svg/onload=alert(1)>{{7*7}}${7*7}",
)
PICTURES: Final[tuple[tuple[str, str, Literal["light", "dark"]], ...]] = (
    ("requests", "desktop", "light"),
    ("requests", "desktop", "dark"),
    ("requests", "phone", "light"),
    ("requests", "phone", "dark"),
    ("estate", "desktop", "light"),
    ("estate", "phone", "dark"),
    ("controls", "desktop", "dark"),
    ("controls", "phone", "light"),
)
COLOURS: Final = 160  # enough for letters on plain paper, and for the few colours


class Inspector(Watched):
    """The inspector's page, watched."""

    def show(self, view: str) -> None:
        """Show a view and wait until it is there."""
        self.page.goto(f"{self.address}/#{view}")
        expect(self.page.locator(f".page.{view.partition('/')[0]} h2").first).to_be_visible()
        expect(self.page.locator("#live")).to_have_text("live")


@contextmanager
def client(sandbox: Sandbox) -> Generator[DoedsbojournalClient]:
    """Open a client of the sandbox's own company."""
    credential = ClientSecretCredential.from_env_file(sandbox.env_file)
    with DoedsbojournalClient(credential.direct()) as portal:
        yield portal


def file_claim(sandbox: Sandbox, title: str, text: str = "") -> str:
    """File a claim in the estate of the guide's example, and return the estate's id."""
    with client(sandbox) as portal:
        query = DoedsbojournalQuery(cpr_nummer=read_env_file(sandbox.env_file)["EXAMPLE_CPR"])
        estate = portal.search_bo(query).first()
        assert estate is not None
        claim = KravInput(
            beloeb=Decimal("1.10"), endeligt=False, titel=title, beskrivelse=text or title
        )
        portal.add_krav(estate.id, claim)
        return str(estate.id)


def requests_arrive(watched: Inspector, sandbox: Sandbox) -> None:
    """Calls are seen as they come; a refusal says what to do about it."""
    page = watched.page
    watched.show("requests")
    sandbox.control.journal.keep_bodies = True
    file_claim(sandbox, *HOSTILE)
    row = page.locator("tr.row", has_text="addKrav")
    expect(row).to_contain_text("201")
    expect(row).to_contain_text("valid")
    expect(row).to_contain_text("11111111")
    expect(row).to_contain_text("direct")
    with client(sandbox) as portal:
        both = DoedsbojournalQuery(cpr_nummer="4634875520", navn="Erlinda Hills")
        try:
            portal.search_bo(both).first()
        except BadRequest:
            pass
        else:
            watched.found.append("the search by number and name was not refused")
    refused = page.locator("tr.row", has_text="doedsbo.f1")
    expect(refused).to_contain_text("400")
    page.locator("#filter").fill("doedsbo.f1")
    expect(page.locator("tr.row")).to_have_count(1)
    page.keyboard.press("Tab")  # to the outcomes
    page.keyboard.press("Tab")  # to the table's one button
    page.keyboard.press("Enter")
    advice = page.locator(".advice")
    expect(advice).to_contain_text("Send either cprNummer, or navn and adresse.")
    expect(advice.locator("a")).to_have_attribute(
        "href", "https://skifteportal.readthedocs.io/errors/doedsbo.f1/"
    )
    page.locator("#filter").fill("")
    page.locator("button.pick", has_text="addKrav").click()
    expect(page.locator(".detail .json").first).to_contain_text(HOSTILE[0].replace('"', '\\"'))
    nothing_made(watched)
    watched.judge("requests")


def nothing_made(watched: Inspector) -> None:
    """Free text from the API became no element and ran nowhere."""
    made = watched.page.locator("#view :is(img, script, svg, iframe, object, style)")
    if made.count():
        watched.found.append(f"free text became elements: {made.count()}")
    if "Skifteportal" not in watched.page.title():
        watched.found.append(f"a script ran: the title is {watched.page.title()!r}")


def estates_show_what_was_filed(watched: Inspector, sandbox: Sandbox) -> None:
    """An estate shows a claim that is filed while it is looked at."""
    page = watched.page
    watched.show("estates")
    page.get_by_placeholder("CPR number or id").fill("4634875520")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Erlinda Hills").click()
    expect(page.locator("article.card")).to_have_count(1)
    expect(page.locator("article.card h4")).to_contain_text(HOSTILE[0])
    expect(page.locator("article.card .amount")).to_have_text("1.10 kr.")
    file_claim(sandbox, "The second one")
    expect(page.locator("article.card")).to_have_count(2)
    expect(page.locator("article.card h4").first).to_contain_text("The second one")
    page.locator("article.card summary").last.click()
    expect(page.locator("article.card .json").last).to_contain_text("1.10")
    nothing_made(watched)
    watched.judge("an estate")
    watched.show("cases")
    watched.judge("cases")
    page.locator(".records a").first.click()
    expect(page.locator(".about h2")).to_be_visible()
    watched.judge("a case")


def clock_is_moved(watched: Inspector, sandbox: Sandbox) -> None:
    """The clock is frozen, set, moved on, and let go."""
    page = watched.page
    watched.show("controls")
    page.get_by_role("button", name="Freeze").click()
    expect(page.locator("#pace")).to_have_text("frozen")
    page.get_by_label("The portal's date").fill("2027-03-01")
    page.get_by_role("button", name="Set the date").click()
    expect(page.locator("#time")).to_have_text("2027-03-01 12:00:00 UTC")
    page.get_by_role("button", name="+ 8 weeks").click()
    expect(page.locator("#time")).to_have_text("2027-04-26 12:00:00 UTC")
    if not sandbox.control.time()["time"].startswith("2027-04-26T12:00:00"):
        watched.found.append("the portal's clock is not where the page says")
    page.get_by_role("button", name="Machine's time").click()
    expect(page.locator("#pace")).to_be_hidden()


def opened(page: Page, name: str) -> None:
    """Open a control's form."""
    page.locator(f'details[data-name="{name}"] > summary').click()


def call_fails(watched: Inspector, sandbox: Sandbox) -> None:
    """The next call of an operation fails as planned, and the one after it does not."""
    page = watched.page
    watched.show("controls")
    opened(page, "fail")
    form = page.locator('details[data-name="fail"] form')
    form.get_by_label("operation").fill("searchBo")
    form.get_by_label("status").fill("503")
    form.get_by_role("button", name="Do it").click()
    expect(page.get_by_label("In force")).to_contain_text("searchBo")
    watched.judge("controls")
    with client(sandbox) as portal:
        query = DoedsbojournalQuery(cpr_nummer="4634875520")
        try:
            portal.search_bo(query, options=CallOptions(max_retries=0)).first()
        except ServerError:
            pass
        else:
            watched.found.append("the call that was to fail went well")
        portal.search_bo(query).first()
    expect(page.get_by_label("In force")).to_contain_text("No failure is planned.")
    form.get_by_label("operation").fill("noSuchOperation")
    form.get_by_role("button", name="Do it").click()
    expect(form.get_by_role("alert")).to_contain_text("there is no such operation")


def access_is_controlled(watched: Inspector, sandbox: Sandbox) -> None:
    """A certificate is revoked, a rate limit set and lifted, an API user invited."""
    page = watched.page
    watched.show("controls")
    opened(page, "revoke")
    form = page.locator('details[data-name="revoke"] form')
    form.get_by_label("certificate").fill("anden_anmelder.p12")
    form.get_by_role("button", name="Do it").click()
    expect(form.locator(".json")).to_contain_text('"revoked": true')
    opened(page, "set_limit")
    form = page.locator('details[data-name="set_limit"] form')
    for typed, shown in (("20/min", "Rate limit 20/60s"), ("", "No rate limit.")):
        form.get_by_label("limit").fill(typed)
        form.get_by_role("button", name="Do it").click()
        expect(page.get_by_label("In force")).to_contain_text(shown)
    opened(page, "invite")
    form = page.locator('details[data-name="invite"] form')
    profile = sandbox.control.access.profiles()[0]["id"]
    form.get_by_label("profile").fill(profile)
    form.get_by_label("certificate").fill("anden_anmelder.p12")
    form.get_by_role("button", name="Do it").click()
    expect(form.locator(".json")).to_contain_text(profile)


def court_acts(watched: Inspector, sandbox: Sandbox) -> None:
    """The court opens a case, and the page shows it; what it must not do, is refused in words."""
    page = watched.page
    before = int(
        page.request.get(f"{watched.address}/_sandbox/state/tvangsoploesningssager").json()["total"]
    )
    watched.show("court/opretSag")
    form = page.locator("form.command")
    form.get_by_label("cvrNummer").fill("90000011")
    form.get_by_label("retskredsId").fill("nowhere")
    form.get_by_role("button", name="Let the court do it").click()
    expect(form.get_by_role("alert")).to_be_visible()
    with sandbox.portal.transaction() as world:
        district = next(iter(world.store.cases.values())).district
    form.get_by_label("retskredsId").fill(district)
    form.get_by_role("button", name="Let the court do it").click()
    expect(form.locator(".json")).to_be_visible()
    watched.judge("court")
    watched.show("cases")
    expect(page.locator(".page > .bar .count")).to_have_text(str(before + 1))


def reset_forgets(watched: Inspector, _sandbox: Sandbox) -> None:
    """A reset forgets what was filed."""
    page = watched.page
    watched.show("controls")
    opened(page, "clear_journal")
    page.get_by_role("form", name="clear journal").get_by_role("button", name="Do it").click()
    page.get_by_role("button", name="Reset the portal").click()
    expect(page.locator("#toasts")).to_contain_text("The portal is as it was started")
    watched.show("estates")
    page.get_by_placeholder("CPR number or id").fill("4634875520")
    page.keyboard.press("Enter")
    expect(page.locator(".records tbody tr")).to_have_count(1)
    expect(page.locator(".records td.number")).to_have_text("0")
    watched.show("requests")
    expect(page.locator(".empty").first).to_contain_text("No requests yet.")


STEPS: Final = (
    requests_arrive,
    estates_show_what_was_filed,
    clock_is_moved,
    call_fails,
    access_is_controlled,
    court_acts,
    reset_forgets,
)


def look_everywhere(watched: Inspector) -> None:
    """Both widths, both colours: axe finds nothing, and nothing is wider than the screen."""
    page = watched.page
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for view in ("requests", "estates", "cases", "controls", "court/udpegLikvidator"):
                watched.show(view)
                watched.judge(f"{view}, {scheme}, {size['width']} pixels")
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light")


def take_pictures(watched: Inspector, sandbox: Sandbox, folder: Path) -> None:
    """Write the documentation's pictures."""
    sandbox.reset()
    sandbox.control.journal.clear()
    page = watched.page
    estate = file_claim(sandbox, "Varme, 4. kvartal", "Faktura nr. 4711")
    with client(sandbox) as portal:
        try:
            both = DoedsbojournalQuery(cpr_nummer="4634875520", navn="Erlinda Hills")
            portal.search_bo(both).first()
        except BadRequest:
            pass
    folder.mkdir(parents=True, exist_ok=True)
    number = sandbox.control.journal.calls(code="doedsbo.f1")[-1].number
    views = {
        "requests": f"requests/{number}",
        "estate": f"estates/{estate}",
        "controls": "controls",
    }
    for name, width, scheme in PICTURES:
        page.set_viewport_size(DESKTOP if width == "desktop" else PHONE)
        page.emulate_media(color_scheme=scheme)
        page.goto("about:blank")
        watched.show(views[name])
        expect(page.locator(".advice, .control, article.card").first).to_be_visible()
        with Image.open(BytesIO(page.screenshot())) as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(folder / f"inspector-{name}-{width}-{scheme}.png", optimize=True)


def main() -> int:
    """Go through the page and print what is not as expected."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, help="write the documentation's pictures there")
    pictures: Path | None = parser.parse_args().pictures
    with (
        chromium() as browser,
        tempfile.TemporaryDirectory() as folder,
        Sandbox.start(folder=Path(folder) / "portal") as sandbox,
    ):
        watched = Inspector(browser, sandbox.urls["control"])
        go_through(watched, STEPS, watched, sandbox)
        look_everywhere(watched)
        if pictures is not None:
            take_pictures(watched, sandbox, pictures)
    return verdict(watched, "inspector")


if __name__ == "__main__":
    sys.exit(main())
