"""The inspector's page: files of this package, which load nothing from anywhere else and run no script but their own."""

from importlib.resources import files
from typing import Final

from aiohttp import web

__all__ = ["PAGES", "page"]

_FOLDER: Final = "inspector"
_KINDS: Final = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
# Everything from this port, nothing inline, no forms sent, no frames; Trusted Types forbid innerHTML and its like, so
# that free text from the API can become an element in no way.
_POLICY: Final = """
default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none';
form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'
""".strip().replace("\n", " ")


def _read() -> dict[str, tuple[str, str]]:
    folder = files("skifteportal.sandbox") / _FOLDER
    kinds = {file.name: file.name.rpartition(".")[2] for file in folder.iterdir()}
    found = {
        f"/{_FOLDER}/{name}": (_KINDS[kind], name) for name, kind in kinds.items() if kind in _KINDS
    }
    return {**found, "/": found[f"/{_FOLDER}/index.html"]}


PAGES: Final = _read()
"""Each path that is served, with its media type and file."""


def page(path: str) -> web.Response:
    """Return a file of the inspector's.

    Args:
        path: One of `PAGES`.
    """
    kind, name = PAGES[path]
    content = (files("skifteportal.sandbox") / _FOLDER / name).read_bytes()
    return web.Response(
        body=content,
        content_type=kind,
        charset="utf-8",
        headers={"Content-Security-Policy": _POLICY},
    )
