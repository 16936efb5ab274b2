"""Reading the bytes of a certificate's file."""

import os
from pathlib import Path

from skifteportal.auth.errors import CertificateFileUnreadable

__all__ = ["read"]


def read(source: str | os.PathLike[str] | bytes) -> tuple[bytes, str]:
    """Return the bytes of a file, and what to call it in errors."""
    if isinstance(source, bytes):
        return source, "the given bytes"
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
