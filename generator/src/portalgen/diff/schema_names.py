"""Which Python names a difference between two schemas touches, and which annotation it changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from portalgen.diff.effect import Effect
from portalgen.diff.found import Found
from portalgen.names import pascal

if TYPE_CHECKING:
    from portalgen.diff.collect import Collector
    from portalgen.diff.report import Fate, PythonName
    from portalgen.diff.schema import Node, Site
    from portalgen.diff.trail import Root, Step

__all__ = ["NamePair"]

_GONE = {"property-removed", "required-property-removed", "read-only-on", "write-only-on"}
_SHARED_PARAMETER = re.compile(r"/components/parameters/([^/]+)/")
# In place of a difference: the schema as it is.
_ITSELF = Found(kind="annotation-changed", location="", effect=Effect.RENAME)
_DEMANDS: dict[str, Fate] = {"property-required": "required", "property-optional": "optional"}


@attrs.frozen(eq=False, kw_only=True)
class NamePair:
    """How two schemas are called in the package.

    Attributes:
        collector: What the comparison knows.
        stems: The class of each, or what it would be called if it is written in place.
        holder: The method or argument whose annotation they are, unless they are an attribute's.
        member_of: The class, the schema and the member whose attribute's annotation they are.
        optional: Whether that may be missing, in each document.
        parameter: The operation and parameter that they belong to, or nothing.
        inside: How the annotation of the holder is made of theirs: `{}` or `list[{}]`.
    """

    collector: Collector
    stems: tuple[str, str]
    holder: tuple[PythonName, ...] = ()
    member_of: tuple[str, Node, str] | None = None
    optional: tuple[bool, bool] = (False, False)
    parameter: str = ""
    inside: str = "{}"

    @classmethod
    def of_root(cls, collector: Collector, root: Root) -> NamePair:
        """Name the schemas of a part of a message."""
        operation = collector.names[root.operation]
        package = collector.package
        named = " " not in operation
        holder: tuple[PythonName, ...] = ()
        if named and root.parameter:
            holder = package.parameter(operation, root.parameter, fate="retyped")
        elif named and root.part == "body":
            holder = package.methods(operation, fate="retyped")
        before, after = (
            root.stem or _parameter_stem(operation, root.parameter, site)
            for site in (root.base, root.revision)
        )
        return cls(
            collector=collector,
            stems=(before, after),
            holder=holder,
            parameter=f"{operation} {root.parameter}" if root.parameter else "",
        )

    def holders(self) -> tuple[PythonName, ...]:
        """Name the attribute or argument whose annotation they are."""
        if self.member_of is None:
            return self.holder
        owner, node, member = self.member_of
        return (self.collector.package.attribute(owner, node, member, fate="retyped"),)

    def at(self, old: Node, new: Node) -> NamePair:
        """Use the names of component schemas if these are some."""
        package = self.collector.package
        components = self._components(old.site, new.site)
        stems = tuple(
            package.class_name(name) if name else stem
            for name, stem in zip(components, self.stems, strict=True)
        )
        return attrs.evolve(self, stems=(stems[0], stems[1]))

    def down(self, step: Step, old: Node, new: Node) -> NamePair:
        """Name the schemas one step further down; called on the pair that `at` gave."""
        if step.kind == "property":
            ending = pascal(step.name)
            return attrs.evolve(
                self,
                stems=(self.stems[0] + ending, self.stems[1] + ending),
                holder=(),
                member_of=(self.stems[0], old, step.name),
                optional=(step.name not in old.required, step.name not in new.required),
                parameter="",
                inside="{}",
            )
        ending = {"items": "Item", "additional": "AdditionalProperty"}.get(step.kind, "")
        inside = {"items": "list[{}]", "additional": "dict[str, {}]"}.get(step.kind, "{}")
        return attrs.evolve(
            self,
            stems=(self.stems[0] + ending, self.stems[1] + ending),
            inside=self.inside.format(inside),
        )

    def python(self, found: Found, old: Node, new: Node) -> tuple[PythonName, ...]:
        """Name what a difference touches; what it retypes is added when that is known."""
        package, (owner, new_owner) = self.collector.package, self.stems
        if found.kind == "property-renamed":
            name = package.attribute(
                owner, old, found.member, fate="renamed", renamed=found.new_member
            )
            return (name,)
        if found.member:
            gone = found.kind in _GONE
            fate = "removed" if gone else _DEMANDS.get(found.kind, "added")
            return (package.attribute(owner, old if gone else new, found.member, fate=fate),)
        if found.kind in {"enum-value-removed", "enum-value-added"}:
            gone = found.kind == "enum-value-removed"
            values = (old if gone else new).enum or ()
            fate = "removed" if gone else "added"
            return package.members(owner if gone else new_owner, values, found.values, fate=fate)
        if found.kind in {"enum-dropped", "enum-added"} and all(
            isinstance(value, str) for value in found.values
        ):
            gone = found.kind == "enum-dropped"
            class_name = owner if gone else new_owner
            return (package.model(class_name, fate="removed" if gone else "added"),)
        if found.kind == "deprecated":
            return tuple(attrs.evolve(one, fate="deprecated") for one in self.holders())
        return ()

    def retyped(self, found: Found, base: Site, revision: Site) -> tuple[str, str] | None:
        """Give the annotations before and after; None for a difference that is about neither."""
        collector, package = self.collector, self.collector.package
        views, sites = (collector.old, collector.new), (base, revision)
        optional = self.optional
        if found.member:
            if found.kind not in _DEMANDS:
                return None
            nodes = [view.node(site) for view, site in zip(views, sites, strict=True)]
            members = [node.members.get(found.member) for node in nodes]
            if members[0] is None or members[1] is None:
                return None
            sites = members[0], members[1]
            optional = found.kind == "property-required", found.kind == "property-optional"
        texts: list[str] = []
        for view, site, may, stem in zip(views, sites, optional, self.stems, strict=True):
            name = stem + pascal(found.member)
            text = package.annotation(view, site, name)
            text = text if found.member else self.inside.format(text)
            none = may or (package.may_be_none(view, site) and self.inside == "{}")
            texts.append(f"{text} | None" if none else text)
        return texts[0], texts[1]

    def renamed(self, base: Site, revision: Site) -> tuple[str, str] | None:
        """Give the annotations before and after if they differ for how the two schemas are written.

        That is the class of a reference or of a schema written in place, and `None` for a `nullable` that says nothing.
        What is inside of lists and maps, and the members of unions, are schemas of their own.
        """
        collector, package = self.collector, self.collector.package
        heads: list[str] = []
        for view, site, stem in zip(
            (collector.old, collector.new), (base, revision), self.stems, strict=True
        ):
            node = view.node(view.alias(site))
            text = package.annotation(view, site, stem)
            holds = node.unions or text.startswith(("list[", "dict["))
            none = package.may_be_none(view, site) and self.inside == "{}"
            heads.append(f"{'' if holds else text} | {none}")
        old, new = self._components(base, revision)
        # A component that has another name now is a change of its own.
        if heads[0] == heads[1] or (old and collector.renamed.get(old) == new):
            return None
        return self.retyped(_ITSELF, base, revision)

    def _components(self, base: Site, revision: Site) -> tuple[str, str]:
        """Give the component schemas that they are, in the package; nothing for one that is none."""
        old, new = self.collector.old, self.collector.new
        return old.node(old.alias(base)).component, new.node(new.alias(revision)).component


def _parameter_stem(operation: str, parameter: str, schema: Site) -> str:
    """Name the class of values written inside of a parameter: after a shared one, or after the operation."""
    shared = _SHARED_PARAMETER.match(schema.pointer)
    return pascal(shared[1]) if shared else pascal(operation) + pascal(parameter)
