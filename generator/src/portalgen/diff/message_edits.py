"""Differences of what an operation takes and answers: bodies, media types, statuses, headers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portalgen.diff.contract import contents, media_pointer
from portalgen.diff.effect import Effect
from portalgen.diff.trail import Root
from portalgen.names import pascal

if TYPE_CHECKING:
    from portalgen.diff.collect import Collector, Meeting
    from portalgen.diff.report import Direction
    from portalgen.diff.schema import Site

__all__ = ["message_edits"]

_NOTHING: frozenset[str] = frozenset()


def message_edits(collector: Collector, one: Meeting) -> None:
    """Compare the body and the answers of an operation; their schemas are compared later."""
    _body(collector, one)
    _answers(collector, one)


def _body(collector: Collector, one: Meeting) -> None:
    old, new = one.old.body, one.new.body
    must = bool(old and old.raw.get("required")), bool(new and new.raw.get("required"))
    if old and new:
        if must[0] != must[1]:
            collector.add(
                "body-required" if must[1] else "body-optional",
                old.pointer,
                Effect.NARROW if must[1] else Effect.WIDEN,
                operations=one.bit,
                direction="request",
                line=f"{one.old.line} without a body",
            )
        if old.raw.get("description") != new.raw.get("description"):
            collector.add(
                "text-changed", old.pointer, Effect.TEXT, operations=one.bit, direction="request"
            )
        _media(
            collector,
            one,
            (old, new),
            line=one.old.line,
            stem="Body",
            direction="request",
            guards=_NOTHING,
        )
    elif only := old or new:
        gone = old is not None
        required = must[0] or must[1]
        effect = Effect.NARROW if gone else Effect.WIDEN
        collector.add(
            f"{'required-' if required else ''}body-{'removed' if gone else 'added'}",
            only.pointer,
            Effect.INCOMPARABLE if required else effect,
            operations=one.bit,
            direction="request",
            line=f"{one.old.line} {'with' if gone else 'without'} a body",
        )


def _media(
    collector: Collector,
    one: Meeting,
    pair: tuple[Site, Site],
    *,
    line: str,
    stem: str,
    direction: Direction,
    guards: frozenset[str],
) -> None:
    old, new = contents(pair[0]), contents(pair[1])
    for media in dict.fromkeys((*old.schemas, *new.schemas)):
        at = media_pointer(old if media in old.schemas else new, media)
        if media in old.schemas and media in new.schemas:
            sites = old.schemas[media], new.schemas[media]
            if sites[0] and sites[1]:
                collector.roots.append(
                    Root(
                        line=line,
                        part="body",
                        direction=direction,
                        base=sites[0],
                        revision=sites[1],
                        operation=one.number,
                        guards=guards,
                        stem=f"{pascal(one.old.id)}{stem}",
                    )
                )
            elif sites[0] or sites[1]:
                collector.add(
                    "media-schema-stated" if sites[1] else "media-schema-unstated",
                    at,
                    Effect.NARROW if sites[1] else Effect.WIDEN,
                    operations=one.bit,
                    direction=direction,
                    guards=guards,
                    base=media,
                    revision=media,
                    line=f"{line}: {media}",
                )
            continue
        gone = media in old.schemas
        if any(_covers(other, media) for other in (new if gone else old).schemas):
            continue
        header = "Content-Type" if direction == "request" else "Accept"
        collector.add(
            "media-type-removed" if gone else "media-type-added",
            at,
            Effect.NARROW if gone else Effect.WIDEN,
            operations=one.bit,
            # What an answer is written as is asked for in the call.
            direction="request",
            guards=guards,
            base=media if gone else None,
            revision=None if gone else media,
            line=f"{line} ({header}: {media})",
        )


def _covers(wide: str, media: str) -> bool:
    """Tell whether a range, as `application/*`, covers a media type."""
    if wide == "*/*":
        return True
    return wide.endswith("/*") and media.startswith(wide[:-1]) and media != wide


def _answers(collector: Collector, one: Meeting) -> None:
    old, new = one.old.answers, one.new.answers
    for status in dict.fromkeys((*old, *new)):
        success = status.startswith(("2", "3"))
        line = f"{one.old.line} → {status}"
        guards = _NOTHING if success else frozenset({"error"})
        if status in old and status in new:
            pair = old[status], new[status]
            _headers(collector, one, pair, line=line, guards=guards)
            stem = f"Response{pascal(status)}"
            _media(collector, one, pair, line=line, stem=stem, direction="response", guards=guards)
            if pair[0].raw.get("description") != pair[1].raw.get("description"):
                collector.add(
                    "text-changed",
                    pair[0].pointer,
                    Effect.TEXT,
                    operations=one.bit,
                    direction="response",
                )
            continue
        gone = status in old
        stays = any(other.startswith("2") and other in new for other in old)
        effect = Effect.NARROW if gone else Effect.WIDEN
        collector.add(
            f"{'success' if success else 'error'}-status-{'removed' if gone else 'added'}",
            (old if gone else new)[status].pointer,
            effect,
            operations=one.bit,
            direction="response",
            guards=guards | ({"other-success"} if success and stays else _NOTHING),
            base=status if gone else None,
            revision=None if gone else status,
            line=line,
        )


def _headers(
    collector: Collector,
    one: Meeting,
    pair: tuple[Site, Site],
    *,
    line: str,
    guards: frozenset[str],
) -> None:
    found: list[dict[str, Site]] = []
    for view, answer in zip((collector.old, collector.new), pair, strict=True):
        holder = answer.at("headers")
        headers = {name: holder.at(str(name)) for name in (holder.raw if holder else ()) if holder}
        found.append(
            {str(name).lower(): view.resolve(site) for name, site in headers.items() if site}
        )
    old, new = found
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before and after:
            must = before.raw.get("required") is True, after.raw.get("required") is True
            if must[0] != must[1]:
                collector.add(
                    "header-required" if must[1] else "header-optional",
                    before.pointer,
                    Effect.NARROW if must[1] else Effect.WIDEN,
                    operations=one.bit,
                    direction="response",
                    guards=guards,
                    base=name,
                    line=f"{line} without the header {name}",
                )
            schemas = before.at("schema"), after.at("schema")
            if schemas[0] and schemas[1]:
                collector.roots.append(
                    Root(
                        line=line,
                        part=f"header {name}",
                        direction="response",
                        base=schemas[0],
                        revision=schemas[1],
                        operation=one.number,
                        # A reader of headers knows types: what was a number and is any text is none.
                        guards=guards | {"header"},
                    )
                )
        else:
            gone = before is not None
            site = before if before is not None else new[name]
            collector.add(
                "header-removed" if gone else "header-added",
                site.pointer,
                Effect.NARROW if gone else Effect.WIDEN,
                operations=one.bit,
                direction="response",
                guards=guards,
                base=name if gone else None,
                revision=None if gone else name,
                line=f"{line} {'with' if gone else 'without'} the header {name}",
            )
