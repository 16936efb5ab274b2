"""Write the pages that follow from data, before the site is built (``nox -s docs``). They are not committed."""

from pathlib import Path

from portalgen.checkout import Checkout
from sitepages import write_pages

if __name__ == "__main__":
    print(f"{write_pages(Checkout.find(), Path(__file__).parent)} pages written")
