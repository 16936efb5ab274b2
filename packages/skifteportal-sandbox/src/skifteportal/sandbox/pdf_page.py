"""PDF files of one page, made here to the byte: what a sandbox has to upload and to download."""

from typing import Final

__all__ = ["INVOICE", "one_page_pdf"]

_HEADER: Final = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"  # the second line says that the file is binary
INVOICE: Final = ("Faktura 4711", "Anmelder A/S, CVR 11111111", "Varmeforbrug: 12.345,50 kr.")
"""What the invoice in a sandbox's folder says."""


def _string(line: str) -> bytes:
    escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return b"(%s) Tj" % escaped.encode("cp1252", "replace")


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)


def one_page_pdf(*lines: str) -> bytes:
    """Return a PDF file of one A4 page with some lines of text: no scripts, links or attachments (guide 4.3.5).

    Args:
        *lines: The text, of characters that Windows-1252 has; others become question marks.
    """
    shown = b" T* ".join(_string(line) for line in lines)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        _stream(b"BT /F1 18 Tf 24 TL 72 760 Td %s ET" % shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    written = bytearray(_HEADER)
    table = b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        table += b"%010d 00000 n \n" % len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    return b"%sxref\n0 %d\n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        bytes(written),
        size,
        table,
        size,
        len(written),
    )
