"""Check every link of the built site, and that no page asks another host: ``check_links.py FOLDER``. Exit code 1: not so."""

import sys
from pathlib import Path

from sitepages.links import broken_links

if __name__ == "__main__":
    problems = list(broken_links(Path(sys.argv[1]).resolve()))
    print("\n".join(problems) or "every link leads somewhere, and no page asks another host")
    sys.exit(bool(problems))
