"""The process that PdfScanner starts: it holds one document after another against the rules, within limits.

It is told the limit on memory on its command line, says whether it could set it, and ends with its parent. It has no
way to recover from running out of memory: it dies, and its parent takes that as the answer.
"""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Final

import msgspec
import pikepdf.settings

from skifteportal.core.pdf._frames import LIMITED, UNLIMITED, read_frame, write_frame
from skifteportal.core.pdf._scan import scan
from skifteportal.core.pdf.rules import PdfRules

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["limit_memory", "limit_qpdf", "main", "serve"]

_UNPACKED: Final = (
    64 * 1024 * 1024
)  # bytes that a stream may unpack to; only those that hold objects are unpacked


def limit_memory(memory: int) -> bool:
    """Limit this process's address space. Returns whether the platform can: Windows can't, macOS may refuse.

    Args:
        memory: Bytes.
    """
    try:
        import resource  # noqa: PLC0415 - not on every platform

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    except (ImportError, ValueError, OSError):
        return False
    return True


def limit_qpdf() -> None:
    """Limit what qpdf unpacks. It holds for the whole process: no library may do so to its host's."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_UNPACKED,
        png_max_memory=_UNPACKED,
        run_length_max_memory=_UNPACKED,
        tiff_max_memory=_UNPACKED,
        dct_max_memory=_UNPACKED,
    )


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answer until the other side ends: rules and document in, problems out."""
    while True:
        try:
            settings = msgspec.json.decode(read_frame(source), type=PdfRules)
            content = read_frame(source)
        except EOFError:
            return
        write_frame(sink, msgspec.json.encode(scan(content, settings)))


def main() -> None:
    """Run as the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    limit_qpdf()
    limited = limit_memory(int(sys.argv[1]))
    write_frame(sys.stdout.buffer, LIMITED if limited else UNLIMITED)
    serve(sys.stdin.buffer, sys.stdout.buffer)
