"""The rule on files within the document (guide 4.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skifteportal.core.pdf._objects import entries, items, name
from skifteportal.core.pdf.rules import PdfRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skifteportal.core.pdf._objects import Node

__all__ = ["attached_files"]

_ANNOTATIONS: Final = frozenset({"/FileAttachment", "/RichMedia"})
_SYSTEMS: Final = frozenset({"/F", "/UF", "/DOS", "/Mac", "/Unix"})


def attached_files(node: Node) -> Iterator[tuple[PdfRule, str]]:
    """What a dictionary holds against this rule.

    The keys are short, and a document may give its fonts and images the same names: what they hold must fit, too.
    """
    content = node.entries
    for found, what in (
        (_SYSTEMS & entries(content.get("/EF")).keys(), "attached file"),
        (items(content.get("/AF")), "associated file"),
        (_holds_any(content.get("/EmbeddedFiles")), "list of attached files"),
        ("/Pages" in content and "/Collection" in content, "portfolio of files"),
        (name(content.get("/Subtype")) in _ANNOTATIONS, "annotation with a file"),
        (node.stream and name(content.get("/Type")) == "/EmbeddedFile", "attached file"),
    ):
        if found:
            yield PdfRule.ATTACHED_FILE, what


def _holds_any(tree: object) -> bool:
    content = entries(tree)
    return bool(items(content.get("/Names")) or items(content.get("/Kids")))
