"""How the codes of attachments in estates are provoked: by files made here."""

from collections.abc import Callable
from typing import Final

from skifteportal.sandbox.pdf_page import one_page_pdf
from skifteportal.sandbox.provocations.entry import Provocation
from skifteportal.sandbox.provocations.stage import ESTATE, PDF, Stage
from skifteportal.sandbox.provocations.step import SentFile, Step

__all__ = ["ENTRIES"]

_KEYS: Final = b"/U(%s)/O(%s)" % (b"u" * 32, b"o" * 32)  # of a password that nobody knows
_ROOT: Final = b"/Root 1 0 R"


def _with(entry: bytes) -> bytes:
    """Make a PDF file with something more in its trailer."""
    return one_page_pdf("Bilag").replace(_ROOT, _ROOT + entry)


_LARGE: Final = SentFile(bytes(10 * 1024 * 1024 + 1), "10485761 bytes, all of them zero")
_NO_PDF: Final = SentFile(
    b"PK\x03\x04 bilag.docx", r"15 bytes that are no PDF: PK\x03\x04 bilag.docx"
)
_UNSAFE: Final = SentFile(
    _with(b"/Info<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    r"a PDF file with /Info<</S/JavaScript/JS(app.alert\(1\))>> in its trailer; any script does",
)
_LOCKED: Final = SentFile(
    _with(b"/ID[(bilag)(bilag)]/Encrypt<</Filter/Standard/V 1/R 2/P -4%s>>" % _KEYS),
    "a PDF file that asks for a password when it is opened; any such file does",
)


def _upload(*files: SentFile) -> Callable[[Stage], list[Step]]:
    def provoke(stage: Stage) -> list[Step]:
        claim = stage.call(
            "creditor",
            "doedsbojournal",
            "addKrav",
            {"beloeb": 1000, "endeligt": True},
            doedsbojournalId=ESTATE,
        )
        return [
            stage.call(
                "creditor",
                "doedsbojournal",
                "addBilagForKrav",
                file=file,
                doedsbojournalId=ESTATE,
                kravId=claim.id,
            )
            for file in files
        ]

    return provoke


def _entry(code: str, how: str, *files: SentFile, note: str = "") -> Provocation:
    return Provocation(
        code=f"doedsbo.{code}",
        side="api",
        operation="addBilagForKrav",
        how=how,
        provoke=_upload(*files),
        note=note,
    )


ENTRIES: Final = (
    _entry(
        "f18",
        "Attach a file of one byte more than 10 MiB.",
        _LARGE,
        note="The portal's limit is not public: 10 MiB is a setting (max_attachment_bytes).",
    ),
    _entry("f19", "Attach a twenty-first PDF file to one claim.", *[PDF] * 21),
    _entry("f24", "Attach a file that is no PDF, whatever it is called.", _NO_PDF),
    _entry("f25", "Attach a PDF file with JavaScript in it.", _UNSAFE),
    _entry("f29", "Attach a PDF file that is locked with a password.", _LOCKED),
)
