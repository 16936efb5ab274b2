"""Addresses and headers: what a request says, from what a caller says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from os import urandom
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode
from uuid import UUID

import attrs

from skifteportal.core.errors import InvalidArgument

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from skifteportal.core.operation import Operation

__all__ = [
    "Identifier",
    "Paging",
    "check_headers",
    "new_request_id",
    "read_paging",
    "write_path",
    "write_query",
]

Identifier = str | UUID
"""An id in a path, as the portal gave it."""

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")
_HOLE = re.compile(r"\{([^{}]+)\}")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_HEADER_VALUE = re.compile(r"[\x20-\x7e\t]*")
_OURS = frozenset(
    {
        "authorization",
        "connection",
        "content-disposition",
        "content-length",
        "content-type",
        "cookie",
        "host",
        "transfer-encoding",
        "user-agent",
        "x-request-id",
    }
)


@lru_cache(maxsize=1024)
def _split(template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts of a path template, and the names of the holes between them."""
    parts = _HOLE.split(template)
    return tuple(parts[::2]), tuple(parts[1::2])


def write_path(template: str, values: tuple[Identifier, ...]) -> str:
    """Fill a path template.

    Args:
        template: The path as in the spec: ``/doedsbojournaler/{doedsbojournalId}``.
        values: One for each hole. Percent-encoded, whatever they hold.

    Raises:
        InvalidArgument: A value is no text or UUID, or one that would make another path: empty, ``.``, ``..``.
    """
    if not values:
        return template
    texts, names = _split(template)
    written = [texts[0]]
    for value, name, text in zip(values, names, texts[1:], strict=True):
        written.append(_segment(value, name))
        written.append(text)
    return "".join(written)


def _segment(value: object, name: str) -> str:
    if isinstance(value, UUID):
        return str(value)
    if not isinstance(value, str):
        raise InvalidArgument(f"{name} must be a str or a UUID.", argument=name)
    if _PLAIN.fullmatch(value):
        return value
    if value in {"", ".", ".."}:
        raise InvalidArgument(f"{name} is empty or a dot: that is no id.", argument=name)
    try:
        return quote(value, safe="")
    except UnicodeEncodeError:
        raise InvalidArgument(f"{name} holds half a character.", argument=name) from None


def write_query(query: Mapping[str, object] | None) -> str:
    """Write a query string, with its question mark; empty if there is nothing to ask.

    Values are written as in JSON; None is left out and a list is a name repeated.

    Raises:
        InvalidArgument: A value is of a kind that can't be written.
    """
    if not query:
        return ""
    pairs: list[tuple[str, str]] = []
    for name, value in query.items():
        pairs.extend((name, _text(item, name)) for item in _items(value) if item is not None)
    try:
        return "?" + urlencode(pairs, quote_via=quote) if pairs else ""
    except UnicodeEncodeError:
        raise InvalidArgument("The query holds half a character.", argument="query") from None


def _items(value: object) -> Sequence[object]:
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else (value,)


def _text(value: object, name: str) -> str:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, UUID)):
        return str(value)
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise InvalidArgument(f"{name} must have a time zone.", argument=name)
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise InvalidArgument(
        f"{name} must be a str, int, bool, Decimal, date, datetime, UUID or enum.", argument=name
    )


@attrs.frozen(kw_only=True, repr=False)
class Paging:
    """Which pages to ask for.

    Attributes:
        operation: What is called for each.
        start: The page to begin with; None for the portal's own idea of the first.
        size: Items on a page; None for the portal's own idea.
    """

    operation: Operation[Any]
    start: int | None = None
    size: int | None = None


def read_paging(query: Mapping[str, object], operation: Operation[Any]) -> Paging:
    """What a query says of pages.

    Raises:
        InvalidArgument: Its ``page`` or ``size`` is no number, or too small.
    """
    return Paging(
        operation=operation,
        start=_whole(query.get("page"), "page", least=0),
        size=_whole(query.get("size"), "size", least=1),
    )


def _whole(value: object, name: str, *, least: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise InvalidArgument(f"{name} must be a whole number, {least} or more.", argument=name)
    return value


def check_headers(headers: object) -> Iterable[tuple[str, str]]:
    """The caller's extra headers.

    Raises:
        InvalidArgument: One is not allowed in HTTP, or is ours to set.
    """
    if not isinstance(headers, Mapping):
        raise InvalidArgument("headers must be a mapping of names to texts.", argument="headers")
    given = cast("Mapping[object, object]", headers)
    return [_checked_header(name, value) for name, value in given.items()]


def _checked_header(name: object, value: object) -> tuple[str, str]:
    if not (
        isinstance(name, str)
        and isinstance(value, str)
        and _HEADER_NAME.fullmatch(name)
        and _HEADER_VALUE.fullmatch(value)
    ):
        raise InvalidArgument(
            "A header of the options is not allowed in HTTP: a str, plain ASCII in one line.",
            argument="headers",
        )
    if name.lower() in _OURS:
        raise InvalidArgument(
            f"The header {name} is set by the client; it can't be an option.",
            argument="headers",
        )
    return name, value


def new_request_id() -> str:
    """A new UUID (version 4), cheaply."""
    number = bytearray(urandom(16))
    number[6] = number[6] & 0x0F | 0x40
    number[8] = number[8] & 0x3F | 0x80
    text = number.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
