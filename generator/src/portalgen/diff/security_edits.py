"""What opens a call, where tokens come from, and at which addresses the portal is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portalgen.diff.effect import Effect
from portalgen.diff.schema import Site, canonical, escaped
from portalgen.json_kinds import is_mapping

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from portalgen.diff.collect import Collector, Meeting
    from portalgen.diff.spec_view import SpecView

__all__ = ["security_edits"]

_URLS = {
    "tokenUrl": "token-url-changed",
    "refreshUrl": "token-url-changed",
    "authorizationUrl": "authorization-url-changed",
}
_TEXTS = ("description", "bearerFormat")


def security_edits(collector: Collector, meetings: list[Meeting]) -> None:
    """Compare what opens each call, the schemes, and the servers."""
    schemes = _schemes(collector.old), _schemes(collector.new)
    used: dict[str, int] = {}
    for one in meetings:
        for alternative in one.old.security:
            for name in alternative:
                used[name] = used.get(name, 0) | one.bit
        _alternatives(collector, one)
        _servers(collector, one)
    for name in dict.fromkeys((*schemes[0], *schemes[1])):
        old, new = schemes[0].get(name), schemes[1].get(name)
        at = f"/components/securitySchemes/{escaped(name)}"
        if old is None or new is None:
            gone = new is None
            collector.add(
                "scheme-removed" if gone else "scheme-added",
                at,
                Effect.NARROW if gone else Effect.WIDEN,
                base=name if gone else None,
                revision=None if gone else name,
            )
        else:
            _scheme(collector, at, (old.raw, new.raw), used.get(name, 0))


def _schemes(view: SpecView) -> dict[str, Site]:
    holder = Site("", view.document).at("components", "securitySchemes")
    found = {str(name): holder.at(str(name)) for name in (holder.raw if holder else ()) if holder}
    return {name: view.resolve(site) for name, site in found.items() if site}


def _alternatives(collector: Collector, one: Meeting) -> None:
    old, new = one.old.security, one.new.security
    for kind, effect, lost, others in (
        ("credential-refused", Effect.NARROW, old, new),
        ("credential-accepted", Effect.WIDEN, new, old),
    ):
        for alternative in lost:
            if any(_suffices(alternative, other) for other in others):
                continue
            gone = effect is Effect.NARROW
            collector.add(
                kind,
                one.old.security_at,
                effect,
                operations=one.bit,
                direction="request",
                base=_words(alternative) if gone else None,
                revision=None if gone else _words(alternative),
                line=f"{one.old.line} with {_words(alternative)}",
            )


def _suffices(has: Mapping[str, frozenset[str]], wants: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether who holds one alternative holds all that another asks for."""
    return all(scheme in has and scopes <= has[scheme] for scheme, scopes in wants.items())


def _words(alternative: Mapping[str, frozenset[str]]) -> str:
    return (
        " and ".join(
            f"{scheme} ({', '.join(sorted(scopes))})" if scopes else scheme
            for scheme, scopes in sorted(alternative.items())
        )
        or "no credential"
    )


def _scheme(
    collector: Collector,
    at: str,
    raws: tuple[Mapping[str, Any], Mapping[str, Any]],
    operations: int,
) -> None:
    old, new = raws
    hard = [
        {k: v for k, v in raw.items() if k not in {*_TEXTS, "flows"} and not k.startswith("x-")}
        for raw in raws
    ]
    if hard[0] != hard[1]:
        collector.add(
            "scheme-changed",
            at,
            Effect.INCOMPARABLE if operations else Effect.EQUAL,
            operations=operations,
            direction="request",
            base=_brief(hard[0]),
            revision=_brief(hard[1]),
            line=f"any call with {_brief(hard[0])}",
        )
    flows = _flows(old), _flows(new)
    for flow, key, kind in _flow_keys(flows):
        urls = str(flows[0][flow].get(key, "")), str(flows[1][flow].get(key, ""))
        if urls[0] != urls[1] and all(urls):
            collector.add(
                kind,
                f"{at}/flows/{flow}/{key}",
                Effect.INCOMPARABLE,
                operations=operations,
                direction="request",
                base=urls[0],
                revision=urls[1],
                line=f"POST {urls[0]}" if kind == "token-url-changed" else f"GET {urls[0]}",
            )
    scopes = [{flow: _said(found) for flow, found in one.items()} for one in flows]
    texts = [[raw.get(key) for key in _TEXTS] for raw in raws]
    if canonical([scopes[0], texts[0]]) != canonical([scopes[1], texts[1]]):
        collector.add("text-changed", at, Effect.TEXT, operations=operations)


def _said(flow: Mapping[str, Any]) -> list[Any]:
    """Give a flow's scopes, and which addresses it states at all."""
    return [flow.get("scopes"), [bool(flow.get(key)) for key in _URLS]]


def _brief(raw: Mapping[str, Any]) -> str:
    return " ".join(str(value) for _, value in sorted(raw.items()))


def _flows(raw: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    flows = raw.get("flows")
    return (
        {str(name): flow for name, flow in flows.items() if is_mapping(flow)}
        if is_mapping(flows)
        else {}
    )


def _flow_keys(
    flows: tuple[dict[str, Mapping[str, Any]], dict[str, Mapping[str, Any]]],
) -> Iterator[tuple[str, str, str]]:
    for flow in flows[0]:
        if flow in flows[1]:
            for key, kind in _URLS.items():
                yield flow, key, kind


def _servers(collector: Collector, one: Meeting) -> None:
    old, new = one.old.servers, one.new.servers
    for kind, effect, lost, others in (
        ("server-removed", Effect.NARROW, old, new),
        ("server-added", Effect.WIDEN, new, old),
    ):
        for url in dict.fromkeys(lost):
            if url not in others:
                gone = effect is Effect.NARROW
                collector.add(
                    kind,
                    one.old.servers_at,
                    effect,
                    operations=one.bit,
                    direction="request",
                    base=url if gone else None,
                    revision=None if gone else url,
                    line=f"{one.old.method} {url.rstrip('/')}{one.old.path}",
                )
