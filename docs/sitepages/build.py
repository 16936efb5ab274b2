"""The site, built in all its languages, finished, checked and measured."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

import attrs
from typing_extensions import override

from sitepages.finish import LANGUAGES, finish
from sitepages.heads import poor_heads
from sitepages.links import broken_links
from sitepages.search import tune_search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["CONFIGS", "ENVIRONMENT", "Built", "build", "problems", "render"]

CONFIGS: Final = {"en": "mkdocs.yml", "da": "mkdocs.da.yml"}
"""The configuration of each language. English comes first: it empties the folder that the others are built into."""
ENVIRONMENT: Final = {
    "PYTHONPATH": str(Path(__file__).parents[1]),  # the configuration names a function of ours
    "NO_MKDOCS_2_WARNING": "1",  # Material's end of life is in CONTRIBUTING, and no news on every build
}
MOST_BYTES: Final = 30_000_000
MOST_SECONDS: Final = 60


@attrs.frozen(kw_only=True)
class Built:
    """What was built.

    Attributes:
        pages: How many HTML pages there are.
        size: How large all files are together, in bytes.
        seconds: How long it took.
    """

    pages: int
    size: int
    seconds: float

    @override
    def __str__(self) -> str:
        late = f": OVER THE BUDGET of {MOST_SECONDS} s" if self.seconds > MOST_SECONDS else ""
        return f"{self.pages} pages, {self.size / 1e6:.1f} MB, built in {self.seconds:.0f} s{late}"


def build(root: Path, languages: Iterable[str] = LANGUAGES) -> Built:
    """Build the site into ``site/``, strictly: a warning is an error.

    Args:
        root: The checkout, with its pages written.
        languages: Which to build. English alone takes the others away.

    Returns:
        What there is then, of all languages.

    Raises:
        subprocess.CalledProcessError: The builder refused; it has said why.
    """
    start = monotonic()
    for language in languages:
        render(root, ("mkdocs", "build", "--clean", "-f", CONFIGS[language]))
    site = root / "site"
    finish(site)
    tune_search(site)
    files = [path for path in site.rglob("*") if path.is_file()]
    return Built(
        pages=sum(path.suffix == ".html" for path in files),
        size=sum(path.stat().st_size for path in files),
        seconds=monotonic() - start,
    )


def render(root: Path, module: Sequence[str]) -> str:
    """Run a builder, as a module of this Python, print what it complains of, and return all that it printed.

    It isn't told to be quiet: for mkdocs, what is not logged is no warning either.

    Args:
        root: The checkout.
        module: The module and its arguments.

    Raises:
        subprocess.CalledProcessError: It refused.
    """
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *module],
        cwd=root,
        env={**os.environ, **ENVIRONMENT},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    for line in done.stdout.splitlines():
        if line.strip() and not line.startswith("INFO "):
            print(line, flush=True)
    done.check_returncode()
    return done.stdout


def problems(site: Path, built: Built) -> Iterable[str]:
    """Yield what must not be: links that lead nowhere, pages that do not say what they are, and too large a site.

    Args:
        site: The folder with the built site.
        built: What was built.
    """
    yield from broken_links(site)
    yield from poor_heads(site)
    if built.size > MOST_BYTES:
        yield f"the site has {built.size / 1e6:.1f} MB, and may have {MOST_BYTES / 1e6:.0f}"
