"""Build the site with Zensical too, and say how it differs from the one that is there (``nox -s zensical``)."""

import subprocess
import sys

from portalgen.checkout import Checkout
from sitepages.zensical import build_with_zensical, differences

SHOWN = 20

if __name__ == "__main__":
    root = Checkout.find().root
    try:
        other = build_with_zensical(root)
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    found = list(differences(root / "site", other))
    pages = [len(list(site.rglob("*.html"))) for site in (root / "site", other)]
    print(*found[:SHOWN], sep="\n")
    print(f"Material: {pages[0]} pages; Zensical: {pages[1]} pages, {len(found)} differences")
    sys.exit(bool(found))
