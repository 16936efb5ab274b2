"""What type a schema gets in Python, and which shape core reads and writes it by.

Each schema is walked twice at once: as the parser's property, which knows classes and references,
and as raw YAML, which knows discriminators and what else the parser drops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import attrs
from openapi_python_client.parser.properties import (
    AnyProperty,
    EnumProperty,
    ModelProperty,
    Property,
)
from openapi_python_client.parser.properties.boolean import BooleanProperty
from openapi_python_client.parser.properties.const import ConstProperty
from openapi_python_client.parser.properties.date import DateProperty
from openapi_python_client.parser.properties.datetime import DateTimeProperty
from openapi_python_client.parser.properties.float import FloatProperty
from openapi_python_client.parser.properties.int import IntProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.none import NoneProperty
from openapi_python_client.parser.properties.schemas import Class
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.parser.properties.uuid import UuidProperty

from portalgen.document import ref_name
from portalgen.escape import Code, literal
from portalgen.names import is_class_name

if TYPE_CHECKING:
    from openapi_python_client.config import Config

    from portalgen.document import Document, Node
    from portalgen.imports import Import
    from portalgen.parse import Parsed

__all__ = ["ShapeError", "Shapes", "TypeView", "members"]

_ANY: Import = ("typing", "Any")
_SCALARS: dict[type[Property], tuple[str, str, tuple[Import, ...]]] = {
    StringProperty: ("STRING", "str", ()),
    UuidProperty: ("STRING", "str", ()),
    BooleanProperty: ("BOOLEAN", "bool", ()),
    IntProperty: ("INTEGER", "int", ()),
    FloatProperty: ("DECIMAL", "Decimal", (("decimal", "Decimal"),)),
    DateProperty: ("DATE", "date", (("datetime", "date"),)),
    DateTimeProperty: ("DATE_TIME", "datetime", (("datetime", "datetime"),)),
    AnyProperty: ("ANY", "Any", (_ANY,)),
}


class ShapeError(Exception):
    """A schema that the generator can't give a type; the text says where and why."""


@attrs.frozen(kw_only=True)
class TypeView:
    """A type, ready for templates.

    Attributes:
        shape: The code of the shape: `ListOf(ModelOf("…"))`.
        annotation: The code of the annotation, without `None`: `list[Krav]`.
        imports: What the annotation needs: pairs of module and name.
        shape_names: What the shape's code needs from `skifteportal.core.shapes`.
        is_enum: Whether this is an open enum.
    """

    shape: Code
    annotation: Code
    imports: frozenset[Import] = frozenset()
    shape_names: frozenset[str] = frozenset()
    is_enum: bool = False

    def inside(self, shape: str, annotation: str, *imports: Import) -> TypeView:
        """Put this type into a list or map: `ListOf`, `list[{}]`."""
        return TypeView(
            shape=Code(f"{shape}({self.shape})"),
            annotation=Code(annotation.format(self.annotation)),
            imports=self.imports.union(imports),
            shape_names=self.shape_names | {shape},
        )


@attrs.define
class Shapes:
    """Gives types to an API's schemas and remembers which classes they need.

    Attributes:
        document: The API's document.
        parsed: What the parser made of it.
        config: The parser's settings.
        models_module: The import path of the package's models.
        models: The raw schema of each model met so far, by class name.
        enums: The raw schema of each enum met so far, by class name.
    """

    document: Document
    parsed: Parsed
    config: Config
    models_module: str
    models: dict[str, Node] = attrs.field(factory=dict[str, "Node"])
    enums: dict[str, Node] = attrs.field(factory=dict[str, "Node"])
    _classes: dict[str, ModelProperty] = attrs.field(init=False)
    _enums: dict[str, EnumProperty] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._classes = {str(model.class_info.name): model for model in self.parsed.models}
        self._enums = {
            str(enum.class_info.name): enum
            for enum in self.parsed.enums
            if isinstance(enum, EnumProperty)
        }

    def model(self, class_name: str) -> ModelProperty:
        """Give the parser's model of a class."""
        return self._classes[class_name]

    def enum(self, class_name: str) -> EnumProperty:
        """Give the parser's enum of a class."""
        return self._enums[class_name]

    def type_of(self, prop: Property, raw: Node) -> TypeView:
        """Give a schema its type.

        Args:
            prop: The schema as the parser read it.
            raw: The same schema in the document.

        Raises:
            ShapeError: It has no type here: a union that nothing tells apart, a file in JSON.
        """
        raw = self.unwrapped(raw)
        scalar = _SCALARS.get(type(prop))
        if scalar:
            shape, annotation, imports = scalar
            return _scalar(shape, annotation, *imports)
        if isinstance(prop, ListProperty):
            item = self.type_of(cast("Property", prop.inner_property), raw["items"])
            return item.inside("ListOf", "list[{}]")
        if isinstance(prop, EnumProperty):
            return self._enum(prop, raw)
        if isinstance(prop, ModelProperty):
            return self._model(prop, raw)
        if isinstance(prop, UnionProperty):
            return self._union(prop, raw)
        if isinstance(prop, ConstProperty):
            is_text = isinstance(raw.get("const"), str)
            return _scalar("STRING", "str") if is_text else _scalar("ANY", "Any", _ANY)
        raise ShapeError(
            f"{prop.name.get_untrusted_value()}: a {type(prop).__name__} has no type in JSON here"
        )

    def class_of(self, schema_name: str) -> str:
        """Name the class of a component schema."""
        return str(Class.from_string(string=schema_name, config=self.config).name)

    def component(self, schema_name: str) -> None:
        """Meet a component schema, so that it gets its class even if nothing refers to it."""
        raw = self.unwrapped(self.document.component_schemas[schema_name])
        class_name = self.class_of(schema_name)
        if class_name in self._classes and members(self.document, raw):
            self._remember(self.models, class_name, raw)
        if class_name in self._enums and self._enums[class_name].value_type is str:
            self._remember(self.enums, class_name, raw)

    def unwrapped(self, raw: Node) -> Node:
        """Follow references and a union of one reference, as the parser does."""
        raw = self.document.resolve(raw)
        lone = _lone_reference(raw)
        return raw if lone is None else self.unwrapped(lone)

    def schema_name(self, raw: Node) -> str | None:
        """Name the schema that a reference leads to, alone or in a union of one; None for another schema."""
        return ref_name(_lone_reference(raw) or raw)

    def _remember(self, classes: dict[str, Node], class_name: str, raw: Node) -> None:
        if not is_class_name(class_name):
            raise ShapeError(f"no class can be named {class_name!r}: names are ASCII")
        classes.setdefault(class_name, raw)

    def _reference(self, class_name: str, module: str) -> tuple[str, Import]:
        path = f"{self.models_module}.{module}"
        return literal(f"{path}:{class_name}"), (path, class_name)

    def _enum(self, prop: EnumProperty, raw: Node) -> TypeView:
        if prop.value_type is int:
            return _scalar("INTEGER", "int")
        class_name = str(prop.class_info.name)
        self._remember(self.enums, class_name, raw)
        reference, found = self._reference(class_name, prop.class_info.module_name)
        return TypeView(
            shape=Code(f"EnumOf({reference})"),
            annotation=Code(f"{class_name} | str"),
            imports=frozenset({found}),
            shape_names=frozenset({"EnumOf"}),
            is_enum=True,
        )

    def _model(self, prop: ModelProperty, raw: Node) -> TypeView:
        if not members(self.document, raw):
            return self._map(prop, raw)
        class_name = str(prop.class_info.name)
        self._remember(self.models, class_name, raw)
        reference, found = self._reference(class_name, prop.class_info.module_name)
        return TypeView(
            shape=Code(f"ModelOf({reference})"),
            annotation=Code(class_name),
            imports=frozenset({found}),
            shape_names=frozenset({"ModelOf"}),
        )

    def _map(self, prop: ModelProperty, raw: Node) -> TypeView:
        """Type an object without members: a map from free names."""
        values = self._classes[str(prop.class_info.name)].additional_properties
        inner = raw.get("additionalProperties")
        if isinstance(inner, dict) and inner and values is not None:
            item = self.type_of(values, cast("Node", inner))
        else:
            item = _scalar("ANY", "Any", _ANY)
        return item.inside("MapOf", "dict[str, {}]")

    def _union(self, prop: UnionProperty, raw: Node) -> TypeView:
        inner = [
            cast("Property", one)
            for one in prop.inner_properties
            if not isinstance(one, NoneProperty)
        ]
        branches = [
            branch
            for branch in (*raw.get("oneOf", ()), *raw.get("anyOf", ()))
            if branch.get("type") != "null"
        ]
        if len(inner) == 1:
            return self.type_of(inner[0], branches[0] if branches else raw)
        if not any(isinstance(one, ModelProperty) for one in inner):
            return _scalar("ANY", "Any", _ANY)
        discriminator = raw.get("discriminator")
        if not discriminator:
            raise ShapeError(
                f"{prop.name.get_untrusted_value()}: a union of objects without a discriminator; "
                "nothing tells them apart"
            )
        return self._tagged(discriminator, branches, inner)

    def _tagged(self, discriminator: Node, branches: list[Node], inner: list[Property]) -> TypeView:
        """Type a union by its discriminator: the mapping's tags, else the schemas' names."""
        by_class = {
            str(one.class_info.name): one for one in inner if isinstance(one, ModelProperty)
        }
        tags = {
            branch["$ref"].rsplit("/", 1)[-1]: branch for branch in branches if "$ref" in branch
        }
        mapping: dict[str, str] = discriminator.get("mapping") or {name: name for name in tags}
        views: dict[str, TypeView] = {}
        for tag, ref in mapping.items():
            schema_name = ref.rsplit("/", 1)[-1]
            found = by_class.get(self.class_of(schema_name))
            if found is None:
                raise ShapeError(f"the discriminator's {tag!r} is none of the union's schemas")
            views[tag] = self.type_of(found, tags[schema_name])
        references = ", ".join(
            f"{literal(tag)}: {view.shape.removeprefix('ModelOf(').removesuffix(')')}"
            for tag, view in views.items()
        )
        annotations = dict.fromkeys(view.annotation for view in views.values())
        return TypeView(
            shape=Code(f"UnionOf({literal(discriminator['propertyName'])}, {{{references}}})"),
            annotation=Code(" | ".join([*annotations, "dict[str, Any]"])),
            imports=frozenset({_ANY}).union(*(view.imports for view in views.values())),
            shape_names=frozenset({"UnionOf"}),
        )


def _lone_reference(raw: Node) -> Node | None:
    """Give the one reference that an `allOf` or a union holds, if it holds nothing else."""
    parts: list[Node] = [part for key in ("allOf", "anyOf", "oneOf") for part in raw.get(key, ())]
    alone = len(parts) == 1 and "$ref" in parts[0] and "properties" not in raw
    return parts[0] if alone else None


def members(document: Document, raw: Node) -> dict[str, Node]:
    """Give an object's members as the document writes them, those of `allOf` first."""
    found: dict[str, Node] = {}
    for part in raw.get("allOf", ()):
        found.update(members(document, document.resolve(part)))
    found.update(raw.get("properties", {}))
    return found


def _scalar(shape: str, annotation: str, *imports: Import) -> TypeView:
    return TypeView(
        shape=Code(shape),
        annotation=Code(annotation),
        imports=frozenset(imports),
        shape_names=frozenset({shape}),
    )
