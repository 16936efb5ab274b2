"""The names that the generated package gives to what a document holds, and its types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from portalgen.diff.report import Fate, PythonName
from portalgen.names import (
    RESERVED_CLASSES,
    attribute_names,
    enum_members,
    method_name,
    parameter_names,
    pascal,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portalgen.diff.schema import Node, Site
    from portalgen.diff.spec_view import SpecView

__all__ = ["UNTYPED", "Package", "assignable"]

# In place of an annotation: the generator refuses the schema.
UNTYPED = "no type"

_FORMATS = {"date": "date", "date-time": "datetime"}
_SCALARS = {"integer": "int", "number": "Decimal", "boolean": "bool"}
# Deeper than any annotation is read; a list of lists of itself has no end.
_DEEP = 8
_ANY = re.compile(r"\bAny\b")


@attrs.frozen
class Package:
    """The package of an API.

    Attributes:
        api: The API's folder in `specs/`; empty if it is not known, and names have no package then.
    """

    api: str

    @property
    def module(self) -> str:
        """The import path."""
        return f"skifteportal.{self.api.replace('-', '_')}" if self.api else ""

    @property
    def models(self) -> str:
        """The import path of the models."""
        return f"{self.module}.models" if self.module else "models"

    @property
    def client(self) -> str:
        """The client class."""
        return f"{pascal(self.api)}Client"

    def class_name(self, schema: str) -> str:
        """Name the class of a component schema."""
        name = pascal(schema)
        taken = name in RESERVED_CLASSES or name in {self.client, f"Async{self.client}"}
        return f"{name}Schema" if taken else name

    def methods(
        self, operation_id: str, *, fate: Fate, renamed: str = ""
    ) -> tuple[PythonName, ...]:
        """Name an operation's method on both clients; none without an operationId."""
        if not operation_id:
            return ()
        return tuple(
            PythonName(
                module=self.module,
                owner=owner,
                member=method_name(operation_id),
                fate=fate,
                replacement=method_name(renamed) if fate == "renamed" else "",
            )
            for owner in (self.client, f"Async{self.client}")
        )

    def parameter(
        self, operation_id: str, name: str, *, fate: Fate, renamed: str = ""
    ) -> tuple[PythonName, ...]:
        """Name a parameter of an operation's method on both clients."""
        (own,) = parameter_names([name])
        new = parameter_names([renamed])[0] if renamed else ""
        return tuple(
            attrs.evolve(method, parameter=own, replacement=new)
            for method in self.methods(operation_id, fate=fate)
        )

    def model(self, name: str, *, fate: Fate, renamed: str = "") -> PythonName:
        """Name a class of the models."""
        return PythonName(module=self.models, member=name, fate=fate, replacement=renamed)

    def attribute(
        self, owner: str, node: Node, member: str, *, fate: Fate, renamed: str = ""
    ) -> PythonName:
        """Name a model's attribute."""
        names = list(node.members)
        if member not in names:
            names.append(member)
        named = dict(zip(names, attribute_names(names), strict=True))
        new = attribute_names([renamed])[0] if renamed else ""
        return PythonName(
            module=self.models, owner=owner, member=named[member], fate=fate, replacement=new
        )

    def members(
        self, owner: str, all_values: Sequence[object], values: Sequence[object], *, fate: Fate
    ) -> tuple[PythonName, ...]:
        """Name members of an enum."""
        texts = [value for value in all_values if isinstance(value, str)]
        named = dict(zip(texts, enum_members(texts), strict=True))
        return tuple(
            PythonName(module=self.models, owner=owner, member=named[value], fate=fate)
            for value in values
            if isinstance(value, str) and value in named
        )

    def annotation(self, view: SpecView, site: Site, stem: str, depth: int = 0) -> str:
        """Say which type a schema gets, without `None`.

        Args:
            view: The document.
            site: The schema.
            stem: How it is named if it is written in place.
            depth: How deep inside another annotation this is.
        """
        node = view.node(view.alias(site))
        name = self.class_name(node.component) if node.component else stem
        if node.enum is not None and all(isinstance(value, str) for value in node.enum):
            return f"{name} | str"
        if node.unions:
            return self._union(view, node, stem, depth)
        if node.members:
            return name
        (kind,) = node.types if len(node.types) == 1 and depth <= _DEEP else ("",)
        inside = {
            "array": ("list[{}]", node.items, "Item"),
            "object": ("dict[str, {}]", node.additional, "AdditionalProperty"),
        }.get(kind)
        if inside is not None:
            form, inner, ending = inside
            name = self.annotation(view, inner, stem + ending, depth + 1) if inner else "Any"
            return form.format(name)
        known = _FORMATS.get(str(node.facets.get("format")), "str")
        return known if kind == "string" else _SCALARS.get(kind, "Any")

    def may_be_none(self, view: SpecView, site: Site) -> bool:
        """Tell whether what is always there may be `None` all the same: our generator goes by the word alone."""
        return site.raw.get("nullable") is True or view.node(site).nullable

    def _union(self, view: SpecView, node: Node, stem: str, depth: int) -> str:
        sites = [member for union in node.unions for member in union.members]
        if node.discriminator is None or depth > _DEEP:
            nodes = map(view.node, sites)
            objects = any("object" in one.types or one.members for one in nodes)
            return UNTYPED if objects and node.discriminator is None else "Any"
        members = dict.fromkeys(self.annotation(view, one, stem, depth + 1) for one in sites)
        return " | ".join([*members, "dict[str, Any]"])


def assignable(value: str, target: str) -> bool:
    """Tell whether code that has one type may be given where another is asked for.

    Enums of ours are texts (`StrEnum`), so `PartType | str` and `str` take each other.
    """
    if value == target:
        return True
    have, want = _members(value), _members(target)
    return "Any" in have | want or have <= want or _same_shape(value, target)


def _same_shape(value: str, target: str) -> bool:
    """Tell whether two lists or maps differ only in `Any`, which fits everything."""
    shapes = (_ANY.sub("(.+)", re.escape(one)) for one in (value, target))
    other = (target, value)
    return any(re.fullmatch(shape, one) for shape, one in zip(shapes, other, strict=True))


def _members(annotation: str) -> set[str]:
    """Split a union; an enum beside `str` says no more than `str`."""
    found = set(annotation.split(" | "))
    return found & {"str", "None"} if "str" in found else found
