"""A document's schemas as JSON Schema, as one direction reads them, for the validator that checks witnesses."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

import attrs
import jsonschema_rs

from portalgen.diff.raw_schema import NOTHING
from portalgen.diff.union_edits import tags
from portalgen.document import ref_name
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from portalgen.diff.report import Direction
    from portalgen.diff.schema import Node, Site, Union
    from portalgen.diff.spec_view import SpecView

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
    _validators: dict[tuple[str, int], Any] = attrs.field(
        factory=dict["tuple[str, int]", Any], init=False
    )

    def accepts(self, site: Site, value: Any) -> bool:
        """Tell whether a schema takes a value."""
        depth = _depth(value)
        key = self.view.resolve(site).identity, depth
        if key not in self._validators:
            self._validators[key] = jsonschema_rs.Draft202012Validator(
                self._whole(site, depth), validate_formats=True
            )
        return bool(self._validators[key].is_valid(value))

    def _whole(self, site: Site, depth: int) -> dict[str, Any]:
        writer = _Writer(self.view, self.direction, closed=self.closed, depth=depth)
        top = writer.reference(site, 0)
        writer.write()
        return {**top, "$defs": writer.definitions}


def _depth(value: Any) -> int:
    """Count how deep a value is nested: no schema further down is ever asked."""
    if is_mapping(value):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if is_list(value) else 0


@attrs.define(eq=False)
class _Writer:
    """Writes the schemas that a value of some depth meets, the nearest first."""

    view: SpecView
    direction: Direction
    closed: bool = attrs.field(kw_only=True)
    depth: int = attrs.field(kw_only=True)
    definitions: dict[str, Any] = attrs.field(factory=dict[str, Any], init=False)
    _names: dict[str, str] = attrs.field(factory=dict[str, str], init=False)
    _waiting: deque[tuple[str, Site, int]] = attrs.field(
        factory=deque["tuple[str, Site, int]"], init=False
    )

    def reference(self, site: Site, level: int, *, same_value: bool = False) -> dict[str, Any]:
        identity = self.view.resolve(site).identity
        name = self._names.setdefault(identity, f"s{len(self._names)}")
        # A schema of the same value comes before those of what is inside it, so each is first
        # met where it is nearest.
        (self._waiting.appendleft if same_value else self._waiting.append)((name, site, level))
        return {"$ref": f"#/$defs/{name}"}

    def write(self) -> None:
        while self._waiting:
            name, site, level = self._waiting.popleft()
            if name not in self.definitions:
                self.definitions[name] = {}
                if level <= self.depth:
                    self.definitions[name] = self._schema(self.view.node(site), level)

    def _schema(self, node: Node, level: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if NOTHING in node.types:
            return {"not": {}}
        if node.types:
            found["type"] = sorted(node.types | ({"null"} if node.nullable else set[str]()))
        if node.enum is not None:
            found["enum"] = [*node.enum, *([None] if node.nullable else [])]
        self._facets(node, found)
        self._members(node, found, level + 1)
        if node.items:
            found["items"] = self.reference(node.items, level + 1)
        if node.negation:
            found["not"] = self.reference(node.negation, level, same_value=True)
        if node.unions:
            found["allOf"] = [self._union(node, union, level) for union in node.unions]
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

    def _members(self, node: Node, found: dict[str, Any], level: int) -> None:
        flag = HIDDEN[self.direction]
        hidden = {name for name, site in node.members.items() if flag in self.view.node(site).flags}
        if node.members:
            found["properties"] = {
                name: self.reference(site, level)
                for name, site in node.members.items()
                if name not in hidden
            }
        if must := sorted(node.required - hidden):
            found["required"] = must
        if node.closed:
            found["additionalProperties"] = False
        elif node.additional and node.additional.raw:
            found["additionalProperties"] = self.reference(node.additional, level)
        elif self.closed and node.members and not node.unions:
            found["additionalProperties"] = False

    def _union(self, node: Node, union: Union, level: int) -> dict[str, Any]:
        members = [self.reference(site, level, same_value=True) for site in union.members]
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
