"""Reading the bytes of a certificate's file."""

import os
from pathlib import Path

from skifteportal.auth.errors import CertificateFileUnreadable
from skifteportal.core.errors import ConfigurationError

__all__ = ["Source", "read"]

Source = str | os.PathLike[str] | bytes
"""A file's path, or its bytes."""

_LONGEST_PATH = 4096


def read(source: Source) -> tuple[bytes, str]:
    """Return the bytes of a file, and what to call it in errors.

    Raises:
        CertificateFileUnreadable: It is missing, or may not be read.
        ConfigurationError: It is neither.
    """
    if isinstance(source, bytes):
        return source, "the given bytes"
    if isinstance(source, str) and _is_content(source):  # it may hold the key: don't name it
        raise CertificateFileUnreadable(
            "What was given as the path of a certificate file is the certificate itself, as text. "
            "Give its path, or its bytes: PEM text by text.encode(), base64 by b64decode(text).",
            source="the given text",
        )
    if not isinstance(source, str | os.PathLike):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may not type-check
        raise ConfigurationError(
            f"A certificate's file is given as its path or its bytes, not {type(source).__name__}."
        )
    path = Path(source)
    try:
        return path.read_bytes(), str(path)
    except FileNotFoundError:
        problem = "does not exist" + ("" if path.is_absolute() else f" in {Path.cwd()}")
    except IsADirectoryError:
        problem = "is a folder: give the file in it"
    except OSError as error:
        problem = f"can't be read: {error.strerror}"
    raise CertificateFileUnreadable(
        f"The certificate file {path} {problem}.", source=str(path)
    ) from None


def _is_content(text: str) -> bool:
    signs = ("-----BEGIN", "\n", "\0")
    return any(sign in text for sign in signs) or len(text) > _LONGEST_PATH
