"""The site to read while it is written: both languages, built anew as their sources change, and loaded anew in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
from mkdocs.livereload import LiveReloadServer

from sitepages.build import CONFIGS, build
from sitepages.finish import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

__all__ = ["Rebuild", "server"]

_SOURCES: Final = {
    "da": (CONFIGS["da"], "docs/da"),
    "en": (CONFIGS["en"], "docs/en", "docs/examples", "docs/theme", "specs", "packages/*/src"),
}
"""What a change of builds a language anew, as patterns."""


@attrs.define
class Rebuild:
    """Builds what has changed since it was made: the Danish pages alone, which is quick, or all.

    Attributes:
        root: The checkout; its site is built.
        run: What builds, given the root and the languages.
    """

    root: Path
    run: Callable[[Path, tuple[str, ...]], object] = build
    _seen: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._seen = self._newest("en")

    def __call__(self) -> None:
        """Build."""
        newest = self._newest("en")
        # English is built into the folder that the Danish pages are in, and empties it.
        self.run(self.root, tuple(LANGUAGES) if newest > self._seen else ("da",))
        self._seen = newest

    def _newest(self, language: str) -> int:
        return max(
            path.stat().st_mtime_ns
            for source in _sources(self.root, language)
            for path in (source, *source.rglob("*"))
        )


def server(root: Path, *, port: int) -> LiveReloadServer:
    """Return a server of the site on loopback, which builds it anew as its sources change.

    Args:
        root: The checkout; its site is built.
        port: Where it listens.
    """
    found = LiveReloadServer(Rebuild(root), host="127.0.0.1", port=port, root=str(root / "site"))
    for language in LANGUAGES:
        for source in _sources(root, language):
            found.watch(str(source))
    missing = root / "site/404.html"
    found.error_handler = lambda code: missing.read_bytes() if code == 404 else None  # noqa: PLR2004
    return found


def _sources(root: Path, language: str) -> Iterator[Path]:
    for pattern in _SOURCES[language]:
        yield from root.glob(pattern)
