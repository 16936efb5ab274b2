"""Checking one document in this process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from skifteportal.core.errors import InvalidArgument
from skifteportal.core.pdf._library import require_pikepdf
from skifteportal.core.pdf.rules import DEFAULT_RULES, PdfProblem, PdfRule

if TYPE_CHECKING:
    from skifteportal.core.pdf.rules import PdfRules

__all__ = ["check_pdf", "content_of", "refused_unread"]

_HEAD: Final = 1024  # bytes in which the header must stand, as readers take it
_TAIL: Final = 2048  # bytes in which the end mark must stand


def check_pdf(data: bytes | Path, *, settings: PdfRules = DEFAULT_RULES) -> tuple[PdfProblem, ...]:
    """What the portal would refuse in a document (guide 4.3.4 and 4.3.5).

    It runs in this process, without limits on memory and time: for documents of your own. For those of strangers use
    ``PdfScanner``.

    Args:
        data: The document, or where it is.
        settings: What the portal's words leave open.

    Returns:
        The problems in the order of ``PdfRule``, at most five of each rule; empty for a good document.

    Raises:
        ConfigurationError: pikepdf is not installed.
        InvalidArgument: The file can't be read.
    """
    require_pikepdf()
    from skifteportal.core.pdf._scan import scan  # noqa: PLC0415 - it loads pikepdf

    content = content_of(data, settings)
    return refused_unread(content, settings) or scan(content, settings)


def content_of(data: object, settings: PdfRules) -> bytes:
    """The document's bytes; of a file no more than are needed to see that it is too large.

    Raises:
        InvalidArgument: It is neither bytes nor a path, or can't be read.
    """
    if isinstance(data, bytes):
        return data
    if not isinstance(data, Path):
        raise InvalidArgument(
            "A PDF document is given as bytes or as a Path: Path(…) for the text of a path.",
            argument="data",
        )
    try:
        with data.open("rb") as stream:
            return stream.read(settings.max_bytes + 1)
    except (OSError, ValueError) as error:  # neither path nor name is told: they may name a person
        reason = getattr(error, "strerror", None) or "its path is none"
        raise InvalidArgument(f"The file can't be read: {reason}.", argument="data") from None


def refused_unread(content: bytes, settings: PdfRules) -> tuple[PdfProblem, ...]:
    """What can be said without parsing."""
    if len(content) > settings.max_bytes:
        return (PdfProblem(PdfRule.TOO_LARGE, f"more than {settings.max_bytes} bytes"),)
    if b"%PDF-" not in content[:_HEAD]:
        return (PdfProblem(PdfRule.NOT_A_PDF, f"no header in the first {_HEAD} bytes"),)
    if b"%%EOF" not in content[-_TAIL:]:
        return (PdfProblem(PdfRule.NOT_A_PDF, f"no end mark in the last {_TAIL} bytes"),)
    return ()
