"""A page of the inspector in a browser, watched: what goes wrong in it without being seen, and what hinders people."""

from __future__ import annotations

import os
import shutil
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from playwright.sync_api import Page, ViewportSize, expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Request

    from skifteportal.sandbox import Sandbox

__all__ = ["ARGUMENTS", "DESKTOP", "PHONE", "Watched", "browser_path"]

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


def browser_path() -> str | None:
    """Return where Chromium is, or None; the variable CHROMIUM names another one."""
    names = (os.environ.get("CHROMIUM", ""), *NAMES)
    return next((path for path in map(shutil.which, names) if path), None)


class Watched:
    """A page, and what went wrong in it without being seen."""

    def __init__(self, browser: Browser, sandbox: Sandbox) -> None:
        self.address = sandbox.urls["control"]
        self.found: list[str] = []
        context = browser.new_context(viewport=DESKTOP, locale="en-GB")
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
        if not request.url.startswith(f"{self.address}/"):
            self.found.append(f"foreign request: {request.url}")

    def show(self, view: str) -> None:
        """Show a view and wait until it is there."""
        self.page.goto(f"{self.address}/#{view}")
        expect(self.page.locator(f".page.{view.partition('/')[0]} h2").first).to_be_visible()
        expect(self.page.locator("#live")).to_have_text("live")

    def judge(self, where: str) -> None:
        """Let axe look for what hinders people: names, order, contrast."""
        self.page.evaluate(AXE)
        for violation in self.page.evaluate("axe.run().then((judged) => judged.violations)"):
            targets = [" ".join(node["target"]) for node in violation["nodes"][:3]]
            self.found.append(f"axe at {where}: {violation['id']}: {targets}")
