"""A page in a browser, watched: what goes wrong in it without being seen, and what hinders people; and how a program goes through it."""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from playwright.sync_api import Error, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence

    from playwright.sync_api import Browser, ConsoleMessage, Request

__all__ = ["DESKTOP", "NOT_RUN", "PHONE", "SCHEMES", "Watched", "chromium", "go_through", "verdict"]

AXE: Final = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS: Final = (
    "--no-sandbox",  # it runs as root in containers, and opens no page but ours
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 800}
PHONE: Final[ViewportSize] = {"width": 390, "height": 780}
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
NOT_RUN: Final = 2
"""The exit code of a program for which this machine has no Chromium."""


@contextmanager
def chromium() -> Generator[Browser]:
    """Start this machine's Chromium; the variable CHROMIUM names another one.

    Raises:
        SystemExit: There is none; with `NOT_RUN`, after saying so.
    """
    names = (os.environ.get("CHROMIUM", ""), *NAMES)
    path = next((path for path in map(shutil.which, names) if path), None)
    if path is None:
        print("Chromium is not on this machine: NOT RUN, and not passed.", file=sys.stderr)
        raise SystemExit(NOT_RUN)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Watched:
    """A page, and what went wrong in it without being seen.

    Args:
        browser: Where it is opened.
        address: Where the pages are; whatever asks another host is found.
    """

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address.rstrip("/")
        self.found: list[str] = []
        self.version = browser.version
        context = browser.new_context(
            viewport=DESKTOP,
            locale="en-GB",
            reduced_motion="reduce",  # no contrast is measured half-way
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=self.address)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.found.append(f"error: {error}"))
        self.page.on("request", self._asked)
        self.page.on("dialog", lambda _dialog: self.found.append("a script opened a dialog"))

    def _said(self, message: ConsoleMessage) -> None:
        # A refusal of the court's is no error of the page's, but Chromium reports every status of 400 and more.
        if message.type in {"error", "warning"} and "status of 4" not in message.text:
            self.found.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        inside = (f"{self.address}/", "data:", f"blob:{self.address}/")
        if not request.url.startswith(inside):
            self.found.append(f"foreign request: {request.url}")

    def judge(self, where: str, rules: Sequence[str] = ()) -> None:
        """Let axe look for what hinders people (names, order, contrast), and look whether the page is wider than the screen.

        Args:
            where: What is looked at, for the report.
            rules: Axe's tags or rules to look at; all of axe's own choice without any.
        """
        self.page.evaluate(AXE)
        violations = self.page.evaluate(
            "rules => axe.run(rules.length ? {runOnly: rules} : {}).then(judged => judged.violations)",
            list(rules),
        )
        for violation in violations:
            targets = [" ".join(map(str, node["target"])) for node in violation["nodes"][:3]]
            self.found.append(f"axe at {where}: {violation['id']}: {targets}")
        wide, screen = self.page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if wide > screen:
            self.found.append(f"{where} is {wide} pixels wide, and the screen is {screen}")


def go_through(watched: Watched, steps: Iterable[Callable[..., None]], *arguments: object) -> None:
    """Take all steps, one after another, whatever goes wrong in one.

    Args:
        watched: What is watched, and keeps what is found.
        steps: They are named by what they show.
        arguments: What each is called with.
    """
    for step in steps:
        try:
            step(*arguments)
        except (AssertionError, Error) as error:
            # The page as a tree, which Playwright adds, is long.
            said = str(error).partition("Aria snapshot:")[0].strip()
            watched.found.append(f"{step.__name__}: {said}")
        print(f"{step.__name__.replace('_', ' ')}: {len(watched.found)} found so far", flush=True)


def verdict(watched: Watched, what: str) -> int:
    """Print what was found, and return the exit code."""
    for line in dict.fromkeys(watched.found):
        print(f"WRONG  {line}")
    print(f"{what} in Chromium {watched.version}: {len(watched.found)} wrong")
    return 1 if watched.found else 0
