"""The portal's rules on PDF files (guide 4.3.5): for attachments in estates, and, as an assumption, the document store.

The rules are those of `skifteportal.core.pdf`, which clients check their own files with. Here a child process looks
through the file, within limits on memory and time. The portal only says that a file is refused; why is in the log.
"""

import atexit
import logging
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Final

from skifteportal import specs
from skifteportal.sandbox.call import Call
from skifteportal.sandbox.settings import Settings

if TYPE_CHECKING:
    from skifteportal.core.pdf import PdfRules, PdfScanner

__all__ = ["check_document", "check_pdf"]

_LOGGER: Final = logging.getLogger("skifteportal.sandbox")
_TOO_LARGE: Final = "doedsbo.f18"


@cache
def _scanner(memory: int, seconds: float) -> "PdfScanner":
    """Return the scanner that all portals of this process share: its child takes most of a second to start."""
    from skifteportal.core.pdf import PdfScanner  # noqa: PLC0415 - a start is a third quicker without

    made = PdfScanner(memory=memory, seconds=seconds)
    atexit.register(made.close)
    return made


@cache
def _code_of() -> Mapping[str, str]:
    """Return the code of each rule's breach."""
    return {
        rule: code
        for code, entry in specs.error_codes().items()
        for rule in entry.get("pdf_rules", ())
    }


def _rules(settings: Settings) -> "PdfRules":
    from skifteportal.core.pdf import PdfRules  # noqa: PLC0415 - as above

    return PdfRules(
        max_bytes=settings.max_attachment_bytes,
        owner_password=settings.pdf_owner_password,
        full_page_share=settings.pdf_full_page_share,
        full_page_links=settings.pdf_full_page_links,
        max_objects=settings.pdf_max_objects,
    )


def check_pdf(call: Call) -> None:
    """Refuse an upload that the portal does not take. It may take seconds: not with the portal's lock held.

    Args:
        call: The call, whose body is the file.

    Raises:
        Fault: doedsbo.f18 (too large), f24 (no PDF, or none that can be looked through), f25 (unsafe) or f29 (locked).
    """
    settings, content = call.world.settings, call.body
    scanner = _scanner(settings.pdf_scan_bytes, settings.pdf_scan_seconds)
    problems = scanner.check(content, settings=_rules(settings))
    if not problems:
        return
    code = _code_of()[problems[0].rule]
    told = "; ".join(str(problem) for problem in problems)
    _LOGGER.warning("%s: %s (%s)", call.operation.id, code, told)
    holes = (len(content), settings.max_attachment_bytes) if code == _TOO_LARGE else ()
    raise call.refuse(code, *map(str, holes))


def check_document(call: Call) -> None:
    """Do the same for the document store, if it is assumed to have the same rules.

    Args:
        call: The call, whose body is the file.

    Raises:
        Fault: As for `check_pdf`; with `Settings.documents_scanned` off only doedsbo.f18.
    """
    settings = call.world.settings
    if settings.documents_scanned:
        check_pdf(call)
    elif len(call.body) > settings.max_attachment_bytes:
        raise call.refuse(_TOO_LARGE, str(len(call.body)), str(settings.max_attachment_bytes))
