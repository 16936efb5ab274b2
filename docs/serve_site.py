"""Read the site while it is written, in both languages: ``serve_site.py [PORT]`` (``nox -s docs_serve``)."""

import logging
import sys

from portalgen.checkout import Checkout
from sitepages import write_pages
from sitepages.build import build
from sitepages.serve import server

if __name__ == "__main__":
    checkout = Checkout.find()
    write_pages(checkout, checkout.root / "docs")
    print(build(checkout.root))
    logging.basicConfig(level=logging.INFO, format="%(message)s")  # what mkdocs' server says
    running = server(checkout.root, port=int(sys.argv[1]) if len(sys.argv) > 1 else 8000)
    try:
        running.serve()
    except KeyboardInterrupt:
        running.shutdown()
