"""Everything that is kept, as JSON: written some rows at a time, read all or nothing."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from skifteportal.sandbox.errors import DumpError
from skifteportal.sandbox.state.bulk import enter_all
from skifteportal.sandbox.state.database import Database
from skifteportal.sandbox.state.session import Session, Shape

__all__ = ["dumped", "loaded"]

_FORMAT: Final = "skifteportal-sandbox"
_VERSION: Final = 1
_CHUNK: Final = 500


class _Object(msgspec.Struct, forbid_unknown_fields=True):
    type: str
    id: str
    owner: str
    row: msgspec.Raw


class _Head(msgspec.Struct):
    format: str
    version: int


class _Dump(_Head, forbid_unknown_fields=True):
    meta: dict[str, str]
    objects: list[_Object]
    files: dict[str, bytes]


def dumped(database: Database) -> Iterator[bytes]:
    """Return a dump, in pieces: a copy is made first, so that it is of one moment however slowly it is read.

    Args:
        database: What to dump; the caller sees to it that nobody writes until this returns.
    """
    copy = Database()
    copy.copy_from(database)
    return _pieces(copy)


def _pieces(database: Database) -> Iterator[bytes]:
    meta = msgspec.json.encode(database.notes())
    yield b'{"format":"%s","version":%d,"meta":%s,"objects":[' % (_FORMAT.encode(), _VERSION, meta)
    between = b"\n"
    for rows in database.objects(_CHUNK):
        yield between + b",\n".join(_object(*row) for row in rows)
        between = b",\n"
    yield b'\n],"files":{'
    between = b"\n"
    for identifier, content in database.files():
        yield between + msgspec.json.encode(identifier) + b':"' + base64.b64encode(content) + b'"'
        between = b",\n"
    yield b"\n}}\n"


def _object(kind: str, identifier: str, owner: str, row: bytes) -> bytes:
    names = (msgspec.json.encode(name) for name in (kind, identifier, owner))
    return b'{"type":%s,"id":%s,"owner":%s,"row":%s}' % (*names, row)


def loaded(content: bytes, shapes: Mapping[str, Shape[Any]]) -> Database:
    """Read a dump into a database of its own.

    Args:
        content: The dump.
        shapes: The types that there are, by name.

    Raises:
        DumpError: It is no dump, is damaged, or a newer sandbox made it; the text holds nothing of what is in it.
    """
    try:
        head = msgspec.json.decode(content, type=_Head)
    except msgspec.DecodeError:
        raise DumpError("it is not JSON that skifteportal-sandbox dump wrote") from None
    if head.format != _FORMAT:
        raise DumpError("it is not JSON that skifteportal-sandbox dump wrote")
    if head.version > _VERSION:
        raise DumpError("a newer sandbox wrote it: upgrade skifteportal-sandbox")
    try:
        dump = msgspec.json.decode(content, type=_Dump)
    except msgspec.DecodeError:
        raise DumpError("a member is missing, or not what it should be") from None
    database = Database()
    enter_all(database, _things(dump, shapes))
    for name, value in dump.meta.items():
        database.take_note(name, value)
    database.commit()
    return database


def _things(dump: _Dump, shapes: Mapping[str, Shape[Any]]) -> Iterable[tuple[Shape[Any], str, Any]]:
    reader = Session(Database(), files=dump.files)
    seen: set[tuple[str, str, str]] = set()
    unused = set(dump.files)
    for index, entry in enumerate(dump.objects):
        shape = shapes.get(entry.type)
        if shape is None:
            raise DumpError(f"objects[{index}] is of a type that there is not")
        try:
            thing = reader.read(shape, (0, entry.id, entry.owner, bytes(entry.row)))
        except msgspec.DecodeError:
            raise DumpError(f"objects[{index}] is no {entry.type}") from None
        key = (entry.type, entry.id, entry.owner)
        if key in seen or thing.id != entry.id or shape.owner(thing) != entry.owner:
            raise DumpError(f"objects[{index}] is there twice, or its id is not its own")
        seen.add(key)
        files = shape.files(thing).keys()
        if not files <= unused:
            raise DumpError(f"objects[{index}] has a file that is missing, or another's")
        unused -= files
        yield shape, entry.id, thing
    if unused:
        raise DumpError("files has one that belongs to nothing")
