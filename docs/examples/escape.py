"""Show free text from the portal in a web page, safely."""

import html

from skifteportal.doedsbojournal.models import Krav


def row(krav: Krav) -> str:
    """Write a claim as a row of an HTML table. Whatever its filer wrote stays text."""
    return f"<tr><td>{html.escape(krav.titel or '')}</td><td>{krav.beloeb}</td></tr>"


if __name__ == "__main__":
    print(row(Krav(id="1", titel="<script>alert('Faktura')</script>")))
