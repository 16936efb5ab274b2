"""Everything that is kept, as JSON: written and read a part at a time, and entered all or nothing."""

import base64
import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec

from skifteportal.sandbox.errors import DumpError
from skifteportal.sandbox.state.bulk import File, enter_all
from skifteportal.sandbox.state.database import Database
from skifteportal.sandbox.state.json_parts import JsonParts, NotJson
from skifteportal.sandbox.state.session import Session, Shape

__all__ = ["dumped", "loaded"]

T = TypeVar("T")
_FORMAT: Final = "skifteportal-sandbox"
_VERSION: Final = 1
_CHUNK: Final = 500


class _Object(msgspec.Struct, forbid_unknown_fields=True):
    type: str
    id: str
    owner: str
    row: msgspec.Raw


def dumped(database: Database) -> Iterator[bytes]:
    """Return a dump, in pieces: a copy is made first, so that it is of one moment however slowly it is read.

    Args:
        database: What to dump; the caller sees to it that nobody writes until this returns.
    """
    copy = Database.temporary()
    copy.copy_from(database)
    return _pieces(copy)


def _pieces(database: Database) -> Iterator[bytes]:
    with contextlib.closing(database):
        meta = msgspec.json.encode(database.notes())
        head = b'{"format":"%s","version":%d,"meta":%s,"objects":['
        yield head % (_FORMAT.encode(), _VERSION, meta)
        between = b"\n"
        for rows in database.objects(_CHUNK):
            yield between + b",\n".join(_object(*row) for row in rows)
            between = b",\n"
        yield b'\n],"files":{'
        between = b"\n"
        for identifier, content in database.files():
            name = msgspec.json.encode(identifier)
            yield between + name + b':"' + base64.b64encode(content) + b'"'
            between = b",\n"
        yield b"\n}}\n"


def _object(kind: str, identifier: str, owner: str, row: bytes) -> bytes:
    names = (msgspec.json.encode(name) for name in (kind, identifier, owner))
    return b'{"type":%s,"id":%s,"owner":%s,"row":%s}' % (*names, row)


def loaded(content: Iterable[bytes], shapes: Mapping[str, Shape[Any]]) -> Database:
    """Read a dump into a database of its own, which is for the caller to close.

    Args:
        content: The dump, in pieces: no more is held of it than an object or a file.
        shapes: The types that there are, by name.

    Raises:
        DumpError: It is no dump, is damaged, or a newer sandbox made it; the text holds nothing of what is in it.
    """
    database = Database.temporary()
    try:
        _Loading(database, shapes).read(JsonParts(content))
        database.commit()
    except BaseException:
        database.close()
        raise
    return database


class _Loading:
    """A dump on its way into a database."""

    def __init__(self, database: Database, shapes: Mapping[str, Shape[Any]]) -> None:
        self._database = database
        self._shapes = shapes
        self._reader = Session(Database())
        self._where = ""
        # The files that the objects have, to be compared with those that there are.
        database.connection.execute("CREATE TEMP TABLE carried (id TEXT PRIMARY KEY)")

    def read(self, parts: JsonParts) -> None:
        """Read a dump."""
        steps: dict[str, Callable[[JsonParts], None]] = {
            "format": self._format,
            "version": self._version,
            "meta": self._notes,
            "objects": self._objects,
            "files": self._files,
        }
        try:
            for name in parts.members():
                step = steps.pop(name, None)
                if step is None:
                    raise DumpError("it has a member that a dump has not, or has one twice")
                step(parts)
            parts.end()
        except NotJson:
            raise DumpError(f"{self._where}it ends too early, or is no JSON") from None
        if steps:
            raise DumpError(f"it has no {next(iter(steps))}")
        self._compare_files()

    def _format(self, parts: JsonParts) -> None:
        if _read(parts.value(), str, "format") != _FORMAT:
            raise DumpError("it is not JSON that skifteportal-sandbox dump wrote")

    def _version(self, parts: JsonParts) -> None:
        if _read(parts.value(), int, "version") > _VERSION:
            raise DumpError("a newer sandbox wrote it: upgrade skifteportal-sandbox")

    def _notes(self, parts: JsonParts) -> None:
        for name, value in _read(parts.value(), dict[str, str], "meta").items():
            self._database.take_note(name, value)

    def _objects(self, parts: JsonParts) -> None:
        try:
            enter_all(self._database, self._things(parts), take_files=self._carried)
        except sqlite3.IntegrityError:
            raise DumpError(f"{self._where}one is there twice, or has another's file") from None
        self._where = "after objects: "

    def _carried(self, files: list[File]) -> None:
        names = ((identifier,) for identifier, _ in files)
        self._database.write_many("INSERT INTO carried VALUES (?)", names)

    def _things(self, parts: JsonParts) -> Iterator[tuple[Shape[Any], str, Any]]:
        for index, element in enumerate(parts.elements()):
            where = f"objects[{index}]"
            entry = _read(element, _Object, where)
            shape = self._shapes.get(entry.type)
            if shape is None:
                raise DumpError(f"{where} is of a type that there is not")
            try:
                thing = self._reader.read(shape, (0, entry.id, entry.owner, bytes(entry.row)))
            except msgspec.DecodeError:
                raise DumpError(f"{where} is no {entry.type}") from None
            if thing.id != entry.id or shape.owner(thing) != entry.owner:
                raise DumpError(f"{where} has an id or owner that is not its own")
            self._where = f"after {where}: "
            yield shape, entry.id, thing

    def _files(self, parts: JsonParts) -> None:
        for identifier in parts.members():
            content = _read(parts.value(), bytes, "files")
            try:
                self._database.write("INSERT INTO file VALUES (?, ?)", (identifier, content))
            except sqlite3.IntegrityError:
                raise DumpError("files has one twice") from None
            self._where = "in files: "

    def _compare_files(self) -> None:
        for rest, others, problem in (
            ("carried", "file", "objects has one with a file that is missing"),
            ("file", "carried", "files has one that belongs to nothing"),
        ):
            query = f"SELECT 1 FROM {rest} WHERE id NOT IN (SELECT id FROM {others}) LIMIT 1"  # noqa: S608 - our own names
            if self._database.connection.execute(query).fetchone():
                raise DumpError(problem)


def _read(content: bytes, kind: type[T], where: str) -> T:
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.DecodeError:
        raise DumpError(f"{where} is not what it should be") from None
