"""How the scanner and its child talk: frames, each with its length before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["LIMITED", "UNLIMITED", "read_frame", "write_frame"]

LIMITED: Final = b"limited"  # the child's first frame: whether it could limit its memory
UNLIMITED: Final = b"unlimited"

_LENGTH: Final = 8  # bytes


def write_frame(stream: BinaryIO, content: bytes) -> None:
    """Send a frame."""
    stream.write(len(content).to_bytes(_LENGTH, "big"))
    stream.write(content)
    stream.flush()


def read_frame(stream: BinaryIO, *, most: int | None = None) -> bytes:
    """Wait for a frame.

    Args:
        stream: The pipe it comes through, buffered.
        most: The longest that is read, in bytes; None if the other side is trusted.

    Raises:
        EOFError: The other side has ended, or sends more than that.
    """
    length = int.from_bytes(_read(stream, _LENGTH), "big")
    if most is not None and length > most:
        raise EOFError
    return _read(stream, length)


def _read(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) < size:
        raise EOFError
    return content
