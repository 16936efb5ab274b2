"""The rules on actions: JavaScript, forms that act, and links that need no click (guide 4.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pikepdf import Stream, String

from skifteportal.core.pdf._objects import entries, items, name, raw
from skifteportal.core.pdf.rules import PdfRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from skifteportal.core.pdf._objects import Node

__all__ = ["active_content", "leads_out"]

_LEADS_OUT: Final = frozenset({"/URI", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData"})
_UNREAD: Final = bytes({*range(0x21), *range(0x7F, 0x100)})  # all but letters, digits and signs
_FORM: Final = frozenset({"/SubmitForm", "/ImportData", "/ResetForm"})


def active_content(node: Node) -> Iterator[tuple[PdfRule, str]]:
    """What a dictionary holds against these rules."""
    content = node.entries
    action = name(content.get("/S"))
    if action == "/JavaScript" or isinstance(content.get("/JS"), (String, Stream)):
        yield PdfRule.JAVASCRIPT, "JavaScript"
    if "/XFA" in content:
        yield PdfRule.JAVASCRIPT, "XFA form"
    if _is_script(raw(content.get("/URI"))):
        yield PdfRule.JAVASCRIPT, "javascript: link"
    if action in _FORM:
        yield PdfRule.FORM_ACTION, f"{action} action"
    if action == "/Launch":
        yield PdfRule.AUTOMATIC_LINK, "/Launch action"
    if action == "/Thread" and "/F" in content:
        yield PdfRule.AUTOMATIC_LINK, "/Thread action to another file"
    if node.stream and "/F" in content:
        yield PdfRule.AUTOMATIC_LINK, "content in another file"
    yield from _triggers(content)


def _triggers(content: Mapping[str, Any]) -> Iterator[tuple[PdfRule, str]]:
    for found in leads_out(content.get("/OpenAction")):
        yield PdfRule.AUTOMATIC_LINK, f"{found} action on opening"
    for trigger in entries(content.get("/AA")).values():
        for found in leads_out(trigger):
            yield PdfRule.AUTOMATIC_LINK, f"{found} action without a click"


def leads_out(action: Any) -> Iterator[str]:
    """The actions that leave the document, of an action and those that follow it."""
    seen: set[tuple[int, int]] = set()
    waiting = [action]
    while waiting:
        content = entries(action := waiting.pop())
        if not content or action.objgen in seen:  # they may go round in circles
            continue
        if action.objgen != (0, 0):
            seen.add(action.objgen)
        kind = name(content.get("/S"))
        if kind in _LEADS_OUT or (kind == "/Thread" and "/F" in content):
            yield kind
        following = content.get("/Next")
        waiting.extend([following, *items(following)])


def _is_script(link: bytes) -> bool:
    """As browsers read it: without white space and control characters, in any case, in UTF-16 too."""
    return link.translate(None, _UNREAD).lower().startswith(b"javascript:")
