"""One document parsed and held against every rule. This is the module that loads pikepdf."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final, cast

import pikepdf

from skifteportal.core.pdf._actions import active_content
from skifteportal.core.pdf._attachments import attached_files
from skifteportal.core.pdf._objects import TooManyObjects, walk
from skifteportal.core.pdf._pages import full_page_links
from skifteportal.core.pdf.rules import PdfProblem, PdfRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skifteportal.core.pdf.rules import PdfRules

__all__ = ["scan"]

_MOST: Final = 5  # problems told of each rule

# What qpdf warns of when it goes on without an object: nobody then knows what the object holds. Only the streams that
# hold objects are decoded here, so a page's broken image is not meant.
_UNSEEN: Final = (
    "limits error",
    "memory limit exceeded",
    "error decoding stream data",
    "unfilterable stream",
    "because of error during parsing",  # out of memory, mostly
)


def scan(content: bytes, settings: PdfRules) -> tuple[PdfProblem, ...]:
    """The problems of a document that may be one: see check.check_pdf."""
    try:
        # implicit: whatever the process has set, numbers come as Python's own.
        with pikepdf.open(io.BytesIO(content), conversion_mode="implicit") as document:
            return _listed(_problems(document, settings))
    except TooManyObjects:
        return (PdfProblem(PdfRule.TOO_COMPLEX, f"more than {settings.max_objects} objects"),)
    except pikepdf.PasswordError:
        return (PdfProblem(PdfRule.PASSWORD, "it opens with a password only"),)
    except (pikepdf.PikepdfError, RuntimeError, TypeError, ValueError) as error:
        if "encrypt" in str(error):  # by a certificate, or by an unknown method
            return (PdfProblem(PdfRule.PASSWORD, "it is encrypted in a way that can't be read"),)
        return (PdfProblem(PdfRule.NOT_A_PDF, "too broken to be read"),)


def _problems(document: pikepdf.Pdf, settings: PdfRules) -> Iterator[PdfProblem]:
    if not len(document.pages):
        yield PdfProblem(PdfRule.NOT_A_PDF, "it has no page")
    if document.is_encrypted and not settings.owner_password:
        yield PdfProblem(PdfRule.PASSWORD, "it is encrypted to forbid printing or changing")
    for node in walk(document, settings.max_objects):
        for family in (active_content, attached_files):
            for rule, what in family(node):
                yield PdfProblem(rule, f"{what} in {node.place.tell()}")
    yield from full_page_links(document, settings)
    warnings = str(cast("Any", document).get_warnings())  # its stub does not say of what
    if any(sign in warnings for sign in _UNSEEN):
        yield PdfProblem(PdfRule.TOO_COMPLEX, "a part of it can't be unpacked")


def _listed(problems: Iterator[PdfProblem]) -> tuple[PdfProblem, ...]:
    of_rule: dict[PdfRule, list[PdfProblem]] = {rule: [] for rule in PdfRule}
    for problem in problems:
        found = of_rule[problem.rule]
        if len(found) < _MOST and problem not in found:
            found.append(problem)
    return tuple(problem for found in of_rule.values() for problem in found)
