"""The error for a document that the portal would refuse, and what raises it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from skifteportal.core.errors import InvalidArgument
from skifteportal.core.files import File, Upload
from skifteportal.core.pdf.check import check_pdf
from skifteportal.core.pdf.rules import DEFAULT_RULES, PdfRule

if TYPE_CHECKING:
    from pathlib import Path

    from skifteportal.core.files import FileInput
    from skifteportal.core.pdf.rules import PdfProblem, PdfRules

__all__ = ["PdfRefused", "checked_upload", "require_pdf"]

_ADVICE: Final = {
    PdfRule.TOO_LARGE: "Make it smaller (lower the resolution of scanned pages) or split it.",
    PdfRule.NOT_A_PDF: "Convert it to PDF, and send the file's bytes unchanged.",
    PdfRule.TOO_COMPLEX: "Print it to PDF again, so that it holds its pages and nothing else.",
    PdfRule.PASSWORD: "Save it without a password and without restrictions.",
    PdfRule.JAVASCRIPT: "Print it to PDF again, without scripts.",
    PdfRule.ATTACHED_FILE: "Print it to PDF again, without attached files (a PDF/A-3 e-invoice has one).",
    PdfRule.FORM_ACTION: "Print it to PDF again, without the form's buttons.",
    PdfRule.AUTOMATIC_LINK: "Print it to PDF again, without links that open by themselves.",
    PdfRule.FULL_PAGE_LINK: "Print it to PDF again, without the link over the whole page.",
}


class PdfRefused(InvalidArgument):
    """The portal would refuse the document. Nothing was sent.

    Attributes:
        problems: The rules it breaks, and where; never empty.
        codes: The codes that the portal has for them, each once, if a client refused the document as an upload
            (``check_upload``) and its API's catalogue has any.
    """

    def __init__(
        self, problems: tuple[PdfProblem, ...], *, argument: str, codes: tuple[str, ...] = ()
    ) -> None:
        self.problems = problems
        self.codes = codes
        by = f" with {codes[0]}" if codes else ""
        advice = dict.fromkeys(_ADVICE[problem.rule] for problem in problems)
        super().__init__(
            f"The portal would refuse this PDF document{by}. {'; '.join(map(str, problems))}. "
            f"{' '.join(advice)}",
            argument=argument,
        )

    def of_client(self, codes: tuple[str, ...]) -> PdfRefused:
        """The same error, with the portal's codes."""
        return PdfRefused(self.problems, argument=self.argument, codes=codes)


def require_pdf(data: bytes | Path, *, settings: PdfRules = DEFAULT_RULES) -> None:
    """Raise for a document that the portal would refuse. See ``check_pdf``.

    Args:
        data: The document, or where it is.
        settings: What the portal's words leave open.

    Raises:
        PdfRefused: It breaks a rule.
        ConfigurationError: pikepdf is not installed.
        InvalidArgument: The file can't be read.
    """
    if problems := check_pdf(data, settings=settings):
        raise PdfRefused(problems, argument="data")


def checked_upload(file: FileInput, *, settings: PdfRules = DEFAULT_RULES) -> FileInput:
    """Check what an upload takes, before it is sent: ``DoedsbojournalClient(auth, check_upload=checked_upload)``.

    Args:
        file: As given to an upload call: a path, or a File.
        settings: What the portal's words leave open.

    Returns:
        What to send: the same, or, of a stream that can't go back, what was read from it.

    Raises:
        PdfRefused: It breaks a rule.
        ConfigurationError: pikepdf is not installed.
        InvalidArgument: It is no file, or can't be read.
    """
    upload = Upload.of(file, None)
    content = bytearray()
    upload.start()
    try:
        for chunk in upload:
            content += chunk
            if len(content) > settings.max_bytes:
                break  # it is refused whatever follows
    finally:
        upload.finish()
    if problems := check_pdf(bytes(content), settings=settings):
        raise PdfRefused(problems, argument="file")
    if isinstance(file, File) and not upload.repeatable:
        return File.from_bytes(bytes(content), name=file.name)
    return file
