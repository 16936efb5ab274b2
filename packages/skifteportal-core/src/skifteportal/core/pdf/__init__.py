"""The portal's rules for PDF documents (guide 4.3.4 and 4.3.5), checked before a document is sent.

Needs pikepdf: ``pip install skifteportal-core[pdf]``. Importing this package doesn't load it; the first check does.

* ``check_pdf`` names what the portal would refuse. It runs in this process: for documents of your own.
* ``PdfScanner`` does the same in a child process with limits on memory and time: for documents of strangers.
* ``require_pdf`` raises ``PdfRefused`` instead; ``checked_upload`` does so for what an upload call takes.

The portal's scanner is not public: these rules follow its words. What it says nothing about is a field of ``PdfRules``.
"""

from skifteportal.core.pdf.check import check_pdf
from skifteportal.core.pdf.refusal import PdfRefused, checked_upload, require_pdf
from skifteportal.core.pdf.rules import PdfProblem, PdfRule, PdfRules
from skifteportal.core.pdf.scanner import PdfScanner

__all__ = [
    "PdfProblem",
    "PdfRefused",
    "PdfRule",
    "PdfRules",
    "PdfScanner",
    "check_pdf",
    "checked_upload",
    "require_pdf",
]
