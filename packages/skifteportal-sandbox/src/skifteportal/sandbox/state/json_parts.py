"""JSON of any length, read a part at a time: no more of it is held than the part that is asked for."""

import codecs
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

__all__ = ["JsonParts", "NotJson"]

_LEAST: Final = 256 * 1024  # characters read on at once
_BLANKS: Final = re.compile(r"[ \t\n\r]*")
_LONGEST_ESCAPE: Final = 16  # "\ud83d\ude00" and "-Infinity" are shorter
_BEHIND: Final = frozenset(",]}: \t\n\r")
_decoder: Final = json.JSONDecoder(parse_int=float)


class NotJson(Exception):  # noqa: N818 - reads as what happened
    """What was read is no JSON, or ends too early."""


class JsonParts:
    """Reads one JSON text: its values from the beginning to the end, and each only once.

    Args:
        pieces: The text, UTF-8, in pieces of any size.
    """

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""
        self._at = 0
        self._ended = False

    def members(self) -> Iterator[str]:
        """Yield the names of an object's members; read each one's value before going on.

        Raises:
            NotJson: There is no object, or no more of it.
        """
        self._take("{")
        if self._skip("}"):
            return
        while True:
            name: Any = json.loads(self.value())
            if not isinstance(name, str):
                raise NotJson
            self._take(":")
            yield name
            if self._take(",}") == "}":
                return

    def elements(self) -> Iterator[bytes]:
        """Yield the values in an array, JSON.

        Raises:
            NotJson: There is no array, or no more of it.
        """
        self._take("[")
        if self._skip("]"):
            return
        while True:
            yield self.value()
            if self._take(",]") == "]":
                return

    def value(self) -> bytes:
        """Read a value, JSON.

        Raises:
            NotJson: There is none, or only the beginning of one.
        """
        self._next()
        while True:
            end = self._end()
            # Where what was read ends a number may go on: 1, 1. and 1.5e are no whole ones.
            if end is not None and (self._text[end : end + 1] in _BEHIND or not self._read_on()):
                found = self._text[self._at : end]
                self._at = end
                return found.encode()

    def end(self) -> None:
        """See that nothing more follows.

        Raises:
            NotJson: Something does.
        """
        if self._next():
            raise NotJson

    def _end(self) -> int | None:
        """Return where the value ends that begins here; None: it is read on, look again."""
        try:
            return _decoder.raw_decode(self._text, self._at)[1]
        except json.JSONDecodeError as error:
            unfinished = (
                error.msg.startswith("Unterminated")
                or error.pos > len(self._text) - _LONGEST_ESCAPE
            )
            if unfinished and self._read_on():
                return None
            raise NotJson from None
        except RecursionError:
            raise NotJson from None

    def _next(self) -> str:
        """Return the next character that is no blank, and leave it there; nothing at the end."""
        while True:
            self._at = _BLANKS.match(self._text, self._at).end()  # type: ignore[union-attr] # it may match nothing
            if self._at < len(self._text) or not self._read_on():
                return self._text[self._at : self._at + 1]

    def _skip(self, character: str) -> bool:
        found = self._next() == character
        self._at += found
        return found

    def _take(self, characters: str) -> str:
        found = self._next()
        if not found or found not in characters:
            raise NotJson
        self._at += 1
        return found

    def _read_on(self) -> bool:
        """Read as much again as is held, so that a long value is looked at few times; whether there was more."""
        if self._ended:
            return False
        held = [self._text[self._at :]]
        wanted = max(len(held[0]), _LEAST)
        try:
            while wanted > 0 and not self._ended:
                piece = next(self._pieces, None)
                self._ended = piece is None
                held.append(self._decoder.decode(piece or b"", final=self._ended))
                wanted -= len(held[-1])
        except UnicodeDecodeError:
            raise NotJson from None
        self._text, self._at = "".join(held), 0
        return True
