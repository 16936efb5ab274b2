"""The operations of a document in full: with their path's parameters, and with what holds for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from portalgen.diff.schema import Site, escaped
from portalgen.diff.spec_view import UnreadableSpec
from portalgen.document import METHODS
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.diff.spec_view import SpecView

__all__ = ["Call", "Contents", "Parameter", "calls", "contents"]

_STYLES = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}
# Headers of these names are no parameters, OpenAPI 3.0 says.
_NO_PARAMETERS = {"accept", "content-type", "authorization"}


@attrs.frozen(eq=False, kw_only=True)
class Parameter:
    """A parameter.

    Attributes:
        name: Its name; of a header in small letters.
        place: `path`, `query`, `header` or `cookie`.
        site: The parameter object.
        required: Whether it must be given.
        written: How it is written: style, explode, media type.
        schema: Its schema, or None.
    """

    name: str
    place: str
    site: Site
    required: bool
    written: str
    schema: Site | None

    @property
    def title(self) -> str:
        """What to call it in a sentence."""
        return f"{self.place} parameter {self.name}"


@attrs.frozen(eq=False, kw_only=True)
class Call:
    """An operation.

    Attributes:
        id: Its operationId, or nothing.
        method: The HTTP method in capitals.
        path: The path template.
        site: The operation object.
        parameters: Its parameters and its path's, by place and name.
        body: The request body, or None.
        answers: The answers by status.
        security: What opens it: alternatives of schemes with scopes.
        security_at: Where that is written.
        servers: The addresses it is at.
        servers_at: Where they are written.
    """

    id: str
    method: str
    path: str
    site: Site
    parameters: Mapping[tuple[str, str], Parameter]
    body: Site | None
    answers: Mapping[str, Site]
    security: tuple[Mapping[str, frozenset[str]], ...]
    security_at: str
    servers: tuple[str, ...]
    servers_at: str

    @property
    def name(self) -> str:
        """The operationId, or method and path."""
        return self.id or f"{self.method} {self.path}"

    @property
    def line(self) -> str:
        """The request line, with the names of the path's parameters."""
        return f"{self.method} {self.path}"


def calls(view: SpecView) -> Iterator[Call]:
    """Yield the operations of a document in its order.

    Raises:
        UnreadableSpec: It is no OpenAPI 3.0 document.
    """
    paths = view.document.get("paths")
    if not str(view.document.get("openapi", "")).startswith("3.0") or not is_mapping(paths):
        raise UnreadableSpec(
            f"the {view.name} is no OpenAPI 3.0 document: it must state `openapi: 3.0.x` and have `paths`"
        )
    for path in paths:
        item = Site("/paths", paths).at(str(path))
        if item is None:
            continue
        item = view.resolve(item)
        for method in METHODS:
            if site := item.at(method):
                yield _call(view, str(path), method, item, site)


def _call(view: SpecView, path: str, method: str, item: Site, site: Site) -> Call:
    found: dict[tuple[str, str], Parameter] = {}
    for holder in (item, site):
        for parameter in _parameters(view, holder):
            found[parameter.place, parameter.name] = parameter
    root = Site("", view.document)
    secured = site if "security" in site.raw else root
    served = next((one for one in (site, item) if is_list(one.raw.get("servers"))), root)
    body = site.at("requestBody")
    answers = site.at("responses")
    stated: dict[str, Site] = {}
    for status in answers.raw if answers else ():
        if answers and not str(status).startswith("x-") and (answer := answers.at(status)):
            stated[str(status).upper() if str(status) != "default" else "default"] = view.resolve(
                answer
            )
    identity = site.raw.get("operationId")
    return Call(
        id=identity if isinstance(identity, str) else "",
        method=method.upper(),
        path=path,
        site=site,
        parameters=found,
        body=view.resolve(body) if body else None,
        answers=stated,
        security=_security(secured.raw.get("security")),
        security_at=f"{secured.pointer}/security",
        servers=_servers(served.raw.get("servers")),
        servers_at=f"{served.pointer}/servers",
    )


def _parameters(view: SpecView, holder: Site) -> Iterator[Parameter]:
    listed = holder.raw.get("parameters")
    for index, _ in enumerate(listed if is_list(listed) else ()):
        site = holder.at("parameters", index)
        if site is None:
            continue
        site = view.resolve(site)
        place, name = str(site.raw.get("in", "")), str(site.raw.get("name", ""))
        if place == "header":
            name = name.lower()
            if name in _NO_PARAMETERS:
                continue
        style = str(site.raw.get("style") or _STYLES.get(place, "form"))
        explode = bool(site.raw.get("explode", style == "form"))
        content = site.at("content")
        schema, written = site.at("schema"), f"{style}, {'exploded' if explode else 'joined'}"
        if content and content.raw:
            media = str(next(iter(content.raw)))
            schema, written = content.at(media, "schema"), media
        elif not _has_parts(view, schema):
            # A single value looks the same exploded or joined.
            written = style
        if site.raw.get("allowReserved") is True:
            written += ", reserved signs as they are"
        yield Parameter(
            name=name,
            place=place,
            site=site,
            required=site.raw.get("required") is True or place == "path",
            written=written,
            schema=schema,
        )


def _has_parts(view: SpecView, schema: Site | None) -> bool:
    return schema is not None and bool({"array", "object"} & view.node(schema).types)


def _security(stated: Any) -> tuple[Mapping[str, frozenset[str]], ...]:
    """Read what opens a call; nothing stated is the same as one alternative that asks for nothing."""
    alternatives = [one for one in (stated if is_list(stated) else ()) if is_mapping(one)]
    if not alternatives:
        return ({},)
    return tuple(
        {
            str(scheme): frozenset(str(scope) for scope in (scopes if is_list(scopes) else ()))
            for scheme, scopes in one.items()
        }
        for one in alternatives
    )


def _servers(stated: Any) -> tuple[str, ...]:
    listed = [one for one in (stated if is_list(stated) else ()) if is_mapping(one)]
    return tuple(str(one.get("url", "")).rstrip("/") or "/" for one in listed) or ("/",)


@attrs.frozen(eq=False)
class Contents:
    """The media types of a body or an answer, in small letters and without parameters."""

    schemas: Mapping[str, Site | None]
    pointer: str


def contents(holder: Site) -> Contents:
    """Read the media types of a body or an answer."""
    content = holder.at("content")
    found: dict[str, Site | None] = {}
    for name in content.raw if content else ():
        media = str(name).partition(";")[0].strip().lower()
        if content and media not in found:
            found[media] = content.at(str(name), "schema")
    return Contents(found, f"{holder.pointer}/content")


def media_pointer(found: Contents, media: str) -> str:
    """Say where a media type stands."""
    return f"{found.pointer}/{escaped(media)}"
