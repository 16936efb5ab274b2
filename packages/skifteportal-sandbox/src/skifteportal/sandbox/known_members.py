"""Which members of a JSON value a specification knows: all others are left out, however deep they stand.

The portal names people by ids only (guide 4.5.2): what is filed beside what it asks for is kept nowhere, and shown to nobody.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, Final, cast

import attrs

from skifteportal.sandbox.oas import Document, resolve

__all__ = ["KnownMembers"]

_COMBINED: Final = ("allOf", "anyOf", "oneOf")
_DEEP: Final = (dict, list)  # most members are neither, and each costs a call


@attrs.frozen(kw_only=True, eq=False)
class KnownMembers:
    """The members that a schema knows. What is deeper is looked up when a value has it, so a schema may hold itself.

    Attributes:
        document: The specification.
        schema: The schema, as the specification has it.
    """

    document: Document = attrs.field(repr=False)
    schema: Mapping[str, Any] = attrs.field(repr=False)

    def of(self, value: Any) -> Any:
        """Return a value without the members that the schema doesn't know, in the specification's order.

        Args:
            value: A JSON value, judged by the schema. What has no members, and objects that the schema leaves open, stay
                as they are.
        """
        if isinstance(value, dict):
            sent, known = cast("dict[str, Any]", value), self._members
            if not known:
                return sent
            return {
                name: one.of(member) if isinstance(member := sent[name], _DEEP) else member
                for name, one in known.items()
                if name in sent
            }
        if isinstance(value, list):
            entries, listed = self._entries, cast("list[object]", value)
            return listed if entries is None else [entries.of(entry) for entry in listed]
        return value

    @cached_property
    def _members(self) -> Mapping[str, "KnownMembers"]:
        node: Mapping[str, Any] = resolve(self.document, self.schema)
        found = {name: self._deeper(one) for name, one in node.get("properties", {}).items()}
        for word in _COMBINED:
            for one in node.get(word, ()):
                found |= self._deeper(one)._members  # noqa: SLF001 - of the same class
        return found

    @cached_property
    def _entries(self) -> "KnownMembers | None":
        node: Mapping[str, Any] = resolve(self.document, self.schema)
        return self._deeper(node["items"]) if "items" in node else None

    def _deeper(self, schema: Mapping[str, Any]) -> "KnownMembers":
        return KnownMembers(document=self.document, schema=schema)
