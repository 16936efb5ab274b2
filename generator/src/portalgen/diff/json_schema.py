"""A document's schemas as JSON Schema, as one direction reads them, for the validator that checks witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import jsonschema_rs

from portalgen.diff.schema import NOTHING
from portalgen.diff.union_edits import tags
from portalgen.document import ref_name

if TYPE_CHECKING:
    from portalgen.diff.report import Direction
    from portalgen.diff.schema import Node, Site, SpecView, Union

__all__ = ["HIDDEN", "Reader"]

# Which flag takes a member out of what is sent, or of what is answered.
HIDDEN: dict[Direction, str] = {"request": "readOnly", "response": "writeOnly"}
_BOUNDS = {
    "minimum": "exclusiveMinimum",
    "maximum": "exclusiveMaximum",
}
_INT32, _INT64 = 2**31, 2**63


@attrs.define(eq=False)
class Reader:
    """Reads the values of one direction by one document.

    Attributes:
        view: The document.
        direction: Whether values are sent or answered.
        closed: Whether names that are not declared are refused where the document leaves that open.
    """

    view: SpecView
    direction: Direction
    closed: bool
    _validators: dict[str, Any] = attrs.field(factory=dict[str, Any], init=False)

    def accepts(self, site: Site, value: Any) -> bool:
        """Tell whether a schema takes a value."""
        key = self.view.resolve(site).identity
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                self._whole(site), validate_formats=True
            )
        return bool(self._validators[key].is_valid(value))

    def _whole(self, site: Site) -> dict[str, Any]:
        writer = _Writer(self.view, self.direction, closed=self.closed)
        top = writer.reference(site)
        writer.write()
        return {**top, "$defs": writer.definitions}


@attrs.define(eq=False)
class _Writer:
    view: SpecView
    direction: Direction
    closed: bool = attrs.field(kw_only=True)
    definitions: dict[str, Any] = attrs.field(factory=dict[str, Any], init=False)
    _names: dict[str, str] = attrs.field(factory=dict[str, str], init=False)
    _waiting: list[tuple[str, Site]] = attrs.field(factory=list["tuple[str, Site]"], init=False)

    def reference(self, site: Site) -> dict[str, Any]:
        identity = self.view.resolve(site).identity
        if identity not in self._names:
            self._names[identity] = f"s{len(self._names)}"
            self._waiting.append((self._names[identity], site))
        return {"$ref": f"#/$defs/{self._names[identity]}"}

    def write(self) -> None:
        while self._waiting:
            name, site = self._waiting.pop()
            self.definitions[name] = self._schema(self.view.node(site))

    def _schema(self, node: Node) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if NOTHING in node.types:
            return {"not": {}}
        if node.types:
            found["type"] = sorted(node.types | ({"null"} if node.nullable else set[str]()))
        if node.enum is not None:
            found["enum"] = [*node.enum, *([None] if node.nullable else [])]
        self._facets(node, found)
        self._members(node, found)
        if node.items:
            found["items"] = self.reference(node.items)
        if node.negation:
            found["not"] = self.reference(node.negation)
        if node.unions:
            found["allOf"] = [self._union(node, union) for union in node.unions]
            if node.nullable:
                return {"anyOf": [{"type": "null"}, found]}
        return found

    @staticmethod
    def _facets(node: Node, found: dict[str, Any]) -> None:
        for keyword, value in node.facets.items():
            if keyword in _BOUNDS:
                found[_BOUNDS[keyword] if value[1] else keyword] = value[0]
            elif keyword == "pattern":
                found.setdefault("allOf", []).extend({"pattern": one} for one in value)
            elif isinstance(value, tuple):
                found[keyword] = value[0]
            elif keyword == "format" and value in {"int32", "int64"}:
                limit = _INT32 if value == "int32" else _INT64
                found.setdefault("allOf", []).append({"minimum": -limit, "maximum": limit - 1})
            else:
                found[keyword] = value

    def _members(self, node: Node, found: dict[str, Any]) -> None:
        flag = HIDDEN[self.direction]
        hidden = {name for name, site in node.members.items() if flag in self.view.node(site).flags}
        if node.members:
            found["properties"] = {
                name: self.reference(site)
                for name, site in node.members.items()
                if name not in hidden
            }
        if must := sorted(node.required - hidden):
            found["required"] = must
        if node.closed:
            found["additionalProperties"] = False
        elif node.additional and node.additional.raw:
            found["additionalProperties"] = self.reference(node.additional)
        elif self.closed and node.members and not node.unions:
            found["additionalProperties"] = False

    def _union(self, node: Node, union: Union) -> dict[str, Any]:
        members = [self.reference(site) for site in union.members]
        if node.discriminator is None:
            return {union.keyword: members}
        # The tag says which schema is meant, so that two that would both do are no contradiction.
        name = str(node.discriminator.get("propertyName", ""))
        known = tags(node)
        tagged: list[dict[str, Any]] = []
        for site, reference in zip(union.members, members, strict=True):
            own = [tag for tag, schema in known.items() if schema == ref_name(dict(site.raw))]
            tag: dict[str, Any] = {"required": [name], "properties": {name: {"enum": own}}}
            tagged.append({"allOf": [reference, tag]})
        return {"anyOf": tagged}
