"""The portal's rules on PDF files (guide 4.3.5): for attachments in estates, and, as an assumption, the document store.

Judged so far by a look at beginning and end. Whether a file holds anything unsafe (doedsbo.f25) or is locked (f29)
is to be judged here, by `check_pdf`, which all uploads pass through.
"""

from typing import Final

from skifteportal.sandbox.call import Call

__all__ = ["check_pdf"]

_HEAD: Final = 1024  # bytes in which a PDF's header must stand, as readers take it
_TAIL: Final = 2048  # bytes in which its end mark must stand


def check_pdf(call: Call, content: bytes) -> None:
    """Refuse a file that the portal does not take.

    Args:
        call: The call it came in.
        content: The file, bytes.

    Raises:
        Fault: doedsbo.f18 (too large) or f24 (no PDF).
    """
    limit = call.world.settings.max_attachment_bytes
    if len(content) > limit:
        raise call.refuse("doedsbo.f18", str(len(content)), str(limit))
    if b"%PDF-" not in content[:_HEAD] or b"%%EOF" not in content[-_TAIL:]:
        raise call.refuse("doedsbo.f24")
