"""Files that are kept beside the objects that carry them, and read when they are asked for."""

from collections.abc import Callable

__all__ = ["file_content"]


def file_content(given: bytes | Callable[[], bytes]) -> Callable[[], bytes]:
    """Return what gives a file's bytes: the converter of an attribute that holds a file.

    Args:
        given: The bytes, or what gives them.
    """
    return (lambda: given) if isinstance(given, bytes) else given
