"""Models and enums as templates see them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

import attrs

from portalgen.ahead import note_for
from portalgen.docstrings import Section, docstring, join_texts
from portalgen.escape import Code, SpecText
from portalgen.imports import Import, sorted_names
from portalgen.names import attribute_names, enum_members
from portalgen.shapes import ShapeError, Shapes, TypeView, members

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openapi_python_client.parser.properties import Property

    from portalgen.ahead import Ahead
    from portalgen.document import Node

__all__ = [
    "EnumView",
    "FieldView",
    "ModelView",
    "build_models",
    "provenance_text",
    "split_description",
]

# The currency is stated in a field's text unless the spec's own text does.
_SAYS_UNIT = re.compile(r"\b(DKK|kroner|kr\.|procent|%)", re.IGNORECASE)
# A full stop before a small letter is an abbreviation's ("CPR-nr. må …"), as is that of "jf. § 4".
_FIRST_SENTENCE = re.compile(
    r".+?([!?]|(?<!\bjf)(?<!\bnr)(?<!\bca)(?<!\bkr)(?<!\bstk)\.)(?=\s+[^a-zæøå]|$)", re.DOTALL
)
PROVENANCE = {
    "official": "Provenance: official (the portal's own specification).",
    "guide": "Provenance: guide (stated by the portal's integration guide).",
    "inferred": "Provenance: inferred (a reconstruction; the portal may differ).",
}


@attrs.frozen(kw_only=True)
class FieldView:
    """A field of a model.

    Attributes:
        name: The attribute's name.
        json_name: The member's name in JSON.
        type: Its type.
        required: Always there.
        shown: Shown in `repr()`: ids, enums and booleans, never personal data.
        read_only: Only in answers.
    """

    name: str
    json_name: SpecText
    type: TypeView
    required: bool
    shown: bool
    read_only: bool

    @property
    def annotation(self) -> Code:
        """The attribute's annotation, with `None` if it may be missing."""
        return self.type.annotation if self.required else Code(f"{self.type.annotation} | None")


@attrs.frozen(kw_only=True)
class ModelView:
    """A model: one file, one class.

    Attributes:
        class_name: The class's name.
        module: The file's name without `.py`.
        docstring: The class's docstring.
        fields: Its fields, in the spec's order.
    """

    class_name: str
    module: str
    docstring: Code
    fields: tuple[FieldView, ...]

    @property
    def imports(self) -> tuple[Import, ...]:
        """What the annotations need, the class itself left out."""
        found = {one for field in self.fields for one in field.type.imports}
        found.add(("typing", "ClassVar"))
        return tuple(sorted(one for one in found if one[1] != self.class_name))

    @property
    def shape_names(self) -> tuple[str, ...]:
        """What the fields' table needs from `skifteportal.core.shapes`."""
        return tuple(sorted_names(name for one in self.fields for name in one.type.shape_names))


@attrs.frozen(kw_only=True)
class EnumView:
    """An open enum: one file, one class.

    Attributes:
        class_name: The class's name.
        module: The file's name without `.py`.
        docstring: The class's docstring.
        members: Pairs of member name and value.
    """

    class_name: str
    module: str
    docstring: Code
    members: tuple[tuple[str, SpecText], ...]


def build_models(shapes: Shapes, ahead: Sequence[Ahead] = ()) -> tuple[ModelView | EnumView, ...]:
    """Build every model and enum that components or operations need, sorted by class name.

    Args:
        shapes: The API's shapes, after its operations were typed.
        ahead: What of the API is in test only.

    Raises:
        ShapeError: A field has no type.
    """
    for name in shapes.document.component_schemas:
        shapes.component(name)
    views: dict[str, ModelView] = {}
    # Typing a model's fields may meet further models.
    while waiting := [name for name in shapes.models if name not in views]:
        for class_name in waiting:
            views[class_name] = _model(shapes, class_name, shapes.models[class_name], ahead)
    enums = [_enum(shapes, class_name, raw) for class_name, raw in shapes.enums.items()]
    built: list[ModelView | EnumView] = [*views.values(), *enums]
    found = tuple(sorted(built, key=lambda view: view.class_name))
    modules: dict[str, str] = {}
    for view in found:
        if other := modules.get(view.module):
            raise ShapeError(f"{view.class_name} and {other} would share {view.module}.py")
        modules[view.module] = view.class_name
    return found


def provenance_text(raw: Node) -> str:
    """Say where a schema or operation is known from."""
    return PROVENANCE.get(str(raw.get("x-provenance", "")), "")


def _model(shapes: Shapes, class_name: str, raw: Node, ahead: Sequence[Ahead]) -> ModelView:
    model = shapes.model(class_name)
    properties = [*(model.required_properties or ()), *(model.optional_properties or ())]
    parsed = {prop.name.get_untrusted_value(): prop for prop in properties}
    raw_members = members(shapes.document, raw)
    if lost := sorted(raw_members.keys() ^ parsed.keys()):
        raise ShapeError(f"{class_name}: the parser and the document differ on {', '.join(lost)}")
    names = attribute_names(raw_members)
    fields: list[FieldView] = []
    entries: list[tuple[str, SpecText]] = []
    for name, (json_name, member) in zip(names, raw_members.items(), strict=True):
        field = _field(shapes, name, json_name, parsed[json_name], member)
        fields.append(field)
        comes = note_for(ahead, field=(class_name, json_name))
        entries.append((name, join_texts(_field_text(shapes, field, member), comes)))
    return ModelView(
        class_name=class_name,
        module=str(model.class_info.module_name),
        docstring=docstring(
            *split_description(raw, f"The portal's object {class_name}."),
            provenance_text(raw),
            sections=(Section("Attributes", tuple(entries)),),
        ),
        fields=tuple(fields),
    )


def _field(shapes: Shapes, name: str, json_name: str, prop: Property, member: Node) -> FieldView:
    view = shapes.type_of(prop, member)
    target = shapes.document.resolve(member)
    is_id = json_name == "id" and target.get("format") == "uuid"
    # A reference that stands alone in an `allOf` may lead to what may be null, as a bare one.
    nullable = any(one.get("nullable") for one in (member, target, shapes.unwrapped(member)))
    return FieldView(
        name=name,
        json_name=SpecText(json_name),
        type=view,
        # A member that is always there but may be null is None then, like one that is missing.
        required=prop.required and not nullable,
        shown=is_id or view.is_enum or view.shape == "BOOLEAN",
        read_only=bool(member.get("readOnly")),
    )


def _field_text(shapes: Shapes, field: FieldView, member: Node) -> SpecText:
    target = shapes.document.resolve(member)
    text = str(member.get("description") or target.get("description") or "")
    unit = ""
    if field.type.shape == "DECIMAL" and not _SAYS_UNIT.search(text):
        unit = f"In {member.get('x-unit', 'DKK')}."
    only = "Set by the portal; not sent." if field.read_only else ""
    gone = "Deprecated by the portal." if member.get("deprecated") else ""
    marked = f"Provenance: {member['x-provenance']}." if "x-provenance" in member else ""
    return join_texts(" ".join(text.split()) or "Not described.", unit, only, gone, marked)


def _enum(shapes: Shapes, class_name: str, raw: Node) -> EnumView:
    values = [value for value in raw["enum"] if value is not None]
    return EnumView(
        class_name=class_name,
        module=str(shapes.enum(class_name).class_info.module_name),
        docstring=docstring(
            *split_description(raw, f"The portal's values of {class_name}."),
            "The list is open: a value that is not in it stays a `str`.",
            provenance_text(raw),
        ),
        members=tuple(
            (name, SpecText(value))
            for name, value in zip(enum_members(values), cast("list[str]", values), strict=True)
        ),
    )


def split_description(raw: Node, default: str) -> tuple[SpecText, SpecText]:
    """Split a description: its first sentence, and the rest."""
    text = str(raw.get("description") or default).strip()
    first, _, rest = text.partition("\n\n")
    sentence = _FIRST_SENTENCE.match(first)
    if sentence and len(first) > len(sentence[0]):
        rest = f"{first[len(sentence[0]) :].strip()}\n\n{rest}"
        first = sentence[0]
    return SpecText(first), SpecText(rest.strip())
