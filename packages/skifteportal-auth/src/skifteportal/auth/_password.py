"""A password as given, and as the same text may have been written elsewhere."""

import unicodedata
from collections.abc import Callable

from skifteportal.core.errors import ConfigurationError

__all__ = ["Password", "spellings", "text_of"]

Password = str | Callable[[], str]


def text_of(password: Password, *, source: str) -> str:
    """Return the password's text, by calling what returns it, once.

    Raises:
        ConfigurationError: It is not text.
    """
    text = password() if callable(password) else password
    if isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance] - callers may not type-check
        return text
    raise ConfigurationError(
        f"The password of {source} must be str, not {type(text).__name__}: give the text itself, "
        "the encoding is done here."
    )


def spellings(password: str) -> list[bytes]:
    """The password as given, then as the same text may have been written elsewhere.

    A password read from a file ends in a newline; "å" is one character or two (macOS); an
    environment variable that is not UTF-8 arrives with its bytes escaped (PEP 383), and was
    Latin-1 then.
    """
    texts = [password, password.rstrip("\r\n")]
    texts += [unicodedata.normalize(form, texts[1]) for form in ("NFC", "NFD")]
    spellings = [_encoded(text) for text in texts]
    if (raw := _encoded(password, "surrogateescape")) is not None:
        spellings.append(raw.decode("latin-1").encode())
    return [spelling for spelling in dict.fromkeys(spellings) if spelling is not None]


def _encoded(text: str, errors: str = "strict") -> bytes | None:
    try:
        return text.encode("utf-8", errors)
    except UnicodeEncodeError:  # half a character; its exception would hold the text
        return None
