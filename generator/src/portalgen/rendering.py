"""Jinja, set up so that nothing from a spec is printed unescaped and nothing missing is printed."""

from __future__ import annotations

from functools import cache

import jinja2

from portalgen.escape import in_code_span, in_markdown, literal, toml_string
from portalgen.imports import import_lines

__all__ = ["render"]


def _finalize(value: object) -> object:
    if value is None:
        raise TypeError("a template printed None")
    return value


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("portalgen"),
        autoescape=False,  # noqa: S701 - Python, TOML and Markdown; SpecText can't print itself
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        code=in_code_span,
        import_lines=import_lines,
        literal=literal,
        markdown=in_markdown,
        toml=toml_string,
    )
    return environment


def render(template: str, **context: object) -> str:
    """Fill a template of `portalgen/templates`.

    Args:
        template: Its file name without `.jinja`.
        **context: What it uses; anything missing is an error.
    """
    return _environment().get_template(f"{template}.jinja").render(context)
