"""What belongs to no operation: component schemas by their names, and the document's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.diff.effect import Effect
from portalgen.diff.schema import Site, canonical, escaped
from portalgen.json_kinds import is_list, is_mapping

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portalgen.diff.collect import Collector
    from portalgen.diff.report import Fate
    from portalgen.diff.schema import Node
    from portalgen.diff.spec_view import SpecView

__all__ = ["document_edits"]

_SCHEMAS = "#/components/schemas/"
_WORDS = ("title", "description", "termsOfService", "contact", "license")


def document_edits(collector: Collector) -> None:
    """Compare the names of component schemas, and what the document says of itself."""
    old, new = _schemas(collector.old), _schemas(collector.new)
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    collector.renamed = renamed = _renamed(old, new, gone, come)
    for name in gone:
        fate: Fate = "renamed" if name in renamed else "removed"
        node = collector.old.node(old[name])
        _schema(collector, name, node, fate=fate, other=renamed.get(name, ""))
    for name in come:
        if name not in renamed.values():
            _schema(collector, name, collector.new.node(new[name]), fate="added")
    _words(collector)


def _schemas(view: SpecView) -> dict[str, Site]:
    holder = Site("", view.document).at("components", "schemas")
    found = {str(name): holder.at(str(name)) for name in (holder.raw if holder else ()) if holder}
    return {name: site for name, site in found.items() if site}


def _schema(collector: Collector, name: str, node: Node, *, fate: Fate, other: str = "") -> None:
    texts = node.enum is not None and all(isinstance(value, str) for value in node.enum)
    has_class = bool(node.members) or texts
    package = collector.package
    renamed = package.class_name(other) if other else ""
    collector.add(
        f"schema-{fate}",
        f"/components/schemas/{escaped(name)}",
        Effect.RENAME,
        base=None if fate == "added" else name,
        revision=other or (name if fate == "added" else None),
        guards=frozenset() if has_class else frozenset({"no-class"}),
        python=(package.model(package.class_name(name), fate=fate, renamed=renamed),)
        if has_class
        else (),
    )


def _renamed(
    old: Mapping[str, Site], new: Mapping[str, Site], gone: list[str], come: list[str]
) -> dict[str, str]:
    """Find schemas that came under another name with the same structure, and no other like it."""
    before = {name: _structure(old[name].raw, name) for name in gone}
    after = {name: _structure(new[name].raw, name) for name in come}
    found: dict[str, str] = {}
    for name, text in before.items():
        same = [other for other, shape in after.items() if shape == text]
        if len(same) == 1 and list(before.values()).count(text) == 1:
            found[name] = same[0]
    return found


def _structure(raw: Mapping[str, Any], name: str) -> str:
    """Write a schema without its words; what refers to itself is `itself`, whatever it is called."""
    return canonical(_bare(raw, f"{_SCHEMAS}{escaped(name)}", inside_names=False))


def _bare(value: Any, own: str, *, inside_names: bool) -> Any:
    if is_list(value):
        return [_bare(one, own, inside_names=False) for one in value]
    if not is_mapping(value):
        return "itself" if value == own else value
    words = () if inside_names else ("title", "description", "example", "examples")
    return {
        key: _bare(one, own, inside_names=key == "properties" and not inside_names)
        for key, one in value.items()
        if key not in words
    }


def _words(collector: Collector) -> None:
    infos = [one.document.get("info") for one in (collector.old, collector.new)]
    old, new = (info if is_mapping(info) else {} for info in infos)
    if old.get("version") != new.get("version"):
        collector.add(
            "version-changed",
            "/info/version",
            Effect.TEXT,
            base=old.get("version"),
            revision=new.get("version"),
        )
    if any(old.get(key) != new.get(key) for key in _WORDS):
        collector.add("text-changed", "/info", Effect.TEXT)
