"""File names in ``Content-Disposition`` (RFC 6266, RFC 8187), and names that are safe to save under."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes

__all__ = ["filename_of", "safe_name", "shown_name", "write_disposition"]

_LONGEST_NAME = 200  # bytes of UTF-8; most file systems take 255, and a temporary name is longer
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
_NOT_PLAIN = re.compile(r'[^\x20-\x7e]|["\\%]')
_DANISH = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa", '"': "'"}
)
_PARAMETER = re.compile(r"""([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)""", re.ASCII)
_QUOTED = re.compile(r"\\(.)")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)  # on Windows


def shown_name(name: str) -> str:
    """A file's name as it is told to others: without folders, control and invisible characters."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = (c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c)[0] != "C")
    return "".join(kept).strip()


def write_disposition(name: str) -> str:
    """A ``Content-Disposition`` for a file that is sent.

    A name that isn't plain ASCII is given twice: plainly for those who read no more, and in full as ``filename*``.

    Args:
        name: The file's name. Folders and control characters are left out.
    """
    name = shown_name(name) or "file"
    plain = unicodedata.normalize("NFKD", name.translate(_DANISH)).encode("ascii", "ignore")
    fallback = _NOT_PLAIN.sub("_", plain.decode()).strip() or "file"
    header = f'attachment; filename="{fallback}"'
    return header if fallback == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"


def filename_of(header: str) -> str | None:
    """The file name in a ``Content-Disposition``, as it was sent: pass it through safe_name before use.

    Args:
        header: The header's value; the type (``attachment``) may be missing.

    Returns:
        ``filename*`` if it is there and can be read, else ``filename``; None if there is neither.
    """
    parameters: dict[str, str] = {}
    for found in _PARAMETER.finditer(header):
        parameters.setdefault(found[1].lower(), found[2].strip())
    charset, _, encoded = parameters.get("filename*", "").partition("'")
    if encoded:
        try:
            return unquote_to_bytes(encoded.partition("'")[2]).decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass  # a charset nobody knows: the plain name is what is left
    plain = parameters.get("filename")
    if plain is None:
        return None
    return _QUOTED.sub(r"\1", plain[1:-1]) if plain.startswith('"') else plain


def safe_name(name: str) -> str | None:
    """A name that names a file of the folder it is put in, on any system; None if nothing is left of it.

    Args:
        name: Any text, such as a name that a server sent.
    """
    name = _UNSAFE.sub("_", shown_name(name)).strip(" .")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    stem, dot, suffix = name.rpartition(".")
    if len(name.encode()) > _LONGEST_NAME:
        tail = (dot + suffix)[:20] if stem else ""
        room = _LONGEST_NAME - len(tail.encode())
        name = name.encode()[:room].decode(errors="ignore").rstrip(" .") + tail
    return name or None
