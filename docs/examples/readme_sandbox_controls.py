"""The controls in the README of skifteportal-sandbox."""

from skifteportal.sandbox import InProcessPortal

portal = InProcessPortal()
control = portal.control
control.freeze("2026-03-01")
control.fail("addKrav", status=429, retry_after=3)
control.court("indrykProklama", {}, doedsbojournalId="5b0e4f6e-6a0c-4a43-9a53-7b1f8f6f0002")
control.advance("8w")
print(control.journal.calls("addKrav", status=429))  # what a test suite expects something of
