"""Write the pages that follow from data, build the site into ``site/`` in both languages, and check it (``nox -s docs``)."""

import subprocess
import sys

from portalgen.checkout import Checkout
from sitepages import write_pages
from sitepages.build import build, problems

if __name__ == "__main__":
    checkout = Checkout.find()
    print(f"{write_pages(checkout, checkout.root / 'docs')} pages written")
    try:
        built = build(checkout.root)
    except subprocess.CalledProcessError as error:
        sys.exit(error.returncode)
    found = list(problems(checkout.root / "site", built))
    print(*found or ["every link leads somewhere, and no page asks another host"], sep="\n")
    print(built)
    sys.exit(bool(found))
