"""The portal's business error codes: what a package knows of one, and how one is found in an error's body."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

import attrs
import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["CodeInfo", "Finding", "find_codes", "load_catalogue"]

_CODE_KEYS = ("fejlkode", "kode", "code", "errorcode")
_FIELD_KEYS = ("felt", "field")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{0,39}(\.[A-Za-z0-9]{1,39}){1,9}")
_FIELD = re.compile(r"[\w.\[\]/-]{1,100}")
_DEPTH = 4
_LARGEST_BODY = 1_000_000  # bytes; an error body is small, whatever else it is


@attrs.frozen
class CodeInfo:
    """What is known of one business error code.

    Attributes:
        code: The code, as the portal writes it: ``doedsbo.f17``.
        portal_text: The portal's own Danish text, from its guide.
        explanation: What it means, in English.
        action: What to do about it, in English.
        doc_url: Its page in the documentation.
        pdf_rules: The rules of ``skifteportal.core.pdf`` whose breach the portal answers with it, by their values.
    """

    code: str
    portal_text: str
    explanation: str | None = None
    action: str | None = None
    doc_url: str | None = None
    pdf_rules: tuple[str, ...] = ()


@attrs.frozen
class Finding:
    """What was found in an error's body.

    Attributes:
        codes: The codes, the most telling first, each once.
        field: The field of the request the portal names, if it does.
    """

    codes: tuple[str, ...] = ()
    field: str | None = None


def load_catalogue(module: str) -> Mapping[str, CodeInfo]:
    """The codes of an API, from its generated module."""
    return cast("Mapping[str, CodeInfo]", import_module(module).CODES)


def find_codes(content: bytes, catalogue: Mapping[str, CodeInfo]) -> Finding:
    """Find the portal's codes in an error's body, whose form is not known (no such body is public).

    Codes of the catalogue count wherever they stand, down to four levels. A code the catalogue lacks counts when
    it looks like one and either stands under a key such as ``fejlkode`` or begins as the catalogue's codes do
    (``doedsbo.``). Codes under such keys come first.

    Args:
        content: The body.
        catalogue: The API's codes.
    """
    if len(content) > _LARGEST_BODY:
        return Finding()
    try:
        body = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Finding()
    prefixes = {code.partition(".")[0] for code in catalogue}
    named: dict[str, None] = {}
    loose: dict[str, None] = {}
    field: str | None = None
    for key, value in _strings(body, "", _DEPTH):
        if key in _FIELD_KEYS:
            field = field or (value if _FIELD.fullmatch(value) else None)
        elif value in catalogue or _CODE.fullmatch(value):
            if key in _CODE_KEYS:
                named[value] = None
            elif value in catalogue or value.partition(".")[0] in prefixes:
                loose[value] = None
    return Finding(tuple(named | loose), field)


def _strings(value: Any, key: str, depth: int) -> Iterator[tuple[str, str]]:
    """The strings of a JSON value, each with the lower-cased key it stands under."""
    if isinstance(value, str):
        yield key, value
    elif depth == 0:
        return
    elif isinstance(value, dict):
        for name, member in cast("dict[str, Any]", value).items():
            yield from _strings(member, name.lower(), depth - 1)
    elif isinstance(value, list):
        items = cast("Sequence[Any]", value)
        for item in items:
            yield from _strings(item, key, depth - 1)
