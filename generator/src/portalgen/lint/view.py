"""An OpenAPI document as a linter sees it: every part knows its place, and nothing is taken for granted.

Where the generator's own :mod:`portalgen.document` may rely on a document that was linted, a rule must not
stumble over a list where a mapping should be. :class:`Place` answers such a question with "nothing there".
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from portalgen.document import METHODS
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["COMPOSITIONS", "Operation", "Place", "Spec", "is_list", "is_mapping"]

COMPOSITIONS = ("allOf", "oneOf", "anyOf")
_JSON = "application/json"
# What stands under these is the author's own: no schemas, no references.
_FREE = {"example", "examples", "default", "enum"}


@attrs.frozen(eq=False)
class Place:
    """A part of the document and where it stands.

    Attributes:
        pointer: Its JSON pointer.
        value: What stands there; None if nothing does.
    """

    pointer: str
    value: Any

    def __getitem__(self, key: str) -> Place:
        """Give the member of a mapping; a place with the value None if there is none."""
        escaped = key.replace("~", "~0").replace("/", "~1")
        return Place(f"{self.pointer}/{escaped}", self.mapping.get(key))

    @property
    def mapping(self) -> dict[str, Any]:
        """The value if it is a mapping, else an empty one."""
        return self.value if is_mapping(self.value) else {}

    @property
    def texts(self) -> list[str]:
        """The strings of a list, else nothing."""
        return [item.value for item in self.items() if isinstance(item.value, str)]

    @property
    def ref(self) -> str | None:
        """The target of a reference object, or None."""
        target = self.mapping.get("$ref")
        return target if isinstance(target, str) else None

    @property
    def name(self) -> str:
        """The last part of the pointer, unescaped."""
        return self.pointer.rpartition("/")[2].replace("~1", "/").replace("~0", "~")

    def has(self, *keys: str) -> bool:
        """Tell whether a mapping has one of the keys."""
        return any(key in self.mapping for key in keys)

    def members(self) -> Iterator[Place]:
        """Yield the members of a mapping; their names are their places' names."""
        for key in self.mapping:
            yield self[str(key)]

    def items(self) -> Iterator[Place]:
        """Yield the items of a list."""
        if is_list(self.value):
            for index, item in enumerate(self.value):
                yield Place(f"{self.pointer}/{index}", item)

    def below(self) -> Iterator[Place]:
        """Yield this place and every one below it, but not what examples and extensions hold."""
        yield self
        for child in (*self.members(), *self.items()):
            in_mapping = bool(self.mapping)
            if not (in_mapping and (child.name in _FREE or child.name.startswith("x-"))):
                yield from child.below()


@attrs.frozen(eq=False, kw_only=True)
class Operation:
    """An operation of the document.

    Attributes:
        place: The operation object.
        path: The path template.
        method: The HTTP method in lower case.
        parameters: Its parameters and its path's as they stand: references not followed.
    """

    place: Place
    path: str
    method: str
    parameters: tuple[Place, ...]

    @property
    def id(self) -> str:
        """The operationId, or an empty string."""
        found = self.place["operationId"].value
        return found if isinstance(found, str) else ""

    @property
    def responses(self) -> tuple[Place, ...]:
        """The responses as they stand."""
        return tuple(self.place["responses"].members())

    @property
    def successes(self) -> tuple[Place, ...]:
        """The responses with a 2xx status."""
        return tuple(response for response in self.responses if response.name.startswith("2"))


@attrs.frozen(eq=False, kw_only=True)
class Spec:
    """A document together with what the repository says about it.

    Attributes:
        document: The document as read from YAML.
        api: The API's table in the registry.
        codes: The API's business error codes: code → entry of `specs/errors/`.
    """

    document: Mapping[str, Any]
    api: Mapping[str, Any]
    codes: Mapping[str, Mapping[str, Any]]

    @property
    def root(self) -> Place:
        """The whole document."""
        return Place("", self.document)

    @property
    def components(self) -> Place:
        """The components object."""
        return self.root["components"]

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """The operations in the document's order."""
        return tuple(
            Operation(
                place=item[method],
                path=item.name,
                method=method,
                parameters=(*item["parameters"].items(), *item[method]["parameters"].items()),
            )
            for item in self.root["paths"].members()
            for method in METHODS
            if item[method].mapping
        )

    def resolve(self, place: Place) -> Place:
        """Follow references; one that leads nowhere gives a place with the value None."""
        seen: set[str] = set()
        while (ref := place.ref) is not None:
            place = Place(place.pointer, None)
            if ref.startswith("#/") and ref not in seen:
                seen.add(ref)
                place = self.root
                for part in ref[2:].split("/"):
                    place = place[part.replace("~1", "/").replace("~0", "~")]
        return place

    def json_schema(self, body: Place) -> Place:
        """Give the JSON schema of a request body or a response, references in it not followed."""
        return self.resolve(body)["content"][_JSON]["schema"]

    @cached_property
    def holders(self) -> tuple[Place, ...]:
        """Everything that holds a schema under `schema`: media types, parameters, headers."""
        outside = (
            self.root["paths"],
            *(group for group in self.components.members() if group.name != "schemas"),
        )
        return tuple(place for part in outside for place in part.below() if place["schema"].mapping)

    @cached_property
    def schemas(self) -> tuple[Place, ...]:
        """Every schema that is written in the document, those inside others too."""
        tops = (*self.components["schemas"].members(), *(place["schema"] for place in self.holders))
        return tuple(schema for top in tops for schema in _inside(top))

    def group(self, schema: Place) -> tuple[Place, ...]:
        """Give a schema and what it is put together from by `allOf`, references followed."""
        found: dict[str, Place] = {}
        waiting = [schema]
        while waiting:
            place = self.resolve(waiting.pop())
            if place.mapping and place.pointer not in found:
                found[place.pointer] = place
                waiting.extend(place["allOf"].items())
        return tuple(found.values())


def _inside(schema: Place) -> Iterator[Place]:
    yield schema
    children = [*schema["properties"].members(), schema["items"], schema["additionalProperties"]]
    children.append(schema["not"])
    for key in COMPOSITIONS:
        children.extend(schema[key].items())
    for child in children:
        if child.mapping:
            yield from _inside(child)
